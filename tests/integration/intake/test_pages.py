"""The pages of the stage: who sees what, what they say, how many queries they take."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from rakorsus.people import actor as actors
from rakorsus.stages.intake import actions
from rakorsus.stages.intake.models import ColumnMapping, ImportBatch, SetAsideRow, SourceFile

pytestmark = pytest.mark.django_db
NAME = {"id": "Formulir Renja", "en": "Renja form"}


def made(by, files: int = 1, rows: int = 2, state: str = "done") -> ImportBatch:
    """A batch that ended, with set-aside rows in each file."""
    batch = ImportBatch.objects.create(
        started_by=by, started_by_name=str(by), surface="page", state=state,
        read=files * (10 + rows), accepted=files * 10, set_aside=files * rows, file_count=files,
        ended=timezone.now(),
        versions=[{"number": 7, "document": "Renja 2025", "address": "/program/versi/7/",
                   "added": 8, "changed": 2, "removed": 1, "same": 0, "also": []}],
    )  # fmt: skip
    for number in range(files):
        sheet = {"name": "Lembar1", "kind": "renja", "kind_name": NAME, "read": 10 + rows,
                 "accepted": 10, "set_aside": rows, "structure": 3, "repaired": 0,
                 "dropped": ["NIP KPA"], "headers": ["KODE", "PAGU"]}  # fmt: skip
        file = SourceFile.objects.create(
            batch=batch, name=f"renja-{number}.xlsx", sha256=f"{number}" * 64, size=1000,
            state="read", kind="renja", read=10 + rows, accepted=10, set_aside=rows, structure=3,
            report={"kind_name": NAME, "sheets": [sheet]},
        )  # fmt: skip
        for row in range(rows):
            SetAsideRow.objects.create(
                file=file, sheet="Lembar1", row=row + 4, column="PAGU", family=f"PAGU|{row % 3}",
                reason_id=f"Pagu “sejuta{row % 3}” bukan angka.", reason_en="Not a number.",
                content={"KODE": "1.02.01", "PAGU": f"sejuta{row % 3}"},
            )  # fmt: skip
    return batch


def addresses(batch: ImportBatch) -> dict[str, str]:
    file = batch.files.first()
    return {
        "index": reverse("intake:index"),
        "batch": reverse("intake:batch", args=[batch.pk]),
        "rows": reverse("intake:rows", args=[batch.pk]),
        "file": reverse("intake:file", args=[file.pk]),
        "set_aside": reverse("intake:set_aside", args=[file.pk]),
        "mappings": reverse("intake:mappings"),
    }


OWN = ("batch", "rows", "file", "set_aside")


@pytest.mark.parametrize("name", ["koordinator", "admin", "kesehatan"])
def test_who_may_sees_them(client, people, name) -> None:
    client.force_login(people[name])
    for page, address in addresses(made(people["kesehatan"])).items():
        assert client.get(address).status_code == 200, page


def test_another_planner_sees_only_his_own(client, people) -> None:
    client.force_login(people["pu"])
    pages = addresses(made(people["kesehatan"]))
    for page, address in pages.items():
        assert client.get(address).status_code == (404 if page in OWN else 200), page
    assert "renja" not in client.get(pages["index"]).content.decode()


@pytest.mark.parametrize("name", ["pimpinan", "sekretariat", "tamu"])
def test_others_see_nothing(client, people, name) -> None:
    client.force_login(people[name])
    for page, address in addresses(made(people["koordinator"])).items():
        assert client.get(address).status_code == 403, page


def test_the_public_is_asked_to_sign_in(client, people) -> None:
    for page, address in addresses(made(people["koordinator"])).items():
        response = client.get(address)
        assert response.status_code == 302, page
        assert response["Location"].startswith(reverse("account_login")), page


@pytest.mark.parametrize("name", ["pu", "pimpinan", "tamu", None])
def test_nobody_changes_a_strangers_batch(client, people, name) -> None:
    batch = made(people["kesehatan"], state="failed")
    if name:
        client.force_login(people[name])
    file = batch.files.get()
    status = {None: 302, "pu": 404}.get(name, 403)
    for address, data in (
        (reverse("intake:stop", args=[batch.pk]), {}),
        (reverse("intake:again", args=[batch.pk]), {}),
        (reverse("intake:dismiss", args=[batch.pk]), {"family": "PAGU|0", "note": "x"}),
        (reverse("intake:correct", args=[file.pk]), {"files": ContentFile(b"x", name="a.csv")}),
        (reverse("intake:map", args=[file.pk]), {"do": "save"}),
    ):
        assert client.post(address, data).status_code == status, address
    assert not SetAsideRow.objects.exclude(state="open").exists()
    assert ImportBatch.objects.get().state == "failed"


def test_read_is_accepted_and_set_aside(client, people) -> None:
    client.force_login(people["koordinator"])
    page = client.get(addresses(made(people["koordinator"], rows=5))["batch"]).content.decode()
    text = " ".join(page.split())
    assert "<b>15</b> baris dibaca" in text
    assert "<b>10</b> diterima" in text
    assert "<b>5</b> disisihkan" in text
    assert "/program/versi/7/" in text
    assert "Pagu “sejuta0” bukan angka." in text


def test_the_page_is_complete_in_english(client, people) -> None:
    client.force_login(people["koordinator"])
    client.cookies["django_language"] = "en"
    page = client.get(addresses(made(people["koordinator"]))["batch"]).content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "12 rows read" in words
    assert "baris" not in words


@pytest.mark.parametrize("page", ["index", "batch", "rows", "file", "mappings"])
def test_the_number_of_queries_does_not_grow(client, people, page) -> None:
    client.force_login(people["koordinator"])
    counts = []
    for files in (1, 3):
        ImportBatch.objects.all().delete()
        ColumnMapping.objects.all().delete()
        for number in range(files):
            batch = made(people["koordinator"], files=files, rows=files)
            ColumnMapping.objects.create(signature=str(number), name="x", by_name="x")
        client.get(addresses(batch)[page])
        with CaptureQueriesContext(connection) as caught:
            client.get(addresses(batch)[page])
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_uploading_makes_a_batch_and_leads_to_it(client, people) -> None:
    client.force_login(people["kesehatan"])
    upload = SimpleUploadedFile("a.csv", b"x;y\n1;2\n")
    response = client.post(reverse("intake:index"), {"files": [upload]})
    batch = ImportBatch.objects.get()
    assert response["Location"] == batch.get_absolute_url()
    assert batch.started_by == people["kesehatan"]
    page = client.get(batch.get_absolute_url()).content.decode()
    assert 'http-equiv="refresh"' in page
    part = client.get(batch.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Menunggu giliran" in part
    actions.ask_stop(actors.system("cli"), batch)
    done = client.get(batch.get_absolute_url(), headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == batch.get_absolute_url()


def test_an_upload_without_files_says_so(client, people) -> None:
    client.force_login(people["kesehatan"])
    response = client.post(reverse("intake:index"))
    assert response.status_code == 400
    assert "Pilih berkas yang akan dimuat." in response.content.decode()


def test_a_far_too_large_upload_is_refused_before_it_is_read(client, people, settings) -> None:
    settings.INTAKE = {"batch": 1000}
    client.force_login(people["koordinator"])
    size = str(1000 + 3 * 1024 * 1024)
    response = client.post(
        reverse("intake:index"), b"x", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=size,
    )  # fmt: skip
    assert response.status_code == 413
    assert "tidak ada yang dimuat" in response.content.decode()


def test_uploads_need_the_forms_token(people) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["koordinator"])
    upload = SimpleUploadedFile("a.csv", b"x;y\n1;2\n")
    assert strict.post(reverse("intake:index"), {"files": [upload]}).status_code == 403
    assert not ImportBatch.objects.exists()


def test_dismissing_needs_a_reason_and_can_be_taken_back(client, people) -> None:
    client.force_login(people["kesehatan"])
    batch = made(people["kesehatan"], rows=4)
    address = reverse("intake:dismiss", args=[batch.pk])
    client.post(address, {"family": "PAGU|0", "note": " "})
    assert SetAsideRow.objects.filter(state="open").count() == 4
    client.post(address, {"family": "PAGU|0", "note": "Baris uji coba."})
    assert SetAsideRow.objects.filter(state="dismissed", note="Baris uji coba.").count() == 2
    client.post(address, {"family": "PAGU|0", "back": "1"})
    assert SetAsideRow.objects.filter(state="open").count() == 4


def test_the_download_holds_the_open_rows_with_their_reasons(client, people) -> None:
    client.force_login(people["kesehatan"])
    response = client.get(addresses(made(people["kesehatan"]))["set_aside"])
    assert response["Content-Disposition"] == 'attachment; filename="disisihkan-renja-0.xlsx"'
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert rows[0] == (
        "Alasan disisihkan", "Kolom bermasalah", "Lembar asal", "Baris asal", "KODE", "PAGU",
    )  # fmt: skip
    assert rows[1] == ("Pagu “sejuta0” bukan angka.", "PAGU", "Lembar1", 4, "1.02.01", "sejuta0")


def test_too_many_files_are_refused_with_a_page(client, people, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    client.force_login(people["koordinator"])
    uploads = [SimpleUploadedFile(f"{n}.csv", b"x") for n in range(3)]
    response = client.post(reverse("intake:index"), {"files": uploads})
    assert response.status_code == 413
    assert "Terlalu banyak berkas" in response.content.decode()


def test_originals_are_readable_by_the_server_only() -> None:
    from rakorsus.web import settings as installed

    options = installed.STORAGES["default"]["OPTIONS"]
    assert options["file_permissions_mode"] == 0o600
    assert options["directory_permissions_mode"] == 0o700
    assert options["base_url"] is None
