"""How many codes that do not exist somebody may try from one network address within an hour: codes cannot be guessed then.
Sheets that exist are not counted; a lab enters many from one telephone."""

from django.http import HttpRequest

from tequio.common import floods

HOUR = 3600
MOST = 60


def too_many(request: HttpRequest, *, wrong: bool) -> bool:
    """Whether there were too many; counts this one when it was ``wrong``. Only hashes are kept, for an hour."""
    address = floods.address_of(request)
    tried = floods.count("labs.wrong", address, HOUR) if wrong else floods.counted("labs.wrong", address)
    return tried > MOST
