"""What is sent to writing addresses that read it before they ask who may: complete and well formed,
so that the answer tells of rights. All other addresses get an empty body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.integration.decisions.conftest import DRAIN, LANE
from tests.integration.trust.city import ROADS, City

Body = dict[str, Any]


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("bukti.pdf", b"%PDF-1.7 bukti lain", "application/pdf")


def sheet() -> SimpleUploadedFile:
    return SimpleUploadedFile("daftar.csv", b"KODE;PAGU\n1.03;7\n", "text/csv")


def body(city: City, route: str) -> Body:
    """The body of a POST to a route; made anew each time, since files are read once."""
    made = _BODIES.get(route)
    return made(city) if made else {}


#: What is asked for in the address of a reading one.
QUESTIONS = {
    "api/v1/findings/why": f"?left={DRAIN}&right={LANE}",
    "temuan/mengapa/": f"?kiri={DRAIN}&kanan={LANE}",
    "rapat/<int:pk>/susun/bila/": "?meja=2",
}


def _agency(city: City) -> int:
    return city.agencies[ROADS].pk


def _found(city: City) -> int:
    found: int = city.fill["temuan/<int:pk>"]
    return found


def _settled(city: City) -> Body:
    return {"kind": "waive", "text": "Dibiarkan.", "version": 99}


_BODIES: dict[str, Callable[[City], Body]] = {
    "impor/": lambda c: {"files": sheet()},
    "program/tampilan/": lambda c: {"nama": "Tampilan", "query": "q=jalan"},
    "program/ikuti/ubah/": lambda c: {"kind": "program", "value": DRAIN, "jenis": "program"},
    "program/<key>/ubah/": lambda c: {"title": "Judul lain", "reason": "Salah tulis"},
    "temuan/jawab/": lambda c: {"finding": [_found(c)], "answer": "accept"},
    "temuan/<int:pk>/jawab/": lambda c: {"agency": _agency(c), "answer": "accept"},
    "temuan/<int:pk>/tanggapan/": lambda c: {"text": "Satu kata."},
    "temuan/<int:pk>/usulan/": lambda c: {"agency": _agency(c), "text": "Satu paket."},
    "temuan/<int:pk>/lengkapi/": lambda c: {"key": DRAIN, "volume": "3 unit"},
    "temuan/tanggapan/<int:pk>/": lambda c: {"text": "Kata lain."},
    "temuan/pelajaran/ambil/": lambda c: {
        "name": "Kota lain",
        "file": SimpleUploadedFile("pelajaran.json", b"{}", "application/json"),
    },
    "temuan/pertanyaan/anda/": lambda c: {"finding": _found(c), "key": DRAIN, "volume": "3 unit"},
    "rapat/acara/<int:pk>/hasil/": _settled,
    "rapat/acara/<int:pk>/catatan/": lambda c: {"field": "discussion", "text": "Dicatat."},
    "rapat/acara/<int:pk>/catatan/<slug:field>/": lambda c: {"update": "AAA="},
    "rapat/acara/<int:pk>/tanya/": lambda c: {"text": "Kapan mulai?"},
    "rapat/acara/<int:pk>/paparan/": lambda c: {"issue": "i", "solution": "s", "in_charge": "k"},
    "rapat/acara/<int:pk>/paparan/tayang/": lambda c: {"page": 1},
    "rapat/tanya/<int:pk>/jawab/": lambda c: {"text": "Bulan Mei."},
    "rapat/keputusan/<int:pk>/<slug:what>/": lambda c: {
        "mandate": c.users["leader"].memberships.get().pk, "choice": "yes",
    },
    "rapat/<int:pk>/pleno/": lambda c: {"title": "Perkara lain", "text": "Diputuskan."},
    "rapat/u/<str:token>/": lambda c: {"answer": "coming"},
    "rapat/u/<str:token>/nilai/<int:session>/": lambda c: {"useful": 4},
    "keputusan/<int:pk>/ambil/": lambda c: {"version": 1},
    "tindak-lanjut/peringatan/<int:pk>/tanggapi/": lambda c: {"action": "Diserahkan pekan ini."},
    "tindak-lanjut/rapor/<str:code>/tanggapan/": lambda c: {
        "text": "Menunggu lahan.", "quarter": "2022-1", "triwulan": "2022-1",
    },
    "tindak-lanjut/<int:pk>/bukti/": lambda c: {"file": pdf()},
    "tindak-lanjut/<int:pk>/selesai/": lambda c: {"version": 1, "words": "Sudah."},
    "tindak-lanjut/<int:pk>/catatan/": lambda c: {"text": "Menunggu data."},
    "kerja-sama/<slug:slug>/tonggak/<int:pk>/laporan/": lambda c: {"state": "open"},
    "balai/meja-kota/program/<int:program>/": lambda c: {"start": "2022-06-01"},
    "balai/<int:pk>/meja/<int:item>/": _settled,
    "balai/<int:pk>/tindakan/": lambda c: {
        "key": "3f0b7c52-7b7b-4d7b-9d53-3f6f4a0f5f6e", "name": "settle", "next": "/balai/",
        "item": c.fill["balai/<int:pk>/meja/<int:item>"], "kind": "waive", "text": "Dibiarkan.",
    },
    "balai/<int:pk>/meja-kota/coba/": lambda c: {
        "draft": c.fill["balai/meja-kota/percobaan/<int:pk>"], "adopt": True, "reason": "Geser",
    },
    "pengaturan/orang/<int:pk>/": lambda c: {
        "display_name": "Lain", "email": "lain@contoh.invalid", "post": "Lain", "username": "own",
    },
    "pengaturan/orang/<int:pk>/peran/": lambda c: {"role": "leader"},
    "pengaturan/orang/<int:pk>/akun/": lambda c: {"do": "open"},
    "pengaturan/kuasa/": lambda c: {
        "membership": c.users["own"].memberships.get().pk, "deputy": c.users["other"].pk,
        "begins": "2022-03-14T08:00", "ends": "2022-03-15T08:00",
    },
    "api/v1/imports": lambda c: {"files": sheet()},
    "api/v1/imports/<uuid>/dismiss": lambda c: {"family": "PAGU|0", "note": "Contoh"},
    "api/v1/findings/questions": lambda c: {"finding": _found(c), "key": DRAIN},
    "api/v1/findings/<int:pk>/answers": lambda c: {"agency": ROADS, "answer": "accept"},
    "api/v1/findings/<int:pk>/comments": lambda c: {"text": "Satu kata."},
    "api/v1/decisions": lambda c: {"kind": "cancel", "title": "Batal", "text": "Dibatalkan.",
                                   "changes": [{"key": DRAIN, "field": "status",
                                                "after": "cancelled"}]},
    "api/v1/decisions/<int:pk>/take": lambda c: {"version": 1},
    "api/v1/action-items": lambda c: {"text": "Kirim data.", "agency": ROADS, "post": "Kabid",
                                      "due": "2022-03-31"},
    "api/v1/action-items/<int:pk>/evidence": lambda c: {"file": pdf()},
    "api/v1/action-items/<int:pk>/done": lambda c: {"version": 1, "words": "Sudah."},
    "api/v1/action-items/<int:pk>/comments": lambda c: {"text": "Menunggu data."},
    "api/v1/warnings/<pk>/answer": lambda c: {"action": "Diserahkan pekan ini."},
}  # fmt: skip
#: Sent as JSON, beside the API's.
AS_JSON = frozenset(
    {"rapat/acara/<int:pk>/catatan/<slug:field>/", "balai/<int:pk>/meja-kota/coba/"}
)
