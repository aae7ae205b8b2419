"""The Rakorsus of 15 March 2022 as the press recorded it: sessions and invited groups (facts)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

WITA = ZoneInfo("Asia/Makassar")


class Session(NamedTuple):
    title_id: str
    title_en: str
    kind: str  # talk | capacity | desks | presentations
    note_id: str
    note_en: str


class Group(NamedTuple):
    name_id: str
    name_en: str
    size: int | None


TITLE = "Rapat Koordinasi Khusus (Rakorsus) Kota Makassar 2022"
DAY = datetime(2022, 3, 15, 8, 0, tzinfo=WITA)
PLACE = "Hotel Four Points by Sheraton, Makassar"
#: presentations began and ended, as reported
EVENING = (datetime(2022, 3, 15, 19, 0, tzinfo=WITA), datetime(2022, 3, 16, 1, 50, tzinfo=WITA))

SESSIONS = (
    Session("Paparan tamu tentang metaverse dan penandatanganan nota kesepahaman",
            "Invited talk on the metaverse and signing of a memorandum of understanding", "talk",
            "Nota kesepahaman dengan perusahaan pengembang teknologi metaverse.",
            "Memorandum with a company that develops metaverse technology."),
    Session("Peningkatan kapasitas", "Capacity building", "capacity",
            "Untuk kepala perangkat daerah, camat, dan lurah.",
            "For heads of agencies, camat and lurah."),
    Session("Sinkronisasi program strategis", "Synchronisation of strategic programs", "desks",
            "Dua puluh program strategis ditampilkan wali kota.",
            "The mayor showed twenty strategic programs."),
    Session("Paparan program strategis tiap perangkat daerah",
            "Presentation of strategic programs by each agency", "presentations",
            "51 perangkat daerah dan 6 perusahaan daerah, pukul 19.00 sampai 01.50, "
            "sekitar tujuh menit masing-masing: isu, solusi, inovasi.",
            "51 agencies and 6 city companies, 19:00 to 01:50, about seven minutes each: "
            "issue, solution, innovation."),
)  # fmt: skip

INVITED = (
    Group("Wali kota, wakil wali kota, dan Sekda", "Mayor, vice mayor and Sekda", 3),
    Group("Forkopimda", "Forkopimda", None),
    Group("Bank Indonesia dan perbankan", "Bank Indonesia and banks", None),
    Group("Rektor perguruan tinggi", "University rectors", None),
    Group("Tim ahli", "Expert team", None),
    Group("TP PKK", "TP PKK", None),
    Group("Perangkat daerah", "Agencies", 51),
    Group("Perusahaan daerah", "City companies", 6),
    Group("Camat", "Camat", 15),
    Group("Lurah", "Lurah", 153),
)
