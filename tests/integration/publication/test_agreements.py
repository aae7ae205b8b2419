"""An agreement from its preparation to its milestones, and who sees and does what."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.integration.publication.conftest import LANE, agreement_of, page

from rakorsus.audit import chain
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency
from rakorsus.people.rules import can
from rakorsus.stages.publication import actions, papers, requirements
from rakorsus.stages.publication.models import Agreement, Milestone, Requirement
from rakorsus.stages.publication.queries import agreements as queries
from rakorsus.stages.publication.queries import classes

DAY = date(2022, 3, 15)


def test_the_usual_documents_and_articles_are_there(prepared):
    wanted = [row.name for row in requirements.usual("mou", "ksdpk")]
    assert [r.name for r in prepared.requirements.all()] == wanted
    assert [c.title for c in prepared.clauses.all()][:2] == ["Tujuan", "Ruang Lingkup"]


@pytest.mark.parametrize("kind", Agreement.Kind.values)
@pytest.mark.parametrize("scheme", Agreement.Scheme.values)
def test_every_kind_has_something_to_be_in_order(kind, scheme):
    rows = requirements.usual(kind, scheme)
    assert any(row.to_sign for row in rows)
    assert all(row.source for row in rows)
    assert ("kuasa" in {row.code for row in rows}) == (kind == "pks")
    assert ("aksi" in {row.code for row in rows}) == (kind == "nota" and scheme == "sinergi")


def test_what_is_not_in_order_is_said_at_once(editor, city):
    bare = actions.save_agreement(page(editor), None, kind="pks", scheme="ksdpk", title="Kosong")
    with pytest.raises(ValidationError) as refused:
        actions.sign_agreement(page(editor), bare, DAY)
    said = " ".join(refused.value.messages)
    for words in ("dua pihak", "Ruang lingkup", "Tanggal berakhir", "kesepakatan bersama",
                  "Surat kuasa"):  # fmt: skip
        assert words in said
    assert Agreement.objects.get(pk=bare.pk).state == "draft"


def test_the_head_of_an_agency_signs_by_letter_of_authority(editor, prepared):
    actions.sign_agreement(page(editor), prepared, DAY)
    office = Agency.objects.get(name="Dinas Kesehatan")
    other = Agency.objects.create(code="L.11", name="Rumah sakit contoh", kind="outside")
    pks = agreement_of(editor, other, kind="pks", parent=Agreement.objects.get(pk=prepared.pk),
                       title="Pelaksanaan")  # fmt: skip
    own = pks.parties.get(own=True)
    by = page(editor)
    actions.save_party(by, pks, own, agency=office, post="Kepala Dinas")
    with pytest.raises(ValidationError, match="surat kuasa"):
        actions.sign_agreement(by, pks, DAY)
    actions.save_party(by, pks, own, authority="power")
    with pytest.raises(ValidationError, match="nomor dan tanggal surat kuasa"):
        actions.sign_agreement(by, pks, DAY)
    actions.save_party(by, pks, own, letter="SK-1/2022", letter_date=date(2022, 3, 1))
    assert actions.sign_agreement(by, pks, DAY).state == "signed"


def test_a_signed_document_is_changed_by_an_addendum_only(editor, in_force):
    by = page(editor)
    with pytest.raises(ValidationError, match="adendum"):
        actions.save_agreement(by, in_force, title="Lain")
    with pytest.raises(ValidationError, match="adendum"):
        actions.save_party(by, in_force, None, name="Pihak baru", post="x")
    with pytest.raises(ValidationError, match="adendum"):
        actions.save_clause(by, in_force.clauses.first(), "Tujuan", "Lain.")
    with pytest.raises(ValidationError, match="adendum"):
        actions.sign_agreement(by, in_force, DAY)
    assert chain.verify() is None


def test_the_slower_of_two_writers_is_refused(editor, prepared):
    seen = Agreement.objects.get(pk=prepared.pk).version
    actions.save_agreement(page(editor), prepared, seen, title="Satu")
    with pytest.raises(ValidationError, match="Muat ulang"):
        actions.save_agreement(page(editor), prepared, seen, title="Dua")


def test_milestones_stay_inside_the_term_and_name_lines_of_the_register(editor, prepared):
    by = page(editor)
    for due in (date(2022, 3, 14), date(2023, 3, 15)):
        with pytest.raises(ValidationError):
            actions.save_milestone(by, prepared, None, [], title="x", due=due)
    with pytest.raises(ValidationError, match="tidak:ada"):
        actions.save_milestone(by, prepared, None, ["tidak:ada"], title="x", due=DAY)
    made = actions.save_milestone(by, prepared, None, [LANE], title="x", due=DAY)
    assert [p.key for p in made.programs.all()] == [LANE]


def test_the_party_that_promised_reports(in_force, partner, stranger, roads, housing):
    milestone = in_force.milestones.get()
    for other in (stranger, roads):
        with pytest.raises(PermissionDenied):
            actions.report_milestone(page(other), milestone, "done", DAY, "x")
    with pytest.raises(ValidationError, match="bukti"):
        actions.report_milestone(page(partner), milestone, "done", None, "")
    actions.report_milestone(page(partner), milestone, "done", date(2022, 6, 1), "Laporan 1")
    assert Milestone.objects.get().state == "done"


def test_not_needing_a_document_takes_a_reason(editor, prepared):
    row = prepared.requirements.first()
    with pytest.raises(ValidationError):
        actions.set_requirement(page(editor), row, Requirement.State.WAIVED)


def test_partners_see_their_own_only(client, in_force, partner, stranger, roads, leader):
    address = in_force.get_absolute_url()
    for user, status in ((partner, 200), (leader, 200), (stranger, 404), (roads, 404)):
        client.force_login(user)
        assert client.get(address).status_code == status, user
        listed = in_force.title in client.get("/kerja-sama/").content.decode()
        assert listed == (status == 200)
        assert can(page(user), "agreements.read", in_force) == (status == 200)
        assert client.get(f"{address}naskah.pdf").status_code == status
    client.logout()
    assert client.get(address).status_code == 302


def test_the_owner_of_a_milestone_sees_the_agreement(client, editor, in_force, roads):
    office = Agency.objects.get(pk=next(iter(page(roads).agency_ids)))
    milestone = in_force.milestones.get()
    actions.save_milestone(page(editor), in_force, milestone, owner=office)
    client.force_login(roads)
    assert client.get(in_force.get_absolute_url()).status_code == 200


def test_what_is_being_prepared_is_never_public(client, prepared, coordinator, in_force):
    draft = Agreement.objects.create(slug="rahasia", kind="mou", scheme="ksdpk", title="Rahasia")
    actions.classify(page(coordinator), "agreement", "rahasia", "setiap_saat", "Dibuka.")
    assert list(classes.public_agreements()) == [in_force]
    assert client.get("/publik/kerja-sama/rahasia/").status_code == 404
    assert draft.title not in client.get("/publik/kerja-sama/").content.decode()


def test_names_of_signatories_are_for_parties_not_for_the_public(client, in_force, partner):
    public = client.get(f"/publik/kerja-sama/{in_force.slug}/").content.decode()
    assert "Direktur" in public
    assert "Nama Orang" not in public
    client.force_login(partner)
    assert "Nama Orang" in client.get(in_force.get_absolute_url()).content.decode()


def test_an_agreement_that_was_excluded_is_gone_from_the_public(client, in_force, coordinator):
    address = f"/publik/kerja-sama/{in_force.slug}/"
    assert client.get(address).status_code == 200
    actions.classify(page(coordinator), "agreement", in_force.slug, "dikecualikan", "Uji.")
    assert client.get(address).status_code == 404
    assert in_force.slug not in client.get("/sitemap.xml").content.decode()


def test_the_document_has_both_numbers_and_is_a_draft_until_signed(prepared, in_force):
    pdf, docx = papers.file(in_force, "pdf"), papers.file(in_force, "docx")
    assert pdf.startswith(b"%PDF")
    text = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    for words in ("1/2022", "2/2022", "KESEPAKATAN BERSAMA", "Pariwisata", "Purwarupa"):
        assert words in text
    assert papers.compose(in_force).frame.draft is False
    in_force.state = "draft"
    assert papers.compose(in_force).frame.draft is True


def test_each_reminder_goes_out_once(in_force, partner, editor):
    by = actors.system("job")
    due = in_force.milestones.get().due
    assert actions.remind(by, due - timedelta(days=120)) == 0
    assert actions.remind(by, due - timedelta(days=14)) == 2
    assert {to for m in mail.outbox for to in m.to} == {partner.email, editor.email}
    assert actions.remind(by, due - timedelta(days=14)) == 0
    assert actions.remind(by, due - timedelta(days=13)) == 0
    assert actions.remind(by, due - timedelta(days=3)) == 2
    assert actions.remind(by, due + timedelta(days=1)) == 2
    assert actions.remind(by, due + timedelta(days=2)) == 0
    assert "Purwarupa" in mail.outbox[0].subject


def test_the_command_for_a_timer_sends_what_is_due_today(in_force, settings, capsys):
    settings.TODAY = in_force.milestones.get().due - timedelta(days=3)
    call_command("remind_agreements")
    call_command("remind_agreements")
    sent = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert sent == [str(len(mail.outbox)), "0"]
    assert mail.outbox


@given(st.integers(-4000, 4000))
def test_a_step_is_the_nearest_that_was_passed(days):
    step = queries.step_of(days)
    if days < 0:
        assert step == "late"
    elif days > max(queries.STEPS):
        assert step is None
    else:
        assert days <= int(step)
        assert not any(days <= other < int(step) for other in queries.STEPS)


@given(st.integers(-1000, 1000))
def test_what_is_due_never_has_days_that_contradict_its_date(offset):
    now = date(2022, 3, 15)
    made = Agreement(pk=1, state="signed", title="x", ends=now + timedelta(days=offset))
    made._prefetched_objects_cache = {"milestones": [], "requirements": []}
    found = queries.due([made], now)
    assert [(d.days, d.late) for d in found] == ([(offset, offset < 0)] if offset <= 90 else [])


def test_the_list_asks_the_same_number_of_questions(client, in_force, editor, outside, leader):
    client.force_login(leader)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/kerja-sama/").status_code == 200
        return len(asked)

    few = count()
    for n in range(2):
        agreement_of(editor, outside, title=f"Lain {n}")
    assert count() <= few
