"""What a trial installation has and a production one has not: demo logins and a readable outbox."""

import datetime as dt
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tequio.people import outbox
from tequio.people.actions import end_role
from tests.cast import BY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(settings: Any, tmp_path: Any) -> Any:
    settings.TRIAL = True
    settings.DATA = tmp_path
    settings.EMAIL_BACKEND = "tequio.people.outbox.OutboxBackend"
    return settings


def test_the_sign_in_page_has_a_button_for_each_invented_person_of_a_practice_jurisdiction(
    people: Cast, trial: Any, client: Client
) -> None:
    page = client.get("/cuentas/login/").content.decode()
    buttons = [f'value="valle-del-ejemplo/{role.number}"' for role in people.valle.roles.values()]
    assert [button for button in buttons if button not in page] == []
    assert page.count('name="role"') == 13
    assert 'value="otro-lugar/' not in page


def test_a_demo_button_signs_in_and_acts_in_that_role(people: Cast, trial: Any, client: Client) -> None:
    number = people.valle.roles["secretariat"].number
    response = client.post("/cuentas/demo/", {"role": f"valle-del-ejemplo/{number}"})
    assert (response.status_code, response["Location"]) == (302, "/valle-del-ejemplo/gestion/")
    page = client.get("/valle-del-ejemplo/gestion/").content.decode()
    assert "Actúas por:" in page
    assert "Secretariado Técnico Local" in page


@pytest.mark.parametrize(
    "role", ["otro-lugar/2", "valle-del-ejemplo/999", "valle-del-ejemplo/x", "", "valle-del-ejemplo/²"]
)
def test_no_other_account_can_be_entered_by_the_demo_door(people: Cast, trial: Any, client: Client, role: str) -> None:
    assert client.post("/cuentas/demo/", {"role": role}).status_code == 404
    assert client.get("/mi/").status_code == 302


def test_real_people_in_a_practice_jurisdiction_have_no_demo_button(people: Cast, trial: Any, client: Client) -> None:
    account = people.valle.accounts["lead"]
    account.email = "beto@gobierno.mx"
    account.save()
    number = people.valle.roles["lead"].number
    assert f'value="valle-del-ejemplo/{number}"' not in client.get("/cuentas/login/").content.decode()
    assert client.post("/cuentas/demo/", {"role": f"valle-del-ejemplo/{number}"}).status_code == 404


def test_whoever_operates_the_installation_is_never_a_demo_login(people: Cast, trial: Any, client: Client) -> None:
    account = people.valle.accounts["lead"]
    account.is_staff = True
    account.save()
    assert (
        client.post("/cuentas/demo/", {"role": f"valle-del-ejemplo/{people.valle.roles['lead'].number}"}).status_code
        == 404
    )


def test_an_ended_role_has_no_demo_button(people: Cast, trial: Any, client: Client) -> None:
    role = end_role(role=people.valle.roles["lead"], until=dt.date(2026, 3, 15), by=BY)
    assert client.post("/cuentas/demo/", {"role": f"valle-del-ejemplo/{role.number}"}).status_code == 404


def test_production_has_neither_demo_logins_nor_outbox(people: Cast, settings: Any, client: Client) -> None:
    settings.TRIAL = False
    page = client.get("/cuentas/login/").content.decode()
    assert 'name="role"' not in page
    assert "buzon" not in page
    number = people.valle.roles["lead"].number
    assert client.post("/cuentas/demo/", {"role": f"valle-del-ejemplo/{number}"}).status_code == 404
    assert [client.get(path).status_code for path in ("/buzon/", "/en/buzon/", "/buzon/1-0/")] == [404, 404, 404]


def test_the_outbox_shows_the_newest_mail_first_with_links_that_can_be_followed(trial: Any, client: Client) -> None:
    for n in (1, 2):
        EmailMessage(f"Aviso {n}", f"Hola {n}\n\nhttps://ejemplo.mx/{n}/", to=["ana@ejemplo.invalid"]).send()
    assert [mail.subject for mail in outbox.kept()] == ["Aviso 2", "Aviso 1"]
    page = client.get("/buzon/").content.decode()
    assert page.index("Aviso 2") < page.index("Aviso 1")
    message = client.get(f"/buzon/{outbox.kept()[0].name}/").content.decode()
    assert '<a href="https://ejemplo.mx/2/"' in message


def test_mail_never_runs_as_markup_in_the_outbox(trial: Any, client: Client) -> None:
    EmailMessage("<b>x</b>", "<script>alert(1)</script>", to=["ana@ejemplo.invalid"]).send()
    page = client.get(f"/buzon/{outbox.kept()[0].name}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("name", ["..", "..%2Fsecret-key", "1", "1700000000000000-0.eml", "secret-key"])
def test_the_outbox_reads_no_other_file(trial: Any, client: Client, name: str) -> None:
    assert client.get(f"/buzon/{name}/").status_code == 404


def test_mails_sent_in_the_same_microsecond_are_all_kept(trial: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox.time, "time_ns", lambda: 1_700_000_000_000_000_000)
    for n in range(3):
        EmailMessage(f"Aviso {n}", "Hola", to=["ana@ejemplo.invalid"]).send()
    assert len(outbox.kept()) == 3
