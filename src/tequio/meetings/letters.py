"""The mail that tells those who were present that the minutes can be read and corrected."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.common.mail import deliver
from tequio.meetings import tokens
from tequio.meetings.models import Attendance, Minutes

AT_ONCE = 50  # letters of one round


def send_due() -> int:
    """Writes to everybody who was present in a session whose minutes are in review and left an address, each with a link of
    their own; marked before it leaves, so that nobody gets it twice. Returns how many left."""
    rows = Attendance.objects.filter(told_at=None, session__minutes__state=Minutes.State.REVIEW)
    rows = rows.filter(Q(seat=None) | Q(confirmed=True)).select_related(
        "session__minutes", "session__jurisdiction", "person__account", "account"
    )
    sent = 0
    for row in rows.order_by("pk")[:AT_ONCE]:
        if Attendance.objects.filter(pk=row.pk, told_at=None).update(told_at=timezone.now()):
            sent += _send(row.session.minutes, row)
    return sent


def _address(row: Attendance) -> str:
    person = row.person
    account = row.account or (person.account if person else None)
    return row.email or (person.email if person else "") or (account.email if account and account.is_active else "")


def _send(minutes: Minutes, row: Attendance) -> bool:
    to = _address(row)
    if not to:
        return False
    session = minutes.session
    with translation.override(row.account.language if row.account else "es"):
        link = reverse("meetings:present", args=[session.jurisdiction.slug, tokens.for_attendance(row)])
        context = {
            "title": best(session.title)[0],
            "until": minutes.review_until,
            "address": settings.BASE_URL + link,
            "base_url": settings.BASE_URL,
        }
        message = EmailMessage(
            _("Revisa el acta: %(session)s") % {"session": context["title"][:120]},
            render_to_string("meetings/mail/review.txt", context).strip() + "\n",
            to=[to],
            reply_to=[settings.REPLY_TO] if settings.REPLY_TO else None,
            headers={"Auto-Submitted": "auto-generated"},
        )
    return deliver(message, "an invitation to review minutes")
