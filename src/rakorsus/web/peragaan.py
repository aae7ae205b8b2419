"""What in the demonstration is fact and what is made up, and the meeting it is about."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rakorsus.stages.findings.models import Finding
from rakorsus.synth import demo
from rakorsus.synth.makassar import meeting
from rakorsus.synth.makassar.agencies import COMPANIES, OFFICES, OUTSIDE


def about(request: HttpRequest) -> HttpResponse:
    """Only an installation that is a demonstration has this page."""
    if not settings.DEMO:
        raise Http404
    english = request.LANGUAGE_CODE == "en"  # type: ignore[attr-defined]
    language = "en" if english else "id"
    began, ended = meeting.EVENING
    context = {
        "accounts": demo.ACCOUNT_LIST,
        "password": demo.PASSWORD,
        "meeting": meeting,
        "sessions": [
            (getattr(s, f"title_{language}"), getattr(s, f"note_{language}"))
            for s in meeting.SESSIONS
        ],
        "invited": [(getattr(g, f"name_{language}"), g.size) for g in meeting.INVITED],
        "evening_minutes": int((ended - began).total_seconds() // 60),
        "offices": OFFICES,
        "companies": COMPANIES,
        "outside": OUTSIDE,
        "plants": [(Finding.Kind(p.kind), p) for p in demo.planted_cases()],
    }
    return render(request, "web/peragaan.html", context)
