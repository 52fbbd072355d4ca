"""Mails about roles."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tequio.common.mail import deliver
from tequio.people.models import Role


def send_invitation(role: Role) -> bool:
    """Tells whoever got a role what it is and how to enter, in their language. False when the mail could not leave:
    the role stands all the same, and whoever granted it is told."""
    if role.person is None or not role.person.email:
        return False
    language = role.person.account.language if role.person.account else "es"
    with translation.override(language):
        context = {"role": role, "base_url": settings.BASE_URL, "reply_to": settings.REPLY_TO}
        context["address"] = settings.BASE_URL + reverse("account_login")
        subject = render_to_string("people/mail/invitation_subject.txt", context).strip()
        message = EmailMultiAlternatives(
            f"Tequio: {subject}",
            render_to_string("people/mail/invitation.txt", context),
            to=[role.person.email],
            headers={"Reply-To": settings.REPLY_TO} if settings.REPLY_TO else {},
        )
        message.attach_alternative(render_to_string("people/mail/invitation.html", context), "text/html")
    return deliver(message, f"the invitation for role {role.subject_key()}")
