"""From uploaded files to the register: what is read, what is set aside, what comes back."""

from __future__ import annotations

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests.integration.intake.conftest import CLINIC, HEALTH, ROADS, upload

from rakorsus.engine.intake import read_bytes
from rakorsus.people.models import Membership
from rakorsus.stages.intake import actions, corrections, tables
from rakorsus.stages.intake.models import ColumnMapping, ImportBatch, SetAsideRow, SourceFile
from rakorsus.stages.register.actions import publish
from rakorsus.stages.register.loading import load
from rakorsus.stages.register.models import PlanVersion, Program

pytestmark = pytest.mark.django_db
HEAD = "Nomor Baris;Tahun Anggaran;Perangkat Daerah;Nama Perangkat Daerah;Nama Pekerjaan;Pagu (Rp)"


def table(*rows: tuple[str, str, str, str], head: str = HEAD) -> str:
    """Our template as CSV: (number, agency, title, budget)."""
    lines = [f"{n};2025;{agency};;{title};{budget}" for n, agency, title, budget in rows]
    return "\n".join([head, *lines]) + "\n"


GOOD = table(
    ("1", HEALTH, "Pengadaan obat puskesmas", "1.500.000"),
    ("2", ROADS, "Perbaikan Jalan Nuri", "200.000.000"),
    ("3", CLINIC, "Pemeliharaan gedung Puskesmas Batua", "75000000"),
)
BAD = table(
    ("1", HEALTH, "Pengadaan obat puskesmas", "1.500.000"),
    ("2", ROADS, "Perbaikan Jalan Nuri", "dua ratus juta"),
    ("3", ROADS, "", "5000"),
    ("4", HEALTH, "=HYPERLINK(1)", "sepuluh"),
)


def run(actor, *uploads, **options) -> ImportBatch:
    batch = actions.receive(actor, uploads, **options)
    with_commit = load(batch)
    assert with_commit.state == ImportBatch.State.DONE, with_commit.message_id
    assert with_commit.read == with_commit.accepted + with_commit.set_aside
    return with_commit


def titles() -> set[str]:
    return set(Program.objects.filter(removed=False).values_list("title", flat=True))


def lines() -> list[dict[str, object]]:
    return list(Program.objects.order_by("pk").values("key", "title", "budget"))


def test_good_rows_reach_the_register(acting, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        batch = run(acting("koordinator"), upload("kerja.csv", GOOD))
    assert (batch.read, batch.accepted, batch.set_aside) == (3, 3, 0)
    assert batch.versions[0]["added"] == 3
    assert PlanVersion.objects.get().batch == batch.pk
    assert len(titles()) == 3
    file = batch.files.get()
    assert (file.state, file.kind, file.document) == ("read", "template", "Templat 2025")
    assert file.agencies == sorted([HEALTH, ROADS, CLINIC])
    assert file.kind_name["id"] == "Templat Rakorsus"
    assert file.stored == ""
    assert default_storage.listdir("intake")[0] in ([], [str(batch.pk)])


def test_what_is_kept_is_what_the_engine_said(acting) -> None:
    batch = run(acting("koordinator"), upload("kerja.csv", BAD))
    (report,) = read_bytes("kerja.csv", BAD.encode()).files
    (sheet,) = batch.files.get().sheets
    (said,) = report.sheets
    assert (sheet["read"], sheet["accepted"], sheet["set_aside"], sheet["structure"]) == (
        said.read, said.accepted, said.set_aside, said.structure,
    )  # fmt: skip
    kept = SetAsideRow.objects.order_by("row").values_list("row", "column", "reason_id", "content")
    assert list(kept) == [
        (r.problem.row, r.problem.column or "", r.problem.reason.id, dict(r.content))
        for r in sorted(report.set_aside, key=lambda r: r.problem.row)
    ]
    assert batch.set_aside == 3


def test_the_same_files_again_change_nothing(acting) -> None:
    first = run(acting("koordinator"), upload("kerja.csv", BAD))
    again = run(acting("koordinator"), upload("salinan.csv", BAD))
    assert again.versions == []
    assert "sudah dimuat sebelumnya" in again.message_id
    assert again.files.get().same_as == first.files.get()
    assert (again.read, again.accepted, again.set_aside) == (4, 1, 3)
    assert SetAsideRow.objects.filter(state="open").count() == 3
    assert PlanVersion.objects.count() == 1


def test_corrected_rows_come_back(acting, tmp_path) -> None:
    batch = run(acting("koordinator"), upload("kerja.csv", BAD))
    file = batch.files.get()
    path = tmp_path / "p.xlsx"
    path.write_bytes(corrections.write(file))
    book = load_workbook(path)
    sheet = book.active
    heads = [c.value for c in sheet[1]]
    money = heads.index("Pagu (Rp)") + 1
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, money).value == "dua ratus juta":
            sheet.cell(row, money).value = 200_000_000
        if sheet.cell(row, heads.index("Nama Pekerjaan") + 1).value in (None, ""):
            sheet.delete_rows(row)
    book.save(path)
    fixed = run(acting("koordinator"), upload("p.xlsx", path.read_bytes()), corrects=file)
    states = dict(SetAsideRow.objects.filter(file=file).values_list("row", "state"))
    assert states == {3: "reloaded", 4: "open", 5: "replaced"}
    assert (fixed.read, fixed.accepted, fixed.set_aside) == (2, 1, 1)
    assert titles() == {"Pengadaan obat puskesmas", "Perbaikan Jalan Nuri"}
    assert Program.objects.get(title="Perbaikan Jalan Nuri").budget == 200_000_000
    (again,) = SetAsideRow.objects.filter(file__batch=fixed)
    assert (again.row, again.content["Nama Pekerjaan"]) == (5, "=HYPERLINK(1)")


