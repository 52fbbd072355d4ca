"""The one letter of this app: the link with which an address is confirmed. The address is used to send it and not kept."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from tequio.common.mail import deliver
from tequio.opinions import tokens
from tequio.opinions.models import Conversation


def send_link(conversation: Conversation, address: str) -> bool:
    """Sends the link, in the active language; False when it could not leave."""
    token = tokens.seal(conversation, tokens.word_of_address(conversation, address))
    page = reverse("opinions:confirm", args=[conversation.jurisdiction.slug, conversation.number, token])
    context = {
        "conversation": conversation,
        "address": settings.BASE_URL + page,
        "base_url": settings.BASE_URL,
        "days": tokens.VALID.days,
    }
    subject = render_to_string("opinions/mail/link_subject.txt", context).strip()
    message = EmailMultiAlternatives(
        f"Tequio: {subject}", render_to_string("opinions/mail/link.txt", context), to=[address]
    )
    return deliver(message, f"a link to conversation row {conversation.pk}")
