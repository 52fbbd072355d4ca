"""The log of mails, for the secretariat: how many left, what was refused, to nobody's full address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.common.paging import page_of
from tequio.notices import queries
from tequio.notices.models import Delivery


def _to(row: Delivery) -> str:
    """The address of a row, masked; empty where its owner has left."""
    if row.person is not None:
        return queries.masked((row.person.account.email if row.person.account else "") or row.person.email)
    return queries.masked(row.follower.address) if row.follower is not None else ""


@never_cache
def deliveries(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Mails, newest first; ``?estado=`` those in one state."""
    place = here(request)
    require(request, "notices.see_deliveries", place)
    state = request.GET.get("estado", "")
    state = state if state in Delivery.State.values else ""
    page = page_of(request, queries.deliveries(place, state))
    counts = queries.counts(place)
    context = {
        "page": page,
        "rows": [{"mail": row, "to": _to(row)} for row in page],
        "states": [
            {"key": key, "label": label, "count": counts.get(key, 0), "current": key == state}
            for key, label in Delivery.State.choices
        ],
        "state": state,
        "stopped": queries.stopped(place),
    }
    return render(request, "notices/deliveries.html", context)
