"""A nation's findings, government by government, written as they come."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

import polars as pl

from rakorsus.engine.backends.folder import Folder
from rakorsus.engine.backends.government import Partition, analyse_government
from rakorsus.engine.backends.inorder import Backend
from rakorsus.engine.backends.packing import unpack

Head = dict[str, Any]
_ROWS: Final = 50_000  # lines of one row group of programs.parquet


@dataclass(frozen=True)
class Nation:
    """What was found: one head for each government (see `government.analyse_government`)."""

    heads: tuple[Head, ...]

    def total(self, name: str) -> int:
        return sum(head[name] for head in self.heads)

    @property
    def kinds(self) -> dict[str, int]:
        """Findings of each kind in the whole nation, most first."""
        found: dict[str, int] = {}
        for head in self.heads:
            for kind, count in head["kinds"].items():
                found[kind] = found.get(kind, 0) + count
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def analyse_nation(
    folder: Folder,
    out: Path,
    backend: Backend,
    *,
    today: date,
    tell: Callable[[Head], None] = lambda head: None,
) -> Nation:
    """Write `findings.jsonl`, `expected.jsonl` and `programs.parquet` of a folder to `out`.

    Provinces come first, by code, then regencies and cities; inside a government findings stand
    best first. Memory does not grow with the number of governments. The files are equal byte for
    byte on every backend. `tell` hears of each government that is done.
    """
    out.mkdir(parents=True, exist_ok=True)
    lent = out / ".lent"
    lent.mkdir(exist_ok=True)
    heads = []
    names = ("findings", "expected")
    files = {name: (out / f".{name}.jsonl.part").open("wb") for name in names}
    try:
        for tasks in (_provinces(folder, today), _regencies(folder, today, lent)):
            for packed in backend.map(analyse_government, tasks):
                heads.append(_keep(packed, files, lent))
                tell(heads[-1])
    finally:
        for file in files.values():
            file.close()
        shutil.rmtree(lent)
    _programs(folder, out)
    for name in names:
        os.replace(out / f".{name}.jsonl.part", out / f"{name}.jsonl")
    return Nation(tuple(heads))


def _provinces(folder: Folder, today: date) -> Iterator[Partition]:
    for code in folder.provinces:
        yield Partition(str(folder.path), code, today, regencies=folder.inside(code))


def _regencies(folder: Folder, today: date, lent: Path) -> Iterator[Partition]:
    for code in folder.regencies:
        share = lent / code
        yield Partition(
            str(folder.path), code, today, share.read_bytes() if share.exists() else b""
        )


def _keep(packed: bytes, files: Mapping[str, IO[bytes]], lent: Path) -> Head:
    head, parts = unpack(packed)
    for name, part in parts.items():
        if name in files:
            files[name].write(part)
        else:
            (lent / name.removeprefix("lent/")).write_bytes(part)
    return head


def _programs(folder: Folder, out: Path) -> None:
    """All lines in one file, in the order of the governments."""
    part = out / ".programs.parquet.part"
    lines = pl.concat([folder.scan(code) for code in folder.governments])
    lines.sink_parquet(part, row_group_size=_ROWS, maintain_order=True)
    os.replace(part, out / "programs.parquet")
