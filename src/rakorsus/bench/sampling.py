"""Where the time goes, by looking at the running stack every few milliseconds."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable
from types import FrameType

_EVERY_S = 0.004


def shares(work: Callable[[], object], inside: str) -> dict[str, float]:
    """Share of the time of `work` by module of the package `inside`, largest first.

    A moment counts for the outermost module below the first one of the package: for what the entry
    point called, not for what that used.
    """
    seen: Counter[str] = Counter()
    main, done = threading.get_ident(), threading.Event()

    def look() -> None:
        while not done.wait(_EVERY_S):
            frame = sys._current_frames().get(main)
            if frame is not None:
                seen[_stage(frame, inside)] += 1

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    total = sum(seen.values()) or 1
    return {name: round(count / total, 3) for name, count in seen.most_common()}


def _stage(frame: FrameType | None, inside: str) -> str:
    """The first module of the package that is not an entry point, from the outside in."""
    modules: list[str] = []
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(f"{inside}."):
            modules.append(name.removeprefix(f"{inside}."))
        frame = frame.f_back
    for name in reversed(modules):
        if name.split(".")[0] not in ("backends", "analysis", "context"):
            return (
                ".".join(name.split(".")[:2]) if name.startswith("pairs.") else name.split(".")[0]
            )
    return "files and frames"
