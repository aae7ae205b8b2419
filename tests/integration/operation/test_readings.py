"""Who opened personal data is noted, and told of a span of time."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from tests.integration.operation.test_erasure import guest, person  # noqa: F401 (fixtures)

from rakorsus.audit.models import Event
from rakorsus.operation.models import Reading
from rakorsus.operation.readings import PAGES


@pytest.fixture(autouse=True)
def _plain_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]


def names(patterns, space: str = "") -> set[str]:
    found = set()
    for pattern in patterns:
        inner = f"{space}{pattern.namespace}:" if getattr(pattern, "namespace", None) else space
        if hasattr(pattern, "url_patterns"):
            found |= names(pattern.url_patterns, inner)
        elif pattern.name:
            found.add(f"{space}{pattern.name}")
    return found


def test_every_page_of_the_list_exists() -> None:
    assert set(PAGES) <= names(get_resolver().url_patterns)


def test_pages_with_personal_data_are_noted_and_told(client, guest, person, tmp_path) -> None:  # noqa: F811
    client.force_login(person)
    path = f"/rapat/{guest.meeting_id}/peserta/"
    assert client.get(path).status_code == 200
    assert client.get(f"/rapat/peserta/{guest.pk}/").status_code == 200
    assert client.get("/program/").status_code == 200
    assert Client().get(path).status_code == 302  # refused: nothing was seen
    noted = Reading.objects.order_by("id").values_list("page", "about", "by__username")
    assert list(noted) == [
        ("meeting:people", f"pk={guest.meeting_id}", "sitirahma"),
        ("meeting:participant", f"pk={guest.pk}", "sitirahma"),
    ]
    Reading.objects.filter(page="meeting:people").update(at=timezone.now() - timedelta(days=3))
    file = tmp_path / "akses.csv"
    since = timezone.localtime() - timedelta(days=1)
    call_command("laporan_akses", "--sejak", since.isoformat(), "--berkas", str(file))
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert [row[1:4] for row in rows[1:]] == [["sitirahma", "127.0.0.1", "meeting:participant"]]
    assert Event.objects.filter(action="operation.report").count() == 1
