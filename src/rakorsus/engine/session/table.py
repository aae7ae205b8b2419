"""A frame sorted by key in which rows are replaced, put in and taken out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from typing import Final

import polars as pl

_MOST: Final = 500  # pieces from which the frame is laid out anew


class Table:
    """`frame` with one row per key, in order of key; `keys` are its keys.

    A change lays new rows between slices of the old frame: nothing else is copied.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame.rechunk()
        self.keys: list[str] = frame["key"].to_list()

    def __contains__(self, key: str) -> bool:
        at = bisect_left(self.keys, key)
        return at < len(self.keys) and self.keys[at] == key

    def rows(self, keys: Collection[str]) -> pl.DataFrame:
        """The rows of these keys, in order of key; unknown keys are left out."""
        return self.frame[[bisect_left(self.keys, key) for key in sorted(keys) if key in self]]

    def change(self, rows: pl.DataFrame, removed: Collection[str]) -> bool:
        """Put rows (of the frame's columns) in or in place of those of their keys, take others
        out. Returns whether the set of keys is another now."""
        new = {key: n for n, key in enumerate(rows["key"].to_list())}
        pieces, last, moved = [], 0, []
        for key in sorted({*new, *removed}):
            at, there = bisect_left(self.keys, key), key in self
            pieces.append(self.frame[last:at])
            if key in new:
                pieces.append(rows[new[key] : new[key] + 1])
            if there != (key in new):
                moved.append((at, key, there))
            last = at + there
        pieces.append(self.frame[last:])
        self.frame = pl.concat([p for p in pieces if p.height] or [self.frame[:0]], rechunk=False)
        for at, key, there in reversed(moved):
            if there:
                del self.keys[at]
            else:
                self.keys.insert(at, key)
        if self.frame.n_chunks() > _MOST:
            self.settle()
        return bool(moved)

    def settle(self) -> None:
        """Lay the pieces out as one again; worth its time between two changes."""
        self.frame = self.frame.rechunk()
