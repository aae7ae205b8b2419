"""Which class of Law 14/2008 a record has by rule, and the words of the classes.

Articles of the law: 9 (periodic), 10 (immediate), 11 (always), 17 (excluded). A coordinator may
depart from the rule with a reason (`Classification`); an exclusion needs the test of consequences
of article 19.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.publication.models import Classification, InformationClass


@dataclass(frozen=True)
class DefaultRule:
    """The class of one kind of record where nobody departed from it."""

    name: str
    kind: str
    what: Promise
    value: str
    basis: Promise


RULES: Final[tuple[DefaultRule, ...]] = (
    DefaultRule(
        "program", Classification.Kind.PROGRAM,
        _("Program, kegiatan, sub kegiatan, dan paket perangkat daerah"),
        InformationClass.PERIODIC,
        _("UU 14/2008 Pasal 9: kegiatan dan kinerja badan publik diumumkan secara berkala."),
    ),
    DefaultRule(
        "outside", Classification.Kind.PROGRAM,
        _("Rencana kerja lembaga luar yang diberikan untuk koordinasi (PLN, balai, provinsi)"),
        InformationClass.EXCLUDED,
        _("UU 14/2008 Pasal 17: rencana milik lembaga lain; yang diumumkan hanya bahwa ada "
          "bentrok, di mana, dan kapan, bukan isinya."),
    ),
    DefaultRule(
        "decision", Classification.Kind.DECISION, _("Keputusan rapat dan tindak lanjutnya"),
        InformationClass.ALWAYS,
        _("UU 14/2008 Pasal 11: hasil keputusan badan publik dan pertimbangannya."),
    ),
    DefaultRule(
        "agreement", Classification.Kind.AGREEMENT, _("Kerja sama yang sudah ditandatangani"),
        InformationClass.ALWAYS,
        _("UU 14/2008 Pasal 11: perjanjian badan publik dengan pihak ketiga."),
    ),
    DefaultRule(
        "draft_agreement", Classification.Kind.AGREEMENT, _("Kerja sama yang masih disiapkan"),
        InformationClass.EXCLUDED,
        _("UU 14/2008 Pasal 17: surat menyurat yang belum menjadi keputusan."),
    ),
    DefaultRule(
        "article", Classification.Kind.ARTICLE, _("Berita yang sudah terbit"),
        InformationClass.PERIODIC,
        _("UU 14/2008 Pasal 9; koordinator menandai serta-merta (Pasal 10) bila menyangkut "
          "hajat hidup orang banyak."),
    ),
    DefaultRule(
        "finding", "", _("Temuan yang belum diputuskan, tanggapan, dan percakapan"),
        InformationClass.EXCLUDED,
        _("UU 14/2008 Pasal 17: pembicaraan antarbadan publik yang belum menjadi keputusan."),
    ),
)  # fmt: skip
BY_NAME: Final = {rule.name: rule for rule in RULES}
