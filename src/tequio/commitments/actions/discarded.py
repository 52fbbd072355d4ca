"""Throwing drafts away, and taking them up again: a draft waits thirty days before it is really gone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.actions.drafts import live_drafts
from tequio.commitments.models import Draft


@transaction.atomic
def discard_draft(*, draft: Draft) -> Draft:
    """Throws a draft away; what is public stays as it is. A plan or commitment that was never public is out of sight with
    it, and comes back with it."""
    if draft.pk:
        draft.discarded = timezone.now()
        draft.save(update_fields=["discarded"])
    return draft


@transaction.atomic
def restore_draft(*, draft: Draft) -> Draft:
    """Takes a discarded draft up again. Raises ``ValidationError`` when another one was begun meanwhile."""
    if draft.discarded is None:
        return draft
    others = live_drafts().filter(plan=draft.plan, commitment=draft.commitment, kind=draft.kind)
    if others.exists():
        raise ValidationError(_("Ya hay otro borrador empezado. Publícalo o descártalo, y después recupera este."))
    draft.discarded = None
    draft.save(update_fields=["discarded"])
    return draft


@transaction.atomic
def delete_draft(*, draft: Draft) -> None:
    """Deletes a discarded draft for ever, and with it a plan or commitment that was never public."""
    if draft.discarded is None:
        raise ValidationError(_("Este borrador está en uso. Primero descártalo."))
    commitment, plan = draft.commitment, draft.plan
    draft.delete()
    if commitment is not None and commitment.rev == 0:
        commitment.drafts.all().delete()
        commitment.delete()
    elif commitment is None and plan.rev == 0:
        for row in list(plan.commitments.filter(rev=0)):
            row.drafts.all().delete()
            row.delete()
        plan.drafts.all().delete()
        plan.delete()


def purge_discarded() -> None:
    """Deletes for ever what was discarded more than thirty days ago. Runs with the tasks of each minute."""
    while found := Draft.objects.filter(discarded__lt=timezone.now() - Draft.UNDO).first():
        delete_draft(draft=found)
