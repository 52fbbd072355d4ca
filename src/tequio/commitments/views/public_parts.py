"""A piece of evidence, an indicator and the compliance manual, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.commitments import queries, sections
from tequio.commitments.deadlines import manual_in_force
from tequio.commitments.measuring import lines_of
from tequio.commitments.models import Manual
from tequio.common.access import may
from tequio.people.models import Organisation
from tequio.plans.models import Plan
from tequio.vocabularies import terms


def evidence(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A piece of evidence: what it is, what it proves and where in it, and how to check that it is still the same."""
    found = queries.public_piece(request.jurisdiction, code, number)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    kind = terms.label("evidence_type", found.kind) if found.kind else ""
    context = {
        "section": "board",
        "piece": found,
        "commitment": found.commitment,
        "plan": found.commitment.plan,
        "kind": kind,
        "may_hold_back": may(request, "commitments.hold_back", found),
        "slots": sections.filled("evidence", request, found),
    }
    return render(request, "commitments/evidence.html", context)


def indicator(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """An indicator: how near it came, by which thresholds, its values over time, and its whole ficha técnica."""
    rows = queries.indicators_of(queries.public_commitments(request.jurisdiction))  # type: ignore[attr-defined]
    found = get_object_or_404(rows, commitment__code=code, number=number)
    plan = found.commitment.plan
    context = {
        "section": "board",
        "commitment": found.commitment,
        "plan": plan,
        "indicator": found,
        "item": queries.measured(found, plan),
        "lines": lines_of(found.values.all()),
        "may_record": may(request, "commitments.record_value", found.commitment),
        "slots": sections.filled("indicator", request, found),
        "sheet": queries.sheet_of(found),
        "disaggregation": queries.labelled("disaggregation", found.disaggregation),
        "activities": [row for row in found.activities.all() if not row.withdrawn],
    }
    return render(request, "commitments/indicator.html", context)


def manual(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A plan's compliance manual: metric, evidence and deadline by institution and kind of activity; all versions."""
    plan = get_object_or_404(Plan, jurisdiction=request.jurisdiction, number=number, status="published")  # type: ignore[attr-defined]
    versions = list(Manual.objects.filter(plan=plan).select_related("plan__jurisdiction").order_by("-version"))
    in_force = manual_in_force(versions, timezone.localdate())
    wanted = request.GET.get("version")
    shown = next((m for m in versions if str(m.version) == wanted), in_force or next(iter(versions), None))
    slugs = {rule["institution"] for rule in (shown.rules if shown else []) if rule.get("institution")}
    names = dict(
        Organisation.objects.filter(jurisdiction=request.jurisdiction, slug__in=slugs).values_list("slug", "name")  # type: ignore[attr-defined]
    )
    context = {
        "section": "plans",
        "plan": plan,
        "versions": versions,
        "manual": shown,
        "in_force": in_force,
        "rules": [
            {
                **rule,
                "who": names.get(rule.get("institution") or "", rule.get("institution") or ""),
                "kind": terms.label("activity_kind", rule["activity_kind"]) if rule.get("activity_kind") else "",
                "types": ", ".join(terms.label("evidence_type", key) for key in rule.get("accepted") or []),
            }
            for rule in (shown.rules if shown else [])
        ],
    }
    return render(request, "commitments/manual.html", context)
