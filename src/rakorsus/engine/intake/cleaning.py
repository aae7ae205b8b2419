"""A table of a known kind into typed rows that are accepted and rows that are set aside."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from rakorsus.engine.intake.codes import parse_code
from rakorsus.engine.intake.days import parse_day
from rakorsus.engine.intake.fields import Field, Type
from rakorsus.engine.intake.numbers import parse_money, parse_number, split_amount
from rakorsus.engine.intake.personal import mask_cells, masked
from rakorsus.engine.intake.table import ROW, Table
from rakorsus.engine.intake.texts import filled, plain, plain_series
from rakorsus.engine.records import Problem, SetAsideRow, Text

_YES: Final = frozenset({"true", "1", "ya", "y", "yes", "aktif", "t", "x", "v", "√"})
_NO: Final = frozenset({"false", "0", "tidak", "t.a.", "no", "n", "nonaktif", "f"})
_LONGEST: Final = 60  # characters of a cell that a reason quotes

_WHAT: Final[dict[Type, tuple[str, str]]] = {
    Type.KEY: ("nomor", "a whole number"),
    Type.CODE: ("kode nomenklatur (contoh 1.03.02.2.01.0001)", "a nomenclature code"),
    Type.MONEY: ("jumlah uang (contoh 1.234.567,00)", "an amount of money"),
    Type.NUMBER: ("angka", "a number"),
    Type.START: ("tanggal (contoh 31/12/2025)", "a day (for example 2025-12-31)"),
    Type.END: ("tanggal (contoh 31/12/2025)", "a day (for example 2025-12-31)"),
    Type.YEAR: ("tahun (contoh 2025)", "a year"),
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Accepted rows with the kind's fields and `sheet`, `row`; rows set aside; mended cells."""

    frame: pl.DataFrame
    set_aside: tuple[SetAsideRow, ...]
    repaired: tuple[Problem, ...]


def clean(table: Table, fields: tuple[Field, ...], assigned: Mapping[str, str]) -> Cleaned:
    """Read each field's column by its type.

    Args:
        assigned: field name -> column of the table.
    """
    raw = table.frame
    values: list[pl.Series] = []
    bad: list[tuple[Field, pl.Series]] = []
    mended: list[Problem] = []
    year = _year(table, fields, assigned)
    for one in fields:
        column = assigned.get(one.name)
        cells = (
            raw.select(filled(pl.col(column)).alias(one.name)).to_series()
            if column
            else pl.Series(one.name, [None] * raw.height, dtype=pl.String)
        )
        read = _read(one, cells, year)
        values.extend(read)
        if one.type in _WHAT:
            bad.append((one, cells.is_not_null() & read[0].is_null()))
        if one.required:
            bad.append((one, read[0].is_null()))
        if one.type is Type.CODE and column:
            mended += _mended(table, one, column, cells, read[0])
    frame = pl.DataFrame(
        [*values, pl.Series("sheet", [table.sheet] * raw.height, dtype=pl.String),
         raw[ROW].alias("row")]
    )  # fmt: skip
    wrong = [(one, mask) for one, mask in bad if mask.any()]
    if not wrong:
        return Cleaned(frame, _broken(table), tuple(mended))
    failed = pl.select(pl.any_horizontal([mask.alias(str(i)) for i, (_, mask) in enumerate(wrong)]))
    mask = failed.to_series()
    aside = _set_aside(table, wrong, mask, assigned)
    gone = {row.problem.row for row in aside}
    return Cleaned(
        frame.filter(~mask),
        (*_broken(table), *aside),
        tuple(note for note in mended if note.row not in gone),
    )


def _read(one: Field, cells: pl.Series, year: int | None) -> list[pl.Series]:
    name = one.name
    column = pl.col(cells.name)
    frame = cells.to_frame()
    if one.type is Type.TEXT:
        return [plain_series(cells).alias(name)]
    if one.type is Type.OFFICE:
        return [frame.select(column.str.replace_all(r"[\s']+", "").alias(name)).to_series()]
    if one.type is Type.KEY:
        key = column.str.replace(r"\.0+$", "").str.strip_chars("'")
        good = pl.when(key.str.contains(r"^\d{1,20}$")).then(key)
        return [frame.select(good.alias(name)).to_series()]
    if one.type is Type.AMOUNT:
        split = _each(cells, split_amount)
        return [
            pl.Series(name, [p[0] if p else None for p in split], dtype=pl.Float64),
            pl.Series(f"{name}_unit", [p[1] if p else None for p in split], dtype=pl.String),
            frame.select(plain(column).alias(f"{name}_text")).to_series(),
        ]
    if one.type is Type.LIST:
        lists = _each(cells, _list)
        return [pl.Series(name, lists, dtype=pl.List(pl.String))]
    parse, dtype = _parser(one.type, year)
    return [pl.Series(name, _each(cells, parse), dtype=dtype)]


