"""Pages of long lists, whose links keep the rest of the address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 25


def page_of(request: HttpRequest, rows: Any, size: int = SIZE, name: str = "pagina") -> Page:
    """The page that the address asks for; a page beyond the last is the last."""
    return Paginator(rows, size).get_page(request.GET.get(name))
