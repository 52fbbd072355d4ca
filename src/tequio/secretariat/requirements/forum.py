"""What the forum itself must be and do: PC-1.1, PC-5.1, LC-1 to LC-3 and TQ-1 to TQ-3."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import pairwise

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.common.dates import PartialDate, add_months, in_words
from tequio.common.i18n import best
from tequio.meetings.models import Agreement, Body, Minutes, Seat, SeatHolder, Session, SessionDocument
from tequio.plans.models import Plan
from tequio.record.subjects import url
from tequio.secretariat.models import Decision
from tequio.secretariat.requirements import (
    AT_RISK,
    FAILED,
    LAST_PART,
    MET,
    NOT_DUE,
    UNKNOWN,
    Context,
    Evidence,
    Finding,
    before,
    register,
)
from tequio.vocabularies import terms

SIX_MONTHS, RESULTS, SHOWN = 6, 2, 5


def start_of(plan: Plan) -> dt.date | None:
    """The first day of a plan."""
    return PartialDate(plan.start or "").first


def cocreation(plan: Plan) -> tuple[dt.date | None, dt.date | None]:
    """The days on which the co-creation of a plan began and ended; None where no phase says so."""
    phase: dict[str, str] = next((row for row in plan.phases if row.get("key") == "cocreation"), {})
    return PartialDate(phase.get("start") or "").first, PartialDate(phase.get("end") or "").last


def _of(session: Session) -> Evidence:
    return Evidence(f"{best(session.title)[0]}, {in_words(session.day)}", url(session.subject_key()))


def _body(body: Body) -> Evidence:
    return Evidence(best(body.name)[0], url(body.subject_key()))


def _nothing(words: str) -> Finding:
    return Finding(FAILED, next=words)


def sides_of(session: Session, government: dict[int, bool]) -> set[bool]:
    """Which sides came to a session, from its public count: True for government. ``government`` tells it of seats by number."""
    told = session.attendance
    sides = {
        government[row["seat"]]
        for row in told.get("seats", [])
        if row["seat"] in government and any(row.get(name) for name in ("head", "liaison", "alternate"))
    }
    guests = told.get("guests", {})
    return sides | {terms.is_government(sector) for sector in (*guests.get("groups", {}), *guests.get("few", []))}


def counting(bodies: Collection[Body], kinds: Iterable[str] = ()) -> list[Session]:
    """The sessions of some bodies that count (standards §11), in order of time: held, with approved minutes, and with
    somebody of government and somebody outside it. Two queries, however many bodies."""
    rows = Session.objects.filter(body__in=bodies, state=Session.State.HELD, minutes__state=Minutes.State.APPROVED)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    government: dict[int, dict[int, bool]] = defaultdict(dict)
    for seat in Seat.objects.filter(body__in=bodies):
        government[seat.body_id][seat.number] = seat.is_government
    found = rows.select_related("jurisdiction", "body").order_by("starts_at")
    return [row for row in found if len(sides_of(row, government[row.body_id])) > 1]


def _filled(body: Body, day: dt.date) -> set[bool]:
    """The sides of which somebody holds a seat on a day: True for government."""
    rows = SeatHolder.objects.filter(seat__body=body).select_related("seat")
    return {row.seat.is_government for row in rows if row.holds_on(day) and row.seat.exists_on(day)}


def space_exists(context: Context) -> Finding:
    """PC-1.1a, by the start of co-creation."""
    body = context.body
    start, _end = cocreation(context.plan)
    missing = []
    if body is None:
        return _nothing(_("Registra el Secretariado como órgano, con sus asientos y su acta de instalación."))
    if len(_filled(body, context.today)) < 2:
        missing.append(_("que haya alguien de gobierno y alguien de fuera en sus asientos"))
    if not (body.founding_act_id or body.founding_url):
        missing.append(_("publicar su acta de instalación"))
    if not missing:
        return Finding(MET, [_body(body)])
    words = _("Falta %(what)s.") % {"what": "; ".join(missing)}
    late = start is None or start < context.today
    return Finding(FAILED if late else AT_RISK, [_body(body)], words, start)


def meets_each_half_year(context: Context) -> Finding:
    """PC-1.1b: no gap of more than six months between sessions that count."""
    body = context.body
    if body is None:
        return _nothing(_("Registra el Secretariado como órgano, con sus asientos y su acta de instalación."))
    begin = body.starts or body.founded_on or start_of(context.plan)
    if begin is None:
        return Finding(UNKNOWN, next=_("Falta la fecha en que empezó a trabajar el Secretariado."))
    held = counting([body])
    end = min(PartialDate(context.plan.end or "").last or context.today, context.today)
    days = [begin, *(row.day for row in held if row.day >= begin)]
    gaps = [(one, two) for one, two in pairwise(days) if two > add_months(one, SIX_MONTHS)]
    evidence = [_of(row) for row in held[-SHOWN:]]
    last = days[-1]
    due = add_months(last, SIX_MONTHS)
    if gaps:
        one, two = gaps[-1]
        told = _("Entre el %(one)s y el %(two)s pasaron más de seis meses sin sesión.")
        return Finding(FAILED, evidence, told % {"one": in_words(one), "two": in_words(two)}, due)
    if due < end:
        told = _("Convoca ya: la última sesión que cuenta fue el %(day)s. Cuentan las que tienen acta aprobada.")
        return Finding(FAILED, evidence, told % {"day": in_words(last)}, due)
    words = _("La próxima sesión tiene que ser a más tardar el %(day)s.") % {"day": in_words(due)}
    if len(days) == 1:
        return Finding(before(due, begin, context.today), evidence, words, due)
    risk = (due - context.today) * LAST_PART <= due - last
    return Finding(AT_RISK if risk else MET, evidence, words, due)


def rules_public(context: Context) -> Finding:
    """PC-1.1c: the operating rules, and the rules of decision that this portal keeps."""
    body = context.body
    if body is None:
        return _nothing(_("Registra el Secretariado como órgano, con sus asientos y su acta de instalación."))
    own = reverse("secretariat:rules", args=[body.jurisdiction.slug, body.slug])
    if body.rules_document_id or body.rules_url:
        return Finding(MET, [_body(body), Evidence(_("Cómo decide"), own)])
    return Finding(FAILED, [_body(body)], _("Publica los lineamientos de operación en la página del órgano."))


def results_sessions(context: Context) -> Finding:
    """PC-5.1: in each twelve months from the plan's start two results sessions that count, with documents of results."""
    start, end = start_of(context.plan), PartialDate(context.plan.end or "").last
    if start is None or context.body is None:
        return Finding(UNKNOWN, next=_("Falta la fecha de inicio del plan o el órgano que lo sigue."))
    if context.today < start:
        return Finding(NOT_DUE, due=add_months(start, 12))
    held = counting([context.body], [Session.Kind.RESULTS])
    with_results = set(
        SessionDocument.objects.filter(session__in=held, is_result=True, published_on__isnull=False).values_list(
            "session", flat=True
        )
    )
    good = [row for row in held if row.pk in with_results]
    windows, begin = [], start
    while begin <= context.today and (end is None or begin < end):
        windows.append((begin, add_months(begin, 12)))
        begin = windows[-1][1]
    evidence = [_of(row) for row in good[-SHOWN:]]
    counts = [sum(one <= row.day < two for row in good) for one, two in windows]
    missed = [window for window, n in zip(windows[:-1], counts[:-1], strict=True) if n < RESULTS]
    one, due = windows[-1]
    if missed:
        told = _(
            "En el año que empezó el %(day)s no hubo dos sesiones de resultados con acta y documento de resultados."
        )
        return Finding(FAILED, evidence, told % {"day": in_words(missed[-1][0])}, due)
    if counts[-1] >= RESULTS:
        return Finding(MET, evidence, due=due)
    left = RESULTS - counts[-1]
    words = ngettext(
        "Falta %(n)s sesión de resultados antes del %(day)s.",
        "Faltan %(n)s sesiones de resultados antes del %(day)s.",
        left,
    )
    return Finding(before(due, one, context.today), evidence, words % {"n": left, "day": in_words(due)}, due)


