"""Hands a mail to the server. What goes wrong is logged without the addresses: a refusal names them."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


def deliver(message: EmailMessage, what: str) -> bool:
    """Whether the mail left. ``what`` names it in the log, without anything personal."""
    try:
        message.send()
    except (OSError, SMTPException) as error:
        log.error("%s could not be sent: %s", what, type(error).__name__)
        return False
    return True
