"""Every change of decisions: drafting, looking ahead, taking, judging."""

from rakorsus.stages.decisions.actions.drafting import Draft, draft, drop, redraft
from rakorsus.stages.decisions.actions.judging import judge
from rakorsus.stages.decisions.actions.preview import look_ahead, run_preview
from rakorsus.stages.decisions.actions.taking import take
from rakorsus.stages.decisions.actions.undoing import undo

__all__ = [
    "Draft",
    "draft",
    "drop",
    "judge",
    "look_ahead",
    "redraft",
    "run_preview",
    "take",
    "undo",
]
