"""What waits for whoever answers for an institution: to report, to finish, to publish. Answers: ``pending_committee``."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity
from tequio.common.i18n import best
from tequio.monitoring.models import ReportDraft, State
from tequio.monitoring.standing import track_of
from tequio.monitoring.to_report import held_back, is_asked_for, own_steps
from tequio.people.models import Role
from tequio.people.pending import Item

ANSWERS = ("lead", "seat_head", "seat_liaison")


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """For roles that speak for an institution only. Costs the same number of queries however much waits."""
    if role.kind not in ANSWERS or role.organisation_id is None:
        return
    place = role.jurisdiction.slug
    steps = own_steps(role, today)
    drafts = ReportDraft.objects.filter(
        activity__in=[step.activity.pk for step in steps], discarded=None, revision__gt=0
    )
    edited = dict(drafts.values_list("activity", "edited"))
    for step in steps:
        activity, url = step.activity, reverse("monitoring:report", args=[place, step.activity.number])
        about = best(activity.title)[0]
        if activity.pk in edited and step.standing.state not in (State.UNDER_REVIEW, State.VERIFIED):
            since = timezone.localdate(edited[activity.pk])
            due = step.deadline.due if is_asked_for(step, today) else None
            yield Item("write", _("Terminar y enviar un reporte empezado"), about, url, due, since)
        elif is_asked_for(step, today):
            yield Item("report", _words(step.standing.state), about, url, step.deadline.due, _since(activity))
    for piece in held_back(role):
        url = reverse("monitoring:held_piece", args=[place, piece.commitment.code, piece.number])
        yield Item("write", _("Subir la versión pública de una evidencia"), best(piece.title)[0], url)


def _words(state: str) -> str:
    return {
        State.OBSERVED: _("Atender la observación del Comité y reportar de nuevo"),
        State.REJECTED: _("Reportar de nuevo, con evidencia que lo demuestre"),
        State.REOPENED: _("Reportar de nuevo: el Comité reabrió la actividad"),
    }.get(State(state), _("Reportar avance"))


def _since(activity: Activity) -> dt.date | None:
    track = track_of(activity)
    return track.decided_on if track else None
