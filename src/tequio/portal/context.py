"""What every page needs: navigation, language switch, where we are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url

from tequio.common import navigation


def portal(request: HttpRequest) -> dict[str, Any]:
    """For templates: ``jurisdiction``, ``menu``, ``other_language`` (address of this page in the other one), ``trial``."""
    jurisdiction = getattr(request, "jurisdiction", None)
    menu = []
    if jurisdiction is not None:
        menu = [
            {"section": item.section, "label": item.label, "url": reverse(item.url_name, args=[jurisdiction.slug])}
            for item in navigation.items()
        ]
    return {
        "jurisdiction": jurisdiction,
        "role": getattr(request, "role", None),
        "menu": menu,
        "other_language": other_language(request),
        "trial": settings.TRIAL,
        "base_url": settings.BASE_URL,
    }


def other_language(request: HttpRequest) -> str:
    """This very page, its query kept, in the other language."""
    other = "es" if getattr(request, "LANGUAGE_CODE", "es").startswith("en") else "en"
    path = request.get_full_path()
    try:
        resolve(request.path_info)
    except Resolver404:
        return "/" if other == "es" else "/en/"
    return translate_url(path, other)
