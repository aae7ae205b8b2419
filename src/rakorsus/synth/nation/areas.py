"""The ground of one government: its districts and villages, and the streets and schools on it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rakorsus.engine.places import regions_of

_KIND: Final = re.compile(r"^(Kabupaten|Kota)( Administrasi)? ")


@dataclass(frozen=True)
class Areas:
    """Villages by number; each knows its district's number. Names as the national table has them.

    `mark` is what stands before a village's name ("Desa" or "Kel."); `beyond` is the end of a place
    text that a province's office must write: " Kab. Bandung", else empty.
    """

    government: str
    name: str
    districts: tuple[str, ...]
    district_names: tuple[str, ...]
    villages: tuple[str, ...]
    village_names: tuple[str, ...]
    village_kinds: tuple[str, ...]
    district_of: NDArray[np.int32]
    beyond: tuple[str, ...]

    @property
    def short(self) -> str:
        """ "Kabupaten Bandung" -> "Bandung"."""
        return _KIND.sub("", self.name)

    @cached_property
    def homonyms(self) -> NDArray[np.int32]:
        """Pairs of villages of one name in different districts, shape (n, 2)."""
        same: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.village_names):
            same[name].append(number)
        pairs = [
            (a, b)
            for numbers in same.values()
            for a, b in pairwise(numbers)
            if self.district_of[a] != self.district_of[b]
        ]
        return np.array(pairs, np.int32).reshape(-1, 2)


def areas(government: str) -> Areas:
    """The ground of "32.04" or of a province "32"; unknown codes raise KeyError."""
    table = regions_of(government)
    names = dict(table.select("code", "name").iter_rows())
    districts = table.filter(pl.col("level") == 3).sort("code")
    villages = table.filter(pl.col("level") == 4).sort("code")
    numbers = {code: n for n, code in enumerate(districts["code"].to_list())}
    province = "." not in government
    inside = [c for c in villages["code"].to_list() if c.rpartition(".")[0] in numbers]
    kinds = dict(villages.select("code", "kind").iter_rows())
    return Areas(
        government=government,
        name=names[government],
        districts=tuple(numbers),
        district_names=tuple(districts["name"].to_list()),
        villages=tuple(inside),
        village_names=tuple(names[c] for c in inside),
        village_kinds=tuple("Desa" if kinds[c] == "desa" else "Kel." for c in inside),
        district_of=np.array([numbers[c.rpartition(".")[0]] for c in inside], np.int32),
        beyond=tuple(
            f" {names[code[:5]].replace('Kabupaten', 'Kab.')}" if province else ""
            for code in numbers
        ),
    )


def streets() -> list[str]:
    """Names of streets; a slot's number picks one."""
    first, second, _ = _names()
    return [f"{a} {b}" for b in second for a in first]


def hamlets() -> list[str]:
    return _names()[2]


@cache
def _names() -> list[list[str]]:
    text = (files("rakorsus.synth.nation") / "words" / "names.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines()]
