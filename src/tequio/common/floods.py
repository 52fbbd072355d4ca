"""Counts how often something is asked from one network address or mailbox, so that floods are held back.

Counted in the cache for a while. Only keyed hashes are kept: with the installation's secret as the key, whoever reads the cache
cannot try all the addresses there are. What is too often, each app says in its own ``limits``.
"""

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

UNKNOWN = "unknown"


def count(use: str, who: str, seconds: int) -> int:
    """Counts one more for ``who`` and says how many there were within ``seconds``."""
    key = _key(use, who)
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1


def counted(use: str, who: str) -> int:
    """How many there were; counts nothing."""
    return int(cache.get(_key(use, who), 0))


def address_of(request: HttpRequest) -> str:
    """The network address of whoever asks, beyond our own proxies; one word for all whose address nobody can tell."""
    from allauth.account.adapter import get_adapter

    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return UNKNOWN


def _key(use: str, who: str) -> str:
    return f"floods:{use}:{salted_hmac(f'floods.{use}', who, algorithm='sha256').hexdigest()[:32]}"
