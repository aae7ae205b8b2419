"""Numbers of papers: a pattern with fields, and counters that only rise."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rakorsus.documents.words import ROMAN

FIELDS: Final = ("klasifikasi", "urut", "unit", "bulan", "tahun")
_FIELD: Final = re.compile(r"\{([^{}]*)\}")
DOTS: Final = "................"


def check_pattern(pattern: str) -> None:
    """Raises ValidationError for unknown fields, single braces, or no counter."""
    unknown = [name for name in _FIELD.findall(pattern) if name not in FIELDS]
    if unknown or set(_FIELD.sub("", pattern)) & {"{", "}"}:
        raise ValidationError(
            _("Isian yang dikenal dalam pola nomor: %s.") % ", ".join(f"{{{f}}}" for f in FIELDS)
        )
    if "{urut}" not in pattern:
        raise ValidationError(_("Pola nomor harus memuat {urut}, supaya nomor tidak berulang."))


def scope_of(series: str, pattern: str, on: date) -> str:
    """What is counted together: a series and its year, or the series for ever where the pattern
    does not show the year."""
    return f"{series}/{on.year}" if "{tahun}" in pattern else series


def fill(pattern: str, on: date, *, code: str, unit: str, count: str) -> str:
    """The number; `count` is dots as long as there is none."""
    values = {"klasifikasi": code, "urut": count, "unit": unit, "bulan": ROMAN[on.month - 1],
              "tahun": str(on.year)}  # fmt: skip
    if not unit:  # no empty place between two strokes
        pattern = pattern.replace("/{unit}/", "/")
    return _FIELD.sub(lambda found: values[found.group(1)], pattern)
