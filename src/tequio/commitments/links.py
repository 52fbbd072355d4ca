"""The links of evidence, for the weekly look at them (``documents.recheck``)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from tequio.commitments.models import Commitment, Evidence
from tequio.documents.models import LinkCheck, LinkState
from tequio.documents.recheck import Source
from tequio.record.append import SYSTEM, act


def _linked() -> "QuerySet[Evidence]":
    """Public evidence with an address. What practice places invent is asked of nobody."""
    return Evidence.objects.filter(
        personal_data=False,
        commitment__status=Commitment.Status.PUBLISHED,
        commitment__jurisdiction__is_practice=False,
    ).exclude(url="")


def unchecked(most: int) -> Iterable[str]:
    """Addresses that nobody looks at yet."""
    rows = _linked().filter(~Exists(LinkCheck.objects.filter(url=OuterRef("url"))))
    return list(rows.order_by("url").values_list("url", flat=True).distinct()[:most])


def copies(url: str) -> Iterable[str]:
    """The archived copies that evidence keeps of the address; an empty text for evidence that keeps none."""
    rows = _linked().filter(url=url).values_list("blob_id", "captured")
    return sorted({blob if blob and captured else "" for blob, captured in rows})


@transaction.atomic
def tell(url: str, sha256: str, state: LinkState) -> int:
    """Writes the state to each piece that keeps this copy, with an act where it is news. Returns how many were."""
    rows = _linked().filter(url=url, **({"blob_id": sha256, "captured__isnull": False} if sha256 else {}))
    if not sha256:
        rows = rows.filter(captured=None)
    news = 0
    for row in rows.select_related("commitment__jurisdiction", "activity__jurisdiction").select_for_update(
        of=("self",)
    ):
        if (row.link_state or LinkState.OK) == state:
            continue
        with act("evidence.link_checked", row, by=SYSTEM):
            row.link_state, row.link_checked = state, timezone.localdate()
        news += 1
    return news


SOURCE = Source(unchecked, copies, tell)
