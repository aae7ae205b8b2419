"""What of a meeting's state and acts is not for whoever may not read all findings. No Django: the
gateway uses it too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

#: What an act at a table says to everybody: that it was, not what the table is about.
_AT_A_TABLE: Final = frozenset({"item", "desk", "label"})


def without_findings(told: dict[str, Any]) -> dict[str, Any]:
    """A state, or the part of one that changed, as guests get it: neither findings nor what a table
    is about and how it ended."""
    kept = {k: v for k, v in told.items() if k != "findings"}
    if "tables" in kept:
        kept["tables"] = [
            table | {"title": "", "finding": None, "outcome": None} for table in kept["tables"]
        ]
    if "next" in kept:
        kept["next"] = [entry for entry in kept["next"] if entry["kind"] != "desk"]
    return kept


def acts_without_findings(told: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Acts as guests get them: the same numbers and names; of tables neither title nor outcome."""
    return [
        {**act, "data": {k: v for k, v in act["data"].items() if k in _AT_A_TABLE}}
        if act["data"].get("desk")
        else dict(act)
        for act in told
    ]
