"""What the room and those outside it see while a session goes on, and whom a change or a cancellation reaches."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.meetings import actions, invitations, letters, queries
from tequio.meetings.models import Attendance, Invitation, Session
from tequio.meetings.tests.make import DAY, Table, at, guest, numbers
from tequio.record.models import Act
from tests.cast import signed_in

J = "/valle-del-ejemplo/"


def screen(session: Session, client: Client | None = None) -> str:
    answer = (client or Client()).get(f"{J}sesiones/{session.number}/pantalla/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_screen_shows_what_is_dealt_with_what_comes_next_and_who_is_there(table: Table) -> None:
    session = table.called()
    for title in ("Presupuesto", "Asuntos generales"):
        actions.write_item(session=session, title=title, by=table.by)
    actions.open_session(session=session, by=table.by, at=at(DAY, 10))
    before = screen(session)
    assert ("La sesión empezó" in before, "Gobierno: 1 lugar" in before) == (True, True)
    assert ('<meta http-equiv="refresh" content="20">' in before, "js/screen.js" in before) == (True, True)
    desk = signed_in(table.place.accounts["secretariat"])
    first, second, _third = numbers(session)
    work = f"{J}gestion/sesiones/{session.number}/"
    assert desk.post(f"{work}punto/{first}/").status_code == 302
    assert desk.post(f"{work}acta/", {"revision": "0", "tratar": str(second)}).status_code == 302
    actions.call_roll(session=session, present={table.holders["elena"].pk: "room"}, by=table.by)
    page = screen(session)
    assert ('<span class="n">2</span> Presupuesto' in page, "</b> Asuntos generales" in page) == (True, True)
    assert ("Gobierno: 1 de 1" in page, "Sociedad civil: 0 de 2" in page) == (True, True)
    assert ("Elena" in page, "csrfmiddlewaretoken" in page) == (False, False)
    still = Client().get(f"{J}sesiones/{session.number}/pantalla/?quieta=1").content.decode()
    assert ("http-equiv" in still, "js/screen.js" in still) == (False, False)
    assert "Se está tratando" in Client().get(f"{J}sesiones/{session.number}/").content.decode()
    actions.close_session(session=Session.public_rows().get(pk=session.pk), by=table.by, at=at(DAY, 12))
    over = screen(session)
    assert ("La sesión terminó" in over, "js/screen.js" in over) == (True, False)


def test_only_a_session_that_goes_on_turns_to_an_item_and_to_another_than_now(table: Table) -> None:
    session = table.called()
    item = queries.agenda_of(session).get()
    with pytest.raises(ValidationError):
        actions.begin_item(item=item, by=table.by)
    actions.open_session(session=session, by=table.by, at=at(DAY, 10))
    actions.begin_item(item=item, by=table.by)
    with pytest.raises(ValidationError):
        actions.begin_item(item=item, by=table.by)
    assert Act.objects.filter(kind="agenda.begun").count() == 1


def test_while_it_goes_on_the_record_tells_of_seats_and_of_no_guest(table: Table) -> None:
    session = table.opened()
    for _n in range(6):
        guest(session)
    actions.call_roll(session=session, present={table.holders["vera"].pk: "room"}, by=table.by)
    entry = json.loads(bytes(Act.objects.get(kind="session.roll").entry))
    assert entry["state"]["attendance"] == {"seats": [{"seat": 1}, {"seat": 2, "head": "room"}, {"seat": 3}]}
    actions.call_roll(session=session, present={table.holders["vera"].pk: "room"}, by=table.by)
    assert Act.objects.filter(kind="session.roll").count() == 1
    actions.close_session(session=session, by=table.by, at=at(DAY, 12))
    assert session.attendance["guests"]["groups"] == {"citizen": 6}


def test_whoever_was_invited_hears_of_a_change_and_of_a_cancellation(table: Table) -> None:
    session = table.called()
    assert invitations.send_due() == 3
    moved = {"starts_at": at(DAY, 16), "ends_at": at(DAY, 18)}
    actions.change_session(session=session, by=table.by, why="La sala está ocupada.", **moved)
    assert (invitations.send_due(), invitations.send_due()) == (3, 0)
    changed = mail.outbox[3]
    assert (changed.subject, "La sala está ocupada." in changed.body, "16:00" in changed.body) == (
        "Cambió la sesión: Primera sesión",
        True,
        True,
    )
    actions.cancel_session(session=session, reason="No hay quórum.", by=table.by)
    assert invitations.send_due() == 3
    gone = mail.outbox[6]
    assert ("Se canceló" in gone.subject, "No hay quórum." in gone.body) == (True, True)
    assert "STATUS:CANCELLED" in gone.attachments[0][1]


def test_whoever_never_heard_of_a_session_does_not_hear_of_its_end(table: Table) -> None:
    session = table.called()
    actions.change_session(session=session, by=table.by, why="Otra hora.", ends_at=at(DAY, 13))
    assert set(Invitation.objects.values_list("about", "sent")) == {("called", None)}
    actions.cancel_session(session=session, reason="No hay quórum.", by=table.by)
    assert (invitations.send_due(), mail.outbox) == (0, [])


def test_the_letter_that_asks_to_read_the_minutes_leaves_once_to_each(table: Table) -> None:
    session = table.opened()
    guest(session, email="visita@ejemplo.invalid")
    guest(session)
    actions.call_roll(session=session, present={table.holders["vera"].pk: "room"}, by=table.by)
    actions.close_session(session=session, by=table.by, at=at(DAY, 12))
    assert letters.send_due() == 0
    table.reviewed(session)
    assert (letters.send_due(), letters.send_due()) == (2, 0)
    assert {address for one in mail.outbox for address in one.to} == {"visita@ejemplo.invalid", "vera@ejemplo.invalid"}
    assert Attendance.objects.filter(told_at=None).count() == 0


def test_a_seats_own_phone_shows_it_in_the_room_at_once(table: Table, noon: Any) -> None:
    import time_machine

    from tequio.meetings import tokens

    session = table.opened()
    elena = table.holders["elena"]
    path = f"{J}sesiones/{session.number}/asistir/{tokens.for_session(session)}/"
    with time_machine.travel(at(DAY, 10) + dt.timedelta(minutes=5), tick=False):
        assert signed_in(table.place.accounts["seat_head"]).post(path, {"seat": str(elena.pk)}).status_code == 302
    assert queries.sides_of(Session.objects.select_related("body").get(pk=session.pk))[1].present == 1
