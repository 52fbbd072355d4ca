"""Signing in: an e-mail address, its code, and in."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as real
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from tequio.people import actions
from tequio.people.models import Account
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def ask_for_code(client: Client, email: str, prefix: str = "") -> str:
    """The code that the mail to ``email`` carries."""
    response = client.post(f"{prefix}/cuentas/login/", {"login": email})
    assert (response.status_code, response["Location"]) == (302, f"{prefix}/cuentas/login/code/confirm/")
    found = re.search(r"^ {4}([A-Z0-9-]+)$", mail.outbox[-1].body, re.MULTILINE)
    assert found is not None
    return found.group(1)


def test_one_address_and_one_code_let_a_known_person_in(people: Cast, client: Client) -> None:
    sofia = people.valle.accounts["secretariat"]
    code = ask_for_code(client, sofia.email)
    response = client.post("/cuentas/login/code/confirm/", {"code": code})
    assert (response.status_code, response["Location"]) == (302, "/mi/")
    page = client.get("/mi/").content.decode()
    assert "Secretariado Técnico Local" in page
    assert "/valle-del-ejemplo/gestion/personas/" in page


def test_a_new_address_gets_an_account_that_gives_no_role(client: Client) -> None:
    code = ask_for_code(client, "Nueva@Ejemplo.mx")
    client.post("/cuentas/login/code/confirm/", {"code": code})
    account = Account.objects.get()
    assert (account.email, account.is_staff, account.has_usable_password()) == ("nueva@ejemplo.mx", False, False)
    assert "Tu cuenta todavía no tiene un papel" in client.get("/mi/").content.decode()


def test_known_and_new_addresses_see_the_same(people: Cast) -> None:
    pages = []
    for email in (people.valle.accounts["lead"].email, "nadie@ejemplo.mx"):
        client = Client()
        ask_for_code(client, email)
        page = client.get("/cuentas/login/code/confirm/").content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        pages.append(page.replace(email, "…"))
    assert pages[0] == pages[1]


def test_a_wrong_code_lets_nobody_in(people: Cast, client: Client) -> None:
    ask_for_code(client, people.valle.accounts["secretariat"].email)
    response = client.post("/cuentas/login/code/confirm/", {"code": "AAAA-AAAA"})
    assert "Hay algo que corregir" in response.content.decode()
    assert client.get("/mi/").status_code == 302


def test_a_closed_account_gets_no_code(client: Client) -> None:
    Account.objects.create_user("cerrada@ejemplo.mx", is_active=False)
    client.post("/cuentas/login/", {"login": "cerrada@ejemplo.mx"})
    assert [message.subject for message in mail.outbox] == ["Tequio: no pudimos abrir tu cuenta"]
    assert Account.objects.count() == 1


def test_whoever_was_sent_to_sign_in_comes_back_to_where_they_were_going(people: Cast, client: Client) -> None:
    wanted = "/valle-del-ejemplo/gestion/personas/"
    response = client.get(wanted)
    assert response["Location"] == f"/cuentas/login/?next={wanted}"
    response = client.post("/cuentas/login/", {"login": people.valle.accounts["secretariat"].email, "next": wanted})
    code = re.search(r"^ {4}([A-Z0-9-]+)$", mail.outbox[-1].body, re.MULTILINE)
    assert code is not None
    response = client.post(response["Location"], {"code": code.group(1), "next": wanted})
    assert response["Location"] == wanted


def test_too_many_codes_for_one_address_are_refused(client: Client) -> None:
    for _n in range(3):
        ask_for_code(Client(), "misma@ejemplo.mx")
    response = client.post("/cuentas/login/", {"login": "misma@ejemplo.mx"})
    assert (response.status_code, len(mail.outbox)) == (200, 3)


def test_a_flood_of_attempts_from_one_place_gets_a_page_that_says_wait() -> None:
    answers = [Client().post("/cuentas/login/", {"login": f"n{n}@ejemplo.mx"}) for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Espera un momento" in answers[-1].content.decode()


@pytest.mark.parametrize("path", ["signup/", "login/code/", "password/reset/", "password/change/"])
def test_registering_and_passwords_lead_to_the_one_way_in(client: Client, path: str) -> None:
    response = client.get(f"/cuentas/{path}?next=/jalisco/")
    assert (response.status_code, response["Location"]) == (302, "/cuentas/login/?next=%2Fjalisco%2F")


def test_mail_speaks_the_language_of_the_page_and_can_be_answered(client: Client, settings: Any) -> None:
    settings.REPLY_TO = "secretariado@ejemplo.mx"
    ask_for_code(client, "hola@ejemplo.mx")
    message = mail.outbox[-1]
    assert message.extra_headers == {"Reply-To": "secretariado@ejemplo.mx"}
    assert "Responde a este correo: lo lee una persona." in message.body
    assert settings.BASE_URL in message.body
    assert [kind for _content, kind in message.alternatives] == ["text/html"]
    ask_for_code(Client(), "hello@ejemplo.mx", "/en")
    assert Account.objects.get(email="hello@ejemplo.mx").language == "en"


def test_an_address_verified_by_another_account_is_that_accounts(people: Cast) -> None:
    nadia = people.without_role
    EmailAddress.objects.create(user=nadia, email="otra@ejemplo.mx", verified=True)
    person = actions.invite(jurisdiction=people.valle.jurisdiction, name="Nadia", email="Otra@ejemplo.mx")
    assert person.account == nadia


def test_pages_of_the_account_are_not_kept_by_anybody(people: Cast) -> None:
    client = people.valle.client("secretariat")
    for path in ("/mi/", "/valle-del-ejemplo/gestion/", "/valle-del-ejemplo/gestion/personas/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_a_provider_of_an_institution_stands_on_the_sign_in_page_when_configured(client: Client, settings: Any) -> None:
    assert "Entrar con Gobierno" not in client.get("/cuentas/login/").content.decode()
    app = {
        "provider_id": "oidc",
        "name": "Gobierno",
        "client_id": "tequio",
        "secret": "x",
        "settings": {"server_url": "https://entrada.ejemplo.mx"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    assert "Entrar con Gobierno" in client.get("/cuentas/login/").content.decode()


def test_every_page_of_the_account_is_in_the_common_look_in_both_languages(people: Cast) -> None:
    lead = people.valle.accounts["lead"]
    EmailAddress.objects.filter(user=lead).update(verified=True)
    client = signed_in(lead)
    paths = ("email/", "logout/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "3rdparty/")
    for path in paths:
        for prefix, language in (("", "es-MX"), ("/en", "en")):
            page = client.get(f"{prefix}/cuentas/{path}").content.decode()
            assert f'<html lang="{language}">' in page, path
            assert page.count("<h1") == 1, path
            assert not re.search(r'<script(?![^>]*(\bsrc=|type="application/json"))|\sstyle=|\son\w+="', page), path


def test_passwords_are_no_way_in_even_for_an_account_that_has_one(client: Client) -> None:
    Account.objects.create_user("clave@ejemplo.mx", "una clave larga 123")
    client.post("/cuentas/login/", {"login": "clave@ejemplo.mx", "password": "una clave larga 123"})
    assert client.get("/mi/").status_code == 302


def test_secrets_of_the_installation_are_not_in_the_settings_file() -> None:
    assert len(real.SECRET_KEY) >= 50


def test_a_command_names_who_runs_the_installation_and_takes_it_back(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("operator", "oscar@ejemplo.mx")
    account = Account.objects.get()
    assert (account.is_staff, account.has_perm("places.create_jurisdiction")) == (True, True)
    call_command("operator", "oscar@ejemplo.mx", "--end")
    assert not Account.objects.get().is_staff
    with pytest.raises(CommandError):
        call_command("operator", "no es un correo")
