"""Checking a commitment after its plan ended: one writes, another confirms. Handing it over to a successor."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.models import Commitment, Evidence
from tequio.common.i18n import text, versions
from tequio.oversight import queries
from tequio.oversight.models import Check, Handover
from tequio.people.models import Organisation, Role
from tequio.record.append import Actor, act


@transaction.atomic
def propose_check(
    *,
    commitment: Commitment,
    result: str,
    words: str,
    role: Role,
    evidence: Iterable[Evidence] = (),
    words_en: str = "",
    on: dt.date | None = None,
) -> Check:
    """Writes what was found, private until another person confirms it. Written again, it replaces what was there.

    Raises ``ValidationError`` when no check is due, it was already made, or it says nothing; "maintained" needs evidence.
    """
    today = on or timezone.localdate()
    Commitment.objects.select_for_update().only("pk").get(pk=commitment.pk)
    months = queries.current(commitment.plan, today)
    seen = list(evidence)
    faults: dict[str, str] = {}
    if months is None:
        raise ValidationError(_("Todavía no toca revisar este compromiso."))
    known = Check.objects.filter(commitment=commitment, months=months).first()
    if known is not None and known.confirmed_on is not None:
        raise ValidationError(_("Esta revisión ya se hizo."))
    if result not in Check.Result.values:
        faults["result"] = _("Elige qué encontraste.")
    if not words.strip():
        faults["words"] = _("Cuenta qué encontraste y cómo lo comprobaste.")
    if result == Check.Result.MAINTAINED and not seen:
        faults["evidence"] = _("Para decir que se mantiene hace falta al menos una pieza de evidencia.")
    if any(piece.commitment_id != commitment.pk or not piece.is_public() for piece in seen):
        faults["evidence"] = _("Elige evidencia pública de este compromiso.")
    if faults:
        raise ValidationError(faults)
    check = known or Check(commitment=commitment, months=months)
    check.result, check.text, check.on, check.by = result, text(words.strip(), words_en.strip()), today, role
    check.evidence, check.returned = [_as_seen(piece) for piece in seen], ""
    check.save()
    return check


@transaction.atomic
def confirm_check(*, check: Check, role: Role, by: Actor, on: dt.date | None = None) -> None:
    """Another person looked at the same and agrees: the check is public. Raises ``ValidationError`` for one's own."""
    if check.confirmed_on is not None:
        raise ValidationError(_("Esta revisión ya se hizo."))
    if role.pk == check.by_id or role.person_id == check.by.person_id:
        raise ValidationError(_("La confirma otra persona, no quien la escribió."))
    Commitment.objects.select_for_update().only("pk").get(pk=check.commitment_id)
    last = Check.objects.filter(commitment=check.commitment).aggregate(n=Max("number"))["n"] or 0
    check.number = last + 1
    with act("check.made", check, by=by, done=on):
        check.confirmed_by, check.confirmed_on = role, on or timezone.localdate()


@transaction.atomic
def return_check(*, check: Check, role: Role, why: str) -> None:
    """Another person asks for changes; private."""
    if check.confirmed_on is not None or role.person_id == check.by.person_id:
        raise ValidationError(_("La devuelve otra persona, antes de confirmarla."))
    if not why.strip():
        raise ValidationError({"why": _("Di qué falta o qué cambiarías.")})
    check.returned = why.strip()
    check.save(update_fields=["returned"])


@transaction.atomic
def hand_over(
    *, commitment: Commitment, to: Organisation, reason: str, by: Actor, basis: str = "", on: dt.date | None = None
) -> Handover:
    """Gives a commitment of a past plan into the care of another institution, for a public reason. Its lead stays.

    Raises ``ValidationError`` before the plan's end, for a dissolved institution or for whoever has it already.
    """
    today = on or timezone.localdate()
    Commitment.objects.select_for_update().only("pk").get(pk=commitment.pk)
    end = commitment.plan.end.last
    if end is None or today <= end:
        raise ValidationError(_("El plan no ha terminado: cambia la responsable en el compromiso mismo."))
    last = Handover.objects.filter(commitment=commitment).select_related("to").order_by("-number").first()
    faults = {}
    if to.pk == (last.to_id if last else commitment.lead_id):
        faults["to"] = _("Ya está a su cargo.")
    elif to.dissolved or to.jurisdiction_id != commitment.jurisdiction_id:
        faults["to"] = _("Elige una institución de este territorio que siga existiendo.")
    if not reason.strip():
        faults["reason"] = _("Escribe el motivo. Es público.")
    if faults:
        raise ValidationError(faults)
    handover = Handover(
        commitment=commitment,
        number=(last.number if last else 0) + 1,
        to=to,
        on=today,
        reason=text(reason.strip()),
        basis=basis.strip(),
    )
    with act("commitment.handed_over", handover, by=by, why=reason.strip(), basis=basis.strip(), done=on):
        pass
    return handover


def _as_seen(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as it was looked at: its words, and the hash of the file that was kept."""
    seen: dict[str, Any] = {"key": piece.subject_key(), "title": versions(piece.title)}
    if piece.url:
        seen["url"] = piece.url
    if piece.blob_id:
        seen["sha256"] = piece.blob_id
    return seen
