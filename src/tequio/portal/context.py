"""What every page needs: navigation, language switch, where we are."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.encoding import iri_to_uri

from tequio.common import navigation
from tequio.people import pending
from tequio.record import hold, receipts
from tequio.record.models import Leaf


def portal(request: HttpRequest) -> dict[str, Any]:
    """What templates find: ``jurisdiction``, ``role``, ``menu``, ``trial``, ``base_url``, ``source_url``,

    ``copy`` (whether the page is made for a copy of the portal, whose pages must not change with each act),
    ``other_language`` (this page's address in the other one), ``record_size`` (a function: how many acts the record has),
    ``record_behind`` (a function: who holds more of it than this host, or None)
    and ``new_receipts`` (a function: how many receipts the person has not been told of; telling empties it).
    """
    jurisdiction = getattr(request, "jurisdiction", None)
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    return {
        "jurisdiction": jurisdiction,
        "role": getattr(request, "role", None),
        "menu": main_menu(jurisdiction.slug) if jurisdiction is not None else [],
        "other_language": other_language(request),
        "trial": settings.TRIAL,
        "base_url": settings.BASE_URL,
        "source_url": getattr(settings, "SOURCE_URL", ""),
        "copy": "tequio.copy" in request.META,
        "record_size": record_size,
        "record_behind": hold.behind,
        "pending_count": lambda: pending_count(request),
        "new_receipts": lambda: (
            request.session.pop(receipts.NEW, 0) if signed_in and hasattr(request, "session") else 0
        ),
    }


def main_menu(slug: str) -> list[dict[str, Any]]:
    """The entries of the main navigation whose pages this installation has, with their addresses."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    rows = ((item, _menu_url(item.url_name, slug, language)) for item in navigation.items())
    return [{"section": item.section, "label": item.label, "url": url} for item, url in rows if url]


@lru_cache(maxsize=1_000)
def _menu_url(name: str, slug: str, language: str) -> str:
    """The address of an entry in the language of the page; empty where this installation has no such page."""
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""


def record_size() -> int:
    """How many acts the public record has numbered."""
    last = Leaf.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def pending_count(request: HttpRequest) -> int:
    """How much waits for the role that the person acts in."""
    role = getattr(request, "role", None)
    return pending.count_for(role, timezone.localdate()) if role is not None else 0


def other_language(request: HttpRequest) -> str:
    """This very page, its query kept, in the other language."""
    other = "es" if getattr(request, "LANGUAGE_CODE", "es").startswith("en") else "en"
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return "/" if other == "es" else "/en/"
    with translation.override(other):
        try:
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return request.get_full_path()
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{iri_to_uri(query)}" if query else path
