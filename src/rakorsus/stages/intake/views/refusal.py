"""Answers to uploads that are larger, or more, than the installation takes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rakorsus.stages.intake.limits import MEGABYTE, limits


def too_large(request: HttpRequest) -> HttpResponse:
    most = limits().batch // MEGABYTE
    return render(request, "intake/too_large.html", {"most": most}, status=413)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/too_large.html", {"files": limits().files}, status=413)
