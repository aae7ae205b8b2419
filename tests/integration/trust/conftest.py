"""One city for the whole module, made in one transaction that is rolled back at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from tests.integration.trust.city import City, build


def own_settings(folder: Path) -> override_settings:
    """Files and sessions of the test's own; jobs are only queued."""
    return override_settings(
        TODAY=date(2022, 3, 14),
        HOME=folder,
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",  # no query for each visit
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": folder / "files", "base_url": None},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        MIDDLEWARE=[m for m in settings.MIDDLEWARE if "whitenoise" not in m and "gzip" not in m],
    )


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[City]:
    with own_settings(tmp_path_factory.mktemp("trust")), django_db_blocker.unblock():
        cache.clear()
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)
        cache.clear()
