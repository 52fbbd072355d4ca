"""A visitor, a reader of the API and whoever gets the export never see a contact, a draft, a guest, or a small group.

A marked word stands in every private column of every row, and where private words wait to become public (a review, its
corrections); then everything that leaves the installation is read. Of secret votes ``test_secret`` says more: nothing
anywhere differs when two people vote the other way round.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tequio.meetings import actions as meetings
from tequio.meetings import queries
from tequio.meetings.models import Attendance, Session
from tequio.mirror.registry import views
from tequio.opendata.tables import TABLES
from tequio.record.models import Act
from tequio.record.publish import publish
from tequio.record.sequence import sequence
from tequio.secretariat import actions
from tequio.secretariat.models import Matter
from tequio.secretariat.tests.stage import BY, DAY, SINCE, Stage
from tequio.succession.export import export
from tests.canary import WORD, hits, plant

IN_REVIEW = f"{WORD}999x"  # words that are not public yet
MINE = ("meetings.", "secretariat.", "people.")
SMALL, LARGE = "academia", "citizen"


def _guests(session: Session) -> None:
    for sector, people in ((SMALL, 3), (LARGE, 7)):
        for n in range(people):
            meetings.register(
                session=session,
                how=Attendance.How.SHEET,
                sector=sector,
                code=f"{sector[0]}{n}",
                name=f"Ana {n}",
                group="Vecinas",
                email=f"{sector}{n}@ejemplo.invalid",
                gender="woman",
            )


def _in_review(stage: Stage) -> None:
    """A session that was held, with small and large groups of guests, whose minutes are being read by those who were there."""
    at = dt.datetime(2026, 3, 16, 20, tzinfo=dt.UTC)
    session = meetings.plan_session(
        body=stage.body,
        kind="results",
        title="Segunda",
        starts_at=at,
        ends_at=at + dt.timedelta(hours=1),
        place="Biblioteca",
        by=BY,
    )
    item = meetings.write_item(session=session, title="Resultados", by=BY)
    session = Session.objects.select_related("jurisdiction", "body__jurisdiction").get(pk=session.pk)
    meetings.open_session(session=meetings.call_session(session=session, by=BY), by=BY, at=at)
    _guests(session)
    meetings.call_roll(session=session, present={stage.heads["c0"].pk: "room"}, by=BY)
    meetings.close_session(session=session, by=BY, at=at)
    minutes = queries.minutes_of(session)
    assert minutes is not None
    said = {"kind": "contribution", "text": f"{IN_REVIEW} dijo esto", "who": ""}
    draft = {"items": {str(item.number): {"entries": [said], "agreements": []}}}
    minutes = meetings.open_review(
        minutes=meetings.save_draft(minutes=minutes, draft=draft, revision=0), by=BY, today=DAY
    )
    who = session.attendees.filter(seat=None).first()
    meetings.ask_correction(minutes=minutes, attendance=who, text=f"{IN_REVIEW} no fue así", today=DAY)


def _public_pages() -> dict[str, bytes]:
    """Every page of the place that a copy holds, in both languages, and all that machines read."""
    addresses = {
        reverse(view.name, kwargs=row)
        for view in views()
        for row in view.rows()
        if row.get("jurisdiction") == "mesa" and not view.name.startswith("record:act")
    }
    addresses |= {f"/en{one}" for one in addresses if "/secretariado/" in one or "/sesiones/" in one}
    addresses |= {f"/mesa/datos/{table.name}.csv" for table in TABLES}
    addresses |= {f"/api/v1/mesa/{table.api}?size=200" for table in TABLES}
    addresses |= {"/mesa/datos/novedades.atom", "/mesa/sesiones/calendario.ics", "/api/v1/mesa/record"}
    found = {}
    for address in sorted(addresses):
        answer = Client().get(address)
        if answer.status_code == 200:
            found[address] = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found


@pytest.mark.once
@pytest.mark.tampers
def test_nothing_private_of_sessions_and_decisions_leaves_the_installation(
    stage: Stage, settings: Any, tmp_path: Path
) -> None:
    settings.BLOB_ROOT = tmp_path / "blobs"
    _guests(stage.session)
    secret = stage.open("¿Quién facilita?", matter=Matter.PERSON)
    stage.vote(secret, "fafaf", "faff")
    actions.close_decision(decision=secret, by=BY)
    stage.vote(stage.open("¿Y quién suple?", matter=Matter.PERSON), "fa", "f")  # its urn is open
    seat = meetings.add_seat(body=stage.body, name="Asiento de más", sector="cso", since=SINCE, by=BY)
    meetings.seat_holder(seat=seat, capacity="head", since=SINCE, by=BY)
    _in_review(stage)
    sequence(wait=True)
    planted = {**plant({"documents.Blob.media_type"}), "what is in review": IN_REVIEW}
    mine = {label for label in planted if label.startswith(MINE)}
    expected = {
        *("meetings.Attendance.name", "meetings.Attendance.email", "meetings.Attendance.group"),
        *("secretariat.Urn.counts", "people.Person.email", "people.Account.email"),
    }
    assert expected - mine == set(), "there was nothing to leak"
    found = _public_pages()
    assert {"/mesa/sesiones/1/pantalla/", "/mesa/secretariado/decisiones/1/", "/mesa/datos/asistencia.csv"} <= set(
        found
    )
    assert [(where, hits(data, planted)) for where, data in found.items() if hits(data, planted)] == []
    acts = b"\n".join(bytes(entry) for entry in Act.objects.values_list("entry", flat=True))
    assert hits(acts, planted) == []
    publish()
    export(tmp_path / "paquete")
    assert hits(tmp_path / "paquete", planted) == []
    # The large group is counted, the small one is named and its number is nowhere.
    told = queries.public_sessions(stage.jurisdiction).get(number=2).attendance["guests"]
    assert told == {"groups": {LARGE: 7}, "few": [SMALL]}
    row = next(line for line in found["/mesa/datos/asistencia.csv"].decode().splitlines() if line.startswith("2,"))
    assert (f"{LARGE}=7" in row, f"{SMALL}=" in row) == (True, False)
