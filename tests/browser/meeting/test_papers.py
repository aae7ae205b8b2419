"""The secretariat prepares a meeting in Chromium: settings, papers, seats, slides read ahead; and a
guest opens letter and materials on a phone, and the public checks a paper."""

from __future__ import annotations

import re

import pytest
from tests.browser.meeting.test_meeting import PHONE, play, site  # noqa: F401 (fixtures)
from tests.integration.findings.conftest import ROADS
from tests.integration.meeting.conftest import at
from tests.integration.meeting.test_before import deck, powerpoint

from rakorsus.documents.models import Issued
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.meeting.models import AgendaItem, Brief, Meeting, Question, Session
from rakorsus.stages.meeting.planning import Wishes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(site) -> Meeting:  # noqa: F811
    """Desks, a presentation and a session of capacity building, planned and published."""
    admin = User.objects.create_user("admin", "admin@x.invalid", "jembatan-kembar-17")
    Membership.objects.create(user=admin, role=Role.ADMINISTRATOR)
    by = actors.of_user(User.objects.get(username="bappeda"), "page")
    made = actions.create_meeting(by, "Seri", usual=False, type="rakorsus", title="Rakorsus 2022",
                                  starts=at(8), ends=at(22), place="Balai kota")  # fmt: skip
    actions.save_room(by, made, name="Aula", rows=2, seats=3)
    actions.save_session(by, made, None, kind=Session.Kind.CAPACITY, title="Kapasitas",
                         starts=at(8), ends=at(9))  # fmt: skip
    desks = actions.save_session(by, made, None, kind=Session.Kind.DESKS, title="Meja",
                                 starts=at(13), ends=at(17))  # fmt: skip
    stage = actions.save_session(by, made, None, kind=Session.Kind.PRESENTATIONS, title="Paparan",
                                 starts=at(19), ends=at(20))  # fmt: skip
    found = Finding.objects.filter(state__in=OPEN_STATES).prefetch_related("sides__agency")
    actions.add_cases(by, desks, found, 30)
    actions.add_presenters(by, stage, Agency.objects.filter(code=ROADS), 7)
    actions.adopt(by, actions.try_agenda(by, made, "Satu", Wishes(tables=2)))
    actions.publish(by, made)
    actions.add_participants(by, made, [
        {"group": "rectors", "rank": 400, "post": "Rektor (contoh)", "phone": "0812345"},
        {"group": "leadership", "rank": 100, "post": "Wali Kota (contoh)"},
    ])  # fmt: skip
    made.refresh_from_db()
    return made


