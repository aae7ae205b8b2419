"""Small registers to look at, and people who look."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from django.core.cache import cache

from rakorsus.engine import schema
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.register.actions import Frames, publish

ROADS, WATER, CLINIC = "1.03.01", "1.03.02", "1.02.01.0001"


@pytest.fixture(autouse=True)
def _own_files(tmp_path, settings):
    """Snapshots go to a folder of the test; nothing kept from other tests is met."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    cache.clear()


def line(key: str, **values: Any) -> dict[str, Any]:
    """One program line with the columns that a test is about."""
    source, _, own = key.partition(":")
    return dict.fromkeys(schema.PROGRAMS) | {
        "key": key, "source": source, "id": own, "level": "paket", "government": "73.71",
        "year": 2025, "agency": ROADS, "title": f"Pembangunan drainase {own}",
        "document": "RUP 2025", "budget": 100_000_000, "start": date(2025, 3, 1),
        "end": date(2025, 5, 31), "places": ["Kelurahan Baraya Kecamatan Bontoala"], **values,
    }  # fmt: skip


def lines(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), dict(schema.PROGRAMS))


def agencies_table() -> pl.DataFrame:
    rows = [
        {"code": ROADS, "name": "Dinas Pekerjaan Umum", "short": "PU", "kind": "opd"},
        {"code": WATER, "name": "Perumda Air Minum", "short": "PDAM", "kind": "company"},
        {"code": "1.02.01", "name": "Dinas Kesehatan", "short": "Dinkes", "kind": "opd"},
        {"code": CLINIC, "name": "Puskesmas Batua", "kind": "puskesmas", "parent": "1.02.01"},
    ]
    return schema.conform(pl.DataFrame(rows, infer_schema_length=None), schema.AGENCIES)


def regions_table() -> pl.DataFrame:
    square = "POLYGON((119.42 -5.13, 119.43 -5.13, 119.43 -5.12, 119.42 -5.12, 119.42 -5.13))"
    rows = [
        ("73", "Sulawesi Selatan", 1, None, "provinsi", None, None, None),
        ("73.71", "Makassar", 2, "73", "kota", 119.4, -5.1, None),
        ("73.71.06", "Bontoala", 3, "73.71", "kecamatan", 119.42, -5.13, None),
        ("73.71.06.1001", "Baraya", 4, "73.71.06", "kelurahan", None, None, square),
        ("73.71.06.1002", "Gaddong", 4, "73.71.06", "kelurahan", 119.44, -5.13, None),
        ("73.71.10", "Panakkukang", 3, "73.71", "kecamatan", 119.45, -5.15, None),
        ("73.71.10.1001", "Paropo", 4, "73.71.10", "kelurahan", 119.46, -5.15, None),
    ]
    return pl.DataFrame(rows, dict(schema.REGIONS), orient="row")


def picture(*rows: dict[str, Any], **tables: pl.DataFrame) -> Frames:
    """A picture of these lines with the agencies and regions of the tests."""
    tables = {"agencies": agencies_table(), "regions": regions_table(), **tables}
    return Frames(programs=lines(*rows), **tables)


@pytest.fixture
def installation() -> actors.Actor:
    return actors.system("cli")


@pytest.fixture
def city(db, installation):
    """Six lines of three agencies in three villages, with a hierarchy and a contract."""
    publish(
        installation,
        picture(
            line("program:1.03.06", level="program", title="Program Drainase", code="1.03.06",
                 places=None, start=None, end=None, budget=900_000_000),
            line("subkegiatan:77", level="sub_kegiatan", title="Rehabilitasi Saluran",
                 code="1.03.06.2.01.0010", parent="program:1.03.06", places=None,
                 start=date(2025, 1, 1), end=date(2025, 12, 31)),
            line("paket_penyedia:1", title="Rehabilitasi drainase Baraya RW 03", package="1",
                 code="1.03.06.2.01.0010", parent="subkegiatan:77", tags=["Banjir"],
                 fund="DAK", budget=500_000_000),
            line("tender:9", title="Rehabilitasi drainase Baraya", package="1",
                 parent="paket_penyedia:1", code="1.03.06.2.01.0010", budget=500_000_000,
                 contract_value=450_000_000, contract_start=date(2025, 4, 1),
                 contract_end=date(2025, 7, 1), status="contracted"),
            line("paket_penyedia:2", title="Pemasangan pipa air Baraya", agency=WATER,
                 code="1.03.03.2.01.0002", tags=["Banjir", "Air"], budget=300_000_000),
            line("paket_swakelola:3", title="Penyuluhan ibu hamil", agency=CLINIC,
                 code="1.02.02.2.02.0001", beneficiaries="ibu hamil", budget=20_000_000,
                 start=date(2025, 1, 1), end=date(2025, 12, 31),
                 places=["Kelurahan Paropo Kecamatan Panakkukang"]),
        ),
    )  # fmt: skip


def person(name: str, role: str | None = None, agency: str | None = None) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.id", "rahasia", display_name=name)
    if role:
        of = Agency.objects.get(code=agency) if agency else None
        Membership.objects.create(user=user, role=role, agency=of)
    return user


@pytest.fixture
def planner(city) -> User:
    """Plans for public works."""
    return person("perencana", Role.PLANNER, ROADS)


@pytest.fixture
def stranger(city) -> User:
    """Plans for another agency."""
    return person("tetangga", Role.PLANNER, WATER)


@pytest.fixture
def coordinator(city) -> User:
    return person("koordinator", Role.COORDINATOR)
