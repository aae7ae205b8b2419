"""What an explanation is made of: five questions that every finding answers, and a "why not"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rakorsus.engine.records import Finding, Text
from rakorsus.engine.refusal import Refusal


class Question(StrEnum):
    """What an official asks of every finding, in the order in which it is answered."""

    DATES = "dates"
    PLACES = "places"
    THING = "thing"
    MONEY = "money"
    RULE = "rule"


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    UNKNOWN = "unknown"  # the files do not say
    NONE = "none"  # the question does not arise, as when a finding is about one line


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in a sentence; `grade` says in words how firm the evidence for it is."""

    question: Question
    verdict: Verdict
    text: Text
    grade: Text | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One answer to each Question, in their order."""

    answers: tuple[Answer, ...]

    def as_list(self) -> list[dict[str, Any]]:
        """As a finding's evidence carries it under `answers`: question, ask, verdict, text, grade,
        all texts in both languages."""
        return [
            {
                "question": a.question.value,
                "ask": ASKED[a.question].as_dict(),
                "verdict": a.verdict.value,
                "said": (_STATED.get((a.question, a.verdict)) or VERDICTS[a.verdict]).as_dict(),
                "text": a.text.as_dict(),
                "grade": a.grade.as_dict() if a.grade else None,
            }
            for a in self.answers
        ]


@dataclass(frozen=True, slots=True)
class Condition:
    """What rules said of two lines: they hold (`refusal` None), or the condition that failed."""

    rules: tuple[str, ...]
    refusal: Refusal | None
    text: Text


@dataclass(frozen=True, slots=True)
class Why:
    """Why two lines are a finding, expected repetition, or neither.

    `found` and `expected` name both lines; `conditions` says of every rule that compares lines
    which condition failed, whatever the outcome.
    """

    left: str
    right: str
    found: tuple[Finding, ...]
    expected: tuple[Finding, ...]
    conditions: tuple[Condition, ...]


ASKED = {
    Question.DATES: Text("Apakah waktunya bertemu?", "Do the dates overlap?"),
    Question.PLACES: Text("Apakah tempatnya bertemu?", "Do the places overlap?"),
    Question.THING: Text("Objek atau penerima yang sama?", "The same object or the same people?"),
    Question.MONEY: Text("Siapa membayar berapa?", "Who pays how much?"),
    Question.RULE: Text("Apa kata aturannya?", "What does the rule say?"),
}
VERDICTS = {
    Verdict.YES: Text("Ya", "Yes"),
    Verdict.NO: Text("Tidak", "No"),
    Verdict.PARTLY: Text("Sebagian", "Partly"),
    Verdict.UNKNOWN: Text("Belum diketahui", "Not known"),
    Verdict.NONE: Text("Tidak ditanyakan", "Not asked"),
}
#: Where yes is no answer to the question.
_STATED = {
    (Question.MONEY, Verdict.YES): Text("Diketahui", "Known"),
    (Question.RULE, Verdict.YES): Text("Tertulis", "Stated"),
}
