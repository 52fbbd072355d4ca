"""Co-creation for everybody: calls, problems, tables, contributions, drafts, the ledger and the clock."""

import csv
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tequio.cocreation import queries, scoring
from tequio.cocreation.actions.drafting import result_of
from tequio.cocreation.models import FIELDS, Contribution, Phase, Problem, Score
from tequio.common import moderation
from tequio.common.access import here
from tequio.common.i18n import best
from tequio.common.paging import page_of
from tequio.common.qr import svg
from tequio.common.sections import filled
from tequio.people import moderated

SECTION = {"section": "cocreation"}
STATES = (
    ("esperando", _("Esperan respuesta")),
    ("vencida", _("Sin respuesta y vencidas")),
    ("incorporada", _("Incorporadas")),
    ("no-incorporada", _("No incorporadas")),
    ("pospuesta", _("Para un plan posterior")),
    ("a-tiempo", _("Respondidas a tiempo")),
    ("tarde", _("Respondidas tarde")),
)
SHOWN = 5


def _chosen(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in names}


def home(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What is open now, what people propose, and how it is answered."""
    today, place = timezone.localdate(), here(request)
    every = queries.contributions(place)
    calls = list(queries.calls(place)[:10])
    context = {
        **SECTION,
        "today": today,
        "calls": [{"call": call, "phases": call.timeline(today)} for call in calls],
        "clock": queries.clock_of(every, today),
        "problems": list(queries.problems(place).filter(merged_into=None)[:SHOWN]),
        "contributions": list(every[:SHOWN]),
        "drafts": list(queries.drafts(place)[:SHOWN]),
        "sections": filled("cocreation", request, place),
    }
    return render(request, "cocreation/home.html", context)


def call(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A call: its calendar, what can be done today, its tables and what came of it."""
    found = get_object_or_404(queries.calls(here(request)), number=number)
    today = timezone.localdate()
    rows = queries.contributions(here(request)).filter(call=found)
    context = {
        **SECTION,
        "call": found,
        "today": today,
        "phases": found.timeline(today),
        "open": {phase.value: found.is_open(phase, today) for phase in Phase},
        "tables": list(queries.tables(here(request)).filter(call=found)),
        "clock": queries.clock_of(rows, today),
        "decisions": queries.by_decision(rows),
        "problems": list(queries.problems(here(request)).filter(call=found, merged_into=None)[:SHOWN]),
        "drafts": list(queries.drafts(here(request)).filter(call=found)),
        "sections": filled("process", request, found),
    }
    return render(request, "cocreation/call.html", context)


def problems(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every public problem; the newest first, or those with most support."""
    wanted = _chosen(request, "orden")
    rows = queries.problems(here(request))
    if wanted["orden"] == "apoyos":
        rows = rows.order_by("-counted", "-number")
    context = {**SECTION, "rows": page_of(request, rows), "wanted": wanted}
    return render(request, "cocreation/problems.html", context)


def problem(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A problem, and the thread from it: contributions, answers, drafts, commitments."""
    found = get_object_or_404(queries.problems(here(request)), number=number)
    context = {
        **SECTION,
        "problem": found,
        "today": timezone.localdate(),
        "contributions": page_of(request, queries.contributions(here(request)).filter(problem=found)),
        "drafts": queries.commitments_of(found),
        "tables": list(queries.tables(here(request)).filter(problems=found)),
        "merged": list(queries.problems(here(request)).filter(merged_into=found)),
        "comments": page_of(request, queries.comments_on(found), name="comentarios"),
        "talks": talks(found),
    }
    return render(request, "cocreation/problem.html", context)


def talks(about: Problem | Contribution) -> bool:
    """Whether comments and supports are open today."""
    today = timezone.localdate()
    phases = (Phase.PROBLEMS, Phase.CONTRIBUTIONS, Phase.PRIORITISATION, Phase.DRAFTING)
    return about.is_alive and (about.call is None or any(about.call.is_open(phase, today) for phase in phases))


def contributions(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything that was proposed, and how it was answered; late answers counted."""
    today, place = timezone.localdate(), here(request)
    every = queries.contributions(place)
    wanted = _chosen(request, "estado", "convocatoria", "mesa", "orden")
    rows = every.filter(queries.state_filter(wanted["estado"], today))
    for name, path in (("convocatoria", "call__number"), ("mesa", "table__number")):
        if wanted[name].isdecimal():
            rows = rows.filter(**{path: int(wanted[name][:6])})
    if wanted["orden"] == "apoyos":
        rows = rows.order_by("-counted", "-number")
    context = {
        **SECTION,
        "rows": page_of(request, rows),
        "clock": queries.clock_of(every, today),
        "today": today,
        "states": STATES,
        "wanted": wanted,
        "calls": list(queries.calls(place)),
        "filtered": any(wanted.values()),
    }
    return render(request, "cocreation/contributions.html", context)


def contribution(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A contribution with its answer, its translations, what is said of it and what it became."""
    found = get_object_or_404(queries.contributions(here(request)), number=number)
    scores = list(Score.objects.filter(contribution=found).values_list("sector", "points"))
    ranked = scoring.ranking((scoring.Given(number, *row) for row in scores), found.call.criteria)
    context = {
        **SECTION,
        "contribution": found,
        "today": timezone.localdate(),
        "answers": list(queries.answers_to(found)),
        "translations": list(queries.translations_of(found)),
        "comments": page_of(request, queries.comments_on(found), name="comentarios"),
        "credits": list(queries.credits_of(contribution=found)),
        "score": ranked[0] if ranked else None,
        "place": next((row for row in found.call.result if row["contribution"] == number), None),
        "talks": talks(found),
    }
    return render(request, "cocreation/contribution.html", context)


def certificate(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What its author prints or shares: what they brought, to which commitment, and how to check it."""
    found = get_object_or_404(queries.contributions(here(request)), number=number)
    if not found.is_shown:
        raise Http404
    page = reverse("cocreation:contribution", args=[jurisdiction, number])
    context = {
        **SECTION,
        "contribution": found,
        "credits": list(queries.credits_of(contribution=found)),
        "address": settings.BASE_URL + page,
        "qr": svg(settings.BASE_URL + page, gettext("Código que lleva a la aportación y sus pruebas")),
    }
    return render(request, "cocreation/certificate.html", context)


def table(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A table: who sits at it by sector, its sessions, what it made, asked and received."""
    found = get_object_or_404(queries.tables(here(request)), number=number)
    today = timezone.localdate()
    members = list(queries.members(found))
    context = {
        **SECTION,
        "table": found,
        "today": today,
        "total": len(members),
        "roster": queries.roster(members),
        "joins": found.call.is_open(Phase.TABLES, today),
        "gives": found.call.is_open(Phase.CONTRIBUTIONS, today),
        "sessions": list(found.body.sessions.exclude(state="draft").order_by("-starts_at")[:20]) if found.body else [],
        "feedback": list(found.feedback.order_by("-number")),
        "contributions": page_of(request, queries.contributions(here(request)).filter(table=found)),
        "drafts": list(queries.drafts(here(request)).filter(table=found)),
    }
    return render(request, "cocreation/table.html", context)


def priorities(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The criteria, the formula and the order, with what each sector gave."""
    found = get_object_or_404(queries.calls(here(request)), number=number)
    ranked = result_of(found)
    titles = {
        row.number: row
        for row in queries.contributions(here(request)).filter(
            call=found, number__in=[row.contribution for row in ranked[:100]]
        )
    }
    frozen = {row["contribution"]: row for row in found.result}
    context = {
        **SECTION,
        "call": found,
        "criteria": [{"label": best(row["label"])[0], **row} for row in found.criteria],
        "rows": [
            {"ranked": row, "contribution": titles.get(row.contribution), "frozen": frozen.get(row.contribution)}
            for row in ranked[:100]
        ],
        "total": len(ranked),
        "scored": Score.objects.filter(call=found).values("role").distinct().count(),
        "same": not found.result or [row["score"] for row in found.result] == [row.score for row in ranked],
        "is_open": found.is_open(Phase.PRIORITISATION, timezone.localdate()) and found.scored_on is None,
    }
    return render(request, "cocreation/priorities.html", context)


def priorities_csv(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Every score given, so that anybody can compute the order again."""
    found = get_object_or_404(queries.calls(here(request)), number=number)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="calificaciones-{found.number}.csv"'
    keys = [row["key"] for row in found.criteria]
    rows = csv.writer(answer)
    rows.writerow(["contribution", "sector", "scorer", *keys, "formula", *(f"weight_{key}" for key in keys)])
    weights = [row["weight"] for row in found.criteria]
    given = Score.objects.filter(call=found).order_by("contribution__number", "role__number")
    for one in given.values_list("contribution__number", "sector", "role__number", "points"):
        rows.writerow([*one[:3], *(one[3].get(key, "") for key in keys), scoring.FORMULA, *weights])
    return answer


def responses(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """How contributions are answered: the clock, the decisions, the batches, and what is late."""
    today, place = timezone.localdate(), here(request)
    every = queries.contributions(place)
    context = {
        **SECTION,
        "today": today,
        "clock": queries.clock_of(every, today),
        "decisions": queries.by_decision(every),
        "batches": list(queries.batches(place)[:50]),
        "late": page_of(request, every.filter(queries.state_filter("vencida", today)).order_by("due", "number")),
    }
    return render(request, "cocreation/responses.html", context)


def draft(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A commitment on its way: its newest wording, where it comes from, and what is said of each part."""
    found = get_object_or_404(queries.drafts(here(request)), number=number)
    versions = list(queries.versions_of(found))
    newest = versions[0] if versions else None
    part = request.GET.get("parte", "")
    shown: dict[str, Any]
    if part in FIELDS:  # all that was said of one part
        shown = {part: page_of(request, queries.comments_on(found).filter(field=part), name="comentarios")}
        counts = {part: shown[part].paginator.count}
    else:
        part, (shown, counts) = "", queries.comments_by_part(found, SHOWN)
    context = {
        **SECTION,
        "draft": found,
        "newest": newest,
        "versions": versions,
        "credits": list(queries.credits_of(draft=found)),
        "parts": [
            {
                "key": key,
                "label": label,
                "text": newest.fields.get(key) if newest else "",
                "comments": shown.get(key, []),
                "more": counts.get(key, 0) - SHOWN if not part else 0,
                "count": counts.get(key, 0),
            }
            for key, label in FIELDS.items()
            if not part or key == part
        ],
        "part": part,
        "talks": found.call.is_open(Phase.DRAFTING, timezone.localdate()) and found.status == "open",
    }
    return render(request, "cocreation/draft.html", context)


def version(request: HttpRequest, jurisdiction: str, number: int, version: int) -> HttpResponse:
    """One version of a draft, and what changed from the one before."""
    found = get_object_or_404(queries.drafts(here(request)), number=number)
    rows = {row.number: row for row in queries.versions_of(found).filter(number__in=(version, version - 1))}
    if version not in rows:
        raise Http404
    now, before = rows[version], rows.get(version - 1)
    parts = [
        {
            "label": label,
            "before": best((before.fields if before else {}).get(key))[0],
            "after": best(now.fields.get(key))[0],
        }
        for key, label in FIELDS.items()
    ]
    context = {
        **SECTION,
        "draft": found,
        "version": now,
        "before": before,
        "parts": [row for row in parts if row["before"] != row["after"] or row["after"]],
    }
    return render(request, "cocreation/version.html", context)


def ledger(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who brought what to which commitment, with the minutes that prove it."""
    context = {**SECTION, "rows": page_of(request, queries.ledger(here(request)))}
    return render(request, "cocreation/ledger.html", context)


def register(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What may be hidden and what never, and everything that was hidden on this portal, without its words."""
    context: dict[str, Any] = {
        **SECTION,
        "rules": moderation.RULES,
        "never": moderation.NEVER,
        "rows": page_of(request, moderated.public_register(here(request))),
        "waiting": len(moderated.queue(here(request))),
    }
    return render(request, "cocreation/register.html", context)
