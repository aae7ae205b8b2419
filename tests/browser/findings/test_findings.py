"""Findings in Chromium: the answers, why not, one question, the sliders, also without scripts."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import watched
from tests.integration.findings.conftest import HOUSING, ROADS, duplicates, fill, line

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.findings import actions
from rakorsus.stages.findings.models import Finding, Reply
from rakorsus.stages.register.models import Program

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "jembatan-kembar-17"
PAIR = "kiri=paket_penyedia%3A1001&kanan=paket_penyedia%3A2001"
FAR = "kiri=paket_penyedia%3A1001&kanan=paket_penyedia%3A6001"


@pytest.fixture
def site(running, settings) -> str:
    """Three planted duplicates, a large drain without a place, a planner and a coordinator."""
    settings.TODAY = date(2022, 3, 14)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    vague = line(5001, ROADS, "Pembangunan Drainase Tersebar", "Kota Makassar", budget=900_000_000)
    well = line(6001, HOUSING, "Pembangunan Sumur Bor", "RW 04 Kel. Tamamaung Kec. Panakkukang")
    fill([*duplicates(3), vague, well])
    actions.analyse_register(actors.system("cli"))
    for name, role, agency in (("pu", Role.PLANNER, ROADS), ("bappeda", Role.COORDINATOR, None)):
        user = User.objects.create_user(name, f"{name}@x.invalid", PASSWORD, display_name=name)
        office = Agency.objects.get(code=agency) if agency else None
        Membership.objects.create(user=user, role=role, agency=office)
    return running


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/akun/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_fits_and_has_no_serious_finding_of_axe(site, browser, axe, width) -> None:
    found = Finding.objects.get(rule="duplicate.place", lines__program__key="paket_penyedia:1001")
    page, errors = watched(browser, locale="id-ID", viewport={"width": width, "height": 900})
    sign_in(page, site, "bappeda")
    for path in (
        f"/temuan/{found.pk}/", "/temuan/aturan/duplicate.place/", "/temuan/mengapa/",
        "/temuan/mengapa/?cari_kiri=drainase", f"/temuan/mengapa/?{PAIR}", "/temuan/aturan/",
    ):  # fmt: skip
        answer = page.goto(f"{site}{path}", wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
    assert errors == []
    page, errors = watched(browser, locale="id-ID", viewport={"width": width, "height": 900})
    sign_in(page, site, "pu")
    for path in ("/temuan/", "/temuan/pertanyaan/anda/", "/temuan/pertanyaan/"):
        page.goto(f"{site}{path}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
    assert errors == []


@pytest.mark.parametrize("scripts", [True, False])
def test_two_programs_are_picked_and_told_apart(site, browser, scripts) -> None:
    page, errors = watched(browser, locale="id-ID", java_script_enabled=scripts)
    sign_in(page, site, "bappeda")
    page.goto(f"{site}/temuan/mengapa/")
    page.fill("#cari-kiri", "1001")
    page.press("#cari-kiri", "Enter")
    page.get_by_role("link", name="Pembangunan Drainase Lingkungan RW 01 Pampang").click()
    page.fill("#cari-kanan", "sumur bor")
    page.press("#cari-kanan", "Enter")
    page.get_by_role("link", name="Pembangunan Sumur Bor").click()
    page.get_by_role("heading", name="Bukan temuan", exact=True).wait_for()
    assert "Tempatnya berbeda" in page.inner_text("table.conditions")
    assert errors == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_question_is_answered_and_the_line_judged_at_once(site, browser, scripts) -> None:
    page, errors = watched(browser, locale="id-ID", java_script_enabled=scripts)
    sign_in(page, site, "pu")
    page.goto(f"{site}/temuan/")
    page.get_by_role("heading", name="Satu pertanyaan untuk Anda").wait_for()
    page.select_option("#id_village", label="Pampang")
    page.fill("#id_rw", "02")
    page.get_by_role("button", name="Simpan dan periksa ulang").click()
    page.wait_for_url(f"{site}/temuan/")
    assert page.get_by_role("heading", name="Satu pertanyaan untuk Anda").count() == 0
    changed = Program.objects.get(key="paket_penyedia:5001")
    assert changed.places == ["RW 02 Kel. Pampang Kec. Panakkukang"]
    assert changed.findings.filter(kind="duplicate", state="open").exists()
    assert Reply.objects.get().kind == Reply.Kind.ANSWERED
    assert errors == []


def test_a_slider_shows_its_number_and_the_effect_before_saving(site, browser) -> None:
    page, errors = watched(browser, locale="id-ID")
    sign_in(page, site, "bappeda")
    page.goto(f"{site}/temuan/aturan/", wait_until="networkidle")
    slider = page.locator("input[data-for=id_opportunity_days]")
    slider.focus()
    slider.press("ArrowRight")
    assert page.input_value("#id_opportunity_days") == "61"
    page.check("input[name=disabled][value='duplicate.place']")
    page.get_by_text("Yang hilang (3)").wait_for()
    assert Finding.objects.filter(rule="duplicate.place", state="open").count() == 3
    page.locator("#dampak").get_by_role("button", name="Simpan").click()
    page.wait_for_url(f"{site}/temuan/aturan/")
    assert Finding.objects.filter(rule="duplicate.place", state="open").count() == 0
    assert errors == []


def test_without_scripts_the_numbers_are_typed_and_the_button_shows_the_effect(
    site, browser
) -> None:
    page, _errors = watched(browser, locale="id-ID", java_script_enabled=False)
    sign_in(page, site, "bappeda")
    page.goto(f"{site}/temuan/aturan/")
    assert page.locator("input[type=range]:visible").count() == 0
    page.fill("#id_least_weight", "0.8")
    page.get_by_role("button", name="Lihat dampaknya").click()
    assert "hilang" in page.inner_text("#dampak .totals")
    page.get_by_role("button", name="Buang").click()
    assert page.input_value("#id_least_weight") == "0"
