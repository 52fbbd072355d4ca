"""Blind looks: shared out fairly, done alone, revealed together, answered once in public by the institution.

Nobody sees another's look before all of the round are done: not the other members, not the secretariat. ``record_look``
reveals the whole round in one act with the last of them.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.models import Activity
from tequio.common.dates import add_working_days
from tequio.monitoring import independence, reviews
from tequio.monitoring.actions.progress import day_of, done_on, needed, next_state, track_of
from tequio.monitoring.models import Committee, Look, Report, Result, Shows, State, Track
from tequio.monitoring.standing import holidays_of
from tequio.people.models import Role
from tequio.record.append import Actor, act, act_many

NOTE_AT_MOST = 1000


@transaction.atomic
def begin_review(*, activity: Activity, by: Actor, on: dt.date | None = None) -> Track:
    """The committee takes up what was reported, and the looks are shared out among its members.

    Raises ``ValidationError`` where there is nothing to review, no committee, or too few members without a conflict.
    """
    day, track = day_of(on), track_of(activity)
    after = next_state(track, "begin_review")
    _share_out(activity, day)
    with act("review.begun", track, by=by, done=done_on(day)):
        track.state = after
    return track


@transaction.atomic
def share_again(*, activity: Activity, by: Actor, on: dt.date | None = None) -> list[Look]:
    """A new round of looks at the same report: after an annulled decision, or when those who looked no longer may
    decide. Raises ``ValidationError`` while a round is still going on.
    """
    day, track = day_of(on), track_of(activity)
    if track.state != State.UNDER_REVIEW:
        raise ValidationError(_("Solo se reparte de nuevo lo que el Comité está revisando."))
    found = reviews.current_round(activity)
    if found is not None and not found.is_revealed:
        raise ValidationError(_("Esta ronda de miradas todavía no termina."))
    return _share_out(activity, day)


def _share_out(activity: Activity, day: dt.date) -> list[Look]:
    """Assigns the looks of a new round, the least loaded members first."""
    committee, report = _committee(activity), reviews.last_report(activity)
    if report is None:
        raise ValidationError(_("No hay ningún reporte que mirar."))
    queue = _in_turn(committee, activity, report, day)
    missing = committee.needed_looks - len(queue)
    if missing > 0:
        words = ngettext(
            "Para revisar falta %(n)s integrante sin conflicto y con su declaración firmada.",
            "Para revisar faltan %(n)s integrantes sin conflicto y con su declaración firmada.",
            missing,
        )
        raise ValidationError(words % {"n": missing})
    last = Look.objects.filter(activity=activity).aggregate(n=Max("number"), round=Max("round"))
    number, round_number = last["n"] or 0, (last["round"] or 0) + 1
    due = _due(committee, day)
    return Look.objects.bulk_create(
        Look(
            activity=activity,
            report=report,
            number=number + place,
            round=round_number,
            role=role,
            assigned_on=day,
            due=due,
        )
        for place, role in enumerate(queue[: committee.needed_looks], start=1)
    )


def _due(committee: Committee, day: dt.date) -> dt.date:
    return add_working_days(day, committee.days_to_look, holidays_of(committee.plan))


def _committee(activity: Activity) -> Committee:
    committee = reviews.committee_of(activity)
    if committee is None:
        raise ValidationError(_("Este plan todavía no tiene Comité de Seguimiento."))
    return committee


def _in_turn(committee: Committee, activity: Activity, report: Report, day: dt.date) -> list[Role]:
    """The members who may look, in the order in which they are asked: whoever has not seen this report yet, then who
    owes fewest looks, then who has been given fewest in all; the role's number breaks the tie."""
    free = independence.free_members(committee, activity, day)
    rows = Look.objects.filter(role__in=free).values("role").order_by("role")
    counts = rows.annotate(
        open=Count("pk", filter=Q(status=Look.Status.ASSIGNED)),
        all=Count("pk"),
        seen=Count("pk", filter=Q(report=report)),
    )
    load = {row["role"]: (bool(row["seen"]), row["open"], row["all"]) for row in counts}
    return sorted(free, key=lambda role: (*load.get(role.pk, (False, 0, 0)), role.number))


