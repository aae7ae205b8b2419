"""Synthetic countries on disk for measurements: made once for a run, removed with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rakorsus.engine.backends import Folder
from rakorsus.synth.nation import write


@contextmanager
def country(lines: int, seed: int = 1) -> Iterator[Path]:
    """A folder with a synthetic country of so many lines, worded from the test list."""
    with TemporaryDirectory(prefix="rakorsus-bench-") as held:
        folder = Path(held) / "country"
        for _ in write(folder, lines, seed=seed, words="test"):
            pass
        yield folder


def opened(path: Path) -> Folder:
    folder = Folder.of(path)
    if folder is None:
        raise FileNotFoundError(f"{path}: no country in this folder")
    return folder
