"""Disjoint sets over strings."""

from __future__ import annotations


class Sets:
    """Sets that can be joined; the smallest member stands for its set."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def root(self, item: str) -> str:
        """The member that stands for the item's set."""
        passed = []
        while (up := self._up.get(item, item)) != item:
            passed.append(item)
            item = up
        for below in passed:
            self._up[below] = item
        return item

    def join(self, a: str, b: str) -> None:
        """Make one set of the sets of `a` and `b`."""
        low, high = sorted((self.root(a), self.root(b)))
        if low != high:
            self._up[high] = low