@transaction.atomic
def record_look(
    *,
    look: Look,
    role: Role,
    result: str,
    reason: Any,
    by: Actor,
    checklist: Mapping[str, Mapping[str, Any]] | None = None,
    on: dt.date | None = None,
) -> Look:
    """A member writes down what they see; until the round is revealed they may still correct it.

    ``checklist`` says for each public piece of evidence, by its key: ``opened``, ``shows`` (a key of ``Shows``) and
    ``note``. Raises ``ValidationError`` for somebody else's look, a member out of office or in conflict, a piece that is
    not answered, "fulfils" with a piece that was not opened, and without a reason.
    """
    day, track = day_of(on), track_of(look.activity)
    look = _fresh(look)
    _check_turn(look, role, track, day)
    if result not in Result.values:
        raise ValidationError({"result": _("Elige si cumple, cumple en parte o no cumple.")})
    words = needed(reason, "reason", _("Escribe por qué: será público cuando todas las miradas estén hechas."))
    look.checklist = _checked(look.report, result, checklist or {})
    look.result, look.reason, look.done_on, look.status = result, words, day, Look.Status.DONE
    look.save()
    _reveal(look, by, day)
    return look


def _fresh(look: Look) -> Look:
    """The look as it stands, read after the activity was locked."""
    return Look.objects.select_related("activity__jurisdiction", "activity__commitment__plan", "report", "role").get(
        pk=look.pk
    )


def _check_turn(look: Look, role: Role, track: Track, day: dt.date) -> None:
    if look.role_id != role.pk:
        raise ValidationError(_("Esta mirada le toca a otra persona."))
    if look.revealed:
        raise ValidationError(_("Las miradas ya se dieron a conocer: ya no se cambian."))
    if look.status not in (Look.Status.ASSIGNED, Look.Status.DONE):
        raise ValidationError(_("Esta mirada pasó a otra persona."))
    if track.state != State.UNDER_REVIEW:
        raise ValidationError(_("El Comité ya no está revisando esta actividad."))
    if day < look.assigned_on:
        raise ValidationError({"on": _("La mirada no puede ser anterior al reparto.")})
    committee = _committee(look.activity)
    if not committee.members.filter(pk=role.pk).exists() or not role.is_held_on(day):
        raise ValidationError(_("Solo miran integrantes del Comité en funciones ese día."))
    conflict = independence.conflict_of(role, look.activity, day)
    if conflict:
        raise ValidationError(conflict)


