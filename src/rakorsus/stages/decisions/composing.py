"""From what was decided to changes of fields: pure functions over lines of the register.

A change is (key, field, after); `after` is a JSON value, dates are ISO text. Money is whole rupiah:
merging, splitting and moving give back to the rupiah what they take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rakorsus.engine.coordinated import LED_BY


class Line(Protocol):
    """What is read of a line of the register."""

    key: str
    title: str
    budget: int | None
    tags: Any


class Step(NamedTuple):
    key: str
    field: str
    after: Any


CANCELLED = "cancelled"


def merge(keep: Line, others: Sequence[Line]) -> list[Step]:
    """All money goes to the line that stays; the others are cancelled and stand at zero."""
    if not others:
        raise ValidationError(_("Pilih baris yang digabungkan."))
    steps = []
    if total := sum(line.budget or 0 for line in others):
        steps.append(Step(keep.key, "budget", (keep.budget or 0) + total))
    for line in others:
        if line.budget:
            steps.append(Step(line.key, "budget", 0))
        steps.append(Step(line.key, "status", CANCELLED))
    return steps


def cancel(lines: Sequence[Line]) -> list[Step]:
    """Cancelled lines keep their amount, so that what was released can be read."""
    return [Step(line.key, "status", CANCELLED) for line in lines]


def move_money(source: Line, target: Line, amount: int) -> list[Step]:
    """An amount from one line to another.

    Raises:
        ValidationError: nothing to move, or more than there is.
    """
    if amount <= 0 or source.key == target.key:
        raise ValidationError(_("Tulis jumlah yang digeser, dari satu baris ke baris lain."))
    if amount > (source.budget or 0):
        raise ValidationError(_("Jumlah yang digeser melebihi pagu baris asalnya."))
    return [
        Step(source.key, "budget", (source.budget or 0) - amount),
        Step(target.key, "budget", (target.budget or 0) + amount),
    ]


def retime(dates: Mapping[str, tuple[date, date]]) -> list[Step]:
    """New first and last days, by key.

    Raises:
        ValidationError: a line would end before it begins.
    """
    steps = []
    for key, (start, end) in dates.items():
        if end < start:
            raise ValidationError(_("Selesai tidak boleh sebelum mulai."))
        steps += [Step(key, "start", start.isoformat()), Step(key, "end", end.isoformat())]
    return steps


def lead(main: Line, others: Sequence[Line], post: str, agency: str) -> list[Step]:
    """One line leads, the others support it: the post in charge, and a theme that names the
    leading agency, which the engine knows (engine.coordinated)."""
    if not others:
        raise ValidationError(_("Pilih baris pendukungnya."))
    steps = [Step(main.key, "owner", post)] if post else []
    for line in (main, *others):
        tags = [*(t for t in line.tags or [] if not t.startswith(LED_BY)), LED_BY + agency]
        steps.append(Step(line.key, "tags", list(dict.fromkeys(tags))))
    return steps


def tidy(steps: Sequence[Step], lines: Mapping[str, Line]) -> list[tuple[Step, Any]]:
    """The steps that change something, each with what stands there now; the last of two steps of
    one field counts.

    Raises:
        ValidationError: a line that is not in the register.
    """
    wanted = {(s.key, s.field): s for s in steps}
    kept = []
    for step in wanted.values():
        if step.key not in lines:
            raise ValidationError(_("Baris ini tidak ada di register: %s.") % step.key)
        before = plain(getattr(lines[step.key], step.field, None))
        if not _same(before, step.after):
            kept.append((step, before))
    return kept


def _same(before: Any, after: Any) -> bool:
    """Empty text, an empty list and nothing are the same; zero rupiah is not nothing."""
    empty = (None, "", [])
    return before == after or (before in empty and after in empty)


def plain(value: Any) -> Any:
    """A value of a line as JSON."""
    return value.isoformat() if isinstance(value, date) else value


def balance(changes: Sequence[tuple[str, Any, Any]]) -> int:
    """What the changes (field, before, after) do to the sum of amounts, in rupiah."""
    return sum((b or 0) - (a or 0) for field, a, b in changes if field == "budget")
