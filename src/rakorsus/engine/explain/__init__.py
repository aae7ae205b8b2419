"""Why a finding is one, in five answers; why two lines are none; every rule with its source."""

from rakorsus.engine.explain.answers import explain, explained
from rakorsus.engine.explain.records import Answer, Explanation, Question, Verdict
from rakorsus.engine.explain.rulebook import RULEBOOK, Rule

__all__ = [
    "RULEBOOK",
    "Answer",
    "Explanation",
    "Question",
    "Rule",
    "Verdict",
    "explain",
    "explained",
]
