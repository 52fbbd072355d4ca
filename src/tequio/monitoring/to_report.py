"""What an institution has to report: its activities by urgency, and what the compliance manual asks for each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.commitments.deadlines import manual_in_force, metric, required_evidence, rule_for
from tequio.commitments.models import Activity, Commitment, Evidence, Manual
from tequio.commitments.queries import public_evidence
from tequio.monitoring.independence import lead_ids
from tequio.monitoring.models import Said, State
from tequio.monitoring.rows import Step
from tequio.monitoring.standing import rows_for, track_of
from tequio.people.models import Role
from tequio.vocabularies import terms

RETURNED = (State.OBSERVED, State.REJECTED, State.REOPENED)
SOON = 30  # days before its due day that an activity is asked for

# Groups of the list, each with its word.
GROUPS = (
    ("", gettext_lazy("Todas")),
    ("por-reportar", gettext_lazy("Por reportar")),
    ("observadas", gettext_lazy("Observadas")),
    ("en-verificacion", gettext_lazy("En verificación")),
    ("verificadas", gettext_lazy("Verificadas")),
)


def own_steps(role: Role, today: dt.date) -> list[Step]:
    """The public activities that the role's institution answers for, most urgent first. The number of queries is fixed."""
    if role.organisation_id is None:
        return []
    body = role.organisation_id
    rows = Commitment.objects.filter(status=Commitment.Status.PUBLISHED, plan__status="published")
    rows = rows.filter(Q(lead=body) | Q(activities__lead=body), jurisdiction=role.jurisdiction_id).distinct()
    rows = rows.select_related("lead", "jurisdiction", "plan__jurisdiction").prefetch_related("supports")
    steps = [step for row in rows_for(list(rows), today, lean=True) for step in row.steps]
    return sorted((step for step in steps if body in lead_ids(step.activity)), key=_urgency)


def _urgency(step: Step) -> tuple[int, dt.date, int]:
    order = {"observadas": 0, "por-reportar": 0, "en-verificacion": 1}
    returned = step.standing.state in RETURNED
    return (
        order.get(group_of(step), 2) + (not returned and not step.standing.told),
        step.deadline.due or (dt.date.min if returned else dt.date.max),
        step.activity.number,
    )


def group_of(step: Step) -> str:
    """The group of the list in which the activity stands."""
    state, said = step.standing.state, step.standing.said
    if state == State.VERIFIED:
        return "verificadas"
    if state in (State.OBSERVED, State.REJECTED):
        return "observadas"
    if state == State.PENDING or (state == State.REPORTED and said != Said.COMPLETE):
        return "por-reportar"
    return "en-verificacion"


def is_asked_for(step: Step, today: dt.date) -> bool:
    """Whether the institution should report now: the committee gave it back, or its day has come near or passed."""
    if step.standing.state in RETURNED:
        return True
    if group_of(step) != "por-reportar" or not step.standing.told or step.deadline.due is None:
        return False
    return (step.deadline.due - today).days <= SOON


def why_not(activity: Activity) -> tuple[str, str]:
    """Why nobody can report on the activity now, and what to do; two empty texts where it can be."""
    if activity.withdrawn:
        return (
            _("Esta actividad salió de la hoja de ruta; su historia queda como está."),
            _("Si fue un error, avisa al Secretariado."),
        )
    track = track_of(activity)
    state = track.state if track else State.PENDING
    if state == State.UNDER_REVIEW:
        return (
            _("El Comité de Seguimiento está verificando lo que ya se reportó. Mientras tanto no se puede cambiar."),
            _(
                "Espera a que decida. Si te toca responder a lo que vio, aparecerá en tus pendientes; si pide algo más, "
                "podrás reportar de nuevo aquí."
            ),
        )
    if state == State.VERIFIED:
        return (
            _("Esta actividad ya está verificada: no hay nada que reportar."),
            _("Si algo cambió, díselo al Comité: solo el Comité puede reabrirla."),
        )
    return "", ""


@dataclass(frozen=True)
class Asked:
    """What the manual asks as proof of an activity: how many pieces and of which kinds, and what is there."""

    metric: str
    minimum: int
    there: int
    kinds: list[tuple[str, bool]]
    has_rule: bool

    @property
    def is_enough(self) -> bool:
        """Whether there are as many pieces as asked, one at least of an accepted kind where kinds are named."""
        return self.there >= self.minimum and (not self.kinds or not self.minimum or any(on for _k, on in self.kinds))


def asked_for(activity: Activity, kinds_there: Iterable[str], today: dt.date) -> Asked:
    """What the manual in force asks for, beside the kinds of the pieces that are there (one for each piece)."""
    rule = rule_for(activity, manual_in_force(Manual.objects.filter(plan=activity.commitment.plan_id), today))
    minimum, accepted = required_evidence(rule)
    there = list(kinds_there)
    kinds = [(terms.label("evidence_type", key), key in there) for key in accepted]
    return Asked(metric(rule), minimum, len(there), kinds, rule is not None)


def citable(activity: Activity) -> Sequence[Evidence]:
    """Public evidence that a report on the activity may cite: its own first, then what belongs to no activity."""
    rows = public_evidence(activity.commitment).filter(Q(activity=activity) | Q(activity=None))
    return sorted(rows, key=lambda piece: (piece.activity_id is None, -piece.number))


def held_back(role: Role) -> "QuerySet[Evidence]":
    """The pieces with personal data that wait for the public copy of the role's institution."""
    body = role.organisation_id
    rows = Evidence.objects.filter(personal_data=True, commitment__status=Commitment.Status.PUBLISHED)
    rows = rows.filter(commitment__jurisdiction=role.jurisdiction_id)
    if body is None:
        return rows.none()
    rows = rows.filter(Q(commitment__lead=body) | Q(activity__lead=body))
    return rows.select_related("commitment__jurisdiction", "activity", "blob").order_by("commitment", "number")
