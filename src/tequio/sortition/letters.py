"""Mails to volunteers, in Spanish or the language they used. Their links carry a signed key and nothing about anybody."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.common.mail import deliver
from tequio.sortition.models import Seat, Volunteer

SALT = "tequio.sortition."


def key_for(purpose: str, thing: Volunteer | Seat) -> str:
    """The key of a private link: ``confirm`` and ``withdraw`` for a volunteer, ``seat`` for a place."""
    return signing.dumps(thing.pk, salt=SALT + purpose)


def opened(purpose: str, key: str) -> int | None:
    """What a key stands for (a primary key); None for one that was not made here or for something else."""
    try:
        return int(signing.loads(key, salt=SALT + purpose))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def link(purpose: str, thing: Volunteer | Seat) -> str:
    """The full address of a private page."""
    here = thing.call.jurisdiction.slug
    return settings.BASE_URL + reverse(f"sortition:{purpose}", args=[here, key_for(purpose, thing)])


def send_confirmation(person: Volunteer) -> bool:
    """Asks a volunteer to confirm their e-mail; tells who is in already how to leave."""
    title = best(person.call.title)[0]
    if person.confirmed:
        subject, words = _("ya estás en la convocatoria"), _("Tu participación en «%(call)s» ya está confirmada.")
        return _send(person, subject, words % {"call": title}, "")
    words = _("Alguien, esperamos que tú, se ofreció con este correo en «%(call)s». Si fuiste tú, confírmalo:")
    return _send(person, _("confirma tu participación"), words % {"call": title}, link("confirm", person))


def send_question(seat: Seat) -> bool:
    """Tells a drawn person that a place waits for their answer."""
    person = seat.volunteer
    if person is None or not person.email:
        return False
    words = _(
        "El sorteo de «%(call)s» te dio un lugar en el Comité de Seguimiento. Dinos si lo aceptas, a más tardar el "
        "%(day)s. Si no puedes, el lugar pasa a la siguiente persona; no pasa nada."
    )
    day = seat.answer_by.strftime("%d/%m/%Y") if seat.answer_by else ""
    title = best(seat.call.title)[0]
    return _send(person, _("te tocó un lugar en el Comité"), words % {"call": title, "day": day}, link("seat", seat))


def _send(person: Volunteer, subject: str, words: str, address: str) -> bool:
    """False when the mail could not leave; whoever asked is told."""
    context: dict[str, Any] = {
        "person": person,
        "words": words,
        "address": address,
        "leave": link("withdraw", person),
        "base_url": settings.BASE_URL,
        "reply_to": settings.REPLY_TO,
    }
    message = EmailMultiAlternatives(
        f"Tequio: {subject}",
        render_to_string("sortition/mail/letter.txt", context),
        to=[person.email],
        headers={"Reply-To": settings.REPLY_TO} if settings.REPLY_TO else {},
    )
    message.attach_alternative(render_to_string("sortition/mail/letter.html", context), "text/html")
    return deliver(message, f"a mail to volunteer {person.pk}")
