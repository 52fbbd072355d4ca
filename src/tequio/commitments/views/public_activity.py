"""An activity with its whole history, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tequio.commitments import queries, sections
from tequio.common.access import may
from tequio.vocabularies import terms


def activity(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What will be done, by whom, by when and why that day, how it is proven, and everything that has happened since."""
    found = queries.public_activity(request.jurisdiction, number)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    before, after = queries.neighbours(found)
    context = {
        "section": "board",
        "activity": found,
        "commitment": found.commitment,
        "plan": found.commitment.plan,
        "today": timezone.localdate(),
        "slots": sections.filled("activity", request, found),
        "evidence": queries.evidence_of(found),
        "pauses": list(found.pauses.all()),
        "may_pause": may(request, "commitments.publish_commitment", found.commitment),
        "supporting": list(found.supporting.all()),
        "kind": terms.label("activity_kind", found.kind) if found.kind else "",
        "means": [(terms.label("evidence_type", m["type"]), m.get("words")) for m in found.means_of_verification],
        "moved": bool(found.original_due) and found.original_due != found.due,
        "before": before,
        "after": after,
    }
    return render(request, "commitments/activity.html", context)
