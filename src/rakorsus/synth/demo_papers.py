"""Letterheads, posts that sign and patterns of numbers of the demonstration; and the papers that
its meetings have issued. Posts only: no person is named."""

from __future__ import annotations

from datetime import date
from typing import Final

from rakorsus.documents import actions as documents
from rakorsus.documents.drafts import settings_of
from rakorsus.documents.models import Letterhead, Signatory
from rakorsus.people import actor as actors
from rakorsus.people.models import User
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.models import Meeting

BASE: Final = "http://127.0.0.1:8000/"
_ADDRESS: Final = "Jalan Jenderal Ahmad Yani Nomor 2, Makassar 90111"
_NAME: Final = "(nama pejabat, contoh)"
_CC: Final = "Wali Kota Makassar (sebagai laporan);\nWakil Wali Kota Makassar;\nArsip."

#: kind of paper -> letterhead, who signs, unit in the number
_KINDS: Final = {
    "undangan": ("Sekretariat Daerah", "Sekretaris Daerah", "SETDA"),
    "susunan-acara": ("Bappeda", "Kepala Bappeda", "BAPPEDA"),
    "daftar-hadir": ("Sekretariat Daerah", "Sekretaris Daerah", "SETDA"),
    "notula": ("Bappeda", "Sekretaris Daerah", "BAPPEDA"),
    "berita-acara": ("Bappeda", "Sekretaris Daerah", "BAPPEDA"),
    "laporan": ("Bappeda", "Kepala Bappeda", "BAPPEDA"),
    "surat-tindak-lanjut": ("Sekretariat Daerah", "Sekretaris Daerah", "SETDA"),
    "sk-penanggung-jawab": ("Wali Kota", "Wali Kota Makassar", ""),
}


def prepare() -> None:
    """What an administrator sets once."""
    by = actors.of_user(User.objects.get(username="admin"), "cli")
    government = "Pemerintah Kota Makassar"
    heads = {
        name: documents.save(
            by, Letterhead(),
            {"name": name, "lines": "\n".join(lines), "address": address, "place": "Makassar",
             "paper": "a4"},
        )
        for name, lines, address in (
            ("Sekretariat Daerah", (government, "Sekretariat Daerah"), _ADDRESS),
            ("Bappeda", (government, "Badan Perencanaan Pembangunan Daerah"), _ADDRESS),
            ("Wali Kota", ("Wali Kota Makassar", "Provinsi Sulawesi Selatan"), ""),
        )
    }  # fmt: skip
    signers = {
        key: documents.save(
            by, Signatory(),
            {"post": post, "above": above, "name": _NAME, "rank": rank, "nip": ""},
        )
        for key, post, above, rank in (
            ("Sekretaris Daerah", "Sekretaris Daerah", "a.n. Wali Kota Makassar", ""),
            ("Kepala Bappeda", "Kepala Badan Perencanaan Pembangunan Daerah", "", ""),
            ("Wali Kota Makassar", "Wali Kota Makassar", "", ""),
        )
    }  # fmt: skip
    for kind, (head, signer, unit) in _KINDS.items():
        chosen = settings_of(kind)
        documents.save_settings(by, kind, {
            "letterhead": heads[head], "signatory": signers[signer], "pattern": chosen.pattern,
            "code": chosen.code, "unit": unit, "width": 3, "nature": chosen.nature,
            "bases": chosen.bases, "cc": _CC if kind in ("undangan", "sk-penanggung-jawab") else "",
        })  # fmt: skip


def invite(meeting: Meeting) -> None:
    """The Rakorsus is announced: its invitation and its programme have numbers."""
    issue(meeting, {"undangan": date(2022, 3, 8), "susunan-acara": date(2022, 3, 14)})


def issue(meeting: Meeting, kinds: dict[str, date]) -> None:
    """Issue papers of a meeting with their dates."""
    by = actors.of_user(User.objects.get(username="sekretariat"), "cli")
    for kind, day in kinds.items():
        actions.issue(by, meeting, kind, BASE, on=day)
