"""What the plan, its commitments and its evidence must be: PC-2, LC-4 and TQ-5, TQ-6 and TQ-8."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.models import Activity, Commitment, Money
from tequio.commitments.models import Evidence as Piece
from tequio.common.dates import PartialDate, add_months, in_words
from tequio.common.i18n import best
from tequio.record.models import Act
from tequio.record.subjects import url
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

FRESH_MONTHS, EVIDENCE_MONTHS, SHOWN = 4, 6, 5


def site_is_fresh(context: Context) -> Finding:
    """PC-2.1: this portal is the site; the newest public act says when it was refreshed."""
    place = context.plan.jurisdiction
    newest = Act.objects.filter(jurisdiction=place.slug).exclude(kind="state.sealed").order_by("-id").first()
    page = Evidence(best(context.plan.title)[0], url(context.plan.subject_key()))
    if newest is None:
        return Finding(FAILED, [page], _("Publica el plan."))
    day = newest.at.astimezone(ZoneInfo(place.time_zone)).date()
    due = add_months(day, FRESH_MONTHS)
    told = _("Lo último que se publicó: %(day)s") % {"day": in_words(day)}
    evidence = [page, Evidence(told, reverse("record:acts", args=[place.slug]))]
    if context.today > due:
        return Finding(FAILED, evidence, _("Publica lo nuevo: pasaron más de cuatro meses."), due)
    words = _("Publica algo nuevo a más tardar el %(day)s.") % {"day": in_words(due)}
    risk = (due - context.today) * LAST_PART <= due - day
    return Finding(AT_RISK if risk else MET, evidence, words, due)


def evidence_each_half_year(context: Context) -> Finding:
    """PC-2.2: a new piece of evidence in each half-year from the plan's start, and documents of how the plan was made."""
    plan, today = context.plan, context.today
    start = PartialDate(plan.start or "").first
    if start is None:
        return Finding(UNKNOWN, next=_("Falta la fecha de inicio del plan."))
    if today < start:
        return Finding(NOT_DUE, due=add_months(start, EVIDENCE_MONTHS))
    end = PartialDate(plan.end or "").last
    pieces = Piece.public_rows().filter(commitment__plan=plan)
    days = sorted(
        day
        for date, captured in pieces.values_list("date", "captured")
        if (day := captured or PartialDate(date or "").first) is not None
    )
    windows, begin = [], start
    while begin <= today and (end is None or begin < end):
        windows.append((begin, add_months(begin, EVIDENCE_MONTHS)))
        begin = windows[-1][1]
    empty = [window for window in windows if not any(window[0] <= day < window[1] for day in days)]
    documents = Evidence(_("Documentos del plan"), url(plan.subject_key()))
    count = ngettext("%(n)s pieza de evidencia con fecha", "%(n)s piezas de evidencia con fecha", len(days))
    evidence = [documents, Evidence(count % {"n": len(days)})]
    if not plan.documents.filter(withdrawn="").exists():
        return Finding(FAILED, evidence, _("Publica los documentos de cómo se hizo el plan."))
    missed = [window for window in empty if window[1] <= today]
    if missed:
        told = _("En el semestre que empezó el %(day)s no hay evidencia nueva.") % {"day": in_words(missed[-1][0])}
        return Finding(FAILED, evidence, told)
    if empty:
        one, due = empty[-1]
        words = _("Sube evidencia nueva antes del %(day)s.") % {"day": in_words(due)}
        return Finding(before(due, one, today), evidence, words, due)
    return Finding(MET, evidence)


def endorsed(context: Context) -> Finding:
    """LC-4: somebody outside government endorsed the plan, on a day no later than its submission."""
    plan = context.plan
    submitted = PartialDate(plan.submitted_on or "").last
    outside = [row for row in plan.endorsements if not row.get("is_government")]
    dated = [row for row in outside if row.get("date")]
    page = url(plan.subject_key())
    evidence = [
        Evidence(", ".join(filter(None, (row.get("organisation"), row.get("date") and in_words(row["date"])))), page)
        for row in outside[:SHOWN]
    ]
    in_time = [
        row for row in dated if submitted is None or (PartialDate(row["date"]).first or dt.date.max) <= submitted
    ]
    if in_time:
        return Finding(MET, evidence)
    if outside and not dated:
        return Finding(
            UNKNOWN, evidence, _("Las fuentes no dicen cuándo lo respaldaron: añade la fecha de cada carta.")
        )
    words = _("Consigue la carta de una organización que no sea de gobierno, con fecha anterior a la presentación.")
    if submitted is not None:
        return Finding(FAILED, evidence, words)
    return Finding(AT_RISK, evidence, words)


