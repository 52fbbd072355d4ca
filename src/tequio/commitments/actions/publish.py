"""What makes plans, commitments and manuals public, and what changes them afterwards."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.actions.apply import apply_commitment
from tequio.commitments.actions.drafts import live_drafts
from tequio.commitments.document import missing_in_commitment, missing_in_plan
from tequio.commitments.document.check import check, check_commitment
from tequio.commitments.document.columns import PLAN_OTHERS, PLAN_TEXTS, plan_columns, text_of
from tequio.commitments.document.difference import promise_of
from tequio.commitments.document.dump import dump, dump_commitment
from tequio.commitments.document.institutions import Directory
from tequio.commitments.models import Commitment, Draft, Manual, RoadmapVersion
from tequio.common.dates import PartialDate
from tequio.plans.models import Plan, PlanInstitution
from tequio.record.append import Actor, act

Doc = dict[str, Any]


def _refuse(words: list[str]) -> None:
    if words:
        raise ValidationError(words)


@transaction.atomic
def publish_plan(*, plan: Plan, draft: Draft, by: Actor, why: str = "") -> Plan:
    """Publishes a plan's draft, for the first time or as a change (which then needs a reason).

    Raises ``ValidationError`` with everything that is wrong or still missing.
    """
    doc = draft.document
    _refuse([str(fault) for fault in check(doc)] + [item.words for item in missing_in_plan(doc)])
    new = plan.rev == 0
    if not new and not why.strip():
        raise ValidationError({"why": _("Di por qué cambia el plan: el motivo es público.")})
    write_plan(plan=plan, document=doc, by=by, why=why)
    with act("plan.published" if new else "plan.changed", plan, by=by, why=why):
        pass
    rules = doc.get("manual", {}).get("rules")
    newest = plan.manuals.order_by("-version").first()
    if rules and (newest is None or _bare(newest.rules) != _bare(rules)):
        publish_manual(plan=plan, rules=rules, by=by, reason=why, in_force_from=doc["manual"].get("in_force_from"))
    live_drafts().filter(plan=plan, kind=Draft.Kind.PLAN).delete()
    return plan


def _bare(rules: list[Doc]) -> list[Doc]:
    """Rules without what is empty: a form leaves it out, a file may spell it out."""
    return [{key: value for key, value in rule.items() if value not in ("", [], {}, 0, None)} for rule in rules]


def write_plan(*, plan: Plan, document: Doc, by: Actor, why: str = "") -> None:
    """The document's fields to the plan's row, published, and its institutions; the act is the caller's."""
    columns = plan_columns(document)
    for name in (PLAN_TEXTS | PLAN_OTHERS) - {"number", "submitted_on"}:
        field: Any = plan._meta.get_field(name)
        default = text_of({}) if name in PLAN_TEXTS else field.get_default()
        setattr(plan, name, columns.get(name, default))
    plan.status = Plan.Status.PUBLISHED
    plan.save()
    directory = Directory(plan.jurisdiction, by)
    found = [(directory.take(item, ""), item) for item in document.get("institutions", [])]
    directory.save(why)
    PlanInstitution.objects.filter(plan=plan).delete()
    links = {
        organisation.pk: PlanInstitution(
            plan=plan, organisation=organisation, words=item.get("words") or item["name"], order=order
        )
        for order, (organisation, item) in enumerate(found)
    }
    PlanInstitution.objects.bulk_create(links.values())
    getattr(plan, "_prefetched_objects_cache", {}).clear()


@transaction.atomic
def submit_plan(*, plan: Plan, on: dt.date, by: Actor) -> Plan:
    """Marks a plan as submitted to OGP. From then on the first version of each commitment is fixed, and every change of a
    commitment makes a version of its road map."""
    if plan.is_submitted:
        raise ValidationError(_("El plan ya está presentado."))
    if not plan.is_public():
        raise ValidationError(_("Primero hay que publicar el plan."))
    with act("plan.submitted", plan, by=by, done=on):
        plan.submitted_on = PartialDate(on)
    for commitment in Commitment.public_rows().filter(plan=plan):
        _first_version(commitment, on, by)
    return plan


