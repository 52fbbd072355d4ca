"""Decisions and the rules by which they are taken, for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from tequio.common.access import here, may
from tequio.common.paging import page_of
from tequio.meetings.models import Body
from tequio.record.subjects import label, url
from tequio.secretariat import pictures, queries, wording
from tequio.secretariat.models import Decision, DecisionRules

STATES = (
    ("abierta", Decision.State.OPEN, _("Se está decidiendo")),
    ("paso", Decision.State.PASSED, _("Pasaron")),
    ("no-paso", Decision.State.FAILED, _("No pasaron")),
    ("retirada", Decision.State.WITHDRAWN, _("Se retiraron")),
)


def decisions(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything that was put to the bodies of this jurisdiction, newest first."""
    place, wanted = here(request), request.GET.get("estado", "")
    rows, counts = queries.public(place), queries.counted(place)
    state = next((state for key, state, _words in STATES if key == wanted), None)
    if state:
        rows = rows.filter(state=state)
    bodies = Body.objects.filter(jurisdiction=place, decision_rules__isnull=False).distinct()
    context = {
        "section": "sessions",
        "rows": page_of(request, rows),
        "all": counts["all"],
        "wanted": wanted if state else "",
        "states": [(key, words, counts[state]) for key, state, words in STATES if counts[state]],
        "bodies": list(bodies.order_by("kind", "slug")),
    }
    return render(request, "secretariat/decisions.html", context)


def facts_of(decision: Decision) -> dict[str, Any]:
    """What a page tells of a decision: who could vote, how each seat did, objections and conflicts."""
    ballots = {row.seat_id: row for row in queries.ballots_of(decision)}
    holder = queries.HOLDER
    conflicts = list(decision.conflicts.select_related("seat__body__jurisdiction", *holder))
    places = queries.table(decision.session) if decision.is_open else []
    return {
        "decision": decision,
        "rows": pictures.seats(decision, ballots, conflicts, places),
        "sides": pictures.sides(decision),
        "objections": list(decision.objections.select_related("seat__body__jurisdiction", *holder)),
        "conflicts": conflicts,
        "quorum": wording.able_words(queries.quorum_of(decision, places)) if decision.is_open else "",
        "session_url": url(decision.session.subject_key()),
        "about": (label(decision.about.split("/")[1]), url(decision.about)) if decision.about else None,
        "rules": wording.rules_words(decision.rules.rules),
    }


def decision(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A question, who could vote, what came of it and why; while it is open, who has taken part."""
    found = get_object_or_404(queries.public(here(request)), number=number)
    context = {
        **facts_of(found),
        "section": "sessions",
        "takes_part": found.is_open and may(request, "secretariat.take_part", found),
        "manages": found.is_open and may(request, "secretariat.manage_decisions", found),
    }
    return render(request, "secretariat/decision.html", context)


def rules(request: HttpRequest, jurisdiction: str, body: str) -> HttpResponse:
    """How a body decides, in sentences, and each version of it."""
    found = get_object_or_404(Body.objects.select_related("jurisdiction"), jurisdiction=here(request), slug=body)
    versions = list(DecisionRules.objects.filter(body=found).select_related("body__jurisdiction"))
    now = next((row for row in versions if row.state == DecisionRules.State.IN_FORCE), None)
    decided = {
        row.about: row
        for row in queries.public(found.jurisdiction).filter(about__in=[row.subject_key() for row in versions])
    }
    context = {
        "section": "sessions",
        "body": found,
        "now": now,
        "words": wording.rules_words(now.rules) if now else [],
        "always": wording.ALWAYS,
        "versions": [
            (row, wording.rules_words(row.rules), decided.get(row.subject_key())) for row in versions if row != now
        ],
    }
    return render(request, "secretariat/rules.html", context)
