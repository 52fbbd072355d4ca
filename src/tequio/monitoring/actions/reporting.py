"""Sending a report: its evidence, the report itself and the end of its draft, all or nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.actions.evidence import submit_evidence
from tequio.commitments.models import Evidence
from tequio.common.i18n import Text
from tequio.documents.models import Blob
from tequio.monitoring.actions.progress import report_progress
from tequio.monitoring.actions.report_drafts import forget_draft
from tequio.monitoring.models import Report, ReportDraft, UnarchivedLink
from tequio.people.models import Role
from tequio.record.append import Actor

FIRST_RETRY = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Piece:
    """A new piece of evidence as the form gives it. ``blob`` is its file, or the copy of its address."""

    title: str
    kind: str
    date: str
    url: str = ""
    blob: Blob | None = None
    page: str = ""
    quote: str = ""
    source: str = ""
    author: str = ""
    licence: str = ""
    personal_data: bool = False

    @property
    def is_unarchived(self) -> bool:
        """Whether it will be public as an address without a copy."""
        return bool(self.url) and self.blob is None and not self.personal_data


@dataclass(frozen=True)
class Content:
    """What a report says. ``cited`` is evidence that is public already."""

    said: str
    words: Text
    on: dt.date
    cut: str = ""
    cited: Sequence[Evidence] = ()
    pieces: Sequence[Piece] = field(default_factory=list)


@transaction.atomic
def send_report(*, draft: ReportDraft, seen: str, content: Content, role: Role, by: Actor) -> Report:
    """Hands the evidence in and reports progress, in one transaction; then the draft is gone.

    Raises ``ValidationError``: with code ``changed`` when the draft is not the one that was checked (sent already, or
    saved meanwhile), or for whatever ``submit_evidence`` and ``report_progress`` refuse.
    """
    found = ReportDraft.objects.select_for_update().filter(pk=draft.pk, discarded=None).first()
    if found is None or found.stamp != seen:
        raise ValidationError(
            _("El borrador cambió después de que lo revisaste. Revísalo otra vez antes de enviarlo."), code="changed"
        )
    activity = draft.activity
    made = [_hand_in(n, piece, draft, by) for n, piece in enumerate(content.pieces, 1)]
    report = report_progress(
        activity=activity,
        said=content.said,
        words=content.words,
        cut=content.cut,
        on=content.on,
        evidence=[*content.cited, *made],
        role=role,
        by=by,
    )
    forget_draft(found)
    return report


def _hand_in(number: int, piece: Piece, draft: ReportDraft, by: Actor) -> Evidence:
    activity = draft.activity
    try:
        made = submit_evidence(
            commitment=activity.commitment,
            activity=activity,
            title=piece.title,
            kind=piece.kind,
            date=piece.date,
            url=piece.url,
            blob=piece.blob,
            page=piece.page,
            quote=piece.quote,
            source=piece.source,
            author=piece.author,
            licence=piece.licence,
            personal_data=piece.personal_data,
            by=by,
        )
    except ValidationError as error:
        said = _("Evidencia %(n)s: %(what)s")
        raise ValidationError([said % {"n": number, "what": words} for words in error.messages]) from error
    if piece.is_unarchived:
        UnarchivedLink.objects.create(evidence=made, due=timezone.now() + FIRST_RETRY)
    return made
