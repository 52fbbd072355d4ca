"""The one place where a view asks whether it may."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


class SignInNeeded(Exception):  # noqa: N818  the name that views read
    """Nobody is signed in; ``common.access.AccessMiddleware`` leads to the sign-in page and back."""


def here(request: HttpRequest) -> Any:
    """The jurisdiction of the page (set by ``places.middleware``)."""
    return request.jurisdiction  # type: ignore[attr-defined]


def account_of(request: HttpRequest) -> Any:
    """The account that is signed in; ``require`` has seen to it that there is one."""
    return request.user


def require(request: HttpRequest, permission: str, obj: Any = None) -> None:
    """Passes if the person, in the role they act in, has ``permission`` on ``obj``.

    Raises ``SignInNeeded`` for a visitor and ``PermissionDenied`` for a person who may not.
    """
    user = request.user
    if not user.is_authenticated:
        raise SignInNeeded
    if not user.has_perm(permission, obj):
        raise PermissionDenied(_("El papel en que actúas no permite hacer esto."))


def may(request: HttpRequest, permission: str, obj: Any = None) -> bool:
    """Whether the person may, for links that only they see; a public page of everybody else does not change by a byte."""
    return request.user.is_authenticated and request.user.has_perm(permission, obj)


class AccessMiddleware:
    """Turns ``SignInNeeded`` into the way to the sign-in page and back."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SignInNeeded):
            return redirect_to_login(request.get_full_path())
        return None
