"""The demonstration's year 2022: what was reported, and when rakorsus would have warned."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.register.models import Program
from rakorsus.synth.makassar.story import chapters


def page(request: HttpRequest) -> HttpResponse:
    """Only a demonstration has this page."""
    if not settings.DEMO:
        raise Http404
    labels = dict(EarlyWarning.Rule.choices)
    english = request.LANGUAGE_CODE == "en"  # type: ignore[attr-defined]
    told: list[dict[str, Any]] = [
        {
            "report": c.report, "told": c.report.told_en if english else c.report.told_id,
            "first": c.first, "words": c.words.en if english else c.words.id,
            "lead": c.lead, "warned": c.warned,
            "rules": [(labels.get(rule, rule), n, day) for rule, n, day in c.rules],
            "record": Program.objects.filter(
                title__contains=c.report.record, level="paket", removed=False
            ).order_by("-money").first(),
        }
        for c in chapters()
    ]  # fmt: skip
    return render(request, "web/story.html", {"chapters": told, "tab": "story"})
