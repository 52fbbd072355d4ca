"""Which public pages there are: what a copy must hold, and what it leaves to the live portal and why.

A copy is complete when each registered address is in it and each address that a page leads to is registered or left out
by name: a list that the crawl alone makes would miss what nobody links, one that people make what they forgot.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from tequio.common.i18n import LANGUAGES

FIRST_PAGE = ("pagina", "1")  # the same as the plain page
Rows = Callable[[], Iterable[dict[str, Any]]]


@dataclass(frozen=True)
class View:
    """A public view by its name. ``rows`` gives the arguments of each of its addresses.

    Of its query pages those are copied that name at most one of ``filters``; the parameters in ``places`` (which plan,
    which page of a long list) may stand beside it. All other queries are left to the live portal, so a copy stays
    bounded.
    """

    name: str
    rows: Rows
    filters: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


_views: dict[str, View] = {}
_left_out: dict[str, str] = {}
# Whole branches that are not public pages: work, one's own things, sign-in.
PRIVATE = re.compile(r"/(en/)?(cuentas|mi|buzon)/|/(en/)?[^/]+/(gestion|avisos)/|/api/")


def register(*views: View) -> None:
    """Adds views whose pages belong in every copy."""
    _views.update({view.name: view for view in views})


def leave_out(reason: str, *names: str) -> None:
    """Names public views that no copy holds, with the reason."""
    _left_out.update(dict.fromkeys(names, reason))


def views() -> list[View]:
    """All registered views, by name."""
    return [_views[name] for name in sorted(_views)]


def view(name: str) -> View:
    """A registered view."""
    return _views[name]


def left_out() -> dict[str, str]:
    """The public views that no copy holds, with the reason of each."""
    return dict(_left_out)


def addresses() -> dict[str, str]:
    """Every address that a copy must hold, in each language that it has, with the name of its view."""
    found: dict[str, str] = {}
    for view in views():
        rows = list(view.rows())
        for language in LANGUAGES:
            with translation.override(language):
                found.update({reverse(view.name, kwargs=row): view.name for row in rows})
    return found


def bounded(view_name: str, query: str) -> str | None:
    """The query in one way of writing where a copy holds its page, an empty text for the plain page, else None."""
    view = _views[view_name]
    said = sorted((name, value) for name, values in QueryDict(query).lists() for value in values if value)
    said = [pair for pair in said if pair != FIRST_PAGE]
    names = [name for name, _value in said]
    chosen = [name for name in names if name in view.filters]
    if len(set(names)) < len(names) or len(chosen) > 1 or set(names) - {*view.filters, *view.places}:
        return None
    result = QueryDict(mutable=True)
    for name, value in said:
        result[name] = value
    return result.urlencode()


@lru_cache(maxsize=20_000)
def is_left_out(path: str) -> bool:
    """Whether an address belongs to no copy by name."""
    if PRIVATE.match(path):
        return True
    language = "en" if path.startswith("/en/") else "es"
    try:
        with translation.override(language):
            return resolve(path).view_name in _left_out
    except Resolver404:
        return False
