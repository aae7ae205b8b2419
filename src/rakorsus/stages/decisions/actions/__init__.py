"""Every change of decisions: drafting, looking ahead, taking, judging."""

from rakorsus.stages.decisions.actions.drafting import Draft, draft, drop, redraft
from rakorsus.stages.decisions.actions.judging import judge
from rakorsus.stages.decisions.actions.taking import take

__all__ = ["Draft", "draft", "drop", "judge", "redraft", "take"]
