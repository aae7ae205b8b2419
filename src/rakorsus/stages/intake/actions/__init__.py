"""Every change of intake: taking files in, running a batch, settling rows, column mappings."""

from rakorsus.stages.intake.actions.receiving import QUEUED, receive
from rakorsus.stages.intake.actions.rows import dismiss, reopen
from rakorsus.stages.intake.actions.running import (
    Stopped,
    Unusable,
    Work,
    ask_stop,
    forget_old_originals,
    has_originals,
    mark_interrupted,
    run_again,
    working,
)

__all__ = [
    "QUEUED",
    "Stopped",
    "Unusable",
    "Work",
    "ask_stop",
    "dismiss",
    "forget_old_originals",
    "has_originals",
    "mark_interrupted",
    "receive",
    "reopen",
    "run_again",
    "working",
]
