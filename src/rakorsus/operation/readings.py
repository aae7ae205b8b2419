"""Noting who opened personal data, and telling it of a span of time."""

from __future__ import annotations

import csv
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final, TextIO

from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from rakorsus.audit import actions as audit
from rakorsus.operation.models import Reading
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require

Handler = Callable[[HttpRequest], HttpResponse]
#: Name of the address -> whose data its answer shows
PAGES: Final = {
    "meeting:people": "nama, surel, dan nomor semua undangan rapat",
    "meeting:participant": "nama, surel, dan nomor satu undangan",
    "meeting:whatsapp": "nama dan nomor semua undangan rapat",
    "meeting:check_in": "nama undangan yang dicari di pintu masuk",
    "meeting:scanned": "nama pemilik satu kode",
    "meeting:attendance_file": "daftar hadir rapat (berkas)",
    "meeting:sign_sheet": "lembar hadir rapat (berkas)",
    "people": "nama dan surel semua akun",
    "person": "nama dan surel satu akun",
    "audit": "nama dan alamat orang yang bertindak",
}
_LOG = logging.getLogger(__name__)
_HEADS = ("waktu", "akun", "alamat", "halaman", "data yang terlihat", "tentang")


def noted(get_response: Handler) -> Handler:
    """Middleware, after authentication: notes answers of pages that show personal data."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = getattr(request, "resolver_match", None)
        if match and match.view_name in PAGES and response.status_code == 200:
            _note(request, match.view_name, match.kwargs)
        return response

    return handle


def _note(request: HttpRequest, page: str, kwargs: dict[str, object]) -> None:
    user = getattr(request, "user", None)
    about = " ".join(f"{k}={v}" for k, v in kwargs.items() if k != "token")
    try:
        with transaction.atomic():
            Reading.objects.create(
                by=user if user is not None and user.is_authenticated else None,
                address=request.META.get("REMOTE_ADDR") or None, page=page, about=about[:60],
            )  # fmt: skip
    except Error:  # a full disk must not keep the door of a meeting shut
        _LOG.exception("a reading of %s was not noted", page)


def report(actor: Actor, since: datetime, until: datetime, target: TextIO) -> int:
    """Who saw what in a span of time, as CSV, oldest first; returns how many answers. That it was
    asked for stands in the log."""
    require(actor, "operation.erase")
    found = Reading.objects.filter(at__gte=since, at__lt=until).select_related("by").order_by("id")
    writer = csv.writer(target)
    writer.writerow(_HEADS)
    count = 0
    for reading in found.iterator():
        count += 1
        at = timezone.localtime(reading.at)
        who = reading.by.get_username() if reading.by else "-"
        writer.writerow([f"{at:%Y-%m-%d %H:%M:%S}", who, reading.address or "-", reading.page,
                         PAGES.get(reading.page, ""), reading.about])  # fmt: skip
    with transaction.atomic():
        audit.record(actor, "operation.report", ("operation.readings", f"{since:%Y-%m-%d}"),
                     summary=f"Laporan akses data pribadi: {count} jawaban")  # fmt: skip
    return count
