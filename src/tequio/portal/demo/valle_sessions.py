"""The Secretariat of Valle del Ejemplo at work (all invented): eight seats of four sectors, a held session with approved
minutes, one that is called, proposals, and agreements at every step. By the verbs that people use, whole or not at all."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction

from tequio.meetings import actions, queries
from tequio.meetings.models import Agreement, Attendance, Body, Minutes, Seat, Session
from tequio.people.acting import actor_of
from tequio.people.actions import invite
from tequio.people.models import Organisation
from tequio.people.queries import DEMO_DOMAIN
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import WORKS, both
from tequio.record.append import Actor

SLUG = "secretariado"
# Institution, name of its seat in two languages, who heads it (of the cast, or invented: name and first part of the
# address), who is its liaison.
SEATS = [
    ("ayuntamiento", "Presidencia Municipal", "Mayor's Office", "rosa", "dario"),
    ("agua", "Organismo de Agua", "Water Utility", "elena", ""),
    ("obras-publicas", "Obras Públicas", "Public Works", "raul", ""),
    ("tesoreria", "Tesorería", "Treasury", "", ""),
    ("vecinas-y-agua", "Vecinas y Agua", "Neighbours and Water", "Olga Ejemplo", ""),
    ("cuentas-claras", "Cuentas Claras", "Clear Accounts", "Hugo Ejemplo", ""),
    ("universidad", "Universidad del Ejemplo", "University of the Example", "Julia Ejemplo", ""),
    ("camara", "Cámara de Comercio", "Chamber of Commerce", "Marcos Ejemplo", ""),
]


def meet(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Tells what is not there yet."""
    if Body.objects.filter(jurisdiction=jurisdiction, slug=SLUG).exists():
        return
    with transaction.atomic():
        by = actor_of(cast["sofia"])
        body = _body(jurisdiction, today, by)
        seats = _seats(body, cast, today, by)
        _held(body, seats, today, by)
        _coming(body, seats, today, by)


def _body(jurisdiction: Jurisdiction, today: dt.date, by: Actor) -> Body:
    return actions.found_body(
        jurisdiction=jurisdiction,
        kind=Body.Kind.SECRETARIAT,
        slug=SLUG,
        name=both(
            "Secretariado Técnico Local de Valle del Ejemplo", "Local Technical Secretariat of Valle del Ejemplo"
        ),
        purpose=both(
            "Reúne a gobierno, sociedad civil, academia y empresas para acordar el plan y vigilar que se cumpla. (Inventado.)",
            "Brings government, civil society, academia and business together to agree on the plan and watch it. (Invented.)",
        ),
        founded_on=today - dt.timedelta(days=400),
        founding_url=f"{WORKS}/acta-de-instalacion",
        rules_url=f"{WORKS}/lineamientos",
        rules_on=today - dt.timedelta(days=390),
        starts=today - dt.timedelta(days=400),
        by=by,
    )


def _seats(body: Body, cast: Cast, today: dt.date, by: Actor) -> dict[str, Seat]:
    organisations = {row.slug: row for row in Organisation.objects.filter(jurisdiction=body.jurisdiction)}
    since = today - dt.timedelta(days=380)
    found = {}
    for slug, es, en, head, liaison in SEATS:
        seat = actions.add_seat(
            body=body, name=both(es, en), sector=organisations[slug].sector, organisation=organisations[slug], by=by
        )
        found[slug] = seat
        for capacity, who in (("head", head), ("liaison", liaison)):
            if who in cast and who:
                actions.seat_holder(seat=seat, capacity=capacity, role=cast[who], since=since, by=by)
            elif who:
                email = who.split()[0].lower() + DEMO_DOMAIN
                person = invite(jurisdiction=body.jurisdiction, name=who, email=email)
                actions.seat_holder(seat=seat, capacity=capacity, person=person, named=True, since=since, by=by)
            elif capacity == "head":
                actions.seat_holder(seat=seat, capacity=capacity, since=since, note="Renuncia (de práctica)", by=by)
    return found


def _at(body: Body, day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), ZoneInfo(body.jurisdiction.time_zone))


def _session(body: Body, day: dt.date, es: str, en: str, by: Actor) -> Session:
    made = actions.plan_session(
        body=body,
        kind=Session.Kind.ORDINARY,
        title=both(es, en),
        starts_at=_at(body, day, 10),
        ends_at=_at(body, day, 12),
        mode=Session.Mode.BOTH,
        place="Casa de la Cultura, salón 2 (de práctica)",
        link=f"{WORKS}/sala",
        services=["sign_language", "childcare"],
        by=by,
    )
    return Session.objects.select_related("jurisdiction", "body__jurisdiction").get(pk=made.pk)


