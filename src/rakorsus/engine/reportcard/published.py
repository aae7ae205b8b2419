"""Cards computed anew from published files, and compared with the published cards."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from rakorsus.engine.reportcard.cards import Card, cards
from rakorsus.engine.reportcard.quarters import Quarter
from rakorsus.engine.reportcard.tables import FIGURES, TABLES, Tables, empty

_SUFFIXES: Final = (".csv", ".json", ".parquet")
_BY_FILE: Final = {table.name: name for name, table in TABLES.items()}


def files_in(paths: Iterable[Path]) -> dict[str, Path]:
    """Published name -> file, of the files named and of those in the folders named. Of one table
    in several formats the first by name is taken."""
    found: dict[str, Path] = {}
    for path in paths:
        inside = sorted(path.rglob("rapor*")) if path.is_dir() else [path]
        for file in inside:
            name = file.stem
            known = name in _BY_FILE or name == FIGURES.name
            if known and file.suffix in _SUFFIXES:
                found.setdefault(name, file)
    return found


def read(files: Mapping[str, Path]) -> dict[Quarter, dict[str, pl.DataFrame]]:
    """The tables of each quarter; a table that is in no file is without rows.

    Raises:
        KeyError, ValueError, polars.exceptions.PolarsError: see Table.read.
    """
    made: dict[Quarter, dict[str, pl.DataFrame]] = {}
    for file, path in files.items():
        if file not in _BY_FILE:
            continue
        name = _BY_FILE[file]
        file_frame = _frame(path)
        if not file_frame.width:  # an empty list of JSON
            continue
        for quarter, frame in TABLES[name].read(file_frame).items():
            made.setdefault(quarter, empty())[name] = frame
    return made


def _frame(path: Path) -> pl.DataFrame:
    content = path.read_bytes()
    if path.suffix == ".csv":
        return pl.read_csv(io.BytesIO(content), infer_schema=False, encoding="utf8")
    if path.suffix == ".json":
        return pl.read_json(io.BytesIO(content), infer_schema_length=None)
    return pl.read_parquet(io.BytesIO(content))


def figures_frame(made: Iterable[Card], frozen: bool) -> pl.DataFrame:
    """The figures of one quarter's cards, in FIGURES."""
    return pl.DataFrame(
        [
            {
                "agency": card.agency, "measure": f.measure, "n": f.n, "part": f.part,
                "whole": f.whole, "missing": len(f.missing), "digest": card.digest,
                "frozen": frozen,
            }
            for card in made
            for f in card.figures.values()
        ],
        schema=FIGURES.schema,
    )  # fmt: skip


def publish(tables: Mapping[Quarter, Tables]) -> dict[str, pl.DataFrame]:
    """Published name -> file, of the inputs of these quarters (already cut, `as_known`)."""
    return {
        table.name: table.publish({q: own[name] for q, own in tables.items()})
        for name, table in TABLES.items()
    }


def count(file: Path) -> int:
    """How many figures a published file of cards has."""
    return _frame(file).height


def compare(made: Mapping[Quarter, list[Card]], file: Path) -> list[tuple[str, str, str, str]]:
    """Where the published cards say otherwise: quarter, agency, measure, what differs.

    A card that is only published, or only computed, is a difference too.
    """
    told = {
        (str(quarter), row["agency"], row["measure"]): row
        for quarter, frame in FIGURES.read(_frame(file)).items()
        for row in frame.iter_rows(named=True)
    }
    own = {
        (str(quarter), row["agency"], row["measure"]): row
        for quarter, own in made.items()
        for row in figures_frame(own, False).iter_rows(named=True)
    }
    wrong = []
    for key in sorted(told.keys() | own.keys()):
        a, b = told.get(key), own.get(key)
        if a is None or b is None:
            wrong.append((*key, "tidak diterbitkan" if a is None else "tidak ada masukannya"))
            continue
        wrong += [
            (*key, f"{column}: {a[column]} ≠ {b[column]}")
            for column in ("n", "part", "whole", "missing", "digest")
            if a[column] != b[column]
        ]
    return wrong


def recompute(files: Mapping[str, Path]) -> dict[Quarter, list[Card]]:
    """The cards of every quarter in the files."""
    return {quarter: cards(tables, quarter) for quarter, tables in sorted(read(files).items())}
