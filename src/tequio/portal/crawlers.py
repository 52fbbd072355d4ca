"""For search engines: what to leave alone, and where everything public is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from tequio.common.i18n import LANGUAGES
from tequio.places.models import Jurisdiction
from tequio.search.models import Entry

MOST_ADDRESSES = 50_000  # the sitemap protocol allows no more in a file
PAGES = (
    *("portal:home", "monitoring:board", "plans:plans", "people:organisations", "opendata:index", "record:acts"),
    *("monitoring:committee", "people:directory"),
)
# Both follow the search index, which comes a moment after the record: not for the cache of pages.
AN_HOUR = {"Cache-Control": "public, max-age=3600"}


def robots(request: HttpRequest) -> HttpResponse:
    """``robots.txt``: no sign-in, work and search pages; no invented territories; a map of each real one."""
    closed = ["/cuentas/", "/en/cuentas/", "/mi/", "/en/mi/", "/*/gestion/", "/*/buscar/"]
    maps = []
    for place in Jurisdiction.objects.order_by("order", "slug"):
        if place.is_practice:
            closed += [f"/{place.slug}/", f"/en/{place.slug}/"]
        else:
            maps.append(f"Sitemap: {settings.BASE_URL}{reverse('portal:map', args=[place.slug])}")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), *maps]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", headers=AN_HOUR)


def site_map(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every public page of a jurisdiction in both languages (sitemaps.org, protocol 0.9)."""
    paths = []
    for language in LANGUAGES:
        with translation.override(language):
            paths += [reverse(name, args=[jurisdiction]) for name in PAGES]
    found = Entry.objects.filter(jurisdiction=jurisdiction).order_by("language", "kind", "url")
    paths += found.values_list("url", flat=True)[: MOST_ADDRESSES - len(paths)]
    body = "".join(f"<url><loc>{escape(settings.BASE_URL + path)}</loc></url>" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'
    return HttpResponse(text, content_type="application/xml; charset=utf-8", headers=AN_HOUR)
