"""How much somebody may hand in within a day, so that one account cannot fill the disk."""

import hashlib

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DAY = 24 * 3600  # seconds
MOST = 300 * 1024 * 1024  # bytes a day: thirty files of the largest size


def spend(who: str, size: int, most: int = MOST) -> None:
    """Counts ``size`` bytes for ``who`` (an account, an address: only a hash is kept, for a day).

    Raises ``ValidationError`` beyond the limit. Counted by each process where the cache is each process's own.
    """
    key = f"documents:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    cache.add(key, 0, DAY)
    try:
        spent = cache.incr(key, size)
    except ValueError:  # it ran out between the two
        return
    if spent > most:
        raise ValidationError(
            _("Hoy ya subiste %(most)s MB. Sigue mañana, o pega la dirección donde está.") % {"most": most >> 20}
        )
