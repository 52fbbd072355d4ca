"""How many people may begin to vote, propose or ask for a link from one network address or mailbox within a day.

Many people may share one connection (a school, a workshop with one telephone), so it is generous: it stops machines, not
neighbours. Only hashes are kept, for a day.
"""

import hashlib

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

DAY = 24 * 3600
MOST = {"begin": 300, "propose": 60, "link": 60, "mailbox": 5}


def count(request: HttpRequest, what: str, mailbox: str = "") -> None:
    """Counts this attempt. Raises ``ValidationError`` once there were too many."""
    from allauth.account.adapter import get_adapter

    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:
        address = "unknown"
    tried = [_count(what, address) > MOST[what]]
    if mailbox:
        tried.append(_count("mailbox", mailbox.lower()) > MOST["mailbox"])
    if any(tried):
        raise ValidationError(_("Desde aquí ya participó hoy mucha gente. Inténtalo mañana."))


def _count(sort: str, value: str) -> int:
    key = f"opinions:{sort}:{hashlib.sha256(value.encode()).hexdigest()[:32]}"
    cache.add(key, 0, DAY)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1
