"""Letters to whoever said something of a bill: what became of it, when the bill moves, and when their words came in."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tequio.cocreation import tokens
from tequio.common.mail import deliver
from tequio.lawmaking.models import Bill, Fate, Remark
from tequio.legaltext.models import Origin


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


def _of_each_person(rows: Iterable[Remark]) -> list[Remark]:
    """The first remark of each address: nobody gets the same letter twice."""
    return list({(row.email or (row.account.email if row.account else "")): row for row in rows}.values())


def tell_answered(fate: Fate) -> int:
    """What became of each remark of an answer; returns how many letters left."""
    rows = fate.remarks.select_related("jurisdiction", "bill", "account", "fate")
    return sum(_send("answered", row, _mine(row)) for row in rows if row.is_alive)


def tell_moved(bill: Bill) -> int:
    """To everybody who said something of the bill: it came to another stage."""
    rows = bill.remarks.filter(published_on__isnull=False).exclude(sight=Remark.Sight.WITHDRAWN)
    told = 0
    for row in _of_each_person(rows.select_related("jurisdiction", "bill", "account")):
        with translation.override(row.language):
            address = reverse("lawmaking:bill", args=[bill.jurisdiction.slug, bill.code])
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
