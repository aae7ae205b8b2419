"""The year 2022 told in chapters: what was reported, and when it would have been warned of.

The replay takes seconds, so its chapters are kept in `story2022.json` beside this file; a test says
when they are not those of the replay any more. `python -m rakorsus.synth.makassar.story` writes them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from rakorsus.engine.records import Text
from rakorsus.engine.warnings.replay import replay
from rakorsus.synth.makassar import year2022

_KEPT: Final = Path(__file__).with_name("story2022.json")


@dataclass(frozen=True)
class Chapter:
    """`first`: the day of the first warning, in its `words`; `lead`: days before the report;
    `warned`: lines; `rules`: rule, warnings, since when."""

    report: year2022.Report
    first: date
    words: Text
    lead: int
    warned: int
    rules: tuple[tuple[str, int, date], ...]


def replayed() -> tuple[Chapter, ...]:
    """The chapters by the engine, day by day."""
    done = replay(year2022.events(), year2022.YEAR, until=date(2022, 11, 29), table=True)
    made = []
    for report in year2022.PRESS:
        story = "strategis" if report.name == "luncur" else report.name
        mine = [
            n for n in done.notices
            if n.day <= report.day and any(k.startswith(f"{story}:") for k in n.keys)
        ]  # fmt: skip
        if not mine:
            continue
        told = mine
        if report.name == "luncur":  # the ones that would not be finished any more
            told = [n for n in mine if n.rule != "warning.unbegun" or n.past] or mine
        first = min(told, key=lambda n: (n.day, n.rule))
        rules = tuple(
            (rule, sum(n.rule == rule for n in mine), min(n.day for n in mine if n.rule == rule))
            for rule in dict.fromkeys(n.rule for n in mine)
        )
        lines = {k for n in mine for k in n.keys}
        made.append(
            Chapter(
                report, first.day, first.words, (report.day - first.day).days, len(lines), rules
            )
        )
    return tuple(made)


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters as kept."""
    reports = {report.name: report for report in year2022.PRESS}
    return tuple(
        Chapter(
            reports[row["report"]], date.fromisoformat(row["first"]), Text(row["id"], row["en"]),
            row["lead"], row["warned"],
            tuple((rule, n, date.fromisoformat(day)) for rule, n, day in row["rules"]),
        )
        for row in json.loads(_KEPT.read_text(encoding="utf-8"))
    )  # fmt: skip


def _plain(c: Chapter) -> dict[str, Any]:
    return {
        "report": c.report.name, "first": c.first.isoformat(), "id": c.words.id, "en": c.words.en,
        "lead": c.lead, "warned": c.warned,
        "rules": [[rule, n, day.isoformat()] for rule, n, day in c.rules],
    }  # fmt: skip


if __name__ == "__main__":
    _KEPT.write_text(
        json.dumps([_plain(c) for c in replayed()], ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )
