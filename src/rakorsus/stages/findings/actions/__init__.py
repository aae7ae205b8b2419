"""Every change of findings: runs of the engine, answers, talk, settlements, settings."""

from rakorsus.stages.findings.actions.answers import answer, answer_many, change_comment, comment
from rakorsus.stages.findings.actions.asking import put_off, reply
from rakorsus.stages.findings.actions.run import analyse_register, ask_for_run, recheck
from rakorsus.stages.findings.actions.settings import save_rules, want
from rakorsus.stages.findings.actions.settle import agree, decline, propose, withdraw

__all__ = [
    "agree",
    "analyse_register",
    "answer",
    "answer_many",
    "ask_for_run",
    "change_comment",
    "comment",
    "decline",
    "propose",
    "put_off",
    "recheck",
    "reply",
    "save_rules",
    "want",
    "withdraw",
]
