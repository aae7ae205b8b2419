"""Which answers teach, and what: findings about pairs, agreed on by all who spoke.

Accepted is what every answering side accepted, what was settled between the sides, and what a desk
dealt with. Rejected is what every answering side called normal, another place, object or time. Of
these only "normal" and "another object" tell about the words. Nothing else is heard: sides that
differ, wrong data, what was settled before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import blake2b
from typing import Final

from rakorsus.engine.learning.lessons import Verdict as Said
from rakorsus.engine.learning.table import Pair
from rakorsus.stages.findings.models import (
    Finding,
    FindingAgency,
    FindingProgram,
    Settlement,
    Taken,
    Unheard,
    Verdict,
    WordRule,
)

Answer = FindingAgency.Answer
Cause = Verdict.Cause
#: Findings that a later stage's outcomes speak of: gives (finding, when).
Source = Callable[[], Iterable[tuple[int, datetime]]]

_KINDS: Final = (Finding.Kind.DUPLICATE, Finding.Kind.OVERLAP)
_NOT_ONE: Final = frozenset({Cause.NORMAL, Cause.OTHER_PLACE, Cause.OTHER_OBJECT, Cause.OTHER_TIME})
_OF_WORDS: Final = frozenset({Cause.NORMAL, Cause.OTHER_OBJECT})
_sources: list[Source] = []


def hear(source: Source) -> None:
    """Learn from another stage's outcomes: findings that were dealt with, and when."""
    if source not in _sources:
        _sources.append(source)


def verdicts() -> list[Said]:
    """What answers say of each finding that they agree on, in the order of findings."""
    forgotten = Unheard.objects.first()
    after = forgotten.at if forgotten else None
    accepted = _dealt_with(after)
    rejected: dict[int, bool] = {}
    for finding, answers in _answers(forgotten.upto if forgotten else 0).items():
        if all(answer == Answer.ACCEPT for answer, _ in answers):
            accepted.add(finding)
        elif all(answer == Answer.REJECT and cause in _NOT_ONE for answer, cause in answers):
            rejected[finding] = all(cause in _OF_WORDS for _, cause in answers)
    keys = _keys({*accepted, *rejected})
    return [
        Said(keys[pk], pk in accepted, pk in accepted or rejected[pk], pk) for pk in sorted(keys)
    ]


def word_rules() -> dict[Pair, bool | None]:
    """What coordinators say of pairs of words: the same, not the same, forgotten."""
    says = WordRule.Says
    newest = {(r.left, r.right): r.says for r in WordRule.objects.order_by("id")}
    meaning = {says.SAME: True, says.OTHER: False, says.FORGET: None}
    return {pair: meaning[said] for pair, said in newest.items() if said != says.LEARN}


def taken() -> list[Taken]:
    """What other governments have learnt and this one uses, in the order of taking."""
    return list(Taken.objects.filter(ended=None).order_by("id"))


def digest() -> str:
    """A digest of all that is learnt from: the same digest, nothing new to learn."""
    parts = [repr((v.name, v.keys, v.accepted, v.words)) for v in verdicts()]
    parts += [repr(item) for item in sorted(word_rules().items(), key=repr)]
    parts += [t.digest for t in taken()]
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest() if parts else ""


def _dealt_with(after: datetime | None) -> set[int]:
    """Findings about pairs that were settled between the sides or dealt with at a desk."""
    agreed = Settlement.objects.filter(state=Settlement.State.AGREED).values_list("finding", "at")
    told = [*agreed, *(each for source in _sources for each in source())]
    recent = {pk for pk, at in told if after is None or at > after}
    return set(Finding.objects.filter(pk__in=recent, kind__in=_KINDS).values_list("pk", flat=True))


def _answers(upto: int) -> dict[int, list[tuple[str, str]]]:
    """Finding -> the newest answer and cause of each side that has answered since."""
    newest: dict[tuple[int, int], tuple[str, str]] = {}
    rows = Verdict.objects.filter(pk__gt=upto, finding__kind__in=_KINDS).order_by("id")
    for finding, agency, answer, cause in rows.values_list("finding", "agency", "answer", "cause"):
        newest[finding, agency] = (answer, cause)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for (finding, _), said in newest.items():
        found[finding].append(said)
    return found


def _keys(findings: set[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = FindingProgram.objects.filter(finding__in=findings).order_by("finding", "position")
    for finding, key in rows.values_list("finding", "program__key"):
        found[finding].append(key)
    return {pk: tuple(keys) for pk, keys in found.items()}
