"""Signing in, second factors, passkeys and the settings pages, in Chromium."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page
from tests.browser.conftest import watched

from rakorsus.audit.models import Event
from rakorsus.people.models import Agency, Membership, Role, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "jembatan-kembar-17"
PAGES = (
    "/", "/pengaturan/", "/pengaturan/profil/", "/pengaturan/orang/", "/pengaturan/orang/baru/",
    "/pengaturan/perangkat-daerah/", "/pengaturan/kuasa/", "/pengaturan/hak/", "/audit/?periksa=1",
    "/akun/2fa/", "/akun/password/change/",
)  # fmt: skip


@pytest.fixture
def site(running, settings) -> str:
    """An installation with an administrator and one planner."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    admin = User.objects.create_user("siti", "siti@contoh.go.id", PASSWORD, display_name="Siti")
    Membership.objects.create(user=admin, role=Role.ADMINISTRATOR)
    agency = Agency.objects.create(code="1.03.01", name="Dinas Pekerjaan Umum", short="Dinas PU")
    planner = User.objects.create_user("andi", "andi@contoh.go.id", PASSWORD, display_name="Andi")
    Membership.objects.create(user=planner, role=Role.PLANNER, agency=agency)
    return running


def sign_in(page: Page, site: str, name: str = "siti") -> None:
    page.goto(f"{site}/akun/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def key(page: Page) -> None:
    """A virtual authenticator that keeps passkeys and always agrees."""
    driver = page.context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    driver.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_and_are_accessible(browser, site, axe, width):
    page, errors = watched(browser, viewport={"width": width, "height": 844})
    for path in ("/", "/akun/login/", "/akun/password/reset/"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
    sign_in(page, site)
    person = f"/pengaturan/orang/{User.objects.get(username='andi').pk}/"
    office = f"/pengaturan/perangkat-daerah/{Agency.objects.get().pk}/"
    for path in (*PAGES, person, office):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], path
    assert errors == []


def test_second_factor_by_app_and_recovery_code(browser, site):
    page, errors = watched(browser)
    sign_in(page, site)
    page.goto(f"{site}/akun/2fa/totp/activate/")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/totp/activate/")
    secret = page.input_value("#authenticator_secret")
    assert page.eval_on_selector("img.qr", "image => image.naturalWidth") > 0
    page.fill("[name=code]", code(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/recovery-codes/**")
    page.goto(f"{site}/akun/2fa/recovery-codes/")
    spare = page.locator("main").inner_text()
    known = [line.strip() for line in spare.split() if len(line) == 8 and line.isalnum()]
    shown = page.locator("textarea")
    if shown.count():
        known = shown.input_value().split()
    assert len(known) >= 8

    other, more = watched(browser)
    sign_in(other, site)
    assert "/2fa/authenticate/" in other.url
    other.fill("[name=code]", "000000")
    other.press("[name=code]", "Enter")
    other.wait_for_load_state()
    assert "/2fa/authenticate/" in other.url
    other.fill("[name=code]", known[0])
    other.press("[name=code]", "Enter")
    other.wait_for_url(f"{site}/")
    assert "Siti" in other.locator("header.site").inner_text()
    assert Event.objects.filter(action="people.add_factor", actor__username="siti").exists()
    assert errors == more == []


def test_passkey_is_added_and_signs_in(browser, site):
    page, errors = watched(browser)
    key(page)
    sign_in(page, site)
    page.goto(f"{site}/akun/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/webauthn/add/")
    page.fill("[name=name]", "Laptop kantor")
    if page.locator("[name=passwordless]").count():
        page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    page.goto(f"{site}/akun/2fa/webauthn/")
    assert "Laptop kantor" in page.locator("main").inner_text()
    page.click("header.site >> text=Keluar")
    page.wait_for_load_state()
    if page.locator("main form button").count() and "logout" in page.url:
        page.click("main form button")
    page.goto(f"{site}/akun/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{site}/")
    assert "Siti" in page.locator("header.site").inner_text()
    assert errors == []


def test_a_new_person_gets_a_password_that_works(browser, site):
    page, errors = watched(browser)
    sign_in(page, site)
    page.goto(f"{site}/pengaturan/orang/baru/")
    page.fill("[name=display_name]", "Rina")
    page.fill("[name=username]", "rina")
    page.fill("[name=email]", "rina@contoh.go.id")
    page.select_option("[name=role]", Role.PLANNER)
    page.select_option("[name=agency]", label="Dinas PU")
    page.click("text=Buat akun")
    password = page.inner_text("code.big")
    other, more = watched(browser, java_script_enabled=False)
    other.goto(f"{site}/akun/login/")
    other.fill("[name=login]", "rina@contoh.go.id")
    other.fill("[name=password]", password)
    other.click("main form button >> nth=0")
    assert "Rina" in other.locator("header.site").inner_text()
    assert other.goto(f"{site}/pengaturan/orang/").status == 403
    assert errors == []
    assert [e for e in more if "403" not in e] == []
