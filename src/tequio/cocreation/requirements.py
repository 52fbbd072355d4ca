"""OGP's requirements of co-creation, told from its data (standards §11): PC-3.1, PC-3.3, PC-4.1, TQ-4 and TQ-9."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.cocreation import queries
from tequio.cocreation.models import Call, Contribution, Credit, JointDraft, Phase
from tequio.commitments.models import Commitment
from tequio.common.i18n import best
from tequio.plans.models import Plan
from tequio.secretariat.requirements import AT_RISK, FAILED, MET, NOT_DUE, Context, Evidence, Finding, before, register

ANNOUNCED = dt.timedelta(days=14)
CHANNEL_DAYS = 15  # days that a channel for contributions is open at least
SECTORS = 2


def calls_of(plan: Plan) -> list[Call]:
    """The public calls of a plan, the first one first."""
    return list(Call.public_rows().filter(plan=plan).order_by("published_on", "number"))


def _call(call: Call) -> Evidence:
    return Evidence(best(call.title)[0], reverse("cocreation:call", args=[call.jurisdiction.slug, call.number]))


def _none() -> Finding:
    words = _("Publica una convocatoria de cocreación para este plan: calendario, formas de participar y criterios.")
    return Finding(NOT_DUE, next=words)


def announced(context: Context) -> Finding:
    """PC-3.1: the call, with its calendar, was public fourteen days before its first phase."""
    calls = calls_of(context.plan)
    if not calls:
        return _none()
    first = calls[0]
    starts = [dt.date.fromisoformat(row["start"]) for row in first.phases]
    due = min(starts) - ANNOUNCED
    if first.published_on and first.published_on <= due:
        return Finding(MET, [_call(first)], due=due)
    words = _("La próxima vez publica el calendario al menos 14 días antes de que abra la primera fase.")
    return Finding(FAILED, [_call(first)], words, due)


def channel(context: Context) -> Finding:
    """PC-3.3: a channel open for fifteen days or more, with contributions of two sectors."""
    calls = calls_of(context.plan)
    if not calls:
        return _none()
    windows = [(call, days) for call in calls if (days := call.window(Phase.CONTRIBUTIONS)) is not None]
    long = [(call, days) for call, days in windows if (days[1] - days[0]).days + 1 >= CHANNEL_DAYS]
    rows = Contribution.objects.filter(call__in=calls, published_on__isnull=False).exclude(sector="")
    sectors = rows.values("sector").distinct().count()
    shown = [_call(call) for call, _days in long] or [_call(calls[0])]
    if long and sectors >= SECTORS:
        return Finding(MET, shown)
    if not long:
        words = _("Abre la recepción de aportaciones al menos 15 días.")
        return Finding(FAILED, shown, words)
    start, end = long[-1][1]
    return Finding(
        before(end, start, context.today), shown, _("Hacen falta aportaciones de al menos dos sectores."), end
    )


def answered(context: Context) -> Finding:
    """PC-4.1: every contribution has a published decision with its reason."""
    calls = calls_of(context.plan)
    if not calls:
        return _none()
    rows = Contribution.objects.filter(call__in=calls, published_on__isnull=False)
    clock = queries.clock_of(rows, context.today)
    page = Evidence(
        _("%(answered)s de %(total)s aportaciones con respuesta")
        % {"answered": clock.on_time + clock.late, "total": clock.total},
        reverse("cocreation:responses", args=[context.plan.jurisdiction.slug]),
    )
    if not clock.waiting and not clock.overdue:
        return Finding(MET if clock.total else NOT_DUE, [page])
    owed = clock.waiting + clock.overdue
    words = ngettext("Falta responder %(n)s aportación.", "Faltan por responder %(n)s aportaciones.", owed) % {
        "n": owed
    }
    state = FAILED if clock.overdue or context.plan.is_submitted else AT_RISK
    return Finding(state, [page], words)


def traced(context: Context) -> Finding:
    """TQ-4: every commitment links a contribution and the decision that adopted it."""
    if not calls_of(context.plan):
        return _none()
    rows = list(Commitment.public_rows().filter(plan=context.plan))
    if not rows:
        return Finding(NOT_DUE, next=_("Se sabrá cuando se publiquen los compromisos."))
    credited = Credit.objects.filter(draft__commitment__in=rows, draft__status=JointDraft.Status.ADOPTED)
    fed = set(credited.values_list("draft__commitment", flat=True))
    loose = [row for row in rows if row.pk not in fed]
    page = Evidence(_("Libro de aportes"), reverse("cocreation:ledger", args=[context.plan.jurisdiction.slug]))
    if not loose:
        return Finding(MET, [page])
    names = ", ".join(best(row.title)[0] or row.code for row in loose[:3])
    return Finding(FAILED, [page], _("No se sabe de qué aportación y decisión vienen: %(names)s.") % {"names": names})


def entry(context: Context) -> Finding:
    """TQ-9: the form of joining asks for nothing else, by construction (a test says so)."""
    calls = calls_of(context.plan)
    if not calls:
        return _none()
    return Finding(MET, [_call(calls[-1])])


def register_all() -> None:
    """Has each requirement told."""
    for key, tell in {
        "PC-3.1": announced,
        "PC-3.3": channel,
        "PC-4.1": answered,
        "TQ-4": traced,
        "TQ-9": entry,
    }.items():
        register(key, tell)
