"""Sets ``request.jurisdiction`` from the address; an unknown jurisdiction is a page that does not exist."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from tequio.common.moment import remembered
from tequio.places.models import Jurisdiction


@remembered
def by_slug(slug: str) -> Jurisdiction | None:
    """The jurisdiction of an address."""
    return Jurisdiction.objects.filter(slug=slug).order_by("pk").first()


class JurisdictionMiddleware:
    """The jurisdiction of an address is its URL argument ``jurisdiction``; its time zone holds for the whole page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.jurisdiction = None  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        slug = kwargs.get("jurisdiction")
        if slug is None:
            return
        jurisdiction = by_slug(slug)
        if jurisdiction is None:
            raise Http404
        request.jurisdiction = jurisdiction  # type: ignore[attr-defined]
        timezone.activate(jurisdiction.time_zone)
