"""Every address of the product, walked from Django's resolver, with what is filled into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_GROUP = re.compile(r"\(\?P<(\w+)>.*?\)(?=[/$-]|$)")
_ARGUMENT = re.compile(r"<(?:\w+:)?\w+>")


@dataclass(frozen=True)
class Address:
    """`route` as the code has it, without regular expressions; `path` with real ids."""

    route: str
    path: str
    view: Callable[..., Any]


def routes() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every route once, in the resolver's order."""
    seen: set[str] = set()
    for route, view in _walk(get_resolver().url_patterns, ""):
        if route not in seen:
            seen.add(route)
            yield route, view


def addresses(fill: dict[str, Any]) -> list[Address]:
    """All addresses.

    Args:
        fill: what stands in a route up to and with an argument -> what is filled in. A longer key
            that goes on after the argument (`rapat/acara/<int:pk>/hasil/`) counts more.

    Raises:
        LookupError: arguments without a filler, each with what to add.
    """
    found, unknown = [], []
    for route, view in routes():
        try:
            found.append(Address(route, "/" + _filled(route, fill), view))
        except LookupError as error:
            unknown.append(str(error))
    if unknown:
        raise LookupError("\n".join(sorted(set(unknown))))
    return found


def _walk(patterns: list[Any], before: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for part in patterns:
        route = before + _plain(str(part.pattern))
        if isinstance(part, URLResolver):
            yield from _walk(part.url_patterns, route)
        elif isinstance(part, URLPattern):
            yield route, part.callback


def _plain(pattern: str) -> str:
    if not pattern.startswith("^"):
        return pattern
    return _GROUP.sub(r"<\1>", pattern[1:].removesuffix("$"))


def _filled(route: str, fill: dict[str, Any]) -> str:
    made, last = "", 0
    for argument in _ARGUMENT.finditer(route):
        upto = route[: argument.end()]
        longer = [k for k in fill if k.startswith(upto) and k != upto
                  and not _ARGUMENT.search(k[len(upto):]) and route.startswith(k)]  # fmt: skip
        key = max([*longer, upto], key=len)
        if key not in fill:
            raise LookupError(
                f"No filler for {upto!r}: make such a record in trust/city.py and add "
                f"{upto!r} to its `fill`."
            )
        made += route[last : argument.start()] + str(fill[key])
        last = argument.end()
    return made + route[last:]
