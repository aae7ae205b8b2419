"""Everything that changes what is public or agreed."""

from rakorsus.stages.publication.actions.agreements import (
    add_clause,
    add_requirement,
    end_agreement,
    obstacles,
    remove_party,
    report_milestone,
    save_agreement,
    save_clause,
    save_milestone,
    save_party,
    set_requirement,
    sign_agreement,
)
from rakorsus.stages.publication.actions.articles import (
    approve,
    begin,
    begin_from,
    begin_from_meeting,
    refresh_facts,
    return_draft,
    save,
    submit,
    withdraw,
)
from rakorsus.stages.publication.actions.classes import classify, follow_rule
from rakorsus.stages.publication.actions.pictures import store_picture
from rakorsus.stages.publication.actions.releases import preview, release
from rakorsus.stages.publication.actions.reminding import remind

__all__ = [
    "add_clause",
    "add_requirement",
    "approve",
    "begin",
    "begin_from",
    "begin_from_meeting",
    "classify",
    "end_agreement",
    "follow_rule",
    "obstacles",
    "preview",
    "refresh_facts",
    "release",
    "remind",
    "remove_party",
    "report_milestone",
    "return_draft",
    "save",
    "save_agreement",
    "save_clause",
    "save_milestone",
    "save_party",
    "set_requirement",
    "sign_agreement",
    "store_picture",
    "submit",
    "withdraw",
]
