"""Which lines a change reaches before any rule is asked: what is read out of them depends on it.

Three facts of a line are read from others: the key of its life cycle (`works.works`), the words
of a title without content (from the line above), and whether an address is an office (when many
lines of one agency give it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import polars as pl

from rakorsus.engine.context import Context
from rakorsus.engine.pairs.lines import OFFICE, addresses
from rakorsus.engine.works import CYCLE


class Relatives:
    """Lines by what they share, for every line of the list, live or not."""

    def __init__(self, programs: pl.DataFrame) -> None:
        self._of: dict[str, tuple[str, ...]] = {}
        self._by: dict[str, set[str]] = defaultdict(set)
        self.put(programs)

    def put(self, programs: pl.DataFrame) -> None:
        """Lines (schema.PROGRAMS) come in, or stand in a new state."""
        columns = programs.select("key", "parent", *(e.alias(n) for n, e in CYCLE.items()))
        for key, parent, package, name in columns.iter_rows():
            self.drop([key])
            names = (f"package {package}", f"name {name}", f"below {parent}" if parent else "")
            self._of[key] = tuple(n for n in names if n)
            for shared in self._of[key]:
                self._by[shared].add(key)

    def drop(self, keys: Iterable[str]) -> None:
        """Lines are gone."""
        for key in keys:
            for shared in self._of.pop(key, ()):
                self._by[shared].discard(key)
                if not self._by[shared]:
                    del self._by[shared]

    def cycle(self, keys: Collection[str]) -> set[str]:
        """Lines whose life cycle these may be part of: of one package or one name, and those of
        one name with them."""
        near = self._sharing(self._sharing(keys, "package ", "name "), "name ")
        return near | set(keys)

    def support(self, keys: Collection[str]) -> set[str]:
        """All lines that must be looked at to say the life cycle of these."""
        return self._sharing(self._sharing(keys, "name "), "package ") | set(keys)

    def below(self, keys: Iterable[str]) -> set[str]:
        """The lines whose line above is one of these."""
        return {child for key in keys for child in self._by.get(f"below {key}", ())}

    def _sharing(self, keys: Iterable[str], *kinds: str) -> set[str]:
        return {k for shared in self._names(keys, kinds) for k in self._by.get(shared, ())}

    def _names(self, keys: Iterable[str], kinds: tuple[str, ...]) -> Iterator[str]:
        for key in keys:
            yield from (n for n in self._of.get(key, ()) if n.startswith(kinds))


class Addresses:
    """Addresses (agency, text) with the lines that give them; an office from OFFICE lines on."""

    def __init__(self, context: Context) -> None:
        self._by: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._of: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for key, agency, text in addresses(context).select("key", "agency", "text").iter_rows():
            self._by[agency, text].add(key)
            self._of[key].add((agency, text))

    def __contains__(self, address: object) -> bool:
        """Whether an address is an office."""
        return address in self._by and len(self._by[address]) >= OFFICE

    def change(self, key: str, agency: str, texts: Iterable[str]) -> set[str]:
        """Give a line these addresses. Returns the lines whose place became an office's or
        ceased to be one."""
        new = {(agency, text) for text in texts}
        old = self._of.pop(key, set())
        reached: set[str] = set()
        for address in old ^ new:
            before = address in self
            (self._by[address].discard if address in old else self._by[address].add)(key)
            if (address in self) != before:
                reached |= self._by[address]
        if new:
            self._of[key] = new
        return reached