def _first_version(commitment: Commitment, made_on: dt.date, by: Actor) -> None:
    version = RoadmapVersion(commitment=commitment, number=1, document=dump_commitment(commitment), made_on=made_on)
    with act("roadmap.version_made", version, by=by):
        pass
    with act("commitment.changed", commitment, by=by, why=_("Primera versión firmada")):
        commitment.roadmap_version = 1


@transaction.atomic
def publish_commitment(*, commitment: Commitment, draft: Draft, by: Actor) -> Commitment:
    """Publishes a commitment's draft. Raises ``ValidationError`` with everything that is wrong or still missing."""
    if not commitment.plan.is_public():
        raise ValidationError(_("Primero hay que publicar el plan al que pertenece."))
    doc = draft.document
    faults = check_commitment(doc, dump(commitment.plan))
    _refuse([str(fault) for fault in faults] + [item.words for item in missing_in_commitment(doc)])
    apply_commitment(commitment=commitment, document=doc, by=by)
    if commitment.plan.is_submitted:
        _first_version(Commitment.public_rows().get(pk=commitment.pk), timezone.localdate(), by)
    live_drafts().filter(commitment=commitment).delete()
    return commitment


@transaction.atomic
def change_commitment(
    *,
    commitment: Commitment,
    document: Doc,
    by: Actor,
    reason: str,
    requested_by: str = "",
    decision: str = "",
    decided_on: dt.date | None = None,
) -> Commitment:
    """Changes a public commitment. Once the plan is submitted this makes a version of the road map, which needs a reason,
    who requested it and the decision that approves it; before, a reason is enough.

    Raises ``ValidationError`` for what lacks or is wrong, and when nothing changes.
    """
    errors: dict[str, str] = {}
    submitted = commitment.plan.is_submitted
    if not reason.strip():
        errors["reason"] = _("Di por qué cambia: el motivo es público.")
    if submitted and not requested_by.strip():
        errors["requested_by"] = _("Di quién pidió el cambio.")
    if submitted and not decision.strip():
        errors["decision"] = _("Di qué decisión lo aprueba: la sesión, el acuerdo o el oficio.")
    if errors:
        raise ValidationError(errors)
    before = dump_commitment(commitment)
    _refuse([str(fault) for fault in check_commitment(document, dump(commitment.plan)) if not fault.known])
    if _same(before, document):
        raise ValidationError(_("El borrador dice lo mismo que lo publicado: no hay nada que cambiar."))
    if submitted and not commitment.versions.exists():
        _first_version(commitment, commitment.plan.submitted_on.first or timezone.localdate(), by)
    apply_commitment(commitment=commitment, document=document, by=by, why=reason, basis=decision)
    if submitted:
        number = (commitment.versions.aggregate(n=Max("number"))["n"] or 0) + 1
        fresh = Commitment.public_rows().get(pk=commitment.pk)
        version = RoadmapVersion(
            commitment=fresh,
            number=number,
            document=dump_commitment(fresh),
            made_on=timezone.localdate(),
            reason=reason,
            requested_by=requested_by,
            decision=decision,
            decided_on=decided_on,
        )
        with act("roadmap.version_made", version, by=by, why=reason, basis=decision):
            pass
        with act("commitment.changed", fresh, by=by, why=reason, basis=decision):
            fresh.roadmap_version = number
    live_drafts().filter(commitment=commitment).delete()
    return commitment


def _same(before: Doc, after: Doc) -> bool:
    before, after = promise_of(before), promise_of(after)
    return {k: v for k, v in before.items() if v} == {k: v for k, v in after.items() if v}


@transaction.atomic
def publish_manual(
    *, plan: Plan, rules: list[Doc], by: Actor, reason: str = "", in_force_from: str | None = None
) -> Manual:
    """Publishes a new version of the compliance manual; earlier ones stay as they were. The first needs no reason."""
    last = plan.manuals.aggregate(n=Max("version"))["n"] or 0
    if not rules:
        raise ValidationError(_("Un manual sin reglas no dice cómo comprobar nada. Agrega al menos una."))
    if last and not reason.strip():
        raise ValidationError({"reason": _("Di por qué cambia el manual: el motivo es público.")})
    day = PartialDate(in_force_from or "").first or timezone.localdate()
    manual = Manual(plan=plan, version=last + 1, in_force_from=day, rules=rules, reason=reason)
    with act("manual.published", manual, by=by, why=reason):
        pass
    return manual
