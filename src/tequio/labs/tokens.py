"""The key of a lab's capture page. Whoever has it and a printed sheet may enter that sheet; it reads nothing. The secretariat
can have all older keys stop working (``Lab.opening``)."""

from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.labs.models import Lab


def key_of(lab: Lab) -> str:
    """The key that works now."""
    return salted_hmac("labs.capture", f"{lab.pk}:{lab.opening}", algorithm="sha256").hexdigest()[:20]


def opens(lab: Lab, key: str) -> bool:
    """Whether a key opens the lab's capture page."""
    return constant_time_compare(key_of(lab), key)
