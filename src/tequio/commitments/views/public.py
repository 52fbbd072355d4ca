"""The story of a commitment and of its activities, for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.commitments import queries, sections
from tequio.commitments.deadlines import manual_in_force
from tequio.commitments.document.difference import difference
from tequio.commitments.models import Commitment, Evidence, Manual
from tequio.plans.models import Plan
from tequio.vocabularies import terms


def _commitment(request: HttpRequest, code: str) -> Commitment:
    rows = queries.for_page(queries.public_commitments(request.jurisdiction))  # type: ignore[attr-defined]
    return get_object_or_404(rows, code=code)


def story(request: HttpRequest, commitment: Commitment) -> dict[str, Any]:
    """Everything on a commitment's page; also for the preview of a draft."""
    evidence = Evidence.objects.filter(commitment=commitment, personal_data=False).select_related("activity", "blob")
    return {
        "section": "board",
        "commitment": commitment,
        "plan": commitment.plan,
        "slots": sections.filled("commitment", request, commitment),
        "supporters": queries.supporters_by_sector(commitment),
        "indicators": queries.indicators_with_light(commitment),
        "money": list(commitment.money.all()),
        "evidence": list(evidence),
        "versions": list(commitment.versions.all()),
        "branch": terms.label("branch", commitment.branch) if commitment.branch else "",
        "horizon": terms.label("horizon", commitment.horizon) if commitment.horizon else "",
        "values": [(terms.label("ogp_value", v["key"]), v.get("reason")) for v in commitment.values],
        "policy_areas": queries.labelled("policy_area", commitment.policy_areas),
        "sdg": [terms.label("sdg_target", t["code"]) for t in commitment.sdg_targets],
    }


def commitment(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """A commitment as one story: problem, promise, steps, evidence, verifications, money, changes."""
    return render(request, "commitments/commitment.html", story(request, _commitment(request, code)))


def version(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A commitment as it stood in one version of its road map, with what has changed since."""
    found = _commitment(request, code)
    versions = list(found.versions.all())
    chosen = next((v for v in versions if v.number == number), None)
    if chosen is None:
        raise Http404
    before = next((v for v in versions if v.number == number - 1), None)
    context = {
        "section": "board",
        "commitment": found,
        "plan": found.plan,
        "version": chosen,
        "versions": versions,
        "document": chosen.document,
        "made": difference(before.document, chosen.document) if before else [],
        "since": difference(chosen.document, versions[-1].document) if chosen != versions[-1] else [],
        "is_current": chosen == versions[-1],
    }
    return render(request, "commitments/version.html", context)


def activity(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """An activity with its whole history."""
    found = get_object_or_404(queries.public_activities(request.jurisdiction), number=number)  # type: ignore[attr-defined]
    evidence = Evidence.objects.filter(activity=found, personal_data=False).select_related("commitment", "blob")
    context = {
        "section": "board",
        "activity": found,
        "commitment": found.commitment,
        "slots": sections.filled("activity", request, found),
        "evidence": list(evidence),
        "pauses": list(found.pauses.all()),
        "means": [(terms.label("evidence_type", m["type"]), m.get("words")) for m in found.means_of_verification],
    }
    return render(request, "commitments/activity.html", context)


def evidence(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A piece of evidence: what it is, where it proves what, and how to check that it is the same."""
    found = get_object_or_404(
        Evidence.objects.select_related("commitment__plan", "activity", "blob"),
        commitment__in=queries.public_commitments(request.jurisdiction),  # type: ignore[attr-defined]
        commitment__code=code,
        number=number,
        personal_data=False,
    )
    kind = terms.label("evidence_type", found.kind) if found.kind else ""
    context = {"section": "board", "piece": found, "commitment": found.commitment, "kind": kind}
    return render(request, "commitments/evidence.html", context)


def manual(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A plan's compliance manual: metric, evidence and deadline by institution and kind of activity; all versions."""
    plan = get_object_or_404(Plan, jurisdiction=request.jurisdiction, number=number, status="published")  # type: ignore[attr-defined]
    versions = list(Manual.objects.filter(plan=plan).order_by("-version"))
    wanted = request.GET.get("version")
    shown = next((m for m in versions if str(m.version) == wanted), versions[0] if versions else None)
    context = {
        "section": "board",
        "plan": plan,
        "versions": versions,
        "manual": shown,
        "in_force": manual_in_force(versions, timezone.localdate()),
        "rules": [
            {
                **rule,
                "kind": terms.label("activity_kind", rule["activity_kind"]) if rule.get("activity_kind") else "",
                "types": ", ".join(terms.label("evidence_type", key) for key in rule.get("accepted", [])),
            }
            for rule in (shown.rules if shown else [])
        ],
    }
    return render(request, "commitments/manual.html", context)

