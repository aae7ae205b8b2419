"""What the demonstration city makes public: agreements, an article with its picture, a release.

Facts are labelled as facts and everything else as made up; parties other than the city are
"(contoh)"; nobody is quoted.
"""

from __future__ import annotations

import io
from datetime import date, datetime

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, User
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication import actions
from rakorsus.stages.publication.models import Agreement, Article, Requirement
from rakorsus.stages.publication.opendata import publicmap
from rakorsus.stages.register.models import Program
from rakorsus.synth.makassar import meeting as facts
from rakorsus.synth.makassar.agencies import BY_SHORT

CITY = "Pemerintah Kota Makassar"
PARTNER = "Mitra metaverse"
_NOTE = (
    "Peragaan. Fakta menurut pemberitaan: pada 15 Maret 2022 Pemerintah Kota Makassar dan WIR "
    "Group menandatangani nota kesepahaman tentang Makaverse; yang disebut layanan, promosi "
    "kota, pariwisata, pendidikan, dan kesehatan, tanpa kripto atau NFT, dengan budaya setempat; "
    "nilainya tidak diumumkan. Nomor naskah, penanda tangan, pasal, dokumen, tonggak, dan tenggat "
    "di sini adalah buatan peragaan."
)
_MADE_UP = "Peragaan: seluruh isi kerja sama ini buatan, bukan naskah yang ada."
_SCOPE = (
    "Layanan pemerintah di ruang virtual", "Promosi kota", "Pariwisata", "Pendidikan",
    "Kesehatan", "Budaya setempat sebagai isi; tanpa kripto dan tanpa NFT",
)  # fmt: skip
#: milestone, due, short name of the agency, words of the programs that carry it out
_PROMISES = (
    ("Rancangan layanan loket virtual dan penilaian pelindungan data pribadi", date(2022, 6, 30),
     "Diskominfo", "Pengembangan Aplikasi Perizinan"),
    ("Kode QR lorong yang memuat tempat dan program saja, tanpa data warga", date(2022, 9, 30),
     "Diskominfo", "Pengembangan Aplikasi Layanan Lorong"),
    ("Tiga festival pesisir sebagai isi pariwisata", date(2022, 10, 31), "Dispar", "Festival"),
    ("Uji coba terbuka di peramban tanpa kacamata virtual, dengan laporan", date(2022, 12, 15),
     "Diskominfo", "Pengembangan Aplikasi Statistik"),
)  # fmt: skip


def publish() -> None:
    """Agreements, the article, the first release; dated on the eve of the meeting."""
    users = {user.username: user for user in User.objects.all()}
    secretary = actors.of_user(users["sekretariat"], "cli")
    coordinator = actors.of_user(users["bappeda"], "cli")
    meetings = {m.type: m for m in Meeting.objects.exclude(state=Meeting.State.DRAFT)}
    _utility(secretary)
    _metaverse(secretary, meetings.get(Meeting.Type.RAKORSUS))
    if Meeting.Type.PRE in meetings:
        _article(secretary, coordinator, meetings[Meeting.Type.PRE], _eve(9))
    if Meeting.Type.RAKORSUS in meetings:
        _article(secretary, coordinator, meetings[Meeting.Type.RAKORSUS], _eve(16), drawn=True)
    made = actions.release(
        coordinator, "Rilis pertama kota peragaan: rencana 2022 menjelang Rakorsus."
    )
    made.at = _eve(17)
    made.save(update_fields=["at"])


def _eve(hour: int) -> datetime:
    return facts.DAY.replace(day=14, hour=hour, minute=0)


def _office(short: str) -> Agency | None:
    return Agency.objects.filter(short=short).first()


