"""What became of what people said: one answer, for one remark or for many that say the same."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.lawmaking.models import Bill, Fate, Remark
from tequio.people.models import Role
from tequio.record.append import Actor, act, act_many

SHORTEST = 20  # characters of a reason


@transaction.atomic
def answer(
    *,
    bill: Bill,
    remarks: Iterable[Remark],
    decision: str,
    reason: str,
    role: Role,
    by: Actor,
    reason_en: str = "",
    on: dt.date | None = None,
) -> Fate:
    """Says what became of these remarks, with one public reason, and closes them all at the same moment.

    Raises ``ValidationError`` without a decision or a reason, when one of them belongs to another bill, or when none is
    owed an answer; those answered or taken back meanwhile are left out.
    """
    wanted = {row.pk for row in remarks}
    faults = {}
    if decision not in Fate.Decision.values:
        faults["decision"] = _("Elige en qué queda.")
    if len(reason.strip()) < SHORTEST:
        faults["reason"] = _("Explica el porqué con tus palabras: es público y le llega a cada persona.")
    if faults:
        raise ValidationError(faults)
    Bill.objects.select_for_update().get(pk=bill.pk)
    rows = list(Remark.public_rows().filter(pk__in=wanted).order_by("number"))
    if any(row.bill_id != bill.pk for row in rows):
        raise ValidationError(_("Una de esas opiniones es de otra iniciativa."))
    owed = [row for row in rows if row.awaits_answer]
    if not owed:
        raise ValidationError(_("Ninguna de esas opiniones espera respuesta."))
    today = on or timezone.localdate()
    last = Fate.objects.filter(bill=bill).aggregate(n=Max("number"))["n"] or 0
    fate = Fate(
        bill=bill,
        number=last + 1,
        decision=decision,
        reason=text(reason.strip(), reason_en.strip()),
        on=today,
        by=role,
        count=len(owed),
    )
    with act("fate.decided", fate, by=by, done=on):
        pass
    for row in owed:
        row.fate, row.closed_on = fate, today
    act_many("remark.answered", owed, by=by, done=on)
    return fate


def set_apart(remarks: Iterable[Remark], likeness: int = 60) -> list[list[Remark]]:
    """Remarks on one place that seem to say the same, as groups for a person to confirm; the largest first.

    Words sorted and compared (RapidFuzz ``token_sort_ratio``): a suggestion, never an answer by itself. Likeness is 0 to 100.
    """
    from rapidfuzz import fuzz

    groups: list[list[Remark]] = []
    for row in remarks:
        words = f"{row.wording} {row.text}".lower()
        place = row.anchor.lineage_id if row.anchor else None
        for group in groups:
            first = group[0]
            there = first.anchor.lineage_id if first.anchor else None
            if place == there and fuzz.token_sort_ratio(words, f"{first.wording} {first.text}".lower()) >= likeness:
                group.append(row)
                break
        else:
            groups.append([row])
    return sorted((group for group in groups if len(group) > 1), key=len, reverse=True)
