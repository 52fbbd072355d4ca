"""The search page. Its state is in its address and it needs no script."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tequio.search.queries import Results, find


def search(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything public of a jurisdiction that has the words ``q``, of one ``tipo`` if given."""
    number = request.GET.get("pagina", "")
    results = find(
        jurisdiction,
        request.GET.get("q", ""),
        kind=request.GET.get("tipo"),
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
    )
    here = reverse("search:search", args=[jurisdiction])
    context = {
        "results": results,
        "facets": [
            {"facet": facet, "url": _address(here, results.words, facet.kind), "current": facet.kind == results.kind}
            for facet in results.facets
        ],
        "all_url": _address(here, results.words, ""),
        "suggestion_url": _address(here, results.suggestion, "") if results.suggestion else "",
        "previous_url": _page(here, results, results.page - 1) if results.page > 1 else "",
        "next_url": _page(here, results, results.page + 1) if results.page < results.pages else "",
        "here": here,
        "section": "search",
    }
    return render(request, "search/search.html", context)


def _address(here: str, words: str, kind: str, page: int = 1) -> str:
    values = {"q": words, "tipo": kind, "pagina": str(page) if page > 1 else ""}
    return f"{here}?{urlencode({name: value for name, value in values.items() if value})}"


def _page(here: str, results: Results, page: int) -> str:
    return _address(here, results.words, results.kind, page)
