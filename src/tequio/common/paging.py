"""Pages of long lists, whose links keep the rest of the address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 25


def page_of(request: HttpRequest, rows: Any, size: int = SIZE, name: str = "pagina") -> Page:
    """The page that the address asks for; a page beyond the last is the last."""
    return Paginator(rows, size).get_page(request.GET.get(name))


class _Keyed(Paginator):
    """Finds a page by keys alone and fetches only its rows."""

    object_list: "QuerySet[Any]"

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        rows = self.object_list
        bottom = (number - 1) * self.per_page
        keys = rows.select_related(None).prefetch_related(None).values("pk")[bottom : bottom + self.per_page]
        return self._get_page(rows.filter(pk__in=keys), number, self)


def page_by_keys(request: HttpRequest, rows: "QuerySet[Any]", size: int = SIZE, name: str = "pagina") -> Page:
    """As ``page_of``, for long lists of wide rows joined with many others: the database sorts keys, not words. The
    order must tell any two rows apart."""
    return _Keyed(rows, size).get_page(request.GET.get(name))
