"""Findings as the register keeps them: what the engine said, what both sides say, how it ends."""

from rakorsus.stages.findings.models.answers import Comment, Settlement, SettlementSide, Verdict
from rakorsus.stages.findings.models.asking import Reply
from rakorsus.stages.findings.models.findings import Finding, FindingAgency, FindingProgram
from rakorsus.stages.findings.models.learning import Learnt, Taken, Unheard, WordRule
from rakorsus.stages.findings.models.runs import RuleSettings, Run
from rakorsus.stages.findings.models.trials import Trial

__all__ = [
    "Comment",
    "Finding",
    "FindingAgency",
    "FindingProgram",
    "Learnt",
    "Reply",
    "RuleSettings",
    "Run",
    "Settlement",
    "SettlementSide",
    "Taken",
    "Trial",
    "Unheard",
    "Verdict",
    "WordRule",
]
