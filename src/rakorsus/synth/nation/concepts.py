"""What governments do, in the words of one list: the ordinary ones and those of `train` or `test`.

The lists lie in `words/`, one activity a line, and were written apart from each other and from the
engine's thesaurus. An activity has two wordings without a content word in common where possible:
its synonym pair, named by the activity's id ("o" ordinary, "a" train, "z" test).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Words = Literal["train", "test"]


class Owner(NamedTuple):
    """An agency by its affair, and the rest of the sub kegiatan code under which it does it."""

    affair: str
    rest: str


@dataclass(frozen=True, slots=True)
class Concept:
    id: str
    group: str  # works | goods | people
    where: str  # rw | street | school | village | kecamatan
    effect: str  # dig | pave | none: what it does to the ground
    unit: str
    low: int  # Rp million
    high: int
    owners: tuple[Owner, ...]  # the usual one first
    objects: tuple[str, ...]  # what stands for {} in the wordings
    wordings: tuple[str, ...]

    def phrase(self, wording: int, thing: int) -> str:
        return self.wordings[wording].format(self.objects[thing] if self.objects else "")


@cache
def concepts(words: Words) -> tuple[Concept, ...]:
    """The ordinary activities and those of one list, in the order of the files."""
    return (*_read("ordinary"), *_read(words))


def _read(name: str) -> tuple[Concept, ...]:
    text = (files("rakorsus.synth.nation") / "words" / f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(
        Concept(
            id=row["id"],
            group=row["group"],
            where=row["where"],
            effect=row["effect"],
            unit=row["unit"],
            low=int(row["low"]),
            high=int(row["high"]),
            owners=tuple(Owner(*owner.split(":")) for owner in row["owners"].split()),
            objects=tuple(row["objects"].split(",")) if row["objects"] else (),
            wordings=tuple(row["wordings"].split("|")),
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
    )
