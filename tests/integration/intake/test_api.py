"""The same actions and rights over the API."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.integration.intake.test_loading import BAD

from rakorsus.stages.intake.models import ImportBatch
from rakorsus.stages.register.loading import load

pytestmark = pytest.mark.django_db
BASE = "/api/v1/imports"


def csv() -> SimpleUploadedFile:
    return SimpleUploadedFile("kerja.csv", BAD.encode())


def test_from_upload_to_set_aside_rows(client, people) -> None:
    client.force_login(people["koordinator"])
    answer = client.post(BASE, {"files": [csv()]})
    assert answer.status_code == 202
    uuid = answer.json()["uuid"]
    assert answer.json()["state"] == "queued"
    load(ImportBatch.objects.get(pk=uuid))
    found = client.get(f"{BASE}/{uuid}").json()
    assert (found["state"], found["read"], found["accepted"], found["set_aside"]) == (
        "done", 4, 1, 3,
    )  # fmt: skip
    (file,) = found["files"]
    assert file["kind_name"] == {"id": "Templat Rakorsus", "en": "Rakorsus template"}
    assert file["read"] == file["accepted"] + file["set_aside"]
    rows = client.get(f"{BASE}/{uuid}/rows?state=open&limit=2").json()
    assert rows["count"] == 3
    assert [r["row"] for r in rows["rows"]] == [3, 4]
    assert rows["rows"][0]["reason"]["en"]
    assert [b["uuid"] for b in client.get(BASE).json()] == [uuid]


def test_stop_and_run_again(client, people) -> None:
    client.force_login(people["koordinator"])
    uuid = client.post(BASE, {"files": [csv()]}).json()["uuid"]
    assert client.post(f"{BASE}/{uuid}/stop").json()["state"] == "cancelled"
    assert client.post(f"{BASE}/{uuid}/stop").status_code == 409
    assert client.post(f"{BASE}/{uuid}/again").json()["state"] == "queued"
    assert client.post(f"{BASE}/{uuid}/again").status_code == 409


def test_dismissing(client, people) -> None:
    client.force_login(people["koordinator"])
    uuid = client.post(BASE, {"files": [csv()]}).json()["uuid"]
    batch = load(ImportBatch.objects.get(pk=uuid))
    family = batch.files.get().rows.first().family
    answer = client.post(
        f"{BASE}/{uuid}/dismiss", {"family": family, "note": ""}, content_type="application/json"
    )
    assert answer.status_code == 422
    answer = client.post(
        f"{BASE}/{uuid}/dismiss", {"family": family, "note": "uji"}, content_type="application/json"
    )
    assert answer.json()["rows"] >= 1


@pytest.mark.parametrize(
    ("name", "status"), [("pu", 404), ("pimpinan", 403), ("tamu", 403), (None, 401)]
)
def test_others_get_nothing(client, people, name, status) -> None:
    owner = Client()
    owner.force_login(people["kesehatan"])
    uuid = owner.post(BASE, {"files": [csv()]}).json()["uuid"]
    if name:
        client.force_login(people[name])
    for path in ("", "/rows"):
        assert client.get(f"{BASE}/{uuid}{path}").status_code == status
    for path in ("/stop", "/again"):
        assert client.post(f"{BASE}/{uuid}{path}").status_code == status
    if name == "pu":
        assert client.get(BASE).json() == []
    else:
        assert client.get(BASE).status_code == status
        assert client.post(BASE, {"files": [csv()]}).status_code == status


def test_sessions_need_the_token_and_size_is_checked_first(people, settings) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["koordinator"])
    assert strict.post(BASE, {"files": [csv()]}).status_code == 403
    strict.get("/")
    token = strict.cookies["csrftoken"].value
    in_the_form = {"files": [csv()], "csrfmiddlewaretoken": token}
    assert strict.post(BASE, in_the_form).status_code == 403
    settings.INTAKE = {"batch": 10}
    size = str(3 * 1024 * 1024)
    answer = strict.post(BASE, b"x", content_type="multipart/form-data; boundary=x",
                         CONTENT_LENGTH=size, headers={"X-CSRFToken": token})  # fmt: skip
    assert answer.status_code == 413
    assert not ImportBatch.objects.exists()
