"""What was observed and answered, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Commitment
from tequio.common import moderation
from tequio.common.access import here
from tequio.common.paging import page_of
from tequio.observations import queries

STATES = (
    ("esperando", _("Esperan respuesta")),
    ("vencida", _("Sin respuesta y vencidas")),
    ("a-tiempo", _("Respondidas a tiempo")),
    ("tarde", _("Respondidas tarde")),
    ("oculta", _("Con algo oculto")),
)


def observations(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything that was observed, newest first, and how the committee answers."""
    today = timezone.localdate()
    every = queries.public(here(request))
    wanted = {"estado": request.GET.get("estado", ""), "compromiso": request.GET.get("compromiso", "")}
    rows = every.filter(queries.state_filter(wanted["estado"], today))
    if wanted["compromiso"]:
        rows = rows.filter(commitment__code=wanted["compromiso"])
    observed = Commitment.objects.filter(pk__in=every.order_by().values("commitment")).order_by(
        "plan__number", "number"
    )
    context = {
        "section": "board",
        "rows": page_of(request, rows),
        "clock": queries.clock_of(every, today),
        "today": today,
        "states": STATES,
        "wanted": wanted,
        "filtered": any(wanted.values()),
        "observed": list(observed),
    }
    return render(request, "observations/list.html", context)


def observation(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """An observation, its answer, and everything that happened to it."""
    found = get_object_or_404(queries.public(here(request)), number=number)
    context = {
        "section": "board",
        "observation": found,
        "commitment": found.commitment,
        "today": timezone.localdate(),
    }
    return render(request, "observations/observation.html", context)


def rules(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What may be hidden and what never, who decides, and the register of what was hidden, without its words."""
    context = {
        "section": "board",
        "rules": moderation.RULES,
        "never": moderation.NEVER,
        "rows": page_of(request, queries.moderated(here(request))),
    }
    return render(request, "observations/rules.html", context)