def _held(body: Body, seats: dict[str, Seat], today: dt.date, by: Actor) -> None:
    day = _weekday(today - dt.timedelta(days=45))
    proposed = actions.propose_item(
        body=body,
        title="Publicar las fugas reparadas cada semana",
        text="Que la bitácora de fugas se publique cada lunes, con la colonia y la fecha.",
        seat=seats["vecinas-y-agua"],
        today=day - dt.timedelta(days=20),
        by=by,
    )
    session = _session(body, day, "Segunda sesión ordinaria", "Second ordinary session", by)
    actions.accept_item(item=proposed, session=session, today=day - dt.timedelta(days=12), by=by)
    actions.write_item(session=session, title="Cómo va el plan", by=by)
    actions.add_document(session=session, title="Informe de avances (de práctica)", url=f"{WORKS}/avances", by=by)
    session = actions.call_session(session=session, today=day - dt.timedelta(days=10), by=by)
    session = actions.open_session(session=session, at=_at(body, day, 10), by=by)
    present = {row.pk: "room" for row in queries.holders_on(body, day) if row.seat_id != seats["camara"].pk}
    actions.call_roll(session=session, present=present, by=by)
    for n in range(9):
        sector = "citizen" if n < 7 else "academia"
        actions.register(session=session, how=Attendance.How.SHEET, sector=sector, code=f"P{n + 1:02}")
    session = actions.close_session(session=session, at=_at(body, day, 12), by=by)
    _minutes(session, seats, day, today, by)


def _minutes(session: Session, seats: dict[str, Seat], day: dt.date, today: dt.date, by: Actor) -> None:
    minutes = Minutes.objects.get(session=session)
    minutes.session = session
    people = {row.seat_id: f"a{row.pk}" for row in session.attendees.exclude(seat=None)}
    first, second = (str(item.number) for item in queries.agenda_of(session))
    leaks = {
        "entries": [
            _said(
                "contribution", people[seats["vecinas-y-agua"].pk], "Que la bitácora de fugas se publique cada lunes."
            ),
            _said("statement", people[seats["agua"].pk], "Podemos publicarla cada semana a partir del mes que entra."),
        ],
        "agreements": [
            _agreed("Publicar la bitácora de fugas cada lunes.", seats["agua"], today + dt.timedelta(days=5)),
            _agreed(
                "Explicar en el mercado cómo se lee la bitácora.", seats["vecinas-y-agua"], today - dt.timedelta(days=8)
            ),
        ],
    }
    plan = {
        "entries": [_said("note", "", "Se presentó el informe de avances y se resolvieron dudas.")],
        "agreements": [
            _agreed(
                "Nombrar a quien ocupe la Tesorería en la mesa.", seats["ayuntamiento"], day + dt.timedelta(days=15)
            )
        ],
    }
    actions.save_draft(minutes=minutes, draft={"items": {first: leaks, second: plan}}, revision=0)
    minutes = actions.open_review(minutes=minutes, today=day + dt.timedelta(days=2), by=by)
    assert minutes.review_until is not None  # noqa: S101  set by the review
    here = session.attendees.filter(seat=seats["agua"]).get()
    asked = actions.ask_correction(
        minutes=minutes,
        attendance=here,
        entry=minutes.entries.get(number=2),
        text="Dije «en dos meses», no «el mes que entra».",
        today=day + dt.timedelta(days=3),
    )
    actions.answer_correction(
        correction=asked,
        accept=True,
        text="Podemos publicarla cada semana a partir de dentro de dos meses.",
        reason="Así consta en la grabación de la sesión.",
        today=minutes.review_until,
    )
    actions.approve(minutes=minutes, today=minutes.review_until + dt.timedelta(days=1), by=by)
    done = Agreement.objects.get(session=session, text__startswith="Nombrar")
    actions.follow_up(
        agreement=done,
        text="El Ayuntamiento ya pidió el nombramiento. (Nota inventada.)",
        today=day + dt.timedelta(days=14),
        state=Agreement.State.DONE,
        by=by,
    )


def _said(kind: str, who: str, text: str) -> dict[str, str]:
    return {"kind": kind, "who": who, "text": text}


def _agreed(text: str, seat: Seat, due: dt.date) -> dict[str, str]:
    return {"text": text, "owner": f"s{seat.number}", "due": due.isoformat()}


def _coming(body: Body, seats: dict[str, Seat], today: dt.date, by: Actor) -> None:
    day = _weekday(today + dt.timedelta(days=9))
    session = _session(body, day, "Tercera sesión ordinaria", "Third ordinary session", by)
    accepted = actions.propose_item(
        body=body,
        title="Calendario del siguiente plan",
        seat=seats["universidad"],
        today=today - dt.timedelta(days=6),
        by=by,
    )
    declined = actions.propose_item(
        body=body, title="Permisos para el tianguis", seat=seats["camara"], today=today - dt.timedelta(days=5), by=by
    )
    actions.accept_item(item=accepted, session=session, today=today - dt.timedelta(days=4), by=by)
    actions.decline_item(
        item=declined,
        reason="No toca a este Secretariado: lo resuelve la Dirección de Comercio.",
        today=today - dt.timedelta(days=4),
        by=by,
    )
    actions.call_session(session=session, today=today - dt.timedelta(days=3), by=by)
    actions.propose_item(
        body=body,
        title="Abrir los contratos de obra",
        seat=seats["cuentas-claras"],
        today=today - dt.timedelta(days=1),
        by=by,
    )


def _weekday(day: dt.date) -> dt.date:
    """The day, or the Monday after a weekend."""
    return day + dt.timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
