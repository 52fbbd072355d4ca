"""Hands a mail to the server. What goes wrong is logged without the addresses: a refusal names them."""

import logging
import traceback
from smtplib import SMTPException

from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


def place_of(error: BaseException) -> str:
    """What sort of error it is and where it was raised, as ``KeyError at letters.py:12``, without a word of its own."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def deliver(message: EmailMessage, what: str) -> bool:
    """Whether the mail left. ``what`` names it in the log, without anything personal."""
    try:
        message.send()
    except (OSError, SMTPException) as error:
        log.error("%s could not be sent: %s", what, type(error).__name__)
        return False
    return True
