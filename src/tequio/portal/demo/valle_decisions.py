"""What the Secretariat of Valle del Ejemplo decides (all invented): a question that first fails inside civil society and
then passes, somebody elected in secret, rules proposed, and a session that is going on, in which anybody who tries the
portal can vote. By the verbs that people use, whole or not at all."""

import datetime as dt
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db import transaction

from tequio.meetings import actions as meetings
from tequio.meetings import queries as meeting
from tequio.meetings.models import Attendance, Body, Capacity, SeatHolder, Session
from tequio.people.acting import actor_of
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import both
from tequio.record.append import Actor
from tequio.secretariat import actions
from tequio.secretariat.deciding import SECRET, Majority, Quorum, Rules, Share
from tequio.secretariat.models import Decision, DecisionRules, Matter

TWO_THIRDS = Share(Fraction(2, 3))
RULES = Rules(
    quorum=Quorum(sectors=3, civil=2, government=2),
    matters={Matter.RULES.value: (Majority(TWO_THIRDS), ""), Matter.PERSON.value: (None, SECRET)},
)
Heads = dict[str, SeatHolder]


def decide(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Tells what is not there yet."""
    body = meeting.secretariat_of(jurisdiction, today)
    if body is None or DecisionRules.objects.filter(body=body).exists():
        return
    with transaction.atomic():
        by = actor_of(cast["sofia"])
        founded = body.founded_on or today
        actions.lay_down_rules(
            body=body, data=RULES.data(), why="Lineamientos de operación (de práctica).", on=founded, by=by
        )
        _held(body, today - dt.timedelta(days=6), by)
        _going_on(body, today, by)


def _session(body: Body, day: dt.date, es: str, en: str, item: str, by: Actor) -> tuple[Session, Heads]:
    """A session that is open, with everybody who occupies a seat in the room."""
    at = dt.datetime.combine(day, dt.time(9), ZoneInfo(body.jurisdiction.time_zone))
    made = meetings.plan_session(
        body=body,
        kind=Session.Kind.EXTRAORDINARY,
        title=both(es, en),
        starts_at=at,
        ends_at=at + dt.timedelta(hours=9),
        place="Casa de la Cultura, salón 2 (de práctica)",
        by=by,
    )
    session = Session.objects.select_related("jurisdiction", "body__jurisdiction").get(pk=made.pk)
    meetings.write_item(session=session, title=item, by=by)
    session = meetings.call_session(session=session, today=day - dt.timedelta(days=4), by=by)
    session = meetings.open_session(session=session, at=at, by=by)
    heads: Heads = {}
    for holder in meeting.holders_on(body, day):
        if holder.capacity == Capacity.HEAD and holder.seat.organisation:
            heads[holder.seat.organisation.slug] = holder
            meetings.register(session=session, how=Attendance.How.HAND, holder=holder)
    meetings.count_attendance(session=session, by=by)
    meetings.begin_item(item=session.agenda.select_related("jurisdiction", "body").get(follows=None), by=by)
    return session, heads


def _as(holder: SeatHolder) -> dict[str, SeatHolder | Actor]:
    assert holder.role is not None  # noqa: S101  every head of the demo acts through a role
    return {"holder": holder, "by": actor_of(holder.role)}


def _vote(decision: Decision, heads: Heads, day: dt.date, votes: dict[str, tuple[str, str]]) -> None:
    for slug, (choice, reason) in votes.items():
        own = {} if decision.is_secret else {"reason": reason}
        actions.cast_ballot(decision=decision, choice=choice, on=day, **own, **_as(heads[slug]))  # type: ignore[arg-type]


def _held(body: Body, day: dt.date, by: Actor) -> None:
    session, heads = _session(
        body,
        day,
        "Sesión extraordinaria: la bitácora de fugas",
        "Extraordinary session: the log of leaks",
        "Publicar las fugas reparadas cada semana",
        by,
    )
    item = session.agenda.get(follows=None)
    first = actions.open_decision(
        session=session,
        item=item,
        question=both(
            "¿Se publica la bitácora de fugas una vez al mes?", "Is the log of leaks published once a month?"
        ),
        text=both("El Organismo de Agua la subiría el último viernes de cada mes.", ""),
        on=day,
        by=by,
    )
    actions.object_to(
        decision=first,
        reason="Un mes es mucho: para entonces nadie se acuerda de la fuga. Propusimos cada lunes.",
        on=day,
        **_as(heads["vecinas-y-agua"]),  # type: ignore[arg-type]
    )
    first = actions.put_to_vote(decision=first, on=day, by=by)
    late = "Queremos verla cada semana."
    _vote(
        first,
        heads,
        day,
        {
            **dict.fromkeys(("ayuntamiento", "agua", "obras-publicas", "camara"), ("for", "")),
            **dict.fromkeys(("vecinas-y-agua", "cuentas-claras", "universidad"), ("against", late)),
        },
    )
    actions.close_decision(decision=first, on=day, by=by)
    second = actions.open_decision(
        session=session,
        item=item,
        question=both(
            "¿Se publica la bitácora de fugas cada lunes, a partir de dentro de dos meses?",
            "Is the log of leaks published every Monday, starting in two months?",
        ),
        text=both(
            "Con la colonia, la fecha del reporte y la de la reparación. Dos meses para preparar el sistema.", ""
        ),
        on=day,
        by=by,
    )
    actions.object_to(
        decision=second,
        reason="Cada lunes es mucho trabajo para quien la captura.",
        on=day,
        **_as(heads["camara"]),  # type: ignore[arg-type]
    )
    second = actions.put_to_vote(decision=second, on=day, by=by)
    _vote(
        second,
        heads,
        day,
        {
            **dict.fromkeys(("ayuntamiento", "agua", "vecinas-y-agua", "cuentas-claras", "universidad"), ("for", "")),
            "obras-publicas": ("abstain", ""),
            "camara": ("against", "Cada lunes es mucho trabajo."),
        },
    )
    actions.close_decision(decision=second, on=day, by=by)
    person = actions.open_decision(
        session=session,
        question=both(
            "¿Facilita Cuentas Claras las sesiones de este semestre?",
            "Does Cuentas Claras facilitate the sessions of this half-year?",
        ),
        matter=Matter.PERSON,
        on=day,
        by=by,
    )
    actions.declare_conflict(
        decision=person,
        reason="Somos la organización de la que se trata.",
        on=day,
        **_as(heads["cuentas-claras"]),  # type: ignore[arg-type]
    )
    actions.object_to(
        decision=person,
        reason="Preferimos que se vote.",
        on=day,
        **_as(heads["agua"]),  # type: ignore[arg-type]
    )
    person = actions.put_to_vote(decision=person, on=day, by=by)
    voters = ("ayuntamiento", "agua", "obras-publicas", "vecinas-y-agua", "universidad", "camara")
    _vote(person, heads, day, {slug: ("against" if slug == "agua" else "for", "") for slug in voters})
    actions.close_decision(decision=person, on=day, by=by)
    meetings.close_session(session=session, at=session.starts_at + dt.timedelta(hours=5), by=by)


def _going_on(body: Body, day: dt.date, by: Actor) -> None:
    session, heads = _session(
        body,
        day,
        "Sesión de práctica, en curso: aquí puedes votar",
        "Practice session, going on: you can vote here",
        "Contratos de obra",
        by,
    )
    decision = actions.open_decision(
        session=session,
        item=session.agenda.get(follows=None),
        question=both(
            "¿Se publican los contratos de obra con sus modificaciones?",
            "Are works contracts published with their amendments?",
        ),
        text=both(
            "Cada contrato, con su monto, su empresa y cada cambio, a más tardar diez días después de firmarse.", ""
        ),
        on=day,
        by=by,
    )
    actions.object_to(
        decision=decision,
        reason="Diez días es poco cuando hay muchos contratos.",
        on=day,
        **_as(heads["obras-publicas"]),  # type: ignore[arg-type]
    )
    decision = actions.put_to_vote(decision=decision, on=day, by=by)
    _vote(decision, heads, day, {"cuentas-claras": ("for", "Es dinero de todas y todos."), "universidad": ("for", "")})
    stricter = Rules(
        quorum=Quorum(TWO_THIRDS, sectors=3, civil=2, government=2), majority=RULES.majority, matters=RULES.matters
    )
    why = "Que haya quórum con dos tercios de los asientos, para que nadie decida con media mesa vacía. (Inventado.)"
    actions.propose_rules(body=body, data=stricter.data(), why=why, on=day, by=by)
