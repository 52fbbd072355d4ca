"""Publishes, corrects, replaces and withdraws the documents of a plan. Nothing of what was public vanishes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from tequio.common.dates import PartialDate
from tequio.documents.models import Blob
from tequio.plans.models import Plan, PlanDocument
from tequio.record.append import Actor, act

Text = dict[str, str]


@transaction.atomic
def publish_document(
    *,
    plan: Plan,
    title: Text,
    kind: str,
    date: str = "",
    url: str = "",
    blob: Blob | None = None,
    replaces: PlanDocument | None = None,
    why: str = "",
    by: Actor,
) -> PlanDocument:
    """Publishes a document of a public plan: a file (``documents.actions.keep``) or an address, never both.

    One that ``replaces`` another needs a public reason; the earlier one stays readable. Raises ``ValidationError``.
    """
    Plan.objects.select_for_update().only("pk").get(pk=plan.pk)  # numbers are given one at a time
    if not plan.is_public():
        raise ValidationError(_("Primero hay que publicar el plan."))
    if bool(url) == bool(blob):
        raise ValidationError(_("Elige un archivo o escribe una dirección: una de las dos cosas."))
    if replaces is not None:
        _still_in_force(replaces)
        if not why.strip():
            raise ValidationError({"why": _("Di por qué se reemplaza: el motivo es público.")})
    last = plan.documents.aggregate(n=Max("number"))["n"] or 0
    made = PlanDocument(plan=plan, number=last + 1, url=url, blob=blob, replaces=replaces)
    with act("document.published", made, by=by, why=why):
        _describe(made, title, kind, date)
    return made


@transaction.atomic
def change_document(*, document: PlanDocument, title: Text, kind: str, date: str, by: Actor, why: str) -> PlanDocument:
    """Corrects what is said of a document, for a public reason; the document itself is replaced, not changed."""
    found = _locked(document)
    _still_in_force(found)
    if not why.strip():
        raise ValidationError({"why": _("Di por qué se corrige: el motivo es público.")})
    before = found.public_state()
    _describe(found, title, kind, date)
    if found.public_state() == before:
        raise ValidationError(_("No cambió nada."))
    with act("document.changed", found, by=by, why=why):
        pass
    return found


@transaction.atomic
def withdraw_document(*, document: PlanDocument, by: Actor, why: str) -> PlanDocument:
    """Takes a document out of the public's reach, for a public reason. That it was there, and why it is not, stays."""
    found = _locked(document)
    _still_in_force(found)
    if not why.strip():
        raise ValidationError({"why": _("Di por qué se retira: el motivo es público.")})
    with act("document.withdrawn", found, by=by, why=why):
        found.withdrawn = why.strip()
    return found


def _locked(document: PlanDocument) -> PlanDocument:
    rows = PlanDocument.objects.select_for_update(of=("self",)).select_related("plan__jurisdiction", "replaces")
    return rows.get(pk=document.pk)


def _still_in_force(document: PlanDocument) -> None:
    if document.withdrawn:
        raise ValidationError(_("Este documento ya está retirado."))
    if PlanDocument.objects.filter(replaces=document).exists():
        raise ValidationError(_("Este documento ya tiene uno más nuevo en su lugar."))


def _describe(document: PlanDocument, title: Text, kind: str, date: Any) -> None:
    document.title, document.kind, document.date = LazyI18nString(dict(title)), kind, PartialDate(date)