def test_a_newer_file_replaces_what_waited(acting) -> None:
    run(acting("koordinator"), upload("kerja.csv", BAD))
    batch = run(acting("koordinator"), upload("kerja.csv", GOOD))
    assert set(SetAsideRow.objects.values_list("state", flat=True)) == {"replaced"}
    assert batch.versions[0]["changed"] + batch.versions[0]["added"] >= 1


def test_a_planner_loads_the_own_agency_with_its_units_only(acting) -> None:
    batch = run(acting("kesehatan"), upload("kerja.csv", GOOD))
    assert (batch.read, batch.accepted, batch.set_aside) == (3, 2, 1)
    assert titles() == {"Pengadaan obat puskesmas", "Pemeliharaan gedung Puskesmas Batua"}
    (row,) = SetAsideRow.objects.all()
    assert "perangkat daerah lain" in row.reason_id
    assert (row.row, row.state) == (3, "foreign")


def test_a_planner_cannot_take_over_a_line_of_another_agency(acting) -> None:
    run(acting("koordinator"), upload("kerja.csv", GOOD))
    stolen = table(("2", HEALTH, "Perbaikan Jalan Nuri", "1"))
    batch = load(actions.receive(acting("kesehatan"), [upload("kerja.csv", stolen)]))
    line = Program.objects.get(title="Perbaikan Jalan Nuri", removed=False)
    assert (line.agency.code, line.budget) == (ROADS, 200_000_000)
    assert batch.state in ("failed", "done")


def test_a_planner_removes_no_line_of_others(acting) -> None:
    run(acting("koordinator"), upload("kerja.csv", GOOD))
    newer = table(("1", HEALTH, "Pengadaan obat dan vaksin puskesmas", "2.000.000"))
    run(acting("kesehatan"), upload("kerja.csv", newer))
    assert "Perbaikan Jalan Nuri" in titles()


def test_reference_tables_are_the_coordinators(acting) -> None:
    regions = "kode;nama\n73.71.01;Mariso\n73.71.02;Mamajang\n"
    batch = run(acting("kesehatan"), upload("wilayah.csv", regions))
    if batch.files.get().kind == "unknown":
        pytest.fail("the table of regions is not recognised")
    assert (batch.accepted, batch.set_aside) == (0, 2)
    assert "koordinator" in SetAsideRow.objects.first().reason_id


def test_rights_that_were_lost_meanwhile_count(acting, people) -> None:
    batch = actions.receive(acting("kesehatan"), [upload("kerja.csv", GOOD)])
    Membership.objects.filter(user=people["kesehatan"]).delete()
    batch = load(batch)
    assert batch.state == "failed"
    assert "tidak lagi berhak" in batch.message_id
    assert titles() == set()


def test_an_unknown_table_waits_and_is_remembered(acting) -> None:
    odd = "Perihal;Yang Mengerjakan;Biaya\nCat pagar;1.02.01;1.000\nTanam pohon;1.02.01;2.000\n"
    batch = run(acting("koordinator"), upload("aneh.csv", odd))
    file = batch.files.get()
    assert (file.state, batch.read, batch.accepted) == ("unknown", 2, 0)
    assert default_storage.exists(file.stored)
    (found,) = tables.unknown(file)
    actions.save_mapping(
        acting("koordinator"), file, signature=found.signature, headers=found.headers,
        columns={"title": "Perihal", "agency": "Yang Mengerjakan", "budget": "Biaya"},
        constants={"year": "2025"},
    )  # fmt: skip
    actions.run_again(acting("koordinator"), batch)
    batch.refresh_from_db()
    load(batch)
    file.refresh_from_db()
    assert (file.state, file.kind, file.accepted) == ("read", "mapped", 2)
    assert titles() == {"Cat pagar", "Tanam pohon"}
    assert not SetAsideRow.objects.exists()
    assert ColumnMapping.objects.get().used == 1
    more = run(acting("koordinator"), upload("lain.csv", odd.replace("Cat", "Kapur")))
    assert more.accepted == 2
    assert ColumnMapping.objects.get().used == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gambar.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
        ("dokumen.csv", b"%PDF-1.7 ..."),
        ("rusak.xlsx", b"PK\x03\x04" + b"\0" * 100),
        ("kosong.csv", b"\n\n  \n"),
        ("jahat.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    ],
)
def test_hostile_and_wrong_files_are_refused_with_a_reason(acting, name, content) -> None:
    batch = run(acting("koordinator"), upload(name, content), upload("kerja.csv", GOOD))
    refused = batch.files.get(name=name)
    assert refused.state == SourceFile.State.REFUSED
    assert refused.problem["id"]
    assert refused.problem["en"]
    assert refused.problem["id"] != refused.problem["en"]
    assert len(titles()) == 3


