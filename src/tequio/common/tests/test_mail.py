"""Mails that cannot leave: told to whoever asked, logged without the address."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tequio.common.mail import deliver

ADDRESS = "rosa@ejemplo.invalid"


class Refusing(BaseEmailBackend):
    """A server that takes no mail and names whoever it was for, as servers do."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such person")})


def test_a_mail_that_is_refused_leaves_no_address_in_the_log(settings, caplog: pytest.LogCaptureFixture) -> None:
    message = EmailMessage("Tequio: prueba", "Texto", to=[ADDRESS])
    assert deliver(message, "a test") is True
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert deliver(EmailMessage("Tequio: prueba", "Texto", to=[ADDRESS]), "a test") is False
    assert caplog.messages == ["a test could not be sent: SMTPRecipientsRefused"]
    assert ADDRESS not in caplog.text
