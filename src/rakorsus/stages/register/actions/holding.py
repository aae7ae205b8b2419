"""Decided values against files: laid over what files say, released when a file says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rakorsus.engine import schema
from rakorsus.stages.register import words
from rakorsus.stages.register.models import Hold, PlanVersion, Program
from rakorsus.stages.register.models.holds import WHOLE

_CANCELLED = Program.Status.CANCELLED.value


def standing(keys: Collection[str] | None = None) -> list[Hold]:
    """Holds in force, of these lines or of all."""
    found = Hold.objects.filter(released=None).select_related("program__agency")
    return list(found if keys is None else found.filter(program__key__in=keys))


def refuse_held(changes: Mapping[str, Collection[str]]) -> None:
    """Raises where a change that is no decision touches what one holds fast."""
    for hold in standing(list(changes)):
        if hold.field in changes[hold.program.key]:
            raise ValidationError(
                _("%(field)s baris ini ditetapkan oleh %(label)s; ubah dengan keputusan baru.")
                % {"field": hold.field, "label": hold.label}
            )


def hold(
    label: str,
    diffs: Mapping[str, Mapping[str, Sequence[Any]]],
    fresh: Collection[str],
    version: PlanVersion,
) -> None:
    """Hold what a decision changed (key -> field -> [before, after]) and the lines it made.

    A value that goes back to what the files say needs no hold any more.
    """
    known = {(h.program.key, h.field): h for h in standing(list(diffs))}
    ids = dict(Program.objects.filter(key__in=[*diffs, *fresh]).values_list("key", "pk"))
    made = []
    for key, diff in diffs.items():
        for name, (before, after) in diff.items():
            older = known.get((key, name))
            said = older.said if older else before
            if older:
                older.released = version
                older.save(update_fields=["released"])
            if not _same(after, said):
                seen = older.seen if older else None
                made.append(Hold(program_id=ids[key], field=name, value=after, said=said,
                                 label=label, since=version, seen=seen))  # fmt: skip
    made += [Hold(program_id=ids[k], field=WHOLE, label=label, since=version) for k in fresh]
    Hold.objects.bulk_create(made)


def lay(lines: pl.DataFrame, holds: Sequence[Hold]) -> pl.DataFrame:
    """Lines of files (schema.PROGRAMS and more) with decided values over them; each hold is told
    what the file says (`said`)."""
    by_key: dict[str, list[Hold]] = defaultdict(list)
    for one in holds:
        if one.field != WHOLE:
            by_key[one.program.key].append(one)
    touched = lines.filter(pl.col("key").is_in(list(by_key)))
    if touched.is_empty():
        return lines
    rows = touched.to_dicts()
    for row in rows:
        for one in by_key[row["key"]]:
            said = row[one.field]
            one.said = said.isoformat() if isinstance(said, date) else said
            row[one.field] = _typed(one.field, one.value)
    laid = pl.DataFrame(rows, lines.schema)
    return pl.concat([lines.filter(~pl.col("key").is_in(list(by_key))), laid]).sort("key")


def settle(
    holds: Sequence[Hold], version: PlanVersion, said: Collection[str], gone: Collection[str]
) -> None:
    """Write down what a version's files said of held lines.

    Args:
        said: keys that the files have; `gone`: keys that they do not have any more.
    """
    cancelled = {h.program_id for h in holds if h.field == "status" and h.value == _CANCELLED}
    for one in holds:
        if one.program.key in said:
            if _same(one.value, one.said):
                one.released = version
            one.seen, one.gone = version, False
        elif one.program.key in gone:
            if one.program_id in cancelled:
                one.released = version
            one.seen, one.gone, one.said = version, True, None
    Hold.objects.bulk_update(holds, ["said", "seen", "gone", "released"])


def arrived(lines: pl.DataFrame, fresh: pl.DataFrame, version_of: PlanVersion) -> list[Hold]:
    """Decided new lines that a file has now under a key of its own (same agency, same words of
    the title): their hold ends. Where the file speaks for the agency without it, it is behind."""
    waiting = list(
        Hold.objects.filter(released=None, field=WHOLE, program__removed=False).select_related(
            "program__agency"
        )
    )
    if not waiting:
        return []
    titles = {
        (agency, words.stemmed([title]))
        for agency, title in fresh.select("agency", "title").iter_rows()
    }
    spoken = set(lines["agency"])
    done = []
    for one in waiting:
        code = one.program.agency.code
        if (code, words.stemmed([one.program.title])) in titles:
            one.seen = one.released = version_of
            done.append(one)
        elif code in spoken:
            one.seen = version_of
    Hold.objects.bulk_update(waiting, ["seen", "released"])
    return done


def _same(one: Any, other: Any) -> bool:
    empty = (None, "", [])
    return one == other or (one in empty and other in empty)


def _typed(field: str, value: Any) -> Any:
    if schema.PROGRAMS[field] == pl.Date and isinstance(value, str):
        return date.fromisoformat(value)
    return value
