"""Who sits at the table of the journey of co-creation, what is said there, who votes on short statements, and what a commitment
needs beyond its story."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from tequio.cocreation.models import Call, JointDraft
from tequio.labs import actions as labs
from tequio.labs import codes, tokens
from tequio.labs.models import Lab
from tequio.meetings import actions as meetings
from tequio.meetings.models import Attendance, Session
from tequio.meetings.tests.make import minutes_of, numbers
from tequio.opinions import actions as opinions
from tequio.opinions.models import Conversation
from tequio.people.acting import actor_of
from tequio.people.actions import invite
from tequio.secretariat import actions as deciding
from tequio.secretariat.deciding import Rules
from tests.cast import SINCE, Place

TODAY = dt.date(2026, 3, 16)
# Seven people of four sectors.
SEATS = {
    "c0": "cso",
    "c1": "cso",
    "c2": "academia",
    "c3": "citizen",
    "g0": "gov_municipal",
    "g1": "gov_municipal",
    "g2": "gov_municipal",
}
SPOKEN = "Publicar cada mes, barrio por barrio, cuánta agua se pierde en fugas. Así todos podemos revisarlo."


class Body:
    """The table's seats with somebody in each, and its sessions."""

    def __init__(self, place: Place) -> None:
        self.by = actor_of(place.roles["secretariat"])
        here = place.jurisdiction
        self.body = meetings.found_body(jurisdiction=here, kind="table", name="Mesa del agua", slug="agua", by=self.by)
        deciding.lay_down_rules(body=self.body, data=Rules(consensus_first=False).data(), by=self.by, on=SINCE)
        self.heads = {}
        for key, sector in SEATS.items():
            seat = meetings.add_seat(body=self.body, name=f"Lugar {key}", sector=sector, since=SINCE, by=self.by)
            person = invite(jurisdiction=here, name=f"Persona {key}", email=f"{key}@ejemplo.invalid")
            self.heads[key] = meetings.seat_holder(
                seat=seat, capacity="head", person=person, named=True, since=SINCE, by=self.by
            )

    def session(self, title: str, hour: int) -> Session:
        """A session that is going on, with everybody there."""
        at = dt.datetime.combine(TODAY, dt.time(hour), ZoneInfo("America/Mexico_City"))
        made = meetings.plan_session(
            body=self.body,
            kind="table",
            title=title,
            starts_at=at,
            ends_at=at + dt.timedelta(hours=1),
            place="Biblioteca",
            by=self.by,
        )
        meetings.write_item(session=made, title="Fugas de agua", by=self.by)
        meetings.call_session(session=made, by=self.by)
        opened = meetings.open_session(session=made, by=self.by, at=at)
        for holder in self.heads.values():
            meetings.register(session=opened, how=Attendance.How.HAND, holder=holder)
        return opened

    def minutes(self, session: Session) -> None:
        """Somebody's contribution stands in approved minutes."""
        closed = meetings.close_session(session=session, by=self.by)
        minutes = minutes_of(closed)
        first = closed.attendees.order_by("pk").first()
        assert first is not None
        entry = {"kind": "contribution", "who": f"a{first.pk}", "text": SPOKEN}
        items = {str(n): {"entries": [entry], "agreements": []} for n in numbers(closed)}
        meetings.save_draft(minutes=minutes, draft={"items": items}, revision=minutes.revision)
        meetings.open_review(minutes=minutes_of(closed), by=self.by, today=TODAY)
        reviewed = minutes_of(closed)
        meetings.approve(minutes=reviewed, by=self.by, today=reviewed.review_until + dt.timedelta(days=1))

    def vote(self, session: Session, draft: JointDraft, letters: str) -> Any:
        """All seven vote on adopting the draft, in the order of their seats."""
        decision = deciding.open_decision(
            session=session, question="¿Se adopta?", about=draft.subject_key(), by=self.by
        )
        for (_key, holder), letter in zip(self.heads.items(), letters, strict=True):
            choice = {"f": "for", "a": "against"}[letter]
            deciding.cast_ballot(decision=decision, holder=holder, choice=choice, by=actor_of(holder.role))
        return deciding.close_decision(decision=decision, by=self.by)


