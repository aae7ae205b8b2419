"""A meeting replayed from its acts alone: what stood after a given number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def played(told: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Apply acts in their order. Pure: the same acts give the same state."""
    queue: dict[int, str] = {}
    floor: dict[int, str] = {}
    running: dict[int, str] = {}
    votes: dict[int, dict[str, Any]] = {}
    seats: dict[int, tuple[int, str]] = {}
    settled: dict[int, str] = {}
    slide: tuple[int, int] | None = None
    arrived = 0
    opened = None
    for act in told:
        name, data = act["name"], act["data"]
        if name == "raise_hand":
            queue[data["request"]] = data["label"]
        elif name == "grant":
            queue.pop(data["request"], None)
            floor[data["request"]] = data["label"]
        elif name == "lower_hand":
            queue.pop(data["request"], None)
            floor.pop(data["request"], None)
        elif name == "begin":
            running[data["item"]] = data.get("title", "")
        elif name in ("finish", "settle"):
            running.pop(data["item"], None)
            if name == "settle":
                settled[data["item"]] = data.get("kind", "")
        elif name == "open_vote":
            votes[data["resolution"]] = {"title": data["title"], "cast": 0, "state": "voting"}
        elif name == "vote":
            row = votes.setdefault(data["resolution"], {"title": data["title"], "cast": 0,
                                                        "state": "voting"})  # fmt: skip
            row["cast"] += 1
        elif name in ("close_vote", "decide"):
            row = votes.setdefault(data["resolution"], {"title": data["title"], "cast": 0})
            row["state"] = data["state"]
        elif name == "sit":
            seats[act["user"]] = (data["item"], data["label"])
        elif name == "stand":
            seats.pop(act["user"], None)
        elif name == "slide":
            slide = (data["item"], data["page"])
        elif name == "check_in":
            arrived += 1
        elif name in ("open", "close"):
            opened = name == "open"
    return {
        "queue": list(queue.items()), "floor": list(floor.items()),
        "running": list(running.items()), "votes": list(votes.items()),
        "seats": [(item, label) for item, label in seats.values()], "slide": slide,
        "settled": settled, "arrived": arrived, "open": opened,
    }  # fmt: skip
