"""Holds floods of what people write back, in observations and wherever else letters with a link go out, without keeping
anybody's address: only a salted hash, and that for 24 hours. In a table of its own, and not in the cache as ``common.floods``:
a restart must not let a mailbox be flooded."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tequio.observations.models import Trace

# Many people may share one connection (a workshop, a school); an e-mail address is one person's.
PER_CONNECTION = 30
PER_MAILBOX = 6
KEPT = dt.timedelta(hours=24)


def count(*, connection: str = "", mailbox: str = "") -> None:
    """Notes one sending. Raises ``ValidationError`` when the day's limit of the connection or mailbox is reached."""
    now = timezone.now()
    Trace.objects.filter(at__lt=now - KEPT).delete()
    sent = [
        (digest(kind, value), most)
        for kind, value, most in (("ip", connection, PER_CONNECTION), ("mail", mailbox.lower(), PER_MAILBOX))
        if value
    ]
    for hashed, most in sent:
        if Trace.objects.filter(digest=hashed, at__gte=now - KEPT).count() >= most:
            raise ValidationError(
                _("Desde aquí ya se enviaron muchos textos hoy. Inténtalo mañana; lo que escribiste no se perdió.")
            )
    Trace.objects.bulk_create(Trace(digest=hashed, at=now) for hashed, _most in sent)


def digest(kind: str, value: str) -> str:
    """The salted hash; the installation's secret is the salt, so the list alone tells nobody's address."""
    return salted_hmac(f"observations.{kind}", value, algorithm="sha256").hexdigest()
