"""Copies of the addresses in reports: made before a report is sent and, where the site did not answer, afterwards."""

import datetime as dt
import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.models import Evidence
from tequio.documents.capture import Captured, capture
from tequio.documents.models import Blob, LinkState
from tequio.monitoring.actions.report_drafts import note_links
from tequio.monitoring.actions.reporting import FIRST_RETRY
from tequio.monitoring.models import ReportDraft, UnarchivedLink
from tequio.record.append import SYSTEM, act

SECONDS = 40.0  # after which no other address is asked while somebody waits
# Of these we cannot make a copy now, and a reader may open them all the same: they may be sent without one.
LATER = ("dead", "closed")
WAITS = (dt.timedelta(hours=1), dt.timedelta(hours=6), dt.timedelta(days=1), dt.timedelta(days=7))
A_ROUND = 3


def archive_links(draft: ReportDraft, urls: Iterable[str]) -> ReportDraft:
    """Asks each address that has no copy yet, once, and notes what came of it. Never call it inside a transaction."""
    found: dict[str, Blob | dict[str, Any]] = {}
    until = time.monotonic() + SECONDS
    for url in dict.fromkeys(urls):
        if "file" in draft.links.get(url, {}):
            continue
        if time.monotonic() > until:
            found[url] = {"code": "time", "words": _("No alcanzó el tiempo para guardar la copia."), "blocks": False}
            continue
        try:
            found[url] = capture(url).blob
        except ValidationError as error:
            code = getattr(error, "code", None) or "refused"
            found[url] = {"code": code, "words": " ".join(error.messages), "blocks": code not in LATER}
    return note_links(draft=draft, found=found) if found else draft


def copy_of(url: str) -> Blob | None:
    """The archived copy of one address; None where its site does not answer now and it may be handed in all the same
    (then ``ask_again``). Raises ``ValidationError`` where it must not be. Never call it inside a transaction."""
    try:
        return capture(url).blob
    except ValidationError as error:
        if getattr(error, "code", None) in LATER:
            return None
        raise


def ask_again(piece: Evidence) -> None:
    """Has the address of a piece without a copy asked again, until there is one."""
    UnarchivedLink.objects.create(evidence=piece, due=timezone.now() + FIRST_RETRY)


def retry() -> int:
    """Asks again some of the addresses that were sent without a copy. Safe beside another round. Returns how many."""
    asked = 0
    if not settings.LINK_CHECKS:
        return asked
    waiting = UnarchivedLink.objects.filter(due__lte=timezone.now()).select_related("evidence").order_by("due")
    for row in waiting[:A_ROUND]:
        wait = WAITS[min(row.tries, len(WAITS) - 1)]
        changed = UnarchivedLink.objects.filter(pk=row.pk, due=row.due)
        # Whoever moves the day first asks.
        if not changed.update(due=timezone.now() + wait, tries=row.tries + 1):
            continue
        asked += 1
        piece = row.evidence
        if piece.personal_data or piece.blob_id or not piece.url:
            row.delete()
            continue
        try:
            copy = capture(piece.url)
        except ValidationError:
            continue
        keep_copy(piece, copy)
    return asked


@transaction.atomic
def keep_copy(piece: Evidence, copy: Captured) -> None:
    """Puts the copy beside the address, with an act, unless somebody replaced or held back the piece meanwhile."""
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("commitment__jurisdiction", "activity")
    found = rows.get(pk=piece.pk)
    if found.url == piece.url and found.blob_id is None and found.is_public():
        with act("evidence.changed", found, by=SYSTEM, why=_("Se guardó la copia del enlace")):
            found.blob, found.link_state = copy.blob, LinkState.OK
            found.captured = found.link_checked = timezone.localdate()
    UnarchivedLink.objects.filter(evidence=found).delete()
