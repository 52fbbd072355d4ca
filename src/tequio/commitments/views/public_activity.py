"""An activity with its whole history, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tequio.commitments import queries, sections
from tequio.common.access import may
from tequio.vocabularies import terms


def activity(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What will be done, by whom, by when and why that day, how it is proven, and everything that has happened since."""
    found = get_object_or_404(queries.public_activities(request.jurisdiction), number=number)  # type: ignore[attr-defined]
    before, after = queries.neighbours(found)
    context = {
        "section": "board",
        "activity": found,
        "commitment": found.commitment,
        "plan": found.commitment.plan,
        "today": timezone.localdate(),
        "slots": sections.filled("activity", request, found),
        "evidence": list(queries.public_evidence(found.commitment).filter(activity=found)),
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