def _parser(kind: Type, year: int | None) -> tuple[Callable[[str], Any], pl.DataType]:
    if kind is Type.MONEY:
        return parse_money, pl.Int64()
    if kind is Type.NUMBER:
        return parse_number, pl.Float64()
    if kind is Type.CODE:
        return parse_code, pl.String()
    if kind is Type.YEAR:
        return _year_of, pl.Int32()
    if kind is Type.FLAG:
        return _flag, pl.Boolean()
    edge = "start" if kind is Type.START else "end"
    return (lambda text: parse_day(text, edge, year)), pl.Date()


def _each(cells: pl.Series, parse: Callable[[str], Any]) -> list[Any]:
    """The cells parsed, each distinct text once."""
    known: dict[str | None, Any] = {None: None}
    result = []
    for text in cells.to_list():
        if text not in known:
            known[text] = parse(text)
        result.append(known[text])
    return result


def _flag(text: str) -> bool | None:
    flat = text.strip().lower()
    return True if flat in _YES else False if flat in _NO else None


def _year_of(text: str) -> int | None:
    match = re.search(r"\b(19|20|21)\d{2}\b", text)
    return int(match[0]) if match else None


def _list(text: str) -> list[str] | None:
    flat = text.strip()
    if flat.startswith("["):
        try:
            items = json.loads(flat)
        except ValueError:
            items = flat.strip("[]").split(",")
    else:
        items = re.split(r"[;|\n]", flat)
    found = [str(i).strip(" \"'") for i in items if i is not None]
    return [i for i in found if i and i != "null"] or None


def _year(table: Table, fields: tuple[Field, ...], assigned: Mapping[str, str]) -> int | None:
    """The year that the table speaks of: that of most rows, or the one named above the header."""
    column = next((assigned.get(o.name) for o in fields if o.type is Type.YEAR), None)
    if column:
        years = Counter(filter(None, map(_year_of, table.frame[column].drop_nulls().unique())))
        if years:
            return years.most_common(1)[0][0]
    return year_above(table)


def year_above(table: Table) -> int | None:
    """The first year named in the titles of a table, its sheet's name or its header."""
    words = " ".join([*table.above, table.sheet, *table.header])
    named = re.search(r"(?:tahun(?: anggaran)?|t\.?a\.?)\s*:?\s*((?:20)\d{2})\b", words, re.I)
    found = named[1] if named else next(iter(re.findall(r"\b(20[1-4]\d)\b", words)), None)
    return int(found) if found else None


def _mended(
    table: Table, one: Field, column: str, cells: pl.Series, read: pl.Series
) -> list[Problem]:
    """Notes on codes that were brought back to their full form."""
    plain_code = cells.str.replace_all(r"\s+", "").str.to_uppercase().str.strip_chars(".'")
    changed = (plain_code != read).fill_null(False)
    if not changed.any():
        return []
    rows = table.frame.filter(changed)[ROW].to_list()
    was, now = cells.filter(changed).to_list(), read.filter(changed).to_list()
    return [
        Problem(
            table.sheet, row, column,
            Text(f"Kode “{a}” dibaca sebagai {b}.", f"The code “{a}” is read as {b}."),
        )
        for row, a, b in zip(rows, was, now, strict=True)
    ]  # fmt: skip


def _set_aside(
    table: Table,
    wrong: list[tuple[Field, pl.Series]],
    mask: pl.Series,
    assigned: Mapping[str, str],
) -> list[SetAsideRow]:
    texts = [c for c in table.frame.columns if c != ROW]
    rows = (
        table.frame.filter(mask).with_columns(masked(pl.col(c)).alias(c) for c in texts).to_dicts()
    )
    firsts = list(zip(*(m.filter(mask).to_list() for _, m in wrong), strict=True))
    result = []
    for row, flags in zip(rows, firsts, strict=True):
        one = wrong[flags.index(True)][0]
        column = assigned.get(one.name)
        number = int(row.pop(ROW))
        content = {k: str(v) for k, v in row.items() if v is not None and str(v).strip()}
        value = content.get(column, "") if column else ""
        problem = Problem(table.sheet, number, column, _reason(one, column, value))
        result.append(SetAsideRow(problem, content))
    return result


def _reason(one: Field, column: str | None, value: str) -> Text:
    label = column or one.names[0]
    if not value.strip():
        return Text(
            f"Kolom “{label}” kosong, padahal wajib. Isi lalu muat lagi.",
            f"The column “{label}” is blank but needed. Fill it and load again.",
        )
    shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    what_id, what_en = _WHAT.get(one.type, ("isian yang dikenal", "a known value"))
    return Text(
        f"Isi kolom “{label}”, yaitu “{shown}”, bukan {what_id}. Betulkan lalu muat lagi.",
        f"The column “{label}” holds “{shown}”, which is not {what_en}. Correct it and load again.",
    )


def _broken(table: Table) -> tuple[SetAsideRow, ...]:
    return tuple(
        SetAsideRow(Problem(table.sheet, b.row, None, b.reason), mask_cells(b.cells))
        for b in table.broken
    )
