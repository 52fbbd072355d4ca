"""The mail that calls people to a session, with its agenda and an entry for their calendar, and those that say that it
changed or was cancelled; each to each person once."""

import json

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tequio.common.i18n import best
from tequio.common.mail import deliver
from tequio.meetings import calendar, queries
from tequio.meetings.models import Invitation, Session
from tequio.record.models import Act

AT_ONCE = 50  # mails of one round
SUBJECTS = {
    Invitation.About.CALLED: gettext_noop("Convocatoria: %(session)s"),
    Invitation.About.CHANGED: gettext_noop("Cambió la sesión: %(session)s"),
    Invitation.About.CANCELLED: gettext_noop("Se canceló la sesión: %(session)s"),
}


def send_due() -> int:
    """Sends what has not been sent, each row marked before its mail leaves: a kill in between loses one mail and repeats
    none. Returns how many left."""
    states = (Session.State.CALLED, Session.State.OPEN, Session.State.CANCELLED)
    rows = Invitation.objects.filter(sent=None, session__state__in=states)
    sent = 0
    for row in rows.select_related("session__jurisdiction", "session__body", "person__account").order_by("pk")[
        :AT_ONCE
    ]:
        if Invitation.objects.filter(pk=row.pk, sent=None).update(sent=timezone.now()):
            sent += _send(row)
    return sent


def _why(session: Session) -> str:
    """The public reason of its newest change, from the record."""
    last = Act.objects.filter(on=session.subject_key(), kind="session.changed").order_by("-rev").first()
    return str(json.loads(bytes(last.entry)).get("why", "")) if last else ""


def _send(row: Invitation) -> bool:
    account = row.person.account
    address = row.person.email or (account.email if account is not None and account.is_active else "")
    if not address:
        return False
    session = row.session
    with translation.override(account.language if account is not None else "es"):
        slug = session.jurisdiction.slug
        title = best(session.title)[0]
        subject = SUBJECTS[Invitation.About(row.about)]
        context = {
            "session": session,
            "about": row.about,
            "why": session.cancelled_reason or _why(session),
            "title": title,
            "place": best(session.jurisdiction.name)[0],
            "agenda": list(queries.agenda_of(session)),
            "documents": list(queries.documents_of(session)),
            "day": session.starts_at.astimezone(session.zone),
            "address": settings.BASE_URL + reverse("meetings:session", args=[slug, session.number]),
            "base_url": settings.BASE_URL,
            "practice": session.jurisdiction.is_practice,
        }
        message = EmailMultiAlternatives(
            _(subject) % {"session": title[:120]},
            render_to_string("meetings/mail/invitation.txt", context).strip() + "\n",
            to=[address],
            reply_to=[settings.REPLY_TO] if settings.REPLY_TO else None,
            headers={"Auto-Submitted": "auto-generated"},
        )
        message.attach(f"{slug}-sesion-{session.number}.ics", calendar.of([session], slug), "text/calendar")
    return deliver(message, "an invitation")
