"""The work of one partition: a government's files in, its findings as bytes out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from rakorsus.engine.analysis import analyse
from rakorsus.engine.backends.folder import Folder
from rakorsus.engine.backends.lent import Lent, lend, touching
from rakorsus.engine.backends.packing import pack
from rakorsus.engine.contract import to_line
from rakorsus.engine.findings import Findings
from rakorsus.engine.places import locate, regions_of
from rakorsus.engine.records import Finding, Severity


@dataclass(frozen=True, slots=True)
class Partition:
    """One government of a folder. `lent` are its province's lines (Lent.as_bytes); a province has
    `regencies` to lend to instead. Small and plain, so that it can travel."""

    folder: str
    government: str
    today: date
    lent: bytes = b""
    regencies: tuple[str, ...] = ()


def analyse_government(partition: Partition) -> bytes:
    """The findings of one government, packed (`packing.pack`).

    The head says what the government is and counts its findings; the parts are `findings` and
    `expected` (lines of JSON as in `contract`) and, for a province, `lent/PP.KK` for each regency.
    Depends on the partition and its files only.
    """
    with _collector_at_rest():
        return _analyse(partition)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Python's search for cycles waits until the partition is done: it would go through some
    hundred thousand living rows again and again, a fifth of the time, and free nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _analyse(partition: Partition) -> bytes:
    code = partition.government
    folder = Folder(Path(partition.folder), (code,))
    own, agencies, regions = folder.programs(code), folder.agencies(code), regions_of(code)
    places = locate(own, regions, agencies)
    programs, houses = own, agencies
    lent = None
    if partition.lent:
        lent = Lent.of(partition.lent).beside(own)
        programs = pl.concat([own, lent.programs])
        places = pl.concat([places, lent.places])
        houses = pl.concat([agencies, lent.agencies])
    result = analyse(programs, houses, regions, today=partition.today, places=places)
    findings, expected = result.findings, result.expected
    if lent is not None:
        findings, expected = touching(findings, lent), touching(expected, lent)
    name = dict(regions.select("code", "name").iter_rows()).get(code, code)
    parts = {"findings": _jsonl(findings, result), "expected": _jsonl(expected, result)}
    if partition.regencies:
        shares = lend(own, places, agencies, code, name, partition.regencies)
        parts |= {f"lent/{regency}": share.as_bytes() for regency, share in shares.items()}
    return pack(_head(code, name, own, findings, expected), parts)


def _head(
    code: str,
    name: str,
    own: pl.DataFrame,
    findings: tuple[Finding, ...],
    expected: tuple[Finding, ...],
) -> dict[str, object]:
    kinds = Findings(findings, (), pl.DataFrame(), pl.DataFrame(), {}, {}).counts
    return {
        "government": code,
        "name": name,
        "lines": own.height,
        "agencies": own["agency"].n_unique(),
        "findings": len(findings),
        "expected": len(expected),
        **{level.value: sum(f.severity is level for f in findings) for level in Severity},
        "money": sum(f.money for f in findings),
        "kinds": kinds,
    }


def _jsonl(findings: Iterable[Finding], result: Findings) -> bytes:
    return "".join(f"{to_line(f, result.agency_names)}\n" for f in findings).encode()
