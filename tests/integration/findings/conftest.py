"""A register with a planted duplicate between two agencies, and the people of both."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from django.core.cache import cache

from rakorsus.engine import schema
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.register.actions import Frames, publish

ROADS, HOUSING, HEALTH = (
    "1.03.0.00.0.00.03.0000", "1.04.0.00.0.00.05.0000", "1.02.0.00.0.00.02.0000",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings):
    settings.TODAY = date(2022, 3, 14)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    cache.clear()


def line(number: int, agency: str, title: str, place: str, **more: Any) -> dict[str, Any]:
    return dict.fromkeys(schema.PROGRAMS) | {
        "key": f"paket_penyedia:{number}", "source": "paket_penyedia", "id": str(number),
        "package": str(number), "level": "paket", "government": "73.71", "year": 2022,
        "agency": agency, "title": title, "places": [place], "document": "RUP 2022",
        "budget": 187_450_000, "start": date(2022, 5, 2), "end": date(2022, 7, 30),
        "status": "planned", **more,
    }  # fmt: skip


def duplicates(count: int) -> list[dict[str, Any]]:
    """`count` pairs of packages for one drain by two agencies, each pair in another RW."""
    rows = []
    for n in range(1, count + 1):
        place = f"RW {n:02d} Kel. Pampang Kec. Panakkukang"
        rows += [
            line(1000 + n, ROADS, f"Pembangunan Drainase Lingkungan RW {n:02d} Pampang", place),
            line(2000 + n, HOUSING, f"Pembuatan Saluran Drainase Lorong RW {n:02d} Kel. Pampang",
                 place, budget=181_000_000),
        ]  # fmt: skip
    return rows


def fill(rows: list[dict[str, Any]]) -> None:
    offices = [(ROADS, "Dinas Pekerjaan Umum"), (HOUSING, "Dinas Perumahan"),
               (HEALTH, "Dinas Kesehatan")]  # fmt: skip
    agencies = [{"code": code, "name": name, "kind": "opd", "active": True}
                for code, name in offices]  # fmt: skip
    publish(
        actors.system("cli"),
        Frames(
            programs=pl.DataFrame(rows, dict(schema.PROGRAMS)),
            agencies=schema.conform(pl.DataFrame(agencies), schema.AGENCIES),
        ),
    )


@pytest.fixture
def city(db) -> None:
    fill(duplicates(1))
    actions.analyse_register(actors.system("cli"))


@pytest.fixture
def found(city) -> Finding:
    return Finding.objects.get(kind="duplicate")


@pytest.fixture
def person(db):
    def make(name: str, role: str, agency: str | None = None) -> User:
        user = User.objects.create_user(name, f"{name}@x.invalid", "s", display_name=name)
        office = Agency.objects.get(code=agency) if agency else None
        Membership.objects.create(user=user, role=role, agency=office)
        return user

    return make


@pytest.fixture
def roads(city, person) -> User:
    return person("pu", Role.PLANNER, ROADS)


@pytest.fixture
def housing(city, person) -> User:
    return person("perkim", Role.PLANNER, HOUSING)


@pytest.fixture
def health(city, person) -> User:
    return person("kes", Role.PLANNER, HEALTH)
