"""Bodies, sessions, who comes, and the pages on which all of it is done."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.meetings import actions, counting, invitations, queries, tokens
from tequio.meetings.models import (
    AgendaItem,
    Attendance,
    Correction,
    Invitation,
    Minutes,
    SeatHolder,
    Session,
)
from tequio.meetings.tests.make import DAY, Table, at, guest, numbers
from tequio.people.acting import actor_of
from tequio.people.actions import invite
from tequio.people.models import Role
from tequio.record.models import Act
from tequio.record.sequence import sequence

J = "/valle-del-ejemplo/"
WORK = J + "gestion/sesiones/"


# --- Bodies and seats ------------------------------------------------------------------------------------------------


def test_a_seat_has_one_head_and_a_relief_is_public_on_both_sides(table: Table) -> None:
    seat, before = table.seats["tribunal"], table.holders["elena"]
    nora = invite(jurisdiction=table.place.jurisdiction, name="Nora", email="nora@ejemplo.invalid")
    after = actions.seat_holder(
        seat=seat, capacity="head", person=nora, named=True, since=dt.date(2026, 3, 1), by=table.by
    )
    before = SeatHolder.objects.get(pk=before.pk)
    assert (before.until, after.public_name) == (dt.date(2026, 2, 28), "Nora")
    # Whoever was relieved acts no more.
    assert Role.objects.get(pk=before.role_id).until == dt.date(2026, 2, 28)
    page = Client().get(J + "organos/secretariado/").content.decode()
    assert ("1 relevo" in page, "vacante" in page) == (True, True)
    assert page.index("Nora") < page.index("Elena")


def test_a_relief_before_the_term_began_is_refused(table: Table) -> None:
    nora = invite(jurisdiction=table.place.jurisdiction, name="Nora", email="nora@ejemplo.invalid")
    with pytest.raises(ValidationError):
        actions.seat_holder(
            seat=table.seats["tribunal"], capacity="head", person=nora, since=dt.date(2026, 1, 5), by=table.by
        )


def test_a_body_without_time_to_correct_is_refused(table: Table) -> None:
    for fields in ({"review_days": 0}, {"minutes_days": 3, "review_days": 3}):
        with pytest.raises(ValidationError):
            actions.change_body(body=table.body, by=table.by, **fields)
        table.body.refresh_from_db()


def test_a_closed_seat_ends_its_holders_terms(table: Table) -> None:
    actions.close_seat(seat=table.seats["tribunal"], until=dt.date(2026, 3, 10), why="Se fusionó.", by=table.by)
    assert set(SeatHolder.objects.filter(seat=table.seats["tribunal"]).values_list("until", flat=True)) == {
        dt.date(2026, 3, 10)
    }


def test_a_liaison_votes_only_with_a_delegation_that_covers_the_session(table: Table) -> None:
    elena, luis = table.holders["elena"], table.holders["luis"]
    session = table.opened()
    actions.call_roll(session=session, present={luis.pk: "room"}, by=table.by)
    assert queries.may_vote(session) == {}
    row = actions.delegate(giver=elena, taker=luis, session=session, by=table.by)
    assert queries.may_vote(session) == {elena.seat_id: luis}
    actions.call_roll(session=session, present={luis.pk: "room", elena.pk: "remote"}, by=table.by)
    assert queries.may_vote(session) == {elena.seat_id: elena}
    actions.call_roll(session=session, present={luis.pk: "room"}, by=table.by)
    actions.withdraw_delegation(delegation=row, on=DAY, by=table.by)
    assert queries.may_vote(session) == {}
    with pytest.raises(ValidationError):
        actions.delegate(giver=luis, taker=elena, session=session, by=table.by)


# --- Sessions --------------------------------------------------------------------------------------------------------


def test_a_draft_is_nobodys_business_and_a_called_session_everybodys(table: Table, settings: Any) -> None:
    session = table.session()
    path = f"{J}sesiones/{session.number}/"
    assert Client().get(path).status_code == 404
    assert not Act.objects.filter(kind__startswith="agenda.").exists()
    actions.call_session(session=session, by=table.by)
    page = Client().get(path).content.decode()
    assert ("Calendario de cocreación" in page, "Convocada tarde" in page) == (True, False)
    assert "csrfmiddlewaretoken" not in page
    ical = Client().get(J + "sesiones/calendario.ics").content.decode()
    assert ("BEGIN:VEVENT" in ical, "DTSTART;TZID" in ical or "DTSTART:" in ical) == (True, True)


def test_a_late_invitation_is_told_in_public_and_not_forbidden(table: Table) -> None:
    session = table.called(dt.date(2026, 3, 18))
    assert (session.invite_by, session.invited_late) == (dt.date(2026, 3, 13), True)
    assert "La convocatoria salió tarde" in Client().get(f"{J}sesiones/{session.number}/").content.decode()


def test_a_session_without_agenda_is_not_called(table: Table) -> None:
    session = table.session()
    AgendaItem.objects.filter(session=session).delete()
    with pytest.raises(ValidationError):
        actions.call_session(session=session, by=table.by)


def test_the_invitation_reaches_each_holder_once_with_its_calendar(table: Table) -> None:
    session = table.called()
    assert Invitation.objects.count() == 3
    assert (invitations.send_due(), invitations.send_due()) == (3, 0)
    sent = mail.outbox[0]
    assert sent.attachments[0][0].endswith(".ics")
    assert ("Calendario de cocreación" in sent.body, f"/sesiones/{session.number}/" in sent.body) == (True, True)


def test_any_seat_proposes_and_what_does_not_enter_has_a_public_reason(table: Table) -> None:
    item = actions.propose_item(body=table.body, title="Presupuesto abierto", seat=table.seats["vecinas"], by=table.by)
    other = actions.propose_item(body=table.body, title="Otra cosa", seat=table.seats["tribunal"], by=table.by)
    session = table.session()
    actions.accept_item(item=item, session=session, by=table.by)
    with pytest.raises(ValidationError):
        actions.decline_item(item=other, reason="  ", by=table.by)
    actions.decline_item(item=other, reason="Ya se trató en febrero.", by=table.by)
    page = Client().get(J + "sesiones/propuestas/").content.decode()
    assert ("Sociedad civil organizada" in page, "Ya se trató en febrero." in page) == (True, True)
    # Of a session that is a draft, the record says nothing yet.
    entry = json.loads(bytes(Act.objects.filter(on=item.subject_key()).latest("rev").entry))
    assert (entry["state"]["state"], "session" in entry["state"]) == ("accepted", False)
    with pytest.raises(ValidationError):
        actions.change_item(item=item, title="Palabras ajenas", by=table.by)


def test_a_cancelled_session_gives_its_proposals_back(table: Table) -> None:
    item = actions.propose_item(body=table.body, title="Presupuesto", seat=table.seats["vecinas"], by=table.by)
    session = table.session()
    actions.accept_item(item=item, session=session, by=table.by)
    actions.call_session(session=session, by=table.by)
    actions.cancel_session(session=session, reason="No hay quórum.", by=table.by)
    item.refresh_from_db()
    assert (item.state, item.session_id) == ("proposed", None)


# --- Attendance ------------------------------------------------------------------------------------------------------


def test_small_groups_are_named_and_not_counted() -> None:
    assert counting.shown({"cso": 7, "academia": 5}, 5) == {"groups": {"academia": 5, "cso": 7}, "few": [], "total": 12}
    # One small group alone would follow from the total.
    assert counting.shown({"cso": 7, "academia": 2}, 5) == {"groups": {"cso": 7}, "few": ["academia"]}
    assert counting.shown({"cso": 3, "academia": 2, "citizen": 9}, 5) == {
        "groups": {"citizen": 9},
        "few": ["academia", "cso"],
        "total": 14,
    }


def test_a_phone_registers_without_an_account_and_a_seat_counts_when_seen(table: Table) -> None:
    session = table.opened()
    path = f"{J}sesiones/{session.number}/asistir/{tokens.for_session(session)}/"
    with time_machine.travel(at(DAY, 10), tick=False):
        assert Client().post(path, {"sector": ""}).status_code == 422
        answer = Client().post(path, {"sector": "citizen", "name": "Canaria Presente", "email": "cp@ejemplo.invalid"})
        assert answer.status_code == 302
        assert "Tu asistencia ya cuenta" in Client().get(answer["Location"]).content.decode()
        answer = Client().post(path, {"seat": str(table.holders["vera"].pk)})
        assert "Falta que confirmen que estás" in Client().get(answer["Location"]).content.decode()
    assert queries.counted(session)["guests"]["few"] == ["citizen"]
    assert queries.counted(session)["seats"][1] == {"seat": 2}
    row = Attendance.objects.get(holder=table.holders["vera"])
    actions.confirm_attendance(attendance=row)
    assert queries.counted(session)["seats"][1] == {"seat": 2, "head": "room"}


def test_a_wrong_code_and_another_sessions_code_open_nothing(table: Table) -> None:
    one, other = table.opened(), table.called(dt.date(2026, 3, 30))
    for token in ("x", tokens.for_session(other)):
        assert Client().get(f"{J}sesiones/{one.number}/asistir/{token}/").status_code == 404
    assert Client().get(J + "sesiones/presente/x/").status_code == 404


def test_a_sheet_entered_twice_counts_once(table: Table) -> None:
    session = table.held()
    for _again in range(2):
        actions.register(session=session, how="sheet", sector="cso", code="P07", name="Ana")
    assert session.attendees.filter(code="P07").count() == 1


def test_no_name_and_no_address_of_whoever_came_is_public(table: Table) -> None:
    session = table.opened()
    for n in range(6):
        guest(session, name=f"Canario {n}", email=f"canario{n}@ejemplo.invalid", gender="woman", group="Grupo Canario")
    guest(session, "academia", name="Canaria Sola")
    minutes = table.written(actions.close_session(session=session, by=table.by, at=at(DAY, 12)))
    minutes = actions.open_review(minutes=minutes, by=table.by, today=DAY)
    actions.approve(minutes=minutes, by=table.by, today=DAY + dt.timedelta(days=7))
    sequence()
    assert Attendance.objects.filter(name="Canario 0").exists()
    pages = b"".join(
        Client().get(J + path).content
        for path in (f"sesiones/{session.number}/", "registro/", "organos/secretariado/", "sesiones/")
    )
    pages += Client().get("/api/v1/valle-del-ejemplo/attendance").content
    pages += b"".join(Client().get(J + "datos/asistencia.csv").streaming_content)
    acts = b"".join(bytes(act.entry) for act in Act.objects.all())
    assert b"citizen=6" in pages
    assert b"academia=" not in pages
    for secret in (b"Canario", b"canario", b"Canaria Sola", b"woman"):
        assert (secret in pages, secret in acts) == (False, False)
    assert "Ciudadanía no organizada: 6" in pages.decode()
    assert "Unas pocas personas de: Academia" in " ".join(pages.decode().split())


def test_who_the_guests_were_is_forgotten_and_their_number_kept(table: Table) -> None:
    session = table.opened()
    row = guest(session, name="Ana", email="ana@ejemplo.invalid", gender="woman")
    minutes = table.written(actions.close_session(session=session, by=table.by, at=at(DAY, 12)))
    minutes = actions.open_review(minutes=minutes, by=table.by, today=DAY)
    minutes = actions.approve(minutes=minutes, by=table.by, today=DAY + dt.timedelta(days=7))
    day = minutes.approved_on + dt.timedelta(days=90)
    assert (actions.forget(day), actions.forget(day + dt.timedelta(days=1))) == (0, 1)
    row.refresh_from_db()
    assert (row.name, row.email, row.sector, row.gender) == ("", "", "citizen", "woman")


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_the_secretariat_takes_a_session_through_its_pages(table: Table) -> None:
    client = table.place.client("secretariat")
    sent = {
        "title_es": "Segunda sesión", "kind": "ordinary", "day": "2026-03-23", "start": "10:00", "end": "12:00",
        "mode": "room", "place": "Sala 1", "services": ["sign_language"],
    }  # fmt: skip
    wrong = client.post(f"{J}gestion/organos/secretariado/sesion/", {**sent, "place": ""})
    assert (wrong.status_code, "Di dónde es" in wrong.content.decode()) == (422, True)
    assert client.post(f"{J}gestion/organos/secretariado/sesion/", sent).status_code == 302
    session = Session.objects.latest("pk")
    path = f"{WORK}{session.number}/"
    rows = {"tema-TOTAL_FORMS": "2", "tema-INITIAL_FORMS": "0", "tema-0-title": "Uno", "tema-1-title": "Dos"}
    assert client.post(path + "orden-del-dia/", rows).status_code == 302
    assert client.post(path + "documento/", {"title": "Borrador", "url": "https://ejemplo.org/b"}).status_code == 302
    assert client.post(path + "convocar/").status_code == 302
    with time_machine.travel(at(DAY, 10), tick=False):
        client = table.place.client("secretariat")
        client.post(path + "empezar/")
        roll = {"hacer": "lista", **{f"h{row.pk}": "room" for row in table.holders.values()}}
        assert client.post(path + "asistencia/", roll).status_code == 302
        client.post(path + "asistencia/", {"hacer": "persona", "sector": "cso", "mode": "room", "code": "p01"})
        number = numbers(session)[0]
        said = {
            "revision": "0", f"e{number}-TOTAL_FORMS": "1", f"e{number}-INITIAL_FORMS": "0",
            f"e{number}-0-text": "Se presentó.", f"e{number}-0-kind": "note",
        }  # fmt: skip
        answer = client.post(path + "acta/", said, headers={"X-Autosave": "1"})
        assert answer.json() == {"revision": 1}
        # The same again, for its answer was lost, is no conflict; other words with an old revision are one.
        assert client.post(path + "acta/", said, headers={"X-Autosave": "1"}).json() == {"revision": 1}
        other = {**said, f"e{number}-0-text": "Otra cosa."}
        assert client.post(path + "acta/", other, headers={"X-Autosave": "1"}).status_code == 409
        assert "Se presentó." in client.get(path + "acta/").content.decode()
        client.post(path + "terminar/")
        other = numbers(session)[1]
        said |= {
            "revision": "1",
            f"e{other}-TOTAL_FORMS": "1",
            f"e{other}-INITIAL_FORMS": "0",
            f"e{other}-0-text": "No se trató.",
        }
        assert client.post(path + "acta/", {**said, "seguir": "1"})["Location"] == path + "acta/revision/"
        luis = table.place.client("seat_liaison")
        assert luis.post(path + "acta/revision/", {"text": "Falta decir quién.", "entry": "1"}).status_code == 302
        row = Correction.objects.get()
        fix = {"accept": "no", "reason": "Nadie en particular."}
        assert client.post(f"{path}acta/correcciones/{row.number}/", fix).status_code == 302
    with time_machine.travel(at(DAY + dt.timedelta(days=7), 10), tick=False):
        client = table.place.client("secretariat")
        assert client.post(path + "acta/aprobar/").status_code == 302
        assert Minutes.objects.get(session=session).state == "review"
        client.post(path + "acta/aprobar/", {"sure": "on"})
    assert Minutes.objects.get(session=session).state == "approved"


def test_the_directory_shows_the_seats_of_the_secretariat(table: Table) -> None:
    page = Client().get(J + "secretariado/").content.decode()
    assert ("Lugar vecinas" in page, "Vera Canaria" in page, "Poder Judicial" in page) == (True, True, True)


def test_whoever_has_no_seat_does_not_propose_and_a_facilitator_runs_only_tables(table: Table) -> None:
    path = f"{J}gestion/organos/secretariado/proponer/"
    assert table.place.client("lead").get(path).status_code == 403
    liaison = table.place.client("seat_liaison")
    assert liaison.post(path, {"seat": "1", "title": "Datos abiertos"}).status_code == 302
    assert AgendaItem.objects.get(title="Datos abiertos").sector == "gov_judicial"
    session = table.session()
    facilitator = table.place.client("facilitator")
    assert facilitator.get(f"{WORK}{session.number}/").status_code == 403
    mesa = actions.found_body(
        jurisdiction=table.place.jurisdiction,
        kind="table",
        name={"es": "Mesa de agua"},
        by=actor_of(table.place.roles["secretariat"]),
    )
    made = actions.plan_session(
        body=mesa,
        kind="table",
        title={"es": "Mesa"},
        starts_at=at(DAY, 10),
        ends_at=at(DAY, 11),
        place="Sala",
        by=table.by,
    )
    assert facilitator.get(f"{WORK}{made.number}/").status_code == 200
