"""Allies without a program: a page kept on their own computer signs, a sheet of paper remembers, and silence is said."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from tequio.record.core.cosignature import WitnessKey
from tequio.witnesses import actions, alarm, queries
from tequio.witnesses.models import Alarm, Cosignature
from tequio.witnesses.tests.test_witnesses import BY, grow, join, signs, tool

pytestmark = pytest.mark.django_db


def test_the_sheet_of_paper_is_what_the_program_compares(cast: Any) -> None:
    seal = grow(1)
    page = Client().get("/valle-del-ejemplo/registro/testigos/imprimir/").content.decode()
    words = page.split("comprobar-impreso ")[1].split("</code>")[0]
    size, root = words.replace("&quot;", '"').replace('"', "").split(" ", 1)
    assert (int(size), tool().printed(root).hex()) == (seal.size, seal.root)


def test_three_days_without_enough_witnesses_are_said_once_by_mail_and_on_the_page(cast: Any) -> None:
    monday = timezone.make_aware(dt.datetime(2026, 3, 16, 12))
    with time_machine.travel(monday, tick=False):
        ally = join(1, "cso")
        signs(ally, grow(1))
    with time_machine.travel(monday + dt.timedelta(days=2), tick=False):
        grow(2)
        assert (alarm.silent_since(), alarm.tell_if_silent()) == (None, 0)
    with time_machine.travel(monday + dt.timedelta(days=4), tick=False):
        last = grow(3)
        assert alarm.silent_since() == queries.newest_attested().made  # type: ignore[union-attr]
        before = len(mail.outbox)
        told = alarm.tell_if_silent()
        assert (told, alarm.tell_if_silent(), len(mail.outbox) - before, Alarm.objects.count()) == (told, 0, told, 1)
        assert cast.operator.email in [to for message in mail.outbox for to in message.to]
        address = "/valle-del-ejemplo/registro/testigos/"
        assert "no han firmado bastantes aliados" in Client().get(address).content.decode()
        signs(ally, last)
        assert alarm.silent_since() is None
        assert "no han firmado bastantes aliados" not in Client().get(address).content.decode()


def test_a_signature_that_is_none_comes_back_with_the_reason(cast: Any) -> None:
    address = "/valle-del-ejemplo/registro/testigos/entregar/"
    answer = Client().post(address, {"signed": "cualquier cosa"})
    assert (answer.status_code, "no es un sello firmado" in answer.content.decode()) == (422, True)
    assert "cualquier cosa" in answer.content.decode()


def petition(old: int) -> str:
    return Client().get(f"/registro/peticion/{old}").content.decode()


def test_a_page_kept_on_a_computer_signs_without_network_and_refuses_what_does_not_add_up(
    browser: Any,
    cast: Any,
    tmp_path: Path,
) -> None:
    first = grow(1)
    file = tmp_path / "tequio_firma.html"
    file.write_bytes(Client().get("/registro/tequio_firma.html").content)
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri())
    page.fill("#name", "vecinas.ejemplo/mano")
    page.click("#make")
    expect(page.locator("#vkey")).to_contain_text("vecinas.ejemplo/mano+")
    vkey = page.locator("#vkey").inner_text()
    assert WitnessKey.parse(vkey).name == "vecinas.ejemplo/mano"
    actions.join_witness(name="Vecinas", sector="cso", vkey=vkey, by=BY)

    def sign(text: str) -> str:
        page.fill("#request", text)
        page.click("#sign")
        expect(page.locator("#said")).not_to_be_empty()
        return str(page.locator("#said").get_attribute("data-said"))

    def hand_in() -> int:
        address = "/valle-del-ejemplo/registro/testigos/entregar/"
        return (
            Client().post(address, {"signed": page.locator("#signed").input_value().replace("\n", "\r\n")}).status_code
        )

    start = petition(0)
    assert (sign(start), hand_in()) == ("good", 302)
    page.reload()  # what it signed last stays on the computer
    seal = grow(2)
    grown = petition(first.size)
    # Another story from the same key: as if what was signed before were not there.
    lines = grown.split("\n")
    forged = "\n".join([lines[0], *lines[2:]])
    assert [sign(start), sign(forged), sign(grown.replace("\n\n", "\n\nx", 1))] == ["bad", "bad", "bad"]
    assert page.locator("#signed").input_value() == ""
    assert (sign(grown), hand_in()) == ("good", 302)
    context.close()
    done = Cosignature.objects.order_by("id").values_list("checkpoint__size", flat=True)
    assert (list(done), queries.newest_attested()) == ([first.size, seal.size], seal)
