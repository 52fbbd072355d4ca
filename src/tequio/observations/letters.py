"""Letters to whoever observed something."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tequio.common.mail import deliver
from tequio.observations import tokens
from tequio.observations.models import Observation


def _send(name: str, observation: Observation, address: str) -> bool:
    """Sends the letter ``name`` in the author's language; False when there is nowhere to send it or it could not leave.
    What was done stands all the same."""
    to = observation.email or (observation.account.email if observation.account else "")
    if not to:
        return False
    with translation.override(observation.language):
        context = {
            "observation": observation,
            "address": settings.BASE_URL + address,
            "base_url": settings.BASE_URL,
            "reply_to": settings.REPLY_TO,
            "days": tokens.VALID.days,
        }
        subject = render_to_string(f"observations/mail/{name}_subject.txt", context).strip()
        message = EmailMultiAlternatives(
            f"Tequio: {subject}",
            render_to_string(f"observations/mail/{name}.txt", context),
            to=[to],
            headers={"Reply-To": settings.REPLY_TO} if settings.REPLY_TO else {},
        )
    return deliver(message, f"a letter about observation row {observation.pk}")


def _author_page(observation: Observation) -> str:
    return reverse("observations:mine", args=[observation.jurisdiction.slug, tokens.sign(tokens.AUTHOR, observation)])


def ask_to_confirm(observation: Observation) -> bool:
    """The link that publishes it."""
    with translation.override(observation.language):
        token = tokens.sign(tokens.CONFIRM, observation)
        address = reverse("observations:confirm", args=[observation.jurisdiction.slug, token])
    return _send("confirm", observation, address)


def tell_received(observation: Observation) -> bool:
    """That it is public, until when it is answered, and the author's own page."""
    with translation.override(observation.language):
        address = _author_page(observation)
    return _send("received", observation, address)


def tell_answered(observation: Observation) -> bool:
    """The committee's answer, whole."""
    with translation.override(observation.language):
        address = reverse("observations:observation", args=[observation.jurisdiction.slug, observation.number])
    return _send("answered", observation, address)


def tell_moderated(observation: Observation) -> bool:
    """What was hidden, by which rule and why, and where to ask for a second look; or what became of that."""
    with translation.override(observation.language):
        address = _author_page(observation)
    return _send("moderated", observation, address)
