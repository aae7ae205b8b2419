"""Every change of intake: taking files in, running a batch, settling rows, column mappings."""

from rakorsus.stages.intake.actions.finishing import finish
from rakorsus.stages.intake.actions.mappings import delete_mapping, save_mapping
from rakorsus.stages.intake.actions.reading import read_batch
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
    "delete_mapping",
    "dismiss",
    "finish",
    "forget_old_originals",
    "has_originals",
    "mark_interrupted",
    "read_batch",
    "receive",
    "reopen",
    "run_again",
    "save_mapping",
    "working",
]
