"""People of every role, and two agencies."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from rakorsus.people.models import Agency, Membership, Role, User

PASSWORD = "jembatan-kembar-17"


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    cache.clear()


@pytest.fixture
def offices(db) -> dict[str, Agency]:
    return {
        "own": Agency.objects.create(code="1.03.01", name="Dinas Pekerjaan Umum", short="PU"),
        "other": Agency.objects.create(code="1.02.01", name="Dinas Kesehatan"),
    }


@pytest.fixture
def people(offices) -> dict[str, User]:
    """One person for each role, named by it; planner and guest belong to the own agency."""
    found = {}
    for role in Role:
        user = User.objects.create_user(
            role.value, f"{role.value}@contoh.go.id", PASSWORD, display_name=str(role.label)
        )
        agency = offices["own"] if role in (Role.PLANNER, Role.GUEST) else None
        Membership.objects.create(user=user, role=role, agency=agency)
        found[role.value] = user
    return found
