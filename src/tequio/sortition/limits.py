"""How often somebody may send the volunteers' form: per network address and per contact, within an hour."""

import hashlib

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

HOUR = 3600
PER_ADDRESS, PER_CONTACT = 20, 4


def too_many(request: HttpRequest, contact: str) -> bool:
    """Counts this attempt; True once there were too many. Only hashes are kept, for an hour."""
    from allauth.account.adapter import get_adapter

    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:
        address = "unknown"
    counted = [_count("ip", address) > PER_ADDRESS]
    if contact:
        counted.append(_count("who", contact) > PER_CONTACT)
    return any(counted)


def _count(sort: str, value: str) -> int:
    key = f"sortition:{sort}:{hashlib.sha256(value.encode()).hexdigest()[:32]}"
    cache.add(key, 0, HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1
