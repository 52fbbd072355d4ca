"""How many codes that do not exist somebody may try from one network address within an hour: codes cannot be guessed then.
Sheets that exist are not counted; a lab enters many from one telephone."""

import hashlib

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

HOUR = 3600
MOST = 60


def too_many(request: HttpRequest, *, wrong: bool) -> bool:
    """Whether there were too many; counts this one when it was ``wrong``. Only hashes are kept, for an hour."""
    from allauth.account.adapter import get_adapter

    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:
        address = "unknown"
    key = f"labs:wrong:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    if not wrong:
        return int(cache.get(key, 0)) > MOST
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key)) > MOST
    except ValueError:  # it ran out between the two
        return False
