"""The lists that everything is labelled with, for anyone to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tequio.vocabularies import terms
from tequio.vocabularies.names import BASES, ORDER, name_of


def lists(request: HttpRequest) -> HttpResponse:
    """Every list with how many terms it has."""
    known = terms.schemes()
    rows = [
        {"scheme": scheme, "name": name_of(scheme), "count": len(terms.keys(scheme))}
        for scheme in [*(s for s in ORDER if s in known), *(s for s in known if s not in ORDER)]
    ]
    return render(request, "vocabularies/lists.html", {"lists": rows, "bases": BASES, "section": "datos"})


def one_list(request: HttpRequest, scheme: str) -> HttpResponse:
    """The terms of one list: key, both labels, what they rest on, since and until when."""
    found = terms.terms(scheme)
    if not found:
        raise Http404
    language = "en" if (get_language() or "es").startswith("en") else "es"
    groups = {"policy_area": "policy_group", "sdg_target": "sdg_goal"}
    rows = [
        {
            "term": item,
            "basis": BASES.get(item.basis, item.basis),
            "group": terms.label(groups[scheme], item.group) if scheme in groups else "",
            "note": item.details.get(f"when_{language}") or item.details.get(f"note_{language}") or "",
        }
        for item in found
    ]
    context = {
        "name": name_of(scheme),
        "scheme": scheme,
        "rows": rows,
        "has_groups": scheme in groups,
        "has_notes": any(row["note"] for row in rows),
        "has_dates": any(item.valid_from or item.valid_to for item in found),
        "section": "datos",
    }
    return render(request, "vocabularies/list.html", context)
