"""The state of a finding from what its sides say: one pure function."""

from __future__ import annotations

from collections.abc import Collection

from rakorsus.stages.findings.models import Finding, FindingAgency

State = Finding.State
Answer = FindingAgency.Answer


def state_of(answers: Collection[str], *, found: bool, agreed: bool, expected: bool = False) -> str:
    """The state of a finding.

    Args:
        answers: the newest answer of each side (FindingAgency.Answer).
        found: whether the newest run still finds it.
        agreed: whether all sides have agreed on a settlement.
        expected: whether the engine holds it for normal repetition and nobody objected.
    """
    if not found:
        return State.CLOSED
    if expected:
        return State.EXPECTED
    if agreed:
        return State.SETTLED
    given = [answer for answer in answers if answer != Answer.WAITING]
    if not given:
        return State.OPEN
    if len(given) < len(answers) or Answer.NEED_DATA in given:
        return State.ANSWERED
    if all(answer == Answer.ACCEPT for answer in given):
        return State.ACCEPTED
    return State.REJECTED if all(answer == Answer.REJECT for answer in given) else State.DISPUTED
