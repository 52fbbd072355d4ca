"""Says so when too few witnesses have confirmed for too long: on the page, in ``doctor``, and once by mail."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tequio.common.health import Finding, Level
from tequio.common.mail import deliver
from tequio.record.core.policy import NONE
from tequio.record.publish import newest
from tequio.witnesses import queries
from tequio.witnesses.models import Alarm

PATIENCE = dt.timedelta(hours=72)


def silent_since() -> dt.datetime | None:
    """When the quorum was last there, if that is more than ``PATIENCE`` before the newest seal; else None.

    Measured against the seal and not the clock, so that a page says the same until the record moves; a quiet log is sealed
    once a day. Without a quorum to be had nothing is missing.
    """
    seal, rows = newest(), list(queries.active())
    if seal is None or not rows or queries.policy(rows).quorum == NONE:
        return None
    attested = queries.newest_attested()
    day = timezone.make_aware(dt.datetime.combine(min(row.since for row in rows), dt.time()))
    since = attested.made if attested else day
    return since if seal.made - since > PATIENCE else None


def finding() -> Iterator[Finding]:
    """For ``doctor``."""
    since = silent_since()
    if since is not None:
        day = date_format(timezone.localtime(since), "DATE_FORMAT")
        yield Finding(
            Level.WARN,
            _("Desde el %(day)s no han firmado bastantes testigos.") % {"day": day},
            _("Escríbeles: mira en /mi/testigos/ quién falta."),
        )


def tell_if_silent() -> int:
    """Tells whoever runs the installation, once for each silence; returns to how many."""
    since = silent_since()
    if since is None or Alarm.objects.filter(since=since).exists():
        return 0
    Alarm.objects.create(since=since, told=timezone.now())
    addresses = get_user_model().objects.filter(is_staff=True, is_active=True).values_list("email", flat=True)
    with translation.override(settings.LANGUAGE_CODE):
        day = date_format(timezone.localtime(since), "DATE_FORMAT")
        words = _(
            "Desde el %(day)s no han firmado bastantes testigos del registro. Lo anterior sigue atestiguado; lo nuevo "
            "todavía no. Mira quién falta y escríbele:\n\n%(url)s"
        ) % {"day": day, "url": f"{settings.BASE_URL}/mi/testigos/"}
        subject = f"Tequio: {_('faltan firmas de testigos')}"
    sent = (deliver(EmailMessage(subject, words, to=[one]), "the alarm of the witnesses") for one in addresses if one)
    return sum(sent)