def narrow(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_from_settings_to_a_checked_letter(play, site, meeting, axe):  # noqa: F811
    admin = play("admin")
    admin.goto(f"{site}/pengaturan/naskah/")
    admin.click("a:has-text('Tambah kop')")
    admin.fill("[name=name]", "Setda")
    admin.fill("[name=lines]", "Pemerintah Kota\nSekretariat Daerah")
    admin.fill("[name=place]", "Makassar")
    admin.click("button:has-text('Simpan')")
    admin.click("a:has-text('Tambah penanda tangan')")
    admin.fill("[name=post]", "Sekretaris Daerah")
    admin.click("button:has-text('Simpan')")
    admin.click("th a:has-text('Undangan')")
    admin.select_option("[name=signatory]", label="Sekretaris Daerah")
    admin.fill("[name=pattern]", "{tahun}")
    admin.click("button:has-text('Simpan')")
    assert "harus memuat {urut}" in admin.inner_text("main")
    admin.fill("[name=pattern]", "{klasifikasi}/{urut}/SETDA/{bulan}/{tahun}")
    admin.click("button:has-text('Simpan')")
    assert "/001/SETDA/III/2022" in admin.inner_text("main")
    assert axe(admin) == []

    office = play("sekretariat")
    office.goto(f"{site}/rapat/{meeting.pk}/naskah/")
    assert axe(office) == []
    office.click("#undangan summary:has-text('Terbitkan')")
    office.fill("#date-undangan", "2022-03-08")
    office.click("#undangan button:has-text('Terbitkan')")
    office.wait_for_load_state()
    made = Issued.objects.get()
    assert made.number.endswith("/001/SETDA/III/2022")
    assert made.number in office.inner_text("#undangan")

    phone = play("", **PHONE)
    guest = meeting.participants.get(group="rectors")
    phone.goto(f"{site}/rapat/u/{token_of(guest)}/")
    assert narrow(phone)
    assert axe(phone) == []
    letter = phone.request.get(site + phone.get_attribute("a:has-text('Surat undangan')", "href"))
    assert letter.body().startswith(b"%PDF")

    public = play("", **PHONE)
    public.goto(f"{site}/periksa/")
    public.fill("[name=kode]", made.key.upper())
    public.click("button:has-text('Periksa')")
    public.wait_for_url(re.compile(made.key))
    assert "berlaku" in public.inner_text("main")
    assert narrow(public)
    assert axe(public) == []
    for content, word in ((letter.body(), "Sama persis"), (letter.body()[:-1], "bukan berkas")):
        public.set_input_files("[name=file]", {"name": "surat.pdf", "mimeType": "application/pdf",
                                               "buffer": content})  # fmt: skip
        public.click("button:has-text('Bandingkan')")
        public.wait_for_load_state()
        assert word in public.inner_text("main")


def test_slides_are_uploaded_read_ahead_and_asked_about(play, site, meeting, axe):  # noqa: F811
    item = AgendaItem.objects.get(kind="presentation")
    own = play("pu", java_script_enabled=False)  # an office computer without scripts
    own.goto(f"{site}/rapat/{meeting.pk}/sebelum/")
    own.click("a:has-text('Isi paparan')")
    for name in ("issue", "solution", "innovation", "stuck", "in_charge"):
        own.fill(f"[name={name}]", f"isi {name}")
    own.set_input_files("[name=slides_file]", {"name": "paparan.exe", "buffer": b"MZ program",
                                               "mimeType": "application/pdf"})  # fmt: skip
    own.click("button:has-text('Simpan')")
    assert "bukan PDF atau PPTX" in own.inner_text("main")
    own.set_input_files("[name=slides_file]", {"name": "paparan.pdf", "buffer": deck(2),
                                               "mimeType": "application/pdf"})  # fmt: skip
    own.click("button:has-text('Simpan')")
    own.wait_for_url(re.compile(rf"/acara/{item.pk}/$"))
    assert Brief.objects.get().pages == 2

    reader = play("perkim", **PHONE)
    reader.goto(f"{site}/rapat/{meeting.pk}/sebelum/")
    assert narrow(reader)
    assert axe(reader) == []
    reader.click("#paparan a")
    reader.click("a:has-text('Berikutnya')")
    reader.wait_for_load_state("networkidle")
    assert reader.evaluate("document.querySelector('img.slide').naturalWidth") == 1600
    assert narrow(reader)
    assert axe(reader) == []
    reader.fill("#tanya", "Kapan mulai?")
    reader.click("#pertanyaan button:has-text('Kirim')")
    reader.wait_for_url(re.compile("/paparan/baca/"))
    own.goto(f"{site}/rapat/acara/{item.pk}/paparan/baca/")
    own.click("summary:has-text('Jawab')")
    own.fill("details textarea", "Bulan Mei.")
    own.click("details button")
    own.wait_for_load_state()
    assert Question.objects.get().answer == "Bulan Mei."


def test_a_desk_settled_online_is_gone_from_the_list(play, site, meeting):  # noqa: F811
    coordinator = play("bappeda")
    url = f"{site}/rapat/{meeting.pk}/sebelum/"
    coordinator.goto(url)
    waiting = coordinator.locator("#meja li").count()
    finding = Finding.objects.filter(state__in=OPEN_STATES, desks__isnull=False).first()
    users = [User.objects.get(username=name) for name in ("pu", "perkim")]
    roads, housing = (actors.of_user(user, "page") for user in users)
    one, two = (Membership.objects.get(user=a.user).agency for a in (roads, housing))
    findings.agree(housing, findings.propose(roads, finding, one, "Satu paket."), two)
    coordinator.goto(url)
    assert coordinator.locator("#meja li").count() == waiting - 1
    assert coordinator.inner_text(".big >> nth=0") == "1"
    coordinator.goto(f"{site}/rapat/{meeting.pk}/")
    assert coordinator.locator(f"a[href$='/acara/{finding.desks.get().pk}/']").count() == 0


def test_seats_materials_and_the_series(play, site, meeting, axe):  # noqa: F811
    office = play("sekretariat")
    office.goto(f"{site}/rapat/{meeting.pk}/denah/")
    seats = office.locator(".seats tr >> nth=0").locator("td").all_inner_texts()
    assert [s.strip() for s in seats] == ["", "Wali Kota (contoh)", "Rektor (contoh)"]
    assert axe(office) == []
    session = meeting.sessions.get(kind="capacity")
    office.goto(f"{site}/rapat/sesi/{session.pk}/materi/")
    office.fill("[name=title]", "Bahan satu")
    office.set_input_files("[name=file]", {"name": "a.pptx", "buffer": powerpoint(),
                                           "mimeType": "application/octet-stream"})  # fmt: skip
    office.click("button:has-text('Unggah')")
    office.wait_for_load_state()
    assert axe(office) == []
    phone = play("", **PHONE)
    guest = meeting.participants.get(group="rectors")
    phone.goto(f"{site}/rapat/u/{token_of(guest)}/")
    assert "Bahan satu" in phone.inner_text("main")
    assert narrow(phone)
    office.goto(f"{site}/rapat/{meeting.pk}/peserta/whatsapp/")
    link = office.get_attribute("a:has-text('Buka di WhatsApp')", "href")
    assert link.startswith("https://wa.me/62812345?text=")
    office.check("[name=guest]")
    office.click("button:has-text('Catat terkirim')")
    office.wait_for_load_state()
    guest.refresh_from_db()
    assert guest.invited is not None
    coordinator = play("bappeda")
    coordinator.goto(f"{site}/rapat/")
    coordinator.click("a:has-text('Seri')")
    assert axe(coordinator) == []
    coordinator.click("a:has-text('Rapat berikutnya')")
    assert coordinator.input_value("[name=series]") == "Seri"
    assert coordinator.is_checked("[name=carry]")
