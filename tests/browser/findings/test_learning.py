"""What was learnt, in Chromium: read, set right, taken over, forgotten; wide and narrow."""

from __future__ import annotations

from datetime import date

import pytest
from tests.browser.conftest import watched
from tests.browser.findings.test_findings import PASSWORD, sign_in
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill

from rakorsus.engine.learning.model import default
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings import actions, rulebook
from rakorsus.stages.findings.models import Finding, FindingAgency, Verdict

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
URL = "/temuan/pelajaran/"


@pytest.fixture
def site(running, settings) -> str:
    """Three findings that both sides have answered: two accepted, one refused."""
    settings.TODAY = date(2022, 3, 14)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    fill(duplicates(3))
    actions.analyse_register(actors.system("cli"))
    for name, role, agency in (
        ("pu", Role.PLANNER, ROADS), ("perkim", Role.PLANNER, HOUSING),
        ("bappeda", Role.COORDINATOR, None),
    ):  # fmt: skip
        user = User.objects.create_user(name, f"{name}@x.invalid", PASSWORD, display_name=name)
        office = Agency.objects.get(code=agency) if agency else None
        Membership.objects.create(user=user, role=role, agency=office)
    for n, finding in enumerate(Finding.objects.filter(kind="duplicate").order_by("pk")):
        given = FindingAgency.Answer.ACCEPT if n < 2 else FindingAgency.Answer.REJECT
        for name, code in (("pu", ROADS), ("perkim", HOUSING)):
            actions.answer(
                actors.of_user(User.objects.get(username=name), "page"), finding,
                Agency.objects.get(code=code), given,
                cause=Verdict.Cause.NORMAL if n == 2 else "",
            )  # fmt: skip
    actions.analyse_register(actors.system("cli"))
    return running


@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_and_has_no_serious_finding_of_axe(site, browser, axe, width) -> None:
    page, errors = watched(browser, locale="id-ID", viewport={"width": width, "height": 900})
    sign_in(page, site, "bappeda")
    for path in (URL, f"{URL}?jenis=bersama", f"{URL}?cari=zzz"):
        page.goto(f"{site}{path}", wait_until="networkidle")
        for summary in page.locator("details summary").all():
            summary.click()
        page.evaluate("window.scrollTo(0, 0)")  # nothing half under the header
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
    assert errors == []


def test_a_coordinator_sets_words_right_takes_over_and_forgets(site, browser, tmp_path) -> None:
    page, errors = watched(browser, locale="id-ID")
    sign_in(page, site, "bappeda")
    page.goto(f"{site}{URL}")
    row = page.get_by_role("row").filter(has_text="gang – lingkung")
    assert row.get_by_role("link").count() == 3
    row.get_by_role("button", name="Sama").click()
    page.wait_for_load_state()
    row = page.get_by_role("row").filter(has_text="gang – lingkung")
    assert "sama (dikoreksi)" in row.inner_text()
    assert rulebook.rules().learnt.table.odds("gang", "lingkung") > 1
    page.get_by_text("Ambil dari berkas").click()
    file = tmp_path / "lain.json"
    file.write_text(default().to_json(), encoding="utf-8")
    page.get_by_label("Dari pemerintah").fill("Kabupaten Lain (contoh)")
    page.get_by_label("Berkas pelajaran (.json)").set_input_files(file)
    page.get_by_role("button", name="Ambil", exact=True).click()
    page.wait_for_load_state()
    assert page.get_by_text("Kabupaten Lain (contoh)").is_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name="Unduh untuk pemerintah lain").click()
    assert '"rakorsus-learning/1"' in got.value.path().read_text(encoding="utf-8")
    page.get_by_text("Lupakan semua jawaban sampai sekarang").click()
    page.get_by_label("Saya yakin").check()
    page.locator("details[open]").get_by_role("button", name="Lupakan", exact=True).click()
    page.wait_for_load_state()
    assert rulebook.rules().learnt.verdicts == 0
    assert page.get_by_text("Dilupakan").count() >= 1
    assert errors == []