def forum_exists(context: Context) -> Finding:
    """LC-1."""
    if context.body is None:
        return _nothing(_("Registra el Secretariado como órgano, con sus asientos y su acta de instalación."))
    return Finding(MET, [_body(context.body)])


def multi_stakeholder(context: Context) -> Finding:
    """LC-2."""
    if context.body is None:
        return _nothing(_("Registra el Secretariado como órgano, con sus asientos y su acta de instalación."))
    sides = _filled(context.body, context.today)
    if len(sides) > 1:
        return Finding(MET, [_body(context.body)])
    words = (
        _("Nadie de gobierno ocupa un asiento.")
        if True not in sides
        else _("Nadie de fuera de gobierno ocupa un asiento.")
    )
    return Finding(FAILED, [_body(context.body)], words)


def met_in_cocreation(context: Context) -> Finding:
    """LC-3: a session that counts while the plan was being made; of the forum or of one of its tables."""
    start, end = cocreation(context.plan)
    if start is None or context.body is None:
        return Finding(UNKNOWN, next=_("Falta la fecha en que empezó la cocreación, en las fases del plan."))
    bodies = list(Body.objects.filter(Q(pk=context.body.pk) | Q(parent=context.body)))
    last = end or start_of(context.plan) or context.today
    held = [row for row in counting(bodies) if start <= row.day <= last]
    if held:
        return Finding(MET, [_of(row) for row in held[:SHOWN]])
    words = _("Celebra una sesión con sociedad civil y aprueba su acta antes de que termine la cocreación.")
    return Finding(before(last, start, context.today), [], words, last)


