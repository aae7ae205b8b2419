"""The demonstration city goes through the real import, and the engine finds what was planted."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from rakorsus.audit import chain
from rakorsus.people.models import Membership, User
from rakorsus.stages.findings.models import Finding, Verdict
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow
from rakorsus.stages.register.models import Program, Region
from rakorsus.synth import city, demo
from rakorsus.synth.makassar.agencies import COMPANIES, OFFICES

pytestmark = pytest.mark.django_db


@pytest.fixture
def installed(settings, tmp_path):
    settings.HOME = tmp_path
    settings.TODAY = city.TODAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    cache.clear()
    demo.install(lambda words: None)


def test_the_city_is_complete_and_its_plants_are_found(installed) -> None:
    assert len(OFFICES) == 51
    assert len(COMPANIES) == 6
    assert Region.objects.filter(level=3, code__startswith="73.71.").count() == 15
    assert Region.objects.filter(level=4, code__startswith="73.71.").count() == 153
    assert 4800 <= Program.objects.count() <= 5300
    assert ImportBatch.objects.get().state == ImportBatch.State.DONE
    assert not SetAsideRow.objects.exists()
    assert demo.exists()
    assert Membership.objects.count() == len(demo.ACCOUNT_LIST) == User.objects.count()
    assert Verdict.objects.exists()
    assert chain.verify() is None

    kinds = set(Finding.objects.values_list("kind", flat=True))
    assert kinds == set(Finding.Kind.values)
    missed = [plant for plant in demo.planted_cases() if not _found(plant)]
    assert missed == []


def _found(plant) -> bool:
    """Whether a finding of the planted kind names one of its packages (a question names the
    largest of an agency's only)."""
    numbers = [str(n) for n in plant.numbers]
    lines = [*numbers, *(f"L-{n}" for n in numbers)]
    return Finding.objects.filter(kind=plant.kind).filter(programs__ident__in=lines).exists()


def test_the_same_seed_gives_the_same_city() -> None:
    assert city.build() == city.build()
    assert city.build(1).lines != city.build(2).lines
