"""Every change of findings: runs of the engine, answers, talk, settlements, settings."""

from rakorsus.stages.findings.actions.answers import answer, answer_many, change_comment, comment
from rakorsus.stages.findings.actions.asking import put_off, reply
from rakorsus.stages.findings.actions.learning import forget, give_back, learn, set_word, take
from rakorsus.stages.findings.actions.run import analyse_register, ask_for_run, recheck
from rakorsus.stages.findings.actions.settings import save_rules, want
from rakorsus.stages.findings.actions.settle import agree, decline, propose, withdraw
from rakorsus.stages.findings.actions.trial import discard, keep, run_trial, try_rules

__all__ = [
    "agree",
    "analyse_register",
    "answer",
    "answer_many",
    "ask_for_run",
    "change_comment",
    "comment",
    "decline",
    "discard",
    "forget",
    "give_back",
    "keep",
    "learn",
    "propose",
    "put_off",
    "recheck",
    "reply",
    "run_trial",
    "save_rules",
    "set_word",
    "take",
    "try_rules",
    "want",
    "withdraw",
]