def test_a_crash_while_writing_leaves_everything_as_it_was(acting, tmp_path) -> None:
    """The last step fails: a report that does not add up is refused in the same transaction."""
    run(acting("koordinator"), upload("kerja.csv", GOOD))
    before = lines()
    batch = actions.receive(acting("koordinator"), [upload("kerja.csv", BAD)])

    with actions.working(batch) as work:
        reading = actions.read_batch(acting("koordinator"), batch, work)
        reading.files[0].sheets[0].read += 1
        with transaction.atomic():
            publish(acting("koordinator"), reading.picture, batch=batch.pk)
            actions.finish(acting("koordinator"), batch, reading, [])
    assert batch.state == "failed"
    assert lines() == before
    assert PlanVersion.objects.count() == 1
    assert not SetAsideRow.objects.exists()


def test_personal_columns_leave_only_their_names(acting) -> None:
    secret = "DATA-PRIBADI-DIHAPUS"
    content = "\n".join(
        line + (";NIP KPA" if n == 0 else f";{secret}") for n, line in enumerate(BAD.splitlines())
    )
    batch = run(acting("koordinator"), upload("kerja.csv", content))
    assert batch.files.get().dropped == ["NIP KPA"]
    rows = list(SetAsideRow.objects.values()) + list(SourceFile.objects.values())
    rows += list(Program.objects.values())
    assert secret not in json.dumps(rows, default=str)
    assert secret.encode() not in corrections.write(batch.files.get())


def test_files_of_other_agencies_under_the_same_name_keep_their_rows(acting) -> None:
    run(acting("koordinator"), upload("kerja.csv", table(("1", ROADS, "Jalan", "1"),
                                                         ("2", ROADS, "", "1"))))  # fmt: skip
    run(acting("koordinator"), upload("kerja.csv", table(("3", HEALTH, "Obat", "1"))))
    assert SetAsideRow.objects.get().state == "open"
    run(acting("koordinator"), upload("kerja.csv", table(("1", ROADS, "Jalan Nuri", "1"))))
    assert SetAsideRow.objects.get().state == "replaced"


def test_two_unknown_tables_in_one_book_are_asked_one_after_the_other(acting, client, people):
    book = Workbook()
    book.active.title = "Satu"
    book.active.append(["Perihal", "Pelaksananya", "Biaya"])
    book.active.append(["Cat pagar", HEALTH, "1000"])
    other = book.create_sheet("Dua")
    other.append(["Usul", "Yang Mengerjakan", "Ongkos"])
    other.append(["Tanam pohon", ROADS, "2000"])
    content = io.BytesIO()
    book.save(content)
    batch = run(acting("koordinator"), upload("aneh.xlsx", content.getvalue()))
    client.force_login(people["koordinator"])
    file = batch.files.get()
    for sheet, left in (("Satu", "unknown"), ("Dua", "read")):
        page = client.get(reverse("intake:map", args=[file.pk])).content.decode()
        assert f"lembar {sheet}" in " ".join(page.split())
        choices = {"column-0": "title", "column-1": "agency", "column-2": "budget"}
        answer = client.post(reverse("intake:map", args=[file.pk]), {**choices, "do": "save"})
        assert answer.status_code == 302
        batch.refresh_from_db()
        load(batch)
        file.refresh_from_db()
        assert file.state == left
    assert titles() == {"Cat pagar", "Tanam pohon"}


def test_a_correction_is_known_wherever_it_is_loaded(acting, tmp_path) -> None:
    """On the page of all imports it still corrects, and removes no line that is not in it."""
    file = run(acting("koordinator"), upload("kerja.csv", BAD)).files.get()
    path = tmp_path / "p.xlsx"
    path.write_bytes(corrections.write(file))
    book = load_workbook(path)
    heads = [cell.value for cell in book.active[1]]
    book.active.cell(2, heads.index("Pagu (Rp)") + 1).value = 7
    book.save(path)
    fixed = run(acting("koordinator"), upload("p.xlsx", path.read_bytes()))
    assert fixed.corrects == file
    assert titles() == {"Pengadaan obat puskesmas", "Perbaikan Jalan Nuri"}
    both = [upload("p.xlsx", path.read_bytes()), upload("lain.csv", GOOD)]
    beside = actions.receive(acting("koordinator"), both)
    assert beside.corrects is None
    assert beside.files.get(name="p.xlsx").state == "refused"
    with pytest.raises(ValidationError, match="halaman berkas asalnya"):
        actions.receive(acting("kesehatan"), [upload("p.xlsx", path.read_bytes())])
