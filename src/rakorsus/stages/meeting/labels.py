"""Words for what the solver answers."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Why something could not fit (`rakorsus.engine.agenda.day.LeftOut`).
REASONS: Final[dict[str, str | Promise]] = {
    "absent": _("ada yang tidak dapat hadir"),
    "too_long": _("terlalu panjang di antara istirahat"),
    "limit": _("menit mejanya habis"),
    "agency_busy": _("pihaknya selalu duduk di meja lain"),
    "tables_full": _("tidak ada meja kosong"),
    "displaced": _("perkara lain lebih berat"),
    "end": _("tidak cukup waktu sebelum akhir"),
}
