"""Letters to whoever said something in co-creation."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tequio.cocreation import tokens
from tequio.cocreation.models import Contribution, Response, Support
from tequio.common.mail import deliver


def _send(name: str, said: Any, address: str, **more: Any) -> bool:
    """Sends the letter ``name`` in the author's language; False when there is nowhere to send it or it could not leave.
    What was done stands all the same. ``address`` leads on, without its host."""
    account = getattr(said, "account", None)
    to = said.email or (account.email if account else "")
    if not to:
        return False
    context = {
        "said": said,
        "thing": tokens.sorts[tokens.kind_of(said)].thing,
        "address": settings.BASE_URL + address,
        "base_url": settings.BASE_URL,
        "reply_to": settings.REPLY_TO,
        "days": tokens.VALID.days,
        **more,
    }
    with translation.override(said.language):
        subject = render_to_string(f"cocreation/mail/{name}_subject.txt", context).strip()
        message = EmailMultiAlternatives(
            f"Tequio: {subject}",
            render_to_string(f"cocreation/mail/{name}.txt", context),
            to=[to],
            headers={"Reply-To": settings.REPLY_TO} if settings.REPLY_TO else {},
        )
    return deliver(message, f"a letter about {tokens.kind_of(said)} row {said.pk}")


def _place(said: Any) -> str:
    return str((said.about if isinstance(said, Support) else said).jurisdiction.slug)


def _address(said: Any, name: str, purpose: str) -> str:
    with translation.override(said.language):
        return reverse(f"cocreation:{name}", args=[_place(said), tokens.sign(purpose, said)])


def ask_to_confirm(said: Any) -> bool:
    """The link that makes it public, or count."""
    return _send("confirm", said, _address(said, "confirm", tokens.CONFIRM))


def tell_received(said: Any) -> bool:
    """That it is public, until when it is answered where that is owed, and the author's own page."""
    return _send("received", said, _address(said, "mine", tokens.AUTHOR))


def tell_moderated(said: Any) -> bool:
    """What was hidden or restored, by which rule and why, and where to ask for a second look."""
    line = said.moderation[-1] if said.moderation else {}
    return _send("moderated", said, _address(said, "mine", tokens.AUTHOR), line=line)


def tell_answered(response: Response) -> bool:
    """The answer, whole, and where to ask once that it be reviewed."""
    said: Contribution = response.contribution
    return _send("answered", said, _address(said, "mine", tokens.AUTHOR), response=response)


def tell_taken_up(said: Contribution, title: str, address: str) -> bool:
    """That it became part of a commitment, and that its author will hear when that moves."""
    return _send("taken_up", said, address, title=title)
