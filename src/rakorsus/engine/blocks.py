"""The one way in which a rule says what it compares: the names under which a line stands.

A rule declares a function from a line to names (a village with an object, an agency, an amount).
Only lines with a name in common are looked at together; numbers over the whole list (how often an
amount occurs, how many houses have one title) are sizes of blocks too. A run makes each index
once; a session keeps it true as lines change, so that a changed line costs its own blocks only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final, Protocol, TypeVar

from rakorsus.engine.context import Context
from rakorsus.engine.pairs.lines import Line, lines

Names = Callable[[Line], Iterable[str]]
Made = TypeVar("Made", bound="Kept")


class Kept(Protocol):
    """What a run has read out of its lines and a session keeps true."""

    def put(self, line: Line) -> None:
        """A line comes in, or stands in a new state."""

    def drop(self, key: str) -> None:
        """A line is gone, or not live any more."""

    def settle(self) -> None:
        """A change is over: what it left behind is forgotten."""


_NONE: Final[frozenset[str]] = frozenset()
_MEMO: Final = "kept"


class Blocks:
    """Keys of lines by the names under which they stand."""

    def __init__(self, names: Names) -> None:
        self._of = names
        self._members: dict[str, set[str]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._left: dict[str, tuple[str, ...]] = {}

    def put(self, line: Line) -> None:
        """Let a line in, or in its new state."""
        if line.key in self._names:
            self.drop(line.key)
        if names := set(self._of(line)):
            self._names[line.key] = tuple(names) if len(names) == 1 else tuple(sorted(names))
            for name in names:
                if name in self._members:
                    self._members[name].add(line.key)
                else:
                    self._members[name] = {line.key}

    def drop(self, key: str) -> None:
        """Forget a line; nothing when it stands nowhere."""
        if key in self._names:
            self._left[key] = self._names[key]
        for name in self._names.pop(key, ()):
            members = self._members[name]
            members.discard(key)
            if not members:
                del self._members[name]

    def settle(self) -> None:
        """Forget under which names the lines of a change stood before it."""
        self._left.clear()

    def __getitem__(self, name: str) -> Collection[str]:
        """The lines under a name; none under a name that nobody has."""
        return self._members.get(name, _NONE)

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def __len__(self) -> int:
        """How many names have a line."""
        return len(self._members)

    def names(self, key: str) -> tuple[str, ...]:
        """The names under which a line stands, in order."""
        return self._names.get(key, ())

    def standing(self, only: Iterable[str] | None = None) -> list[str]:
        """The lines that stand anywhere, or those of `only`, in order."""
        return sorted(self._names if only is None else self._names.keys() & set(only))

    def asked(self, only: Iterable[str] | None = None) -> list[str]:
        """Every name, or those under which the lines in `only` stand, in order."""
        if only is None:
            return sorted(self._members)
        return sorted({name for key in only for name in self.names(key)})

    def left(self, only: Iterable[str]) -> set[str]:
        """The names under which these lines stood before the last change."""
        return {name for key in only for name in self._left.get(key, ())}

    def pairs(self, only: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        """Pairs of lines with a name in common, smaller key first, each once.

        With `only`, pairs that touch none of these lines are left out.
        """
        if only is None:
            seen: set[tuple[str, str]] = set()
            for name in sorted(self._members):
                inside = sorted(self._members[name])
                for n, a in enumerate(inside):
                    for b in inside[n + 1 :]:
                        if len(self._names[a]) == 1 or len(self._names[b]) == 1:
                            yield a, b  # they meet under this name alone
                        elif (a, b) not in seen:
                            seen.add((a, b))
                            yield a, b
            return
        asked = dict.fromkeys(self.standing(only))
        for key in asked:
            for other in sorted({k for name in self.names(key) for k in self[name]} - {key}):
                if other not in asked or key < other:
                    yield (key, other) if key < other else (other, key)


def keep(context: Context, name: str, make: Callable[[], Made]) -> Made:
    """What `make` gives with every live line put in, made once in a run under `name`."""
    known: dict[str, Any] = context.memo.setdefault(_MEMO, {})
    if name not in known:
        made = make()
        for line in lines(context).values():
            made.put(line)
        known[name] = made
    found: Made = known[name]
    return found


def blocks(context: Context, rule: str, names: Names) -> Blocks:
    """The index of a rule's blocks over the live lines of a run."""
    return keep(context, rule, lambda: Blocks(names))


def together(context: Context, rule: str, names: Names) -> list[Line]:
    """The lines that share a block with a line that is asked about, in order of key."""
    index, known = blocks(context, rule, names), lines(context)
    if context.only is None:
        return [known[key] for key in index.standing()]
    return [known[k] for k in sorted({k for n in index.asked(context.only) for k in index[n]})]


def kept(context: Context) -> list[Kept]:
    """What the run keeps so far, in the order in which it was made."""
    return list(context.memo.get(_MEMO, {}).values())
