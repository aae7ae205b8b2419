"""The nation on disk: one Parquet for each government and table, written as it is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rakorsus.synth.nation.concepts import Words
from rakorsus.synth.nation.government import LEAST, Government, government
from rakorsus.synth.nation.sizes import sizes

TABLES = ("programs", "agencies", "truth")


def write(
    folder: Path,
    lines: int,
    seed: int = 1,
    words: Words = "train",
    governments: int | None = None,
) -> Iterator[tuple[str, int]]:
    """Write `programs/PP.KK.parquet`, `agencies/...`, `truth/...`; yields code and lines of each.

    Memory stays that of one government. Raises ValueError for a government too small to be one.
    """
    shares = sizes(lines, governments)
    if min(shares.values()) < LEAST:
        raise ValueError(
            f"{lines} lines over {len(shares)} governments leave one with fewer than {LEAST}"
        )
    for table in TABLES:
        (folder / table).mkdir(parents=True, exist_ok=True)
    for code, count in shares.items():
        _write(folder, government(code, count, seed, words))
        yield code, count


def _write(folder: Path, made: Government) -> None:
    frames = {"programs": made.programs, "agencies": made.agencies, "truth": made.truth}
    for table, frame in frames.items():
        frame.write_parquet(folder / table / f"{made.code}.parquet", compression="zstd")