def _metaverse(secretary: actors.Actor, meeting: Meeting | None) -> Agreement:
    """Ready to be signed on the day of the meeting."""
    made = actions.save_agreement(
        secretary, None, kind="mou", scheme="ksdpk", meeting=meeting,
        title="Pengembangan layanan kota di ruang virtual (Makaverse)",
        purpose="Menjajaki layanan kota di ruang virtual yang berguna tanpa peralatan khusus.",
        scope="\n".join(_SCOPE), funding="Tidak diumumkan dalam pemberitaan", place="Makassar",
        starts=date(2022, 3, 15), ends=date(2023, 3, 14), note=_NOTE,
    )  # fmt: skip
    actions.save_party(
        secretary, made, None, position=1, own=True, name=CITY, post="Wali Kota",
        number="000/CONTOH-1/2022", address="Makassar",
    )  # fmt: skip
    partner = actions.save_party(
        secretary, made, None, position=2, agency=_office(PARTNER), authority="statute",
        name="Perusahaan teknologi metaverse (contoh)", post="Direktur Utama",
        letter="Anggaran dasar (contoh)", number="000/MITRA-CONTOH/2022", address="Jakarta",
    )  # fmt: skip
    _write_clauses(secretary, made)
    for row in made.requirements.all():
        if row.needed_to_sign:
            actions.set_requirement(secretary, row, Requirement.State.PRESENT, "contoh, 2022")
    for title, due, short, words in _PROMISES:
        owner = _office(short)
        lines = Program.objects.filter(
            agency=owner, title__contains=words, level="paket", removed=False
        ).order_by("-money")[:3]
        actions.save_milestone(
            secretary, made, None, [p.key for p in lines], title=title, due=due, owner=owner,
            party=partner,
        )  # fmt: skip
    return made


def _utility(secretary: actors.Actor) -> Agreement:
    """Signed: why plans of the utility are kept in confidence, and what it promised."""
    made = actions.save_agreement(
        secretary, None, kind="mou", scheme="ksdpk", title="Pertukaran rencana galian utilitas "
        "(contoh)", purpose="Setiap galian diketahui pemerintah kota sebelum jalan dilapis.",
        scope="Pertukaran rencana kerja jaringan\nKerahasiaan rencana yang belum diumumkan\n"
        "Galian bersama dan jadwal lapis ulang", funding="Masing-masing pihak", place="Makassar",
        starts=date(2022, 1, 10), ends=date(2024, 1, 9), note=_MADE_UP,
    )  # fmt: skip
    actions.save_party(
        secretary, made, None, position=1, own=True, name=CITY, post="Wali Kota",
        number="000/CONTOH-2/2022", address="Makassar",
    )  # fmt: skip
    partner = actions.save_party(
        secretary, made, None, position=2, agency=_office("PLN"), authority="statute",
        name="PLN Unit Pelaksana Pelayanan Pelanggan Makassar (contoh)", post="Manajer",
        letter="Ketentuan internal (contoh)", number="000/PLN-CONTOH/2022", address="Makassar",
    )  # fmt: skip
    _write_clauses(secretary, made)
    for row in made.requirements.all():
        if row.needed_to_sign or row.code == "naskah":
            actions.set_requirement(secretary, row, Requirement.State.PRESENT, "contoh, 2022")
    digs = Program.objects.filter(agency=_office("PLN"), removed=False)
    actions.save_milestone(
        secretary, made, None, [], title="Rencana kerja triwulan I diserahkan",
        due=date(2022, 1, 31), party=partner,
    )  # fmt: skip
    actions.save_milestone(
        secretary, made, None, [p.key for p in digs[:3]], due=date(2022, 3, 31), party=partner,
        title="Jadwal galian disesuaikan dengan jadwal pelapisan jalan",
    )  # fmt: skip
    signed = actions.sign_agreement(secretary, made, date(2022, 1, 10))
    first = signed.milestones.first()
    assert first is not None
    actions.report_milestone(
        secretary, first, "done", date(2022, 1, 28), "Daftar rencana diterima Bappeda (contoh)"
    )
    return signed


