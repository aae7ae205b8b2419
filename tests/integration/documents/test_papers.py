"""Numbers that never repeat, papers that are frozen, and the public page that knows them again."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from rakorsus.audit.models import Event
from rakorsus.documents import actions, handing, kinds, numbering, signing
from rakorsus.documents.content import Frame, Paper, Paragraph, Signatures, Title
from rakorsus.documents.drafts import draft, settings_of
from rakorsus.documents.models import Counter, Issued, Letterhead, Signatory
from rakorsus.people import actor as actors

KIND = kinds.Kind("uji", "Naskah uji", code="005")
DAY = date(2022, 3, 10)
BASE = "https://kota.invalid/"


@pytest.fixture(autouse=True)
def _kind():
    kinds.register(KIND)
    yield
    kinds._KINDS.pop("uji")


@pytest.fixture
def secretary(people):
    return actors.of_user(people["secretariat"], "page")


@pytest.fixture
def admin(people):
    return actors.of_user(people["administrator"], "page")


def compose(text: str = "Isi."):
    def paper(frame: Frame) -> Paper:
        return Paper(frame, "Naskah uji", (
            Title(("Naskah uji",), frame.number), Paragraph(text), Signatures((frame.signer,)),
        ))  # fmt: skip

    return paper


def issue(by, subject="uji:1", text="Isi.", **more) -> Issued:
    return actions.issue(by, "uji", subject, "Naskah uji", compose(text), BASE, on=DAY, **more)


def test_numbers_follow_and_begin_again_with_the_year(secretary) -> None:
    first, second = issue(secretary), issue(secretary, "uji:2")
    assert (first.number, second.number) == ("005/001/III/2022", "005/002/III/2022")
    later = actions.issue(secretary, "uji", "uji:3", "x", compose(), BASE, on=date(2023, 1, 2))
    assert later.number == "005/001/I/2023"


def test_a_number_of_the_agenda_book_is_passed_over(secretary) -> None:
    issue(secretary, number="005/001/III/2022")
    assert issue(secretary, "uji:2").number == "005/002/III/2022"
    with pytest.raises(ValidationError):
        issue(secretary, "uji:3", number="005/002/III/2022")


def test_a_pattern_without_the_year_never_begins_again(admin, secretary) -> None:
    chosen = settings_of("uji")
    actions.save_settings(admin, "uji", {"pattern": "N-{urut}", "code": chosen.code, "width": 4})
    assert issue(secretary).number == "N-0001"
    later = actions.issue(secretary, "uji", "uji:2", "x", compose(), BASE, on=date(2023, 1, 2))
    assert later.number == "N-0002"


@pytest.mark.parametrize("pattern", ["{tahun}", "{urut}{lain}", "{urut", "{urut.__class__}"])
def test_patterns_that_are_refused(admin, pattern) -> None:
    with pytest.raises(ValidationError):
        numbering.check_pattern(pattern)
    with pytest.raises(ValidationError):
        actions.save_settings(admin, "uji", {"pattern": pattern, "code": "1"})


def test_counters_only_rise(admin, secretary) -> None:
    actions.raise_counter(admin, "surat/2022", 41)
    assert issue(secretary).number == "005/042/III/2022"
    with pytest.raises(ValidationError):
        actions.raise_counter(admin, "surat/2022", 7)
    assert Counter.objects.get(scope="surat/2022").last == 42


def test_the_database_keeps_numbers_apart(secretary) -> None:
    made = issue(secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Issued.objects.create(kind="uji", number=made.number, date=DAY, subject="x")


def test_a_refused_paper_takes_no_number(secretary) -> None:
    def broken(frame: Frame) -> Paper:
        raise ValidationError("x")

    with pytest.raises(ValidationError):
        actions.issue(secretary, "uji", "uji:1", "x", broken, BASE, on=DAY)
    assert issue(secretary).number == "005/001/III/2022"


def test_issuing_again_replaces(secretary, client) -> None:
    old = issue(secretary)
    new = issue(secretary, text="Isi baru.")
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (Issued.State.REPLACED, new)
    page = client.get(f"/periksa/{old.key}/").content.decode()
    assert new.number in page
    assert "sudah diganti" in page


def test_who_may(people, secretary) -> None:
    for role in ("planner", "guest", "leader"):
        with pytest.raises(PermissionDenied):
            issue(actors.of_user(people[role], "page"))
        with pytest.raises(PermissionDenied):
            actions.save(actors.of_user(people[role], "page"), Letterhead(), {"name": "x"})
    made = issue(secretary)
    with pytest.raises(PermissionDenied):
        actions.revoke(actors.of_user(people["planner"], "page"), made, "x")
    actions.revoke(secretary, made, "Salah tanggal.")
    with pytest.raises(ValidationError):
        actions.revoke(secretary, made, "Lagi.")
    assert Event.objects.filter(action="documents.revoke").count() == 1


def test_the_public_page_knows_the_very_file(secretary, client) -> None:
    made = issue(secretary)
    file = handing.pdf(made)
    assert made.address == f"{BASE}periksa/{made.key}/"
    url = f"/periksa/{made.key}/"
    page = client.get(url).content.decode()
    assert "berlaku" in page
    assert made.number in page
    assert made.digest in page
    same = client.post(url, {"file": SimpleUploadedFile("a.pdf", file)}).content.decode()
    assert "Sama persis" in same
    other = file[:-2] + b" \n"
    told = client.post(url, {"file": SimpleUploadedFile("a.pdf", other)}).content.decode()
    assert "bukan berkas yang dikeluarkan" in told
    assert made.copies.get().sha256 == hashlib.sha256(file).hexdigest()
    assert handing.pdf(made) == file
    assert made.copies.count() == 1


def test_keys_are_forgiven_their_spelling_and_others_are_not_found(secretary, client) -> None:
    made = issue(secretary)
    typed = made.key.upper().replace("-", " ")
    assert client.get("/periksa/", {"kode": typed}).headers["Location"] == f"/periksa/{made.key}/"
    assert client.get("/periksa/aaaa-bbbb-cccc/").status_code == 404
    assert client.get("/periksa/", {"kode": "<script>"}).status_code == 404


def test_names_and_texts_stay_off_the_public_page(admin, secretary, client) -> None:
    signer = actions.save(admin, Signatory(), {"post": "Sekretaris Daerah", "name": "Orang Ini",
                                               "nip": "19700101"})  # fmt: skip
    chosen = settings_of("uji")
    actions.save_settings(admin, "uji", {"pattern": chosen.pattern, "code": "005",
                                         "signatory": signer})  # fmt: skip
    made = issue(secretary, text="Rahasia dapur.")
    page = client.get(f"/periksa/{made.key}/").content.decode()
    assert "Sekretaris Daerah" in page
    for hidden in ("Orang Ini", "19700101", "Rahasia dapur"):
        assert hidden in str(made.content)
        assert hidden not in page


def test_a_changed_record_shows(secretary, client) -> None:
    made = issue(secretary)
    Issued.objects.filter(pk=made.pk).update(content={**made.content, "title": "Lain"})
    assert "tidak cocok dengan sidiknya" in client.get(f"/periksa/{made.key}/").content.decode()


def test_a_draft_has_dots_and_no_number(db) -> None:
    data = draft("uji", compose(), DAY)
    assert data["draft"]
    assert data["number"] == "005/......../III/2022"
    assert not Counter.objects.exists()


def test_a_certified_signature_is_kept_and_handed_out(secretary, settings, tmp_path) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }}  # fmt: skip

    class Notary:
        name = "uji"

        def sign(self, pdf: bytes, post: str, reason: str) -> bytes:
            return pdf + b"% ditandatangani\n"

    class Broken(Notary):
        def sign(self, pdf: bytes, post: str, reason: str) -> bytes:
            raise OSError("layanan tidak menjawab")

    try:
        signing.use(Broken())
        with pytest.raises(OSError, match="menjawab"):
            issue(secretary)
        assert not Issued.objects.exists()
        signing.use(Notary())
        made = issue(secretary)
        assert handing.pdf(made).endswith(b"% ditandatangani\n")
        assert made.number == "005/001/III/2022"
    finally:
        signing.use(None)


@pytest.mark.parametrize("part", ["", "jenis/uji/", "kop/baru/", "penanda-tangan/baru/"])
def test_settings_open_for_those_who_manage(people, client, part) -> None:
    url = f"/pengaturan/naskah/{part}"
    assert client.get(url).status_code == 302
    for role, user in people.items():
        client.force_login(user)
        wanted = 200 if role in ("administrator", "coordinator") else 403
        assert client.get(url).status_code == wanted, role


def test_settings_are_written_by_their_pages(people, client) -> None:
    client.force_login(people["administrator"])
    url = "/pengaturan/naskah/"
    client.post(f"{url}kop/baru/", {"name": "Setda", "lines": "Pemerintah\nSetda", "paper": "f4",
                                    "place": "Makassar"})  # fmt: skip
    head = Letterhead.objects.get()
    client.post(f"{url}penanda-tangan/baru/", {"post": "Sekretaris Daerah"})
    client.post(f"{url}jenis/uji/", {
        "letterhead": head.pk, "signatory": Signatory.objects.get().pk, "code": "005",
        "pattern": "{klasifikasi}/{urut}/{tahun}", "unit": "", "width": 2, "nature": "Penting",
    })  # fmt: skip
    chosen = settings_of("uji")
    assert (chosen.letterhead, chosen.width, chosen.nature) == (head, 2, "Penting")
    bad = client.post(f"{url}jenis/uji/", {"pattern": "{x}", "code": "1", "width": 2})
    assert "Isian yang dikenal" in bad.content.decode()
    client.post(f"{url}penghitung/", {"scope": "surat/2022", "last": 5})
    assert Counter.objects.get().last == 5
    client.post(f"{url}kop/{head.pk}/", {"hapus": "1"})
    assert settings_of("uji").letterhead is None
