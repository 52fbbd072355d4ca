"""How often somebody may send the volunteers' form: per network address and per contact, within an hour."""

from django.http import HttpRequest

from tequio.common import floods

HOUR = 3600
PER_ADDRESS, PER_CONTACT = 20, 4


def too_many(request: HttpRequest, contact: str) -> bool:
    """Counts this attempt; True once there were too many. Only hashes are kept, for an hour."""
    tried = [floods.count("sortition.address", floods.address_of(request), HOUR) > PER_ADDRESS]
    if contact:
        tried.append(floods.count("sortition.contact", contact, HOUR) > PER_CONTACT)
    return any(tried)