_CLAUSES = {
    "Tujuan": "Kesepakatan bersama ini menjadi dasar bagi para pihak untuk bekerja sama dalam "
              "ruang lingkup di bawah ini.",
    "Ruang Lingkup": "Ruang lingkup meliputi butir yang tercantum dalam naskah ini.",
    "Pelaksanaan": "Pelaksanaan dituangkan dalam perjanjian kerja sama tersendiri.",
    "Pembiayaan": "Biaya ditanggung masing-masing pihak sesuai tugasnya.",
    "Jangka Waktu": "Berlaku sejak ditandatangani sampai tanggal berakhir dan dapat diperpanjang.",
    "Penyelesaian Perselisihan": "Perselisihan diselesaikan dengan musyawarah.",
    "Keadaan Kahar": "Para pihak dibebaskan dari kewajiban selama keadaan kahar.",
    "Lain-lain": "Hal yang belum diatur disepakati kemudian dalam adendum.",
    "Penutup": "Dibuat rangkap dua, masing-masing berkekuatan hukum sama.",
}  # fmt: skip


def _write_clauses(secretary: actors.Actor, made: Agreement) -> None:
    for clause in made.clauses.all():
        actions.save_clause(secretary, clause, clause.title, _CLAUSES.get(clause.title, ""))


def _article(
    secretary: actors.Actor, approver: actors.Actor, meeting: Meeting, at: datetime, *,
    drawn: bool = False,
) -> Article:  # fmt: skip
    """Drafted from the meeting's record; `drawn` with a picture made from the register."""
    made = actions.begin_from_meeting(secretary, meeting)
    last = made.revisions.first()
    assert last is not None
    about = {
        Meeting.Type.PRE: "Rapat, hasil meja, dan kehadirannya disintesis.",
        Meeting.Type.RAKORSUS: "Sesi dan kelompok undangan menurut pemberitaan 15 Maret 2022; "
        "jam, meja, dan perkaranya disintesis.",
    }[Meeting.Type(meeting.type)]
    picture = {
        "picture": actions.store_picture(secretary, draw()),
        "alternative": "Diagram batang: nilai paket pekerjaan tahun 2022 di lima belas kecamatan "
        "Makassar, dari yang terbesar.",
        "credit": "Digambar dari register program kota peragaan",
    } if drawn else {}  # fmt: skip
    own = [BY_SHORT["Bappeda"].code, BY_SHORT["Diskominfo"].code]
    actions.save(
        secretary, made, last.number, tags=["rakorsus", "peragaan"],
        body="## Tentang berita ini\n\nBerita ini dikonsepkan dari catatan rapat kota peragaan. "
        f"{about}\n\n{last.body}", agencies=last.agencies or own, **picture,
    )  # fmt: skip
    actions.submit(secretary, made, last.number + 1)
    actions.approve(approver, made, last.number + 1)
    made.published = at
    made.save(update_fields=["published"])
    return made


def draw() -> bytes:
    """A bar for each kecamatan: the money of its packages, as PNG."""
    from PIL import Image, ImageDraw, ImageFont

    width, height = 1200, 800
    rows = sorted(publicmap.areas(), key=lambda row: (-row["money"], row["code"]))[:15]
    image = Image.new("RGB", (width, height), "#fdf9f2")
    pen = ImageDraw.Draw(image)
    title, small = ImageFont.load_default(34), ImageFont.load_default(24)
    pen.text((40, 28), "Nilai paket 2022 per kecamatan, miliar rupiah", "#1c2a31", title)
    most = max((row["money"] for row in rows), default=0) or 1
    step = (height - 120) / max(1, len(rows))
    for number, row in enumerate(rows):
        top = 96 + number * step
        end = 330 + (width - 450) * row["money"] / most
        pen.text((40, top + 4), row["name"], "#1c2a31", small)
        pen.rectangle((330, top, end, top + step - 12), fill="#c0741f")
        billions = f"{row['money'] / 1e9:.1f}".replace(".", ",")
        pen.text((end + 12, top + 4), billions, "#52626b", small)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
