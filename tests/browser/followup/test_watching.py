"""Early warnings, report cards and the replayed year in Chromium, at desk and phone width: nothing
is wider than the screen, axe finds nothing serious, and a warning is answered on its page."""

from __future__ import annotations

from datetime import date

import pytest
from tests.browser.conftest import watched
from tests.integration.findings.conftest import HOUSING, ROADS, fill, line

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.followup.actions import cards, watching
from rakorsus.stages.followup.models import EarlyWarning

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "jembatan-kembar-17"
WIDTHS = (1280, 390)


@pytest.fixture
def site(running, settings) -> str:
    """Six packages whose selection did not begin, and own works that spend too little."""
    settings.TODAY, settings.DEMO = date(2022, 3, 31), True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    late = [
        line(n, ROADS if n % 2 else HOUSING, f"Pembangunan Jalan Lingkungan {n}", "Kel. Pampang",
             method="Tender", tender_start=date(2022, 3, 1), budget=900_000_000)
        for n in range(1, 7)
    ]  # fmt: skip
    slow = [
        line(n, ROADS, f"Belanja Pemeliharaan Rutin {n}", "Kota Makassar", method="Swakelola",
             start=date(2022, 1, 1), end=date(2022, 12, 31), budget=400_000_000, realised=4_000_000)
        for n in range(11, 17)
    ]  # fmt: skip
    fill([*late, *slow])
    Agency.objects.filter(code=ROADS).update(name="Dinas Pekerjaan Umum")
    user = User.objects.create_user("pu", "pu@x.invalid", PASSWORD, display_name="pu")
    Membership.objects.create(user=user, role=Role.PLANNER, agency=Agency.objects.get(code=ROADS))
    watching.look(actors.system("cli"))
    cards.compute()
    return running


def test_warnings_cards_and_the_story(site, browser, axe):
    page, errors = watched(browser)
    page.set_default_timeout(120_000)  # a busy machine is no failure
    page.goto(f"{site}/akun/login/")
    page.fill("[name=login]", "pu")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    one = EarlyWarning.objects.get(rule="warning.unbegun", program__ident="1")
    behind = EarlyWarning.objects.get(rule="warning.spending")
    assert (behind.agency.code, len(behind.keys)) == (ROADS, 6)
    for address in (
        "/tindak-lanjut/peringatan/", one.get_absolute_url(), behind.get_absolute_url(),
        "/peragaan/tahun-2022/", "/tindak-lanjut/rapor/",
        f"/tindak-lanjut/rapor/{ROADS}/?triwulan=2022-1", "/tindak-lanjut/rapor/rumus/",
    ):  # fmt: skip
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{site}{address}", wait_until="networkidle")
            assert page.locator("h1").count() == 1, address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            assert axe(page) == [], (address, width)

    page.goto(f"{site}{one.get_absolute_url()}")
    page.fill("[name=action]", "Diumumkan pekan ini.")
    page.fill("[name=promised]", "2022-04-08")
    page.click("button:has-text('Catat tindakan')")
    page.wait_for_load_state()
    one.refresh_from_db()
    assert (one.state, one.promised) == ("answered", date(2022, 4, 8))
    assert "Diumumkan pekan ini." in page.inner_text("main")
    assert errors == []
