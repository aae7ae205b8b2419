"""Every change of follow-up: items, their evidence, reminders, letters."""

from rakorsus.stages.followup.actions import checkpoints
from rakorsus.stages.followup.actions.evidence import add_evidence
from rakorsus.stages.followup.actions.feeds import make_link, owner_of, revoke_link
from rakorsus.stages.followup.actions.items import (
    amend,
    comment,
    complete,
    drop,
    from_decision,
    from_desk,
    from_resolution,
    note,
    reopen,
)
from rakorsus.stages.followup.actions.letters import issue_letter, week_of, weekly_letter
from rakorsus.stages.followup.actions.reminding import remind, save_rules

__all__ = [
    "add_evidence",
    "amend",
    "checkpoints",
    "comment",
    "complete",
    "drop",
    "from_decision",
    "from_desk",
    "from_resolution",
    "issue_letter",
    "make_link",
    "note",
    "owner_of",
    "remind",
    "reopen",
    "revoke_link",
    "save_rules",
    "week_of",
    "weekly_letter",
]
