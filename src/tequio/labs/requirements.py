"""What labs and their outreach tell of OGP's requirements (standards §11): PC-3.2 and TQ-10."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.cocreation.requirements import calls_of
from tequio.common.dates import in_words
from tequio.common.i18n import best
from tequio.labs.models import Lab, Outreach, Stop
from tequio.secretariat.requirements import FAILED, MET, NOT_DUE, UNKNOWN, Context, Evidence, Finding, before, register

SHOWN = 5


def _lab(lab: Lab, words: str = "") -> Evidence:
    title = best(lab.title)[0]
    return Evidence(
        f"{title}: {words}" if words else title, reverse("labs:lab", args=[lab.jurisdiction.slug, lab.number])
    )


def outreach(context: Context) -> Finding:
    """PC-3.2: from the publication of the calendar to the end of co-creation, something was done to reach people, with whom
    it was for, by which channel, and a proof."""
    calls = calls_of(context.plan)
    if not calls:
        return Finding(NOT_DUE, next=_("Publica una convocatoria de cocreación para este plan."))
    starts = [call.published_on for call in calls if call.published_on]
    ends = [dt.date.fromisoformat(row["end"]) for call in calls for row in call.phases if row.get("end")]
    start, end = min(starts, default=context.today), max(ends, default=None)
    rows = Outreach.public_rows().filter(lab__call__in=calls, day__gte=start).order_by("day", "number")
    found = [row for row in rows if end is None or row.day <= end]
    proved = [row for row in found if row.audience and row.channel and row.url]
    shown = [_lab(row.lab, f"{row.channel}, {in_words(row.day)}") for row in (proved or found)[:SHOWN]]
    if proved:
        return Finding(MET, shown)
    words = (
        _("Añade a quién iba dirigida la difusión y dónde está la prueba.")
        if found
        else _("Registra cómo se avisa de la cocreación: a quién, por dónde y con qué prueba.")
    )
    return Finding(before(end, start, context.today) if end else NOT_DUE, shown, words, end)


def reach(context: Context) -> Finding:
    """TQ-10: the labs of the plan's calls came to as many municipalities as they promised."""
    labs = list(Lab.public_rows().filter(call__in=calls_of(context.plan)).order_by("number"))
    promised = sum(lab.promised_places for lab in labs)
    if not labs or not promised:
        return Finding(UNKNOWN, next=_("Publica un laboratorio con los municipios que promete visitar."))
    stops = list(Stop.public_rows().filter(lab__in=labs).order_by("day"))
    held = {stop.where for stop in stops if stop.status == Stop.Status.HELD}
    told = _("%(n)s de %(all)s municipios visitados") % {"n": len(held), "all": promised}
    shown = [Evidence(told), *(_lab(lab) for lab in labs[:SHOWN])]
    if len(held) >= promised:
        return Finding(MET, shown)
    coming = [stop.day for stop in stops if stop.status == Stop.Status.PLANNED]
    if not coming:
        return Finding(FAILED, shown, _("Añade a la ruta las paradas que faltan, o di por qué no se harán."))
    words = _("Falta visitar municipios de la ruta.")
    return Finding(before(max(coming), stops[0].day, context.today), shown, words, max(coming))


def register_all() -> None:
    """What labs tell."""
    register("PC-3.2", outreach)
    register("TQ-10", reach)
