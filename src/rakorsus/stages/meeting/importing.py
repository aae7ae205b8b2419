"""Participants from a workbook: every row is taken, or set aside with its reason."""

from __future__ import annotations

import zipfile
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.forms import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from rakorsus.stages.meeting.models import Participant

HEADS: Final = ("Kelompok", "Urutan", "Nama", "Jabatan", "Instansi", "Surel", "WhatsApp")
_FIELDS: Final = ("group", "rank", "name", "post", "institution", "email", "phone")
_MOST: Final = 5000
_GROUPS = {str(value): value for value in Participant.Group.values}


def read_participants(file: UploadedFile) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows for `add_participants`, and what was set aside in words with its row number."""
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return [], [_("Berkas ini bukan XLSX.")]
    sheet = book.worksheets[0]
    rows, problems = [], []
    lines = sheet.iter_rows(values_only=True)
    heads = [str(cell or "").strip().casefold() for cell in next(lines, ())]
    places = {f: heads.index(h.casefold()) for f, h in zip(_FIELDS, HEADS, strict=True)
              if h.casefold() in heads}  # fmt: skip
    if "post" not in places:
        return [], [_("Kolom Jabatan tidak ada; pakai berkas contoh.")]
    for number, line in enumerate(lines, 2):
        if number > _MOST + 1:
            problems.append(_("Baris %d dan sesudahnya: paling banyak 5.000 baris.") % number)
            break
        texts = {f: str(line[i]).strip() if i < len(line) and line[i] is not None else ""
                 for f, i in places.items()}  # fmt: skip
        if not any(texts.values()):
            continue
        trouble = _trouble(texts)
        if trouble:
            problems.append(_("Baris %(row)d: %(why)s") % {"row": number, "why": trouble})
        else:
            rows.append(_row(texts))
    return rows, problems


def _trouble(texts: dict[str, str]) -> str:
    if not texts.get("post"):
        return _("jabatan kosong")
    if texts.get("group") and texts["group"].casefold() not in _by_label():
        return _("kelompok “%s” tidak dikenal") % texts["group"]
    if texts.get("rank") and not texts["rank"].isdigit():
        return _("urutan bukan angka")
    if texts.get("email"):
        try:
            validate_email(texts["email"])
        except ValidationError:
            return _("surel salah tulis")
    return ""


def _by_label() -> dict[str, str]:
    return {str(g.label).casefold(): g.value for g in Participant.Group} | _GROUPS


def _row(texts: dict[str, str]) -> dict[str, Any]:
    return {
        "group": _by_label().get(texts.get("group", "").casefold(), Participant.Group.OTHER),
        "rank": int(texts.get("rank") or 8000),
        "name": texts.get("name", "")[:150],
        "post": texts["post"][:200],
        "institution": texts.get("institution", "")[:250],
        "email": texts.get("email", ""),
        "phone": texts.get("phone", "")[:30],
    }
