"""How many people may begin to vote, propose or ask for a link from one network address or mailbox within a day.

Many people may share one connection (a school, a workshop with one telephone), so it is generous: it stops machines, not
neighbours. Only hashes are kept, for a day.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tequio.common import floods

DAY = 24 * 3600
MOST = {"begin": 300, "propose": 60, "link": 60, "mailbox": 5}


def count(request: HttpRequest, what: str, mailbox: str = "") -> None:
    """Counts this attempt. Raises ``ValidationError`` once there were too many."""
    tried = [floods.count(f"opinions.{what}", floods.address_of(request), DAY) > MOST[what]]
    if mailbox:
        tried.append(floods.count("opinions.mailbox", mailbox.lower(), DAY) > MOST["mailbox"])
    if any(tried):
        raise ValidationError(_("Desde aquí ya participó hoy mucha gente. Inténtalo mañana."))
