"""People who load files, and files to load."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User

HEALTH, ROADS, CLINIC = "1.02.01", "1.03.01", "1.02.01.0001"


@pytest.fixture(autouse=True)
def _files_of_their_own(tmp_path_factory, settings):
    """Uploads go to a folder of the test; passwords are hashed quickly."""
    folder = tmp_path_factory.mktemp("home")
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder / "files", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def agencies(db) -> dict[str, Agency]:
    health = Agency.objects.create(code=HEALTH, name="Dinas Kesehatan")
    roads = Agency.objects.create(code=ROADS, name="Dinas Pekerjaan Umum")
    clinic = Agency.objects.create(code=CLINIC, name="Puskesmas Batua", parent=health)
    return {HEALTH: health, ROADS: roads, CLINIC: clinic}


@pytest.fixture
def people(agencies) -> dict[str, User]:
    made = {}
    for name, role, code in (
        ("koordinator", Role.COORDINATOR, None),
        ("admin", Role.ADMINISTRATOR, None),
        ("kesehatan", Role.PLANNER, HEALTH),
        ("pu", Role.PLANNER, ROADS),
        ("pimpinan", Role.LEADER, None),
        ("sekretariat", Role.SECRETARIAT, None),
        ("tamu", Role.GUEST, None),
    ):
        user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia-sekali")
        Membership.objects.create(user=user, role=role, agency=agencies.get(code))
        made[name] = user
    return made


@pytest.fixture
def acting(people):
    """`acting("koordinator")`: that person as an actor, with the rights held now."""
    return lambda name: actors.of_user(people[name], "page")


def upload(name: str, content: bytes | str) -> ContentFile:
    """An uploaded file."""
    return ContentFile(content.encode() if isinstance(content, str) else content, name=name)
