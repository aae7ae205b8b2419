"""Writing lines with everything derived from them: places, themes, parents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl
from django.db import connection

from rakorsus.people.models import Agency
from rakorsus.stages.register import bulk, derive, locating
from rakorsus.stages.register.models import (
    Nomenclature,
    PlanVersion,
    Program,
    ProgramPlace,
    ProgramTag,
)

_TEXTS = tuple(
    f.column
    for f in Program._meta.concrete_fields
    if f.get_internal_type() in {"CharField", "TextField"}
)


def write(lines: pl.DataFrame, version: PlanVersion, known: Mapping[str, int]) -> None:
    """Insert or overwrite these lines (derive.clean, with a column `fingerprint`).

    `known` maps the keys that have a row already to its primary key.
    """
    if lines.is_empty():
        return
    first = bulk.next_id(Program)
    ids, spare = [], first
    for key in lines["key"]:
        ids.append(known.get(key, spare))
        spare += key not in known
    lines = derive.derived(lines).with_columns(pl.Series("id_", ids, dtype=pl.Int64))
    located = locating.locate(lines)
    table = _table(lines, located, version, known)
    bulk.upsert(Program, table.columns, table.iter_rows(), ("key",))
    _adopt(set(lines["key"]) - known.keys())
    replace_places(lines, located, had=set(known.values()))
    replace_tags(lines, had=set(known.values()))


def _table(
    lines: pl.DataFrame, located: locating.Located, version: PlanVersion, known: Mapping[str, int]
) -> pl.DataFrame:
    """The columns of register_program, in one frame."""
    agencies = dict(Agency.objects.values_list("code", "pk"))
    parents = _parents(lines, known)
    table = (
        lines.join(located.summary, on="key", how="left", maintain_order="left")
        .join(parents, left_on="parent", right_on="parent_key", how="left", maintain_order="left")
        .with_columns(
            pl.col("agency").replace_strict(agencies, return_dtype=pl.Int64).alias("agency_id"),
            pl.lit(version.pk, pl.Int64).alias("version_id"),
            pl.lit(False).alias("removed"),
        )
        .rename({"id": "ident", "parent": "parent_key"})
        .rename({"id_": "id"})
    )
    columns = [f.column for f in Program._meta.concrete_fields]
    return table.select(pl.col(c).fill_null("") if c in _TEXTS else pl.col(c) for c in columns)


def _parents(lines: pl.DataFrame, known: Mapping[str, int]) -> pl.DataFrame:
    """Primary keys of the lines above: among these lines, or already in the register."""
    own = lines.select(pl.col("key").alias("parent_key"), pl.col("id_").alias("parent_id"))
    wanted = set(lines["parent"].drop_nulls()) - set(lines["key"])
    standing = []
    for part in _parts(sorted(wanted)):
        standing += Program.objects.filter(key__in=part).values_list("key", "pk")
    other = pl.DataFrame(standing, {"parent_key": pl.String, "parent_id": pl.Int64}, orient="row")
    return pl.concat([own, other])


def _adopt(fresh: set[str]) -> None:
    """Give lines that waited for their parent's row its key."""
    if not fresh:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE register_program SET parent_id = (SELECT a.id FROM register_program a "
            "WHERE a.key = register_program.parent_key) "
            "WHERE parent_id IS NULL AND parent_key <> '' AND EXISTS (SELECT 1 FROM "
            "register_program b WHERE b.key = register_program.parent_key)"
        )


def replace_places(lines: pl.DataFrame, located: locating.Located, had: set[int]) -> None:
    """Write the located places of the lines; `had` are the rows that may hold older ones."""
    ids = lines.select("key", pl.col("id_").alias("program_id"))
    bulk.delete(ProgramPlace, "program_id", had & set(ids["program_id"]))
    rows = located.places.join(ids, on="key", maintain_order="left").drop("key")
    bulk.insert(ProgramPlace, rows.columns, rows.iter_rows())


def replace_tags(lines: pl.DataFrame, had: set[int]) -> None:
    """Write the themes of the lines: their own tags and those of their code's nomenclature."""
    bulk.delete(ProgramTag, "program_id", had & set(lines["id_"]))
    by_code: dict[str, list[str]] = {}
    for code, tags in Nomenclature.objects.exclude(tags=[]).values_list("code", "tags"):
        by_code.setdefault(code, []).extend(tags)
    bulk.insert(ProgramTag, ("program_id", "tag"), _tags(lines, by_code))


def _tags(lines: pl.DataFrame, by_code: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    for pk, code, own in lines.select("id_", "code", "tags").iter_rows():
        named = [*(own or []), *by_code.get(code or "", [])]
        for tag in dict.fromkeys(t.strip()[:120] for t in named if t and t.strip()):
            yield pk, tag


def derive_again() -> None:
    """Locate and tag every standing line anew: regions or nomenclature have changed."""
    from rakorsus.stages.register.queries import frame

    lines = frame()
    if lines.is_empty():
        return
    ids = dict(Program.objects.filter(removed=False).values_list("key", "pk"))
    lines = lines.with_columns(pl.col("key").replace_strict(ids).alias("id_"))
    located = locating.locate(lines)
    replace_places(lines, located, had=set(ids.values()))
    replace_tags(lines, had=set(ids.values()))
    summary = lines.select("key").join(located.summary, on="key", maintain_order="left")
    columns = [c for c in summary.columns if c != "key"]
    rows = summary.with_columns(pl.col("place").fill_null("")).select(*columns, "key").iter_rows()
    bulk.update(Program, columns, "key", rows)


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), 5000):
        yield values[start : start + 5000]
