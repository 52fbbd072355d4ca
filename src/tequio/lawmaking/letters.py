"""Letters to whoever said something of a bill: what became of it, when the bill moves, and when their words came in."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, OuterRef, Q, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tequio.cocreation import tokens
from tequio.common.mail import deliver
from tequio.lawmaking.models import Bill, BillStep, Remark
from tequio.legaltext.models import Origin

AT_ONCE = 200


def _send(name: str, row: Remark, address: str, **more: object) -> bool:
    to = row.email or (row.account.email if row.account else "")
    if not to:
        return False
    with translation.override(row.language):
        context = {
            "said": row,
            "bill": row.bill,
            "address": settings.BASE_URL + address,
            "base_url": settings.BASE_URL,
            "reply_to": settings.REPLY_TO,
            **more,
        }
        subject = render_to_string(f"lawmaking/mail/{name}_subject.txt", context).strip()
        message = EmailMultiAlternatives(
            f"Tequio: {subject}",
            render_to_string(f"lawmaking/mail/{name}.txt", context),
            to=[to],
            headers={"Reply-To": settings.REPLY_TO} if settings.REPLY_TO else {},
        )
    return deliver(message, f"a letter about remark row {row.pk}")


def _mine(row: Remark) -> str:
    with translation.override(row.language):
        return reverse("cocreation:mine", args=[row.jurisdiction.slug, tokens.sign(tokens.AUTHOR, row)])


def send_due() -> int:
    """Writes to whoever is owed a letter, ``AT_ONCE`` at most in a minute; returns how many left.

    Who is told is written down before the letter leaves: after a crash somebody may miss one, nobody gets one twice.
    """
    return _tell_answers() + _tell_steps()


def _tell_answers() -> int:
    """What became of it, one letter for each remark."""
    rows = Remark.objects.filter(fate__isnull=False, told_fate=False).exclude(sight=Remark.Sight.WITHDRAWN)
    found = list(rows.select_related("jurisdiction", "bill", "account", "fate").order_by("pk")[:AT_ONCE])
    Remark.objects.filter(pk__in=[row.pk for row in found]).update(told_fate=True)
    return sum(_send("answered", row, _mine(row)) for row in found if row.is_alive)


def _tell_steps() -> int:
    """To whoever spoke of a bill: it came to another stage. One letter a person, about the newest step."""
    newest = BillStep.objects.filter(bill=OuterRef("bill")).order_by("-number").values("number")[:1]
    rows = Remark.objects.filter(published_on__isnull=False).exclude(sight=Remark.Sight.WITHDRAWN)
    rows = rows.annotate(newest=Subquery(newest)).filter(newest__gt=F("told_step"))
    found = list(rows.select_related("jurisdiction", "bill__jurisdiction", "account").order_by("bill", "pk")[:AT_ONCE])
    persons: dict[tuple[int, str], Any] = {}
    for row in found:
        address = row.email or (row.account.email if row.account else f"row {row.pk}")
        persons.setdefault((row.bill_id, address), row)
        whose = Q(email=row.email) if row.email else Q(account=row.account) if row.account else Q(pk=row.pk)
        Remark.objects.filter(whose, bill=row.bill).update(told_step=row.newest)
    told = 0
    for row in persons.values():
        with translation.override(row.language):
            address = reverse("lawmaking:bill", args=[row.bill.jurisdiction.slug, row.bill.code])
        told += _send("moved", row, address)
    return told


def tell_credited(bill: Bill, origin: Origin) -> bool:
    """To whoever proposed them: their words are in the text."""
    number = origin.contribution.rsplit("/", 1)[-1]
    rows = Remark.objects.select_related("jurisdiction", "bill", "account")
    row = rows.filter(bill=bill, number=int(number) if number.isdecimal() else -1).first()
    if row is None:
        return False
    with translation.override(row.language):
        address = reverse("lawmaking:words", args=[bill.jurisdiction.slug, bill.code])
    return _send("credited", row, address, origin=origin)
