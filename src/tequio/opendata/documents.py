"""A plan as anybody may have it: the document that loads again, without what is still being drafted."""

from typing import Any

from tequio.commitments.document.dump import dump
from tequio.commitments.models import Commitment
from tequio.plans.models import Plan


def public_document(plan: Plan) -> dict[str, Any]:
    """The plan document with its published commitments alone."""
    drafts = set(
        Commitment.objects.filter(jurisdiction=plan.jurisdiction_id)
        .exclude(status=Commitment.Status.PUBLISHED)
        .values_list("code", flat=True)
    )
    document = dump(plan)
    shown = [row for row in document.get("commitments", []) if row["code"] not in drafts]
    for row in shown:
        if row.get("continues") in drafts:
            del row["continues"]
    return {**document, "commitments": shown}