def listed(rows: list[tuple[str, str]]) -> list[Evidence]:
    """The first few things, each with its words and the address of its page, as evidence."""
    return [Evidence(words or "—", address) for words, address in rows[:SHOWN]]


def activities_complete(context: Context) -> Finding:
    """TQ-5: every activity has date, person, output and means of verification. Weights left out mean equal shares."""
    rows = Activity.public_rows().filter(commitment__plan=context.plan, withdrawn=False)
    every = list(rows.order_by("number"))
    if not every:
        return Finding(UNKNOWN, next=_("El plan todavía no tiene actividades publicadas."))
    lacking = [
        row
        for row in every
        if not (row.due and (row.responsible_id or row.responsible_words) and best(row.expected_output)[0])
        or not row.means_of_verification
    ]
    if not lacking:
        return Finding(
            MET, [Evidence(ngettext("%(n)s actividad", "%(n)s actividades", len(every)) % {"n": len(every)})]
        )
    told = ngettext(
        "A %(n)s de %(all)s actividades le falta algo.", "A %(n)s de %(all)s actividades les falta algo.", len(lacking)
    )
    shown = listed([(best(row.title)[0], url(row.subject_key())) for row in lacking])
    return Finding(FAILED, shown, told % {"n": len(lacking), "all": len(every)})


def dates_fit(context: Context) -> Finding:
    """TQ-6: activity inside commitment inside plan inside term; ends after starts."""
    plan = context.plan
    wrong: list[tuple[str, str]] = []

    def fits(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
        """Whether what is known of two spans does not contradict that one lies in the other."""
        (start, end), (first, last) = (tuple(map(PartialDate, (a or "", b or ""))) for a, b in (inner, outer))
        ends = not (end.last and last.last) or end.last <= last.last
        starts = not (start.first and first.first) or start.first >= first.first
        return starts and ends and not (start.first and end.last and end.last < start.first)

    term = (str(plan.term_start or ""), str(plan.term_end or ""))
    if not fits(("", plan.end), ("", term[1])) or not fits((plan.start, plan.end), ("", "")):
        wrong.append((best(plan.title)[0], url(plan.subject_key())))
    commitments = Commitment.objects.filter(plan=plan, status=Commitment.Status.PUBLISHED).select_related(
        "jurisdiction"
    )
    for one in commitments.prefetch_related("activities__jurisdiction"):
        if not fits((one.start, one.end), (plan.start, plan.end)):
            wrong.append((best(one.title)[0], url(one.subject_key())))
        for row in one.activities.all():
            if not row.withdrawn and not fits((row.start, row.due), (one.start, one.end)):
                wrong.append((best(row.title)[0], url(row.subject_key())))
    if not wrong:
        return Finding(MET, [Evidence(best(plan.title)[0], url(plan.subject_key()))])
    told = ngettext("Hay %(n)s fecha fuera de lugar.", "Hay %(n)s fechas fuera de lugar.", len(wrong)) % {
        "n": len(wrong)
    }
    return Finding(FAILED, listed(wrong), told)


def funding_said(context: Context) -> Finding:
    """TQ-8: a line of resources, or the statement that there is none, for every commitment."""
    rows = Commitment.objects.filter(plan=context.plan, status=Commitment.Status.PUBLISHED).select_related(
        "jurisdiction"
    )
    if not rows.exists():
        return Finding(UNKNOWN, next=_("El plan todavía no tiene compromisos publicados."))
    lines = Money.objects.filter(commitment=OuterRef("pk"))
    silent = list(rows.filter(Q(unfunded=False) & ~Exists(lines)).order_by("number"))
    if not silent:
        return Finding(MET, [Evidence(best(context.plan.title)[0], url(context.plan.subject_key()))])
    told = _("Registra su recurso, o di que no lo tiene y por qué.")
    return Finding(FAILED, listed([(best(row.title)[0], url(row.subject_key())) for row in silent]), told)


def register_all() -> None:
    """What plans, commitments and evidence tell."""
    for key, evaluation in {
        "PC-2.1": site_is_fresh,
        "PC-2.2": evidence_each_half_year,
        "LC-4": endorsed,
        "TQ-5": activities_complete,
        "TQ-6": dates_fit,
        "TQ-8": funding_said,
    }.items():
        register(key, evaluation)
