"""The story of a commitment, for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tequio.commitments import queries, sections
from tequio.commitments.models import Commitment
from tequio.vocabularies import terms


def commitment_at(request: HttpRequest, code: str) -> Commitment:
    """The public commitment at an address, with what its pages show; 404 where there is none."""
    found = queries.public_commitment(request.jurisdiction, code)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def story(request: HttpRequest, commitment: Commitment) -> dict[str, Any]:
    """Everything on a commitment's page; also for the preview of a draft."""
    plan = commitment.plan
    return {
        "section": "board",
        "commitment": commitment,
        "plan": plan,
        "today": timezone.localdate(),
        "slots": sections.filled("commitment", request, commitment),
        "supporters": queries.supporters_by_sector(commitment),
        "indicators": [queries.measured(row, plan) for row in commitment.indicators.all()],
        "funding": queries.funding_of(list(commitment.money.all())),
        "evidence": list(queries.public_evidence(commitment)),
        "versions": list(commitment.versions.all()),
        "branch": terms.label("branch", commitment.branch) if commitment.branch else "",
        "horizon": terms.label("horizon", commitment.horizon) if commitment.horizon else "",
        "origin": terms.label("origin", commitment.origin) if commitment.origin else "",
        "novelty": terms.label("novelty", commitment.novelty) if commitment.novelty else "",
        "sector": terms.label("primary_sector", commitment.sector) if commitment.sector else "",
        "values": [(terms.label("ogp_value", v["key"]), v.get("reason")) for v in commitment.values],
        "policy_areas": queries.labelled("policy_area", commitment.policy_areas),
        "challenge_areas": queries.labelled("challenge_area", commitment.challenge_areas),
        "sdg": [
            (terms.label("sdg_target", item["code"]), item.get("role") == "main", item.get("reason"))
            for item in commitment.sdg_targets
        ],
    }


def commitment(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """A commitment as one story: problem, promise, steps, evidence, verifications, money, changes."""
    return render(request, "commitments/commitment.html", story(request, commitment_at(request, code)))
