"""Letters to whoever asks about their data."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tequio.common.mail import deliver
from tequio.privacy import tokens
from tequio.privacy.models import DataRequest


def _send(name: str, row: DataRequest, view: str, purpose: str) -> bool:
    if not row.email:
        return False
    with translation.override(row.language):
        address = reverse(view, args=[row.jurisdiction.slug, tokens.sign(purpose, row)])
        context = {
            "row": row,
            "address": settings.BASE_URL + address,
            "base_url": settings.BASE_URL,
            "reply_to": settings.REPLY_TO,
            "days": tokens.VALID.days,
        }
        subject = render_to_string(f"privacy/mail/{name}_subject.txt", context).strip()
        message = EmailMultiAlternatives(
            f"Tequio: {subject}",
            render_to_string(f"privacy/mail/{name}.txt", context),
            to=[row.email],
            headers={"Reply-To": settings.REPLY_TO} if settings.REPLY_TO else {},
        )
    return deliver(message, f"a letter about data request row {row.pk}")


def ask_to_confirm(row: DataRequest) -> bool:
    """The link that makes it count."""
    return _send("confirm", row, "privacy:confirm", tokens.CONFIRM)


def tell_received(row: DataRequest) -> bool:
    """Its number, until when it is decided, and the author's own page."""
    return _send("received", row, "privacy:mine", tokens.MINE)


def tell_decided(row: DataRequest) -> bool:
    """The decision, whole."""
    return _send("decided", row, "privacy:mine", tokens.MINE)
