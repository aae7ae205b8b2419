"""What of a meeting's state is not for whoever may not read all findings. No Django: the gateway
uses it too."""

from __future__ import annotations

from typing import Any


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
