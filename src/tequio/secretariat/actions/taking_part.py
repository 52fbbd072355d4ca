"""What those who occupy a seat do: declare a conflict, object, vote."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.meetings import queries as meetings
from tequio.meetings.models import Seat, SeatHolder, Session
from tequio.record.append import Actor, act, erase
from tequio.secretariat import queries, standing
from tequio.secretariat.actions.opening import locked
from tequio.secretariat.models import Ballot, ConflictDeclared, Decision, How, Objection, Urn


def _here(decision: Decision, holder: SeatHolder) -> None:
    if decision.session.state != Session.State.OPEN:
        raise ValidationError(_("La sesión no está en curso: ya no se puede tomar parte en esta decisión."))
    if holder.seat.body_id != decision.body_id or not holder.holds_on(decision.day):
        raise ValidationError(_("Toman parte quienes ocupan un asiento de este órgano el día de la sesión."))
    if not holder.seat.exists_on(decision.day):
        raise ValidationError(_("Ese asiento no existía el día de la sesión."))


def _may_vote(decision: Decision, holder: SeatHolder) -> None:
    _here(decision, holder)
    words = standing.hindrance(decision, holder)
    if words:
        raise ValidationError(words, code="hindered")


@transaction.atomic
def declare_conflict(
    *, decision: Decision, holder: SeatHolder, reason: str, by: Actor, how: str = "", on: dt.date | None = None
) -> ConflictDeclared:
    """Somebody of a seat declares an interest: from then on the seat counts on no side of this decision. ``how`` is
    ``room`` where they said it aloud and the secretariat writes it down.

    Raises ``ValidationError`` without a reason, a second time, and for a seat whose secret vote lies in the urn already:
    nobody could take it out again.
    """
    found = locked(decision)
    _here(found, holder)
    if not reason.strip():
        raise ValidationError({"reason": _("Di en qué consiste: es público.")})
    if found.conflicts.filter(seat=holder.seat_id).exists():
        raise ValidationError(_("Tu asiento ya declaró un conflicto en esta decisión."))
    if found.is_secret and found.ballots.filter(seat=holder.seat_id).exists():
        raise ValidationError(_("Tu asiento ya votó en secreto: su voto no puede sacarse de la urna."))
    conflict = ConflictDeclared(
        decision=found,
        seat=holder.seat,
        holder=holder,
        reason=reason.strip(),
        how=how,
        declared_on=on or timezone.localdate(),
    )
    with act("recusal.declared", conflict, by=by, done=on):
        pass
    return conflict


@transaction.atomic
def object_to(
    *, decision: Decision, holder: SeatHolder, reason: str, by: Actor, how: str = "", on: dt.date | None = None
) -> Objection:
    """A seat does not go along with the consensus. Whoever may vote for a seat may object for it, once at a time. ``how``
    is ``room`` where they said it aloud and the secretariat writes it down."""
    found = locked(decision)
    _may_vote(found, holder)
    if found.is_voted:
        raise ValidationError(_("Ya no se busca consenso: ahora se vota."))
    if not reason.strip():
        raise ValidationError({"reason": _("Explica qué habría que cambiar para que estés de acuerdo: es público.")})
    if found.objections.filter(seat=holder.seat_id, withdrawn_on=None).exists():
        raise ValidationError(_("Tu asiento ya objetó. Si algo cambió, retira esa objeción y escribe otra."))
    objection = Objection(
        decision=found,
        number=(found.objections.aggregate(n=Max("number"))["n"] or 0) + 1,
        seat=holder.seat,
        holder=holder,
        reason=reason.strip(),
        how=how,
        raised_on=on or timezone.localdate(),
    )
    with act("objection.raised", objection, by=by, done=on):
        pass
    return objection


@transaction.atomic
def withdraw_objection(*, objection: Objection, holder: SeatHolder, by: Actor, on: dt.date | None = None) -> Objection:
    """The seat that objected goes along after all; that it had objected stays in sight."""
    found = locked(objection.decision)
    _here(found, holder)
    rows = Objection.objects.select_related("seat__body__jurisdiction", "holder__seat__body__jurisdiction")
    objection = rows.get(pk=objection.pk)
    objection.decision = found
    if objection.seat_id != holder.seat_id:
        raise ValidationError(_("La retira el mismo asiento que objetó."))
    if objection.withdrawn_on is not None:
        raise ValidationError(_("Esa objeción ya se retiró."))
    if found.is_voted:
        raise ValidationError(_("Ya no se busca consenso: ahora se vota."))
    with act("objection.withdrawn", objection, by=by, done=on):
        objection.withdrawn_on = on or timezone.localdate()
    return objection


@transaction.atomic
def cast_ballot(
    *,
    decision: Decision,
    holder: SeatHolder,
    choice: str,
    by: Actor,
    reason: str = "",
    on: dt.date | None = None,
) -> Ballot:
    """A seat votes: its head, or in the head's absence whoever the head delegated to.

    A recorded vote may be changed until the decision closes. A secret one may not: the choice goes into the urn, and
    who voted is all that is written down. Raises ``ValidationError`` with what hinders the seat.
    """
    found = locked(decision)
    if not found.is_voted:
        raise ValidationError(_("Todavía se busca consenso: nadie vota aún."))
    _may_vote(found, holder)
    if choice not in Ballot.Choice.values:
        raise ValidationError({"choice": _("Elige a favor, en contra o abstención.")})
    day = on or timezone.localdate()
    delegation = None if holder.capacity == "head" else queries.delegation_for(holder, found.session)
    rows = Ballot.objects.select_related("seat__body__jurisdiction", "decision__jurisdiction")
    ballot = rows.filter(decision=found, seat=holder.seat_id).first()
    if found.is_secret:
        ballot = Ballot(decision=found, seat=holder.seat, holder=holder, delegation=delegation, cast_on=day)
        urn = Urn.objects.select_for_update().get(decision=found)
        house = "government" if holder.seat.is_government else "civil"
        urn.counts = {**urn.counts, house: {**urn.counts[house], choice: urn.counts[house][choice] + 1}}
        urn.save(update_fields=["counts"])
        with act("ballot.cast_in_secret", ballot, by=by, done=on):
            pass
        return ballot
    before = ballot.reason if ballot is not None else ""
    ballot = ballot or Ballot(decision=found, seat=holder.seat)
    with act("ballot.changed" if ballot.rev else "ballot.cast", ballot, by=by, done=on):
        ballot.holder, ballot.delegation, ballot.choice, ballot.how = holder, delegation, choice, ""
        ballot.reason, ballot.cast_on = reason.strip(), day
    if before and before != ballot.reason:
        erase(obj=ballot, field="reason", by=by, value=before, basis=_("Quien votó cambió su voto"))
    return ballot


@transaction.atomic
def note_ballots(
    *, decision: Decision, choices: Mapping[int, str], by: Actor, on: dt.date | None = None
) -> list[Ballot]:
    """The secretariat writes down a show of hands: for each seat, by its primary key, what it raised its hand for.

    A vote is that of whoever may vote for the seat now. One that a seat cast itself stands; what was noted may be noted
    anew, and changed by the seat. Raises ``ValidationError`` for a secret ballot (a raised hand is no secret), and with
    what hinders a seat: then none is written.
    """
    found = locked(decision)
    if not found.is_voted:
        raise ValidationError(_("Todavía se busca consenso: nadie vota aún."))
    if found.is_secret:
        raise ValidationError(_("Esta votación es secreta: no se anota a mano alzada."))
    voters, day = meetings.may_vote(found.session), on or timezone.localdate()
    rows = found.ballots.select_related("seat__body__jurisdiction", "decision__jurisdiction")
    known = {row.seat_id: row for row in rows}
    noted, faults = [], []
    for seat, choice in choices.items():
        holder, before = voters.get(seat), known.get(seat)
        hindered = standing.hindrance(found, holder) if holder else _("nadie puede votar por él ahora.")
        if choice not in Ballot.Choice.values:
            hindered = _("elige a favor, en contra o abstención.")
        elif before is not None and not before.how:
            hindered = _("votó por su cuenta, y ese voto no lo toca nadie más.")
        if hindered or holder is None:
            name = before.seat if before else Seat.objects.filter(body=found.body_id, pk=seat).first()
            faults.append(_("%(seat)s: %(why)s") % {"seat": name or seat, "why": hindered})
        elif before is None or before.choice != choice or before.holder_id != holder.pk:
            noted.append(_note(found, holder, choice, before, by, day, on))
    if faults:
        raise ValidationError(faults)
    return noted


def _note(
    found: Decision, holder: SeatHolder, choice: str, ballot: Ballot | None, by: Actor, day: dt.date, on: dt.date | None
) -> Ballot:
    """Writes one raised hand."""
    delegation = None if holder.capacity == "head" else queries.delegation_for(holder, found.session)
    ballot = ballot or Ballot(decision=found, seat=holder.seat)
    with act("ballot.changed" if ballot.rev else "ballot.noted", ballot, by=by, done=on):
        ballot.holder, ballot.delegation, ballot.choice = holder, delegation, choice
        ballot.how, ballot.cast_on = How.ROOM, day
    return ballot


@transaction.atomic
def withdraw_words(*, said: Objection | ConflictDeclared | Ballot, basis: str, by: Actor) -> None:
    """Takes the words of an objection, a conflict or a vote out of sight, on a legal basis; what was done stays."""
    if not basis.strip():
        raise ValidationError({"basis": _("Escribe en qué se sustenta quitarlas: es público.")})
    if not said.reason:
        raise ValidationError(_("Ahí no hay palabras que quitar."))
    said.reason = ""
    erase(obj=said, field="reason", by=by, basis=basis.strip())
