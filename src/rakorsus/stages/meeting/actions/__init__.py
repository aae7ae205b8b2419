"""Every change of a meeting: plan, people, the day, decisions, minutes."""

from rakorsus.stages.meeting.actions.agenda import (
    add_cases,
    add_presenters,
    adopt,
    catch_up,
    mark,
    move,
    publish,
    remove_item,
    try_agenda,
    without,
)
from rakorsus.stages.meeting.actions.arriving import check_in, check_in_many, walk_in
from rakorsus.stages.meeting.actions.deciding import (
    close_vote,
    decide,
    open_vote,
    resolve,
    settle,
    vote,
)
from rakorsus.stages.meeting.actions.meetings import (
    add_entry,
    amend_meeting,
    create_meeting,
    remove_room,
    remove_session,
    save_room,
    save_session,
)
from rakorsus.stages.meeting.actions.minutes import sign
from rakorsus.stages.meeting.actions.noting import note, type_note
from rakorsus.stages.meeting.actions.papers import issue, issue_agreement, revoke_paper
from rakorsus.stages.meeting.actions.participants import (
    add_participants,
    ask_to_send,
    invite_agencies,
    mark_invited,
    remove_participant,
    reply,
)
from rakorsus.stages.meeting.actions.preparing import ask, give_feedback, save_brief
from rakorsus.stages.meeting.actions.running import (
    begin,
    begin_round,
    finish,
    raise_hand,
    show_slide,
    speaker,
    start,
)

__all__ = [
    "add_cases",
    "add_entry",
    "add_participants",
    "add_presenters",
    "adopt",
    "amend_meeting",
    "ask",
    "ask_to_send",
    "begin",
    "begin_round",
    "catch_up",
    "check_in",
    "check_in_many",
    "close_vote",
    "create_meeting",
    "decide",
    "finish",
    "give_feedback",
    "invite_agencies",
    "issue",
    "issue_agreement",
    "mark",
    "mark_invited",
    "move",
    "note",
    "open_vote",
    "publish",
    "raise_hand",
    "remove_item",
    "remove_participant",
    "remove_room",
    "remove_session",
    "reply",
    "resolve",
    "revoke_paper",
    "save_brief",
    "save_room",
    "save_session",
    "settle",
    "show_slide",
    "sign",
    "speaker",
    "start",
    "try_agenda",
    "type_note",
    "vote",
    "walk_in",
    "without",
]