def open_lab(place: Place, call: Call) -> tuple[Lab, str, str]:
    """A lab of the call that stops in a square today: the lab, the address where its sheets are entered, a sheet's code."""
    by = actor_of(place.roles["secretariat"])
    lab = labs.prepare_lab(
        jurisdiction=place.jurisdiction,
        title={"es": "Laboratorio del agua"},
        call=call,
        promised_people=30,
        promised_places=1,
        facilitators=[place.roles["facilitator"]],
    )
    labs.add_stop(lab=lab, by=by, place="Plaza principal", day=TODAY)
    lab = labs.publish_lab(lab=lab, by=by)
    sheet = labs.print_sheets(lab=lab, count=1)[0]
    address = f"/{place.jurisdiction.slug}/captura/{lab.number}/{tokens.key_of(lab)}/"
    return lab, address, codes.shown(sheet.code)


def ask_opinions(place: Place, call: Call) -> Conversation:
    """A conversation about the call, with three statements to vote on."""
    by = actor_of(place.roles["secretariat"])
    asked = opinions.prepare_conversation(
        jurisdiction=place.jurisdiction,
        question={"es": "¿Qué va primero con el agua?"},
        about=call.subject_key(),
        opens=TODAY,
        closes=TODAY + dt.timedelta(days=20),
    )
    for words in (
        "Publicar las fugas cada mes",
        "Primero los barrios sin agua",
        "Que el recibo suba a quien más gasta",
    ):
        opinions.seed(conversation=asked, text=words, by=by)
    return opinions.publish_conversation(conversation=asked, by=by)


def forty_vote(place: Place, asked: Conversation) -> None:
    """Forty people, each with a browser of their own: all want the leaks published; 27 and 13 part over the rest."""
    page = f"/{place.jurisdiction.slug}/opiniones/{asked.number}/votar/"
    for n in range(40):
        client, most = Client(), n % 3 < 2
        for number, agrees in ((1, True), (2, most), (3, not most)):
            answer = client.post(page, {"frase": number, "voto": "de-acuerdo" if agrees else "en-desacuerdo"})
            assert answer.status_code == 302
    opinions.close_conversation(
        conversation=asked, by=actor_of(place.roles["secretariat"]), why="Ya votó quien iba a votar."
    )


def rest_of(place: Place) -> dict[str, Any]:
    """What a commitment needs beyond its story to be published."""
    lead = place.roles["lead"].number
    return {
        "branch": "municipal",
        "lead": {"slug": "agua", "name": "Organismo de Agua"},
        "head_role": lead,
        "liaison_role": lead,
        "start": "2026-04-01",
        "end": "2027-03-31",
        "horizon": "medium",
        "status_quo": {"es": "Nadie publica cuánta agua se pierde."},
        "contribution": {"es": "Cualquiera podrá revisar si las fugas se reparan."},
        "values": [{"key": "transparency", "reason": {"es": "Los datos se publican."}}],
        "policy_areas": ["education"],
        "sector": "education",
        "sdg_targets": [{"code": "6.4"}],
        "unfunded": True,
        "unfunded_reason": {"es": "Se hace con personal propio."},
        "activities": [
            {
                "title": {"es": "Publicar la primera tabla"},
                "expected_output": {"es": "Una tabla por barrio"},
                "start": "2026-04-01",
                "due": "2026-09-30",
                "responsible_words": "Dirección General",
                "means_of_verification": [{"type": "dataset"}],
            }
        ],
        "indicators": [
            {
                "name": {"es": "Meses publicados"},
                "method": {"es": "Conteo"},
                "unit": "meses",
                "frequency": "semestral",
                "direction": "ascendente",
                "baseline_value": "0",
                "targets": [{"period": "2027", "value": "12"}],
            }
        ],
    }
