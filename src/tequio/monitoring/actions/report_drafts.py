"""The report that somebody of the institution is writing: saved by itself, with its files, thrown away and taken up again."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity
from tequio.documents import actions as documents
from tequio.documents.models import Blob
from tequio.monitoring.models import DraftFile, ReportDraft

Doc = dict[str, Any]
NEW = "0"  # the stamp of a form that was opened before there was a draft


def live_draft(activity: Activity) -> ReportDraft | None:
    """The draft that is being written, if there is one."""
    return ReportDraft.objects.filter(activity=activity, discarded=None).first()


@transaction.atomic
def save_report_draft(*, activity: Activity, document: Doc, seen: str, account: Any) -> ReportDraft:
    """Keeps what the form holds. ``seen`` is the stamp of the draft that the form showed, ``NEW`` where there was none.

    Raises ``ValidationError`` (code ``changed``) when somebody saved something else meanwhile, or sent or discarded it.
    """
    Activity.objects.select_for_update().only("pk").get(pk=activity.pk)
    draft = live_draft(activity)
    if draft is None:
        if seen != NEW:
            raise ValidationError(
                _("Ese borrador ya se envió o se descartó. Si quieres empezar otro, vuelve a guardar."), code="changed"
            )
        draft = _start(activity, account)
    elif draft.document == document and draft.revision:
        return draft  # the same again: an answer that was lost on its way
    elif seen != draft.stamp and not (seen == NEW and draft.revision == 0):
        raise ValidationError(
            _("Otra persona de tu institución guardó este borrador mientras escribías. Aquí sigue lo tuyo."),
            code="changed",
        )
    draft.document, draft.revision, draft.edited_by = document, draft.revision + 1, account
    draft.save()
    return draft


@transaction.atomic
def add_draft_file(*, activity: Activity, upload: documents.Upload, account: Any) -> DraftFile:
    """Keeps a file for the draft at once, so that nothing has to be chosen twice; it stays private until the report is
    sent. Raises ``ValidationError`` in one sentence for what ``documents.actions.keep`` refuses."""
    kept = documents.keep_with_notes(upload=upload, who=f"account {getattr(account, 'pk', '')}")
    Activity.objects.select_for_update().only("pk").get(pk=activity.pk)
    draft = live_draft(activity) or _start(activity, account)
    if draft.files.count() >= DraftFile.MOST:
        raise ValidationError(_("Este reporte ya tiene %(n)s archivos. Júntalos en menos.") % {"n": DraftFile.MOST})
    name = str(getattr(upload, "name", "") or "")
    return DraftFile.objects.create(draft=draft, blob=kept.blob, name=name[:255], notes=kept.notes)


@transaction.atomic
def note_links(*, draft: ReportDraft, found: dict[str, Blob | Doc]) -> ReportDraft:
    """Writes down what archiving addresses gave: the copy, or why there is none. What the form holds does not change."""
    draft = ReportDraft.objects.select_for_update().get(pk=draft.pk)
    for url, result in found.items():
        if isinstance(result, Blob):
            draft.links[url] = {"file": DraftFile.objects.create(draft=draft, blob=result, name=url[:255]).pk}
        else:
            draft.links[url] = result
    draft.save(update_fields=["links"])
    return draft


@transaction.atomic
def discard_report_draft(*, draft: ReportDraft) -> None:
    """Throws the draft away; it can be taken up again for ``ReportDraft.KEPT_DAYS`` days."""
    ReportDraft.objects.filter(pk=draft.pk, discarded=None).update(discarded=timezone.now())


@transaction.atomic
def restore_report_draft(*, activity: Activity) -> ReportDraft:
    """Takes the discarded draft up again. ``ValidationError`` where there is none any more."""
    draft = ReportDraft.objects.select_for_update().filter(activity=activity).first()
    if draft is None:
        raise ValidationError(_("Ese borrador ya no está: se envió o pasaron treinta días."))
    draft.discarded = None
    draft.save(update_fields=["discarded"])
    return draft


@transaction.atomic
def forget_draft(draft: ReportDraft) -> None:
    """Deletes the draft; its files go after the days of grace, those that evidence names stay."""
    blobs = [file.blob for file in draft.files.select_related("blob")]
    draft.delete()
    for blob in blobs:
        documents.discard(blob=blob)


def purge_report_drafts() -> int:
    """Deletes the drafts that were discarded long ago. Returns how many went."""
    before = timezone.now() - dt.timedelta(days=ReportDraft.KEPT_DAYS)
    old = list(ReportDraft.objects.filter(discarded__lt=before)[:50])
    for draft in old:
        forget_draft(draft)
    return len(old)


def _start(activity: Activity, account: Any) -> ReportDraft:
    """A new draft; one that was discarded before makes room for it."""
    for old in ReportDraft.objects.filter(activity=activity):
        forget_draft(old)
    return ReportDraft.objects.create(activity=activity, revision=0, edited_by=account)
