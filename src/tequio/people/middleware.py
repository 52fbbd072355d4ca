"""Sets ``request.role``: the role that the signed-in person acts in, on pages of a jurisdiction."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from tequio.people import pending
from tequio.people.queries import acting_role


class ActingRoleMiddleware:
    """One role at a time: the one chosen on "Actúas por", else the only or first that the person holds today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.role = None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if (role := getattr(request, "_counts_anew", None)) is not None:
            pending.forget(role)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        jurisdiction = getattr(request, "jurisdiction", None)
        if jurisdiction is None or not request.user.is_authenticated:
            return
        chosen = request.session.get(f"role:{jurisdiction.slug}")
        role = acting_role(request.user, jurisdiction, chosen)
        request.role = role  # type: ignore[attr-defined]
        request.user.acting_role = role  # what the rules look at
        if role is not None and request.method == "POST":
            request._counts_anew = role  # type: ignore[attr-defined]
