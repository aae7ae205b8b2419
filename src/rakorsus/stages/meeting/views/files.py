"""Files: attendance and minutes as XLSX and JSON, slides, the example workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rakorsus.stages.meeting.importing import HEADS
from rakorsus.stages.meeting.models import Brief, Meeting, Participant
from rakorsus.stages.meeting.queries import day
from rakorsus.stages.meeting.queries import minutes as content
from rakorsus.stages.meeting.views.common import meeting_of, reader
from rakorsus.stages.meeting.workbooks import minutes_book
from rakorsus.stages.register import exports


def _attendance(meeting: Meeting) -> Iterator[tuple[Any, ...]]:
    for number, guest in enumerate(day.guests(meeting), 1):
        here = getattr(guest, "attendance", None)
        yield (
            number, str(guest.get_group_display()), guest.who,
            guest.deputy_post or guest.post, guest.institution,
            str(guest.get_reply_display()),
            timezone.localtime(here.at).strftime("%Y-%m-%d %H:%M") if here else "",
            str(here.get_mode_display()) if here else "",
        )  # fmt: skip


@login_required
@require_GET
def attendance(request: HttpRequest, pk: int, kind: str) -> HttpResponse | FileResponse:
    """The list of those invited, with arrivals; for the secretariat."""
    reader(request, "meeting.invite")
    meeting = meeting_of(pk)
    heads = (_("No"), _("Kelompok"), _("Nama"), _("Jabatan"), _("Instansi"), _("Jawaban"),
             _("Hadir pukul"), _("Cara"))  # fmt: skip
    rows = _attendance(meeting)
    if kind == "xlsx":
        book = exports.as_xlsx(heads, rows, _("Daftar hadir"))
        return FileResponse(book, as_attachment=True, filename="daftar-hadir.xlsx")
    if kind != "json":
        raise Http404
    listed = [dict(zip(heads, map(str, row), strict=True)) for row in rows]
    return JsonResponse({"meeting": meeting.title, "attendance": listed})


@login_required
@require_GET
def minutes(request: HttpRequest, pk: int, kind: str) -> HttpResponse | FileResponse:
    """The minutes; the signed ones where they are signed."""
    reader(request)
    meeting = meeting_of(pk)
    signed = getattr(meeting, "minutes", None)
    shown = signed.content if signed else content.content(meeting)
    if kind == "json":
        digest = signed.digest if signed else None
        return JsonResponse({"minutes": shown, "digest": digest, "signed": bool(signed)})
    if kind != "xlsx":
        raise Http404
    book = minutes_book(shown)
    return FileResponse(book, as_attachment=True, filename="notula.xlsx")


@login_required
@require_GET
def slides(request: HttpRequest, pk: int) -> FileResponse:
    """The slides of a presentation, as a download: they are never shown as a page of ours."""
    reader(request)
    brief = get_object_or_404(Brief, item=pk)
    if not brief.slides:
        raise Http404
    ending = brief.slides.name.rsplit(".", 1)[-1]
    return FileResponse(brief.slides.open(), as_attachment=True, filename=f"paparan-{pk}.{ending}")


@login_required
@require_GET
def example(request: HttpRequest) -> FileResponse:
    """A workbook with the columns that the import of participants takes."""
    reader(request, "meeting.invite")
    row = (
        str(Participant.Group.RECTORS.label),
        "400",
        "",
        "Rektor",
        "Universitas (contoh)",
        "",
        "",
    )
    book = exports.as_xlsx(HEADS, [row], "Peserta")
    return FileResponse(book, as_attachment=True, filename="peserta.xlsx")
