"""Signing in and the pages of an account in a real browser: no fault of axe, no script refused, keys that work."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail

WEBAUTHN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser: Any, live_server: Any, transactional_db: None) -> Iterator[Any]:
    """A phone of 320 pixels whose console must stay empty."""
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, base_url=live_server.url.replace("127.0.0.1", "localhost")
    )
    context.set_default_timeout(8000)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert said == []


def looked_at(page: Any) -> list[str]:
    """What axe finds in both lights, and whether the page is wider than the phone."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme} {rule['id']} {page.url}" for rule in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"too wide {page.url}")
    return found


def enter(page: Any, email: str) -> None:
    page.goto("/cuentas/login/")
    page.fill("#id_login", email)
    page.click("text=Enviarme el código")
    page.wait_for_selector("#id_code")
    code = re.search(r"^ {4}([A-Z0-9-]+)$", mail.outbox[-1].body, re.MULTILINE)
    assert code is not None
    page.fill("#id_code", code.group(1))
    page.click("main button:has-text('Entrar')")
    page.wait_for_url("**/mi/")


def test_the_way_in_and_the_pages_of_an_account_have_no_fault_on_a_phone_in_either_light(page: Any) -> None:
    found = []
    page.goto("/cuentas/login/")
    found += looked_at(page)
    page.fill("#id_login", "ana@ejemplo.mx")
    page.click("text=Enviarme el código")
    page.wait_for_selector("#id_code")
    found += looked_at(page)
    page.goto("/cuentas/login/")  # leads back to the code that waits
    page.click("text=Usar otro correo")
    page.wait_for_selector("#id_login")
    enter(page, "eva@ejemplo.mx")
    found += looked_at(page)
    for path in ("2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "email/", "logout/"):
        page.goto(f"/cuentas/{path}")
        found += looked_at(page)
    assert found == []


def test_a_passkey_is_added_and_lets_its_person_in_without_a_mail(page: Any) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": WEBAUTHN})
    enter(page, "rosa@ejemplo.mx")
    page.goto("/cuentas/2fa/webauthn/add/")
    page.fill("#id_name", "Mi teléfono")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/2fa/reauthenticate/**")
    page.goto("/cuentas/2fa/webauthn/")
    assert page.inner_text("main li b") == "Mi teléfono"
    page.goto("/cuentas/logout/")
    page.click("main button:has-text('Salir')")
    page.wait_for_load_state()
    sent = len(mail.outbox)
    page.goto("/cuentas/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/mi/")
    assert (page.inner_text(".hero p"), len(mail.outbox)) == ("rosa@ejemplo.mx", sent)


def test_a_key_that_fails_says_so(page: Any) -> None:
    page.goto("/cuentas/login/")
    assert page.is_hidden("[data-key-form]")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.click("#passkey_login")
    page.wait_for_selector("[data-key-form]:visible")
    assert "Tu dispositivo no pudo usar la llave" in page.inner_text("[data-key-form]")
