"""Reasoned answers: held in private, released together, reviewed once. Nothing closes without a decision and its reason."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation.actions.confirming import PUBLIC, due_from
from tequio.cocreation.models import Batch, Call, Contribution, Response
from tequio.common.i18n import text, versions
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act, act_many
from tequio.vocabularies import terms

DECISIONS, REASONS = "contribution_decision", "response_reason"


def _checked(contribution: Contribution, decision: str, reason: str, words: str, other: Contribution | None) -> None:
    faults = {}
    if decision not in terms.keys(DECISIONS):
        faults["decision"] = _("Elige en qué queda.")
    if reason not in terms.keys(REASONS):
        faults["reason"] = _("Elige el motivo.")
    if len(words.strip()) < 20:
        faults["words"] = _("Explica el porqué con tus palabras: es público y le llega a quien la hizo.")
    if decision == "merged" and (other is None or other.pk == contribution.pk):
        faults["merged_with"] = _("Di a qué otra aportación se une.")
    if other is not None and other.jurisdiction_id != contribution.jurisdiction_id:
        faults["merged_with"] = _("Esa aportación es de otro territorio.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def hold_answer(
    *,
    contribution: Contribution,
    decision: str,
    reason: str,
    words: str,
    role: Role,
    words_en: str = "",
    wording: str = "",
    merged_with: Contribution | None = None,
    batch: Batch | None = None,
) -> Response:
    """Writes an answer and holds it: private until it is released. Writing again replaces what was held.

    Raises ``ValidationError`` without a decision, a reason from the list and words of its own, or when none is owed.
    """
    locked = Contribution.objects.select_for_update(of=("self",)).select_related("answer").get(pk=contribution.pk)
    if not locked.awaits_answer and not locked.awaits_second_answer:
        raise ValidationError(_("Esta aportación ya tiene respuesta, o quien la hizo la retiró."))
    _checked(contribution, decision, reason, words, merged_with)
    if batch is not None and (batch.released_on is not None or batch.call_id != contribution.call_id):
        raise ValidationError({"batch": _("Ese lote ya se publicó o es de otra convocatoria.")})
    number = 2 if locked.awaits_second_answer else 1
    held, _new = Response.objects.update_or_create(
        contribution=contribution,
        number=number,
        defaults={
            "decision": decision,
            "reason": reason,
            "text": text(words.strip(), words_en.strip()),
            "wording": wording.strip(),
            "merged_with": merged_with,
            "batch": batch,
            "drafted_by": role,
        },
    )
    return held


@transaction.atomic
def open_batch(*, call: Call, title: Any) -> Batch:
    """A batch for answers to be released together; private until then."""
    found = versions(title)
    if not found.get("es"):
        raise ValidationError({"title": _("Ponle nombre al lote: «Respuestas de la mesa del agua».")})
    Jurisdiction.objects.select_for_update().get(pk=call.jurisdiction_id)
    number = (Batch.objects.filter(jurisdiction=call.jurisdiction).aggregate(n=Max("number"))["n"] or 0) + 1
    return Batch.objects.create(
        call=call, jurisdiction=call.jurisdiction, number=number, title=text(found["es"], found.get("en", ""))
    )


@transaction.atomic
def release(
    *, responses: Iterable[Response], by: Actor, batch: Batch | None = None, on: dt.date | None = None
) -> list[Response]:
    """Releases held answers at the same moment and closes their contributions. Returns those released.

    What its author took back meanwhile stays held. Raises ``ValidationError`` when nothing is left to release.
    """
    today = on or timezone.localdate()
    wanted = {row.pk for row in responses}
    rows = Response.objects.filter(pk__in=wanted, released_on=None).order_by("contribution__number")
    held = list(rows.select_related("contribution", "batch", "merged_with", "drafted_by__jurisdiction"))
    locked = Contribution.public_rows().filter(pk__in={row.contribution_id for row in held})
    owed = {one.pk: one for one in locked.select_for_update(of=("self",))}
    ready = [row for row in held if _is_owed(owed.get(row.contribution_id), row)]
    if not ready:
        raise ValidationError(_("No hay respuestas por publicar."))
    if batch is not None:
        if batch.released_on is not None:
            raise ValidationError(_("Ese lote ya se publicó."))
        with act("batch.released", batch, by=by, done=on):
            batch.released_on, batch.count = today, len(ready)
    for row in ready:
        row.contribution = owed[row.contribution_id]
        row.batch = batch
        row.released_on = today
    act_many("response.released", ready, by=by, done=on)
    first = [row for row in ready if row.number == 1]
    second = [row for row in ready if row.number == 2]
    for row in ready:
        row.contribution.answer = row
        row.contribution.closed_on = row.contribution.closed_on or today
    act_many("contribution.answered", [row.contribution for row in first], by=by, done=on)
    act_many("contribution.reviewed", [row.contribution for row in second], by=by, done=on)
    return ready


def _is_owed(contribution: Contribution | None, response: Response) -> bool:
    if contribution is None:
        return False
    if response.number == 2:
        return contribution.awaits_second_answer
    return contribution.awaits_answer


@transaction.atomic
def ask_review(*, contribution: Contribution, words: str, on: dt.date | None = None) -> None:
    """Its author asks, once, that the answer be looked at again. ``words`` are for whoever answers alone."""
    if contribution.closed_on is None or contribution.answer is None:
        raise ValidationError(_("Todavía no tiene respuesta."))
    if contribution.review_asked_on is not None:
        raise ValidationError(_("Ya pediste que se revisara: se puede una vez."))
    if not words.strip():
        raise ValidationError({"words": _("Di qué no se tomó en cuenta.")})
    today = on or timezone.localdate()
    with act("contribution.review_asked", contribution, by=PUBLIC, done=on):
        contribution.review = words.strip()
        contribution.review_asked_on = today
        contribution.review_due = due_from(contribution.call, today)
