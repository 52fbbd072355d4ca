"""Signing in: one e-mail address, and a code sent to it."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tequio.people.actions.persons import open_account


class SignIn(LoginForm):
    """Asks for an e-mail address only. A new address gets an account, so that known and new people see the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["login"]
        field.label = _("Correo electrónico")
        field.help_text = _("Te enviaremos un código para entrar. No hay contraseña.")
        field.widget.attrs = {"autocomplete": "username webauthn", "inputmode": "email"}

    def _clean_without_password(self, email: str | None, phone: str | None) -> Any:
        cleaned = super()._clean_without_password(email, phone)
        if email and not self.errors:
            self.user = open_account(email=email, language=get_language() or "es")
        return cleaned
