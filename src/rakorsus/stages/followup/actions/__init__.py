"""Every change of follow-up: items, their evidence, reminders, letters."""

from rakorsus.stages.followup.actions import checkpoints
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

__all__ = [
    "amend",
    "checkpoints",
    "comment",
    "complete",
    "drop",
    "from_decision",
    "from_desk",
    "from_resolution",
    "note",
    "reopen",
]