def parity_of_votes(context: Context) -> Finding:
    """TQ-1: in each table half of the seats, or more, are outside government; that nothing passes against all of them, the
    rules of decision see to."""
    tables = Body.objects.filter(jurisdiction=context.plan.jurisdiction, kind=Body.Kind.TABLE).select_related(
        "jurisdiction"
    )
    evidence, short = [], []
    for table in tables.filter(Q(ends=None) | Q(ends__gte=context.today)).prefetch_related("seats"):
        seats = [seat for seat in table.seats.all() if seat.exists_on(context.today)]
        outside = sum(not seat.is_government for seat in seats)
        if seats:
            words = _("%(table)s: %(n)s de %(all)s asientos") % {
                "table": best(table.name)[0],
                "n": outside,
                "all": len(seats),
            }
            evidence.append(Evidence(words, url(table.subject_key())))
            short += [table] if outside * 2 < len(seats) else []
    if not evidence:
        return Finding(UNKNOWN, next=_("Todavía no hay mesas de trabajo con asientos."))
    if short:
        return Finding(FAILED, evidence, _("Añade asientos de sociedad civil donde son menos de la mitad."))
    passed = Decision.objects.filter(jurisdiction=context.plan.jurisdiction, state=Decision.State.PASSED).count()
    words = _("Decisiones que pasaron, ninguna contra toda la sociedad civil: %(n)s") % {"n": passed}
    all_url = reverse("secretariat:decisions", args=[context.plan.jurisdiction.slug])
    return Finding(MET, [*evidence, Evidence(words, all_url)])


def seats_represented(context: Context) -> Finding:
    """TQ-2: in each ordinary session somebody of each seat."""
    if context.body is None:
        return Finding(
            UNKNOWN, next=_("Registra el Secretariado como órgano, con sus asientos y su acta de instalación.")
        )
    rows = Session.objects.filter(body=context.body, state=Session.State.HELD, kind=Session.Kind.ORDINARY)
    rows = rows.select_related("jurisdiction", "body").order_by("starts_at")
    empty = {}
    for row in rows:
        told = row.attendance.get("seats", [])
        empty[row.pk] = sum(not any(one.get(name) for name in ("head", "liaison", "alternate")) for one in told)
    if not empty:
        return Finding(UNKNOWN, next=_("Todavía no se celebra ninguna sesión ordinaria."))
    lacking = [row for row in rows if empty[row.pk]]
    if not lacking:
        return Finding(MET, [_of(row) for row in list(rows)[-SHOWN:]])
    evidence = []
    for row in lacking[-SHOWN:]:
        n = empty[row.pk]
        words = ngettext("%(n)s asiento sin nadie", "%(n)s asientos sin nadie", n) % {"n": n}
        evidence.append(Evidence(f"{_of(row).words}: {words}", _of(row).url))
    return Finding(FAILED, evidence, _("Pide a quien falta que vaya o que mande a su enlace."))


def minutes_on_time(context: Context) -> Finding:
    """TQ-3: minutes approved by their day, and agreements with an owner and a date."""
    place, today = context.plan.jurisdiction, context.today
    rows = Minutes.objects.filter(session__jurisdiction=place, due__isnull=False).select_related(
        "session__jurisdiction"
    )
    known = list(rows.order_by("due"))
    if not known:
        return Finding(UNKNOWN, next=_("Todavía no hay ninguna sesión celebrada."))
    late = [row for row in known if row.days_late(today)]
    bare = Agreement.objects.filter(jurisdiction=place, agreed_on__isnull=False).filter(
        Q(due=None) | Q(seat=None, organisation=None)
    )
    evidence = [
        Evidence(
            ngettext("%(what)s: %(n)s día tarde", "%(what)s: %(n)s días tarde", row.days_late(today))
            % {"what": row, "n": row.days_late(today)},
            url(row.session.subject_key()),
        )
        for row in late[-SHOWN:]
    ]
    if late or bare.exists():
        words = _("Aprueba las actas en su plazo y pon responsable y fecha a cada acuerdo.")
        return Finding(FAILED, evidence, words)
    waiting = [row.due for row in known if not row.is_approved and row.due]
    if waiting and min(waiting) - today <= dt.timedelta(days=3):
        return Finding(AT_RISK, [], _("Un acta vence el %(day)s.") % {"day": in_words(min(waiting))}, min(waiting))
    told = ngettext("%(n)s acta, sin retraso", "%(n)s actas, ninguna con retraso", len(known)) % {"n": len(known)}
    return Finding(MET, [Evidence(told)])


def register_all() -> None:
    """What the sessions and seats of this portal tell."""
    for key, evaluation in {
        "PC-1.1a": space_exists,
        "PC-1.1b": meets_each_half_year,
        "PC-1.1c": rules_public,
        "PC-5.1": results_sessions,
        "LC-1": forum_exists,
        "LC-2": multi_stakeholder,
        "LC-3": met_in_cocreation,
        "TQ-1": parity_of_votes,
        "TQ-2": seats_represented,
        "TQ-3": minutes_on_time,
    }.items():
        register(key, evaluation)
