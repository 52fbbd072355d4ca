"""How the library of accounts is led: mails that can be answered, an account's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import get_language

from tequio.people.models import Account


class AccountAdapter(DefaultAccountAdapter):
    """Accounts known by e-mail alone. Anybody may open one; it gives no role."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """A mail of the library with the portal's own address and where to answer."""
        context = {**context, "base_url": settings.BASE_URL, "reply_to": settings.REPLY_TO}
        if settings.REPLY_TO:
            headers = {**(headers or {}), "Reply-To": settings.REPLY_TO}
        return super().render_mail(template_prefix, email, context, headers)

    def new_user(self, request: HttpRequest) -> Account:
        """An account that gets its mails in the language in which it was opened."""
        return Account(language=(get_language() or "es")[:2])


class KeysAdapter(DefaultMFAAdapter):
    """The second step: a code to scan that stays readable on a dark page."""

    def build_totp_svg(self, url: str) -> str:
        """The library's picture on white: scanners want dark on light."""
        head, mark, rest = super().build_totp_svg(url).partition("<path")
        return f'{head}<rect width="100%" height="100%" fill="white"/>{mark}{rest}'
