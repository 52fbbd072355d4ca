"""Limits on what anybody may ask without an account, counted in the cache."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_many(use: str, who: str, most: int, seconds: int) -> bool:
    """Counts one more for ``who`` and says whether that is more than ``most`` within ``seconds``. Keeps a digest of
    ``who``, not the address itself."""
    key = f"limit:{use}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it ran out between the two
        return False


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks, beyond our own proxies."""
    return get_adapter(request).get_client_ip(request)
