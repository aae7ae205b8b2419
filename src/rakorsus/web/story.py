"""The demonstration's year 2022: what was reported, and when rakorsus would have warned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rakorsus.engine.warnings.replay import replay
from rakorsus.engine.warnings.watch import Notice
from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.register.models import Program
from rakorsus.synth.makassar import year2022


@dataclass(frozen=True)
class Chapter:
    """`first`: the first warning; `lead`: days before the report; `rules`: rule -> warnings."""

    report: year2022.Report
    first: Notice
    lead: int
    warned: int
    rules: tuple[tuple[str, int, date], ...]


@cache
def _chapters() -> tuple[Chapter, ...]:
    done = replay(year2022.events(), year2022.YEAR, until=date(2022, 11, 29), table=True)
    made = []
    for report in year2022.PRESS:
        story = "strategis" if report.name == "luncur" else report.name
        mine = [
            n for n in done.notices
            if n.day <= report.day and any(k.startswith(f"{story}:") for k in n.keys)
        ]  # fmt: skip
        if report.name == "luncur":  # the ones that would not be finished any more
            mine = [n for n in mine if n.rule != "warning.unbegun" or n.past] or mine
        if not mine:
            continue
        first = min(mine, key=lambda n: (n.day, n.rule))
        rules = tuple(
            (rule, sum(n.rule == rule for n in mine), min(n.day for n in mine if n.rule == rule))
            for rule in dict.fromkeys(n.rule for n in mine)
        )
        lines = {k for n in mine for k in n.keys}
        made.append(Chapter(report, first, (report.day - first.day).days, len(lines), rules))
    return tuple(made)


def page(request: HttpRequest) -> HttpResponse:
    """Only a demonstration has this page."""
    if not settings.DEMO:
        raise Http404
    labels = dict(EarlyWarning.Rule.choices)
    english = request.LANGUAGE_CODE == "en"  # type: ignore[attr-defined]
    chapters: list[dict[str, Any]] = [
        {
            "report": c.report, "told": c.report.told_en if english else c.report.told_id,
            "first": c.first, "words": c.first.words.en if english else c.first.words.id,
            "lead": c.lead, "warned": c.warned,
            "rules": [(labels.get(rule, rule), n, day) for rule, n, day in c.rules],
            "record": Program.objects.filter(
                title__contains=c.report.record, level="paket", removed=False
            ).order_by("-money").first(),
        }
        for c in _chapters()
    ]  # fmt: skip
    return render(request, "web/story.html", {"chapters": chapters, "tab": "story"})
