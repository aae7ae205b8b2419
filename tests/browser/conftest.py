"""Chromium on a running installation, for the tests of pages.

`browser` is one Chromium per module, `running` gives a live server whose files are the test's own,
`axe(page)` the serious findings of axe. Where Chromium is missing the tests are skipped, and fail
under `CI=true`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.tour import AXE
from tests.browser.tour import axe as violations

CHROMIUM = Path("/usr/bin/chromium")


def need(path: Path, what: str) -> None:
    """Skip the test without it; in CI its absence is a failure."""
    if path.exists():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"no {what}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need(CHROMIUM, "Chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver keeps a loop running
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def running(request, settings, tmp_path) -> str:
    """The address of a live server with an empty database and files in a folder of the test."""
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    cache.clear()
    live_server = request.getfixturevalue("live_server")  # after the settings: it reads them once
    return live_server.url.replace("127.0.0.1", "localhost")  # keys belong to a name, not a number


@pytest.fixture
def axe():
    """`axe(page)`: serious and critical violations of WCAG 2.2 AA, one line each."""
    need(AXE, "axe-core")
    return violations


def watched(browser: Browser, **options) -> tuple[Page, list[str]]:
    """A page in a context of its own, and the list in which its errors gather."""
    page = browser.new_context(**options).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    return page, errors