def _checked(report: Report, result: str, given: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for piece in report.evidence.filter(personal_data=False).select_related("commitment__jurisdiction"):
        key = piece.subject_key()
        answer = given.get(key, {})
        if answer.get("shows") not in Shows.values:
            raise ValidationError({"checklist": _("Di de cada pieza si muestra lo que dice.")})
        if result == Result.FULFILS and not answer.get("opened"):
            raise ValidationError({"checklist": _("Para decir que cumple hay que abrir cada pieza de evidencia.")})
        note = str(answer.get("note", "")).strip()[:NOTE_AT_MOST]
        row = {"key": key, "opened": bool(answer.get("opened")), "shows": str(answer["shows"])}
        rows.append({**row, "note": note} if note else row)
    return rows


def _reveal(look: Look, by: Actor, day: dt.date) -> None:
    """With the last look, all of the round come to be known at once."""
    found = reviews.current_round(look.activity)
    if found is None or not found.is_complete or found.is_revealed:
        return
    for done in found.done:
        done.revealed = True
    act_many("look.revealed", found.done, by=by, done=done_on(day))


@transaction.atomic
def pass_look(*, look: Look, role: Role, by: Actor, on: dt.date | None = None) -> Look:
    """ "I cannot, ask somebody else": the look goes to the next member. Raises ``ValidationError`` where nobody is left."""
    day = day_of(on)
    track_of(look.activity)
    look = _fresh(look)
    if look.role_id != role.pk:
        raise ValidationError(_("Esta mirada le toca a otra persona."))
    return _hand_over(look, Look.Status.PASSED, day)


@transaction.atomic
def move_look(*, look: Look, by: Actor, on: dt.date | None = None) -> Look:
    """Gives a look that is late, or whose member may no longer do it, to the next member."""
    day = day_of(on)
    track_of(look.activity)
    look = _fresh(look)
    if not is_stalled(look, day):
        raise ValidationError(_("Esta mirada todavía está en tiempo."))
    return _hand_over(look, Look.Status.MOVED, day)


def is_stalled(look: Look, day: dt.date) -> bool:
    """Whether the look is late, or its member left the committee or fell into a conflict."""
    if look.due < day or not look.role.is_held_on(day):
        return True
    committee = _committee(look.activity)
    in_office = committee.members.filter(pk=look.role_id).exists()
    return not in_office or bool(independence.conflict_of(look.role, look.activity, day))


def _hand_over(look: Look, status: Look.Status, day: dt.date) -> Look:
    if look.status != Look.Status.ASSIGNED:
        raise ValidationError(_("Esta mirada ya no está pendiente."))
    committee, activity = _committee(look.activity), look.activity
    taken = set(Look.objects.filter(activity=activity, round=look.round).values_list("role", flat=True))
    following = next((r for r in _in_turn(committee, activity, look.report, day) if r.pk not in taken), None)
    if following is None:
        raise ValidationError(
            _("No queda otra persona del Comité sin conflicto a quien pasarla: avisa al Secretariado.")
        )
    look.status = status
    look.save(update_fields=["status"])
    last = Look.objects.filter(activity=activity).aggregate(n=Max("number"))["n"] or 0
    return Look.objects.create(
        activity=activity,
        report=look.report,
        number=last + 1,
        round=look.round,
        role=following,
        assigned_on=day,
        due=_due(committee, day),
    )


def release_looks(*, role: Role, by: Actor, on: dt.date | None = None) -> int:
    """Passes on what the role may no longer look at. What nobody else may take stays where it is. Returns how many moved."""
    return _move_all(Look.objects.filter(role=role), by, day_of(on))


def move_late_looks(by: Actor) -> int:
    """Gives looks that nobody did in time to the next member; returns how many. Safe to call at any time."""
    today = timezone.localdate()
    return _move_all(Look.objects.filter(Q(due__lt=today) | Q(role__until__lt=today)), by, today)


def _move_all(rows: Any, by: Actor, day: dt.date) -> int:
    moved = 0
    waiting = rows.filter(status=Look.Status.ASSIGNED, activity__withdrawn=False)
    for look in waiting.select_related("activity__jurisdiction", "activity__commitment__plan", "role"):
        try:
            move_look(look=look, by=by, on=day)
        except ValidationError:
            continue
        moved += 1
    return moved


@transaction.atomic
def reply_to_looks(*, report: Report, words: Any, role: Role, by: Actor, on: dt.date | None = None) -> Report:
    """The institution answers in public, once, to what the committee saw in a report, before it is decided.

    Raises ``ValidationError`` before the looks are known, a second time, and once the review is over.
    """
    day, track = day_of(on), track_of(report.activity)
    if report.reply_on is not None:
        raise ValidationError(_("La institución ya respondió a estas miradas; se responde una sola vez."))
    found = reviews.current_round(report.activity)
    if found is None or found.report.pk != report.pk or found.revealed_on is None:
        raise ValidationError(_("Las miradas todavía no se dan a conocer."))
    if track.state != State.UNDER_REVIEW:
        raise ValidationError(_("El Comité ya no está revisando esta actividad."))
    if day < found.revealed_on:
        raise ValidationError({"on": _("La respuesta no puede ser anterior a las miradas.")})
    answer = needed(words, "reply", _("Escribe la respuesta: es pública."))
    with act("look.answered", report, by=by, done=done_on(day)):
        report.reply, report.reply_on, report.reply_by = answer, day, role
    return report
