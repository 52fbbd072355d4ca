"""Drafts: working copies in the form of the plan document. Private; no acts. Two people never overwrite each other."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.commitments.document.columns import text_of
from tequio.commitments.document.dump import dump, dump_commitment
from tequio.commitments.models import Commitment, Draft
from tequio.people.models import Account, Organisation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

Doc = dict[str, Any]


@transaction.atomic
def start_plan(*, jurisdiction: Jurisdiction, number: int, title: Doc, account: Account) -> Plan:
    """A new plan, in draft. Raises ``ValidationError`` when the number is taken."""
    if Plan.objects.filter(jurisdiction=jurisdiction, number=number).exists():
        raise ValidationError({"number": _("Ya hay un plan con ese número.")})
    plan = Plan.objects.create(
        jurisdiction=jurisdiction, number=number, title=text_of(title), slug=f"{jurisdiction.slug}-{number}"
    )
    Draft.objects.create(
        kind=Draft.Kind.PLAN, plan=plan, document={"number": number, "title": title}, edited_by=account
    )
    return plan


@transaction.atomic
def start_commitment(
    *, plan: Plan, code: str, title: Doc, account: Account, lead: Organisation | None = None
) -> Commitment:
    """A new commitment of a plan, in draft. Raises ``ValidationError`` when its code is taken."""
    code = slugify(code)
    if not code or Commitment.objects.filter(jurisdiction=plan.jurisdiction, code=code).exists():
        raise ValidationError({"code": _("Esa clave ya la usa otro compromiso. Elige otra.")})
    number = Commitment.objects.filter(plan=plan).count() + 1
    commitment = Commitment.objects.create(
        jurisdiction=plan.jurisdiction, plan=plan, code=code, number=number, title=text_of(title), lead=lead
    )
    Draft.objects.create(
        kind=Draft.Kind.COMMITMENT,
        plan=plan,
        commitment=commitment,
        document=dump_commitment(commitment),
        edited_by=account,
    )
    return commitment


def draft_of(*, commitment: Commitment, account: Account) -> Draft:
    """The commitment's working copy: what is public when nobody has begun one (kept only once something is saved)."""
    found = Draft.objects.filter(commitment=commitment).first()
    if found is not None:
        return found
    document = dump_commitment(commitment)
    kind = Draft.Kind.COMMITMENT
    return Draft(
        kind=kind, plan=commitment.plan, commitment=commitment, document=document, revision=0, edited_by=account
    )


def plan_draft_of(*, plan: Plan, account: Account) -> Draft:
    """The plan's working copy, without its commitments; as public when nobody has begun one."""
    found = Draft.objects.filter(plan=plan, kind=Draft.Kind.PLAN).first()
    if found is not None:
        return found
    document = {key: value for key, value in dump(plan).items() if key not in ("commitments", "documents")}
    return Draft(kind=Draft.Kind.PLAN, plan=plan, document=document, revision=0, edited_by=account)


@transaction.atomic
def _save(draft: Draft, document: Doc, account: Account, seen: int) -> Draft:
    """Writes a draft if nobody has since the form was opened; else says so and writes nothing."""
    same = Draft.objects.select_for_update().filter(plan=draft.plan, commitment=draft.commitment, kind=draft.kind)
    kept = same.first()
    if (kept.revision if kept else 0) != seen:
        raise ValidationError(
            _(
                "Otra persona guardó este borrador mientras escribías. Tu texto sigue aquí: compáralo y vuelve a guardar."
            ),
            code="changed",
        )
    draft = kept or draft
    draft.document, draft.revision, draft.edited_by = document, seen + 1, account
    draft.save()
    return draft


# What tells that two entries of a list are the same one, and what of an entry no form shows.
IDENTITY = ("slug", "type", "period")
ONE_LANGUAGE = ("text", "metric")  # typed in Spanish alone


def keep_more(old: Any, new: Any) -> Any:
    """``new`` as a form wrote it, with what the form does not show of the same entries of ``old``: a source's words for
    an institution, a note on a target, the English of a text whose Spanish stayed."""
    if isinstance(old, dict) and isinstance(new, dict):
        if new.get("slug") and new["slug"] == old.get("slug"):
            return {**old, **new}
        if "rules" in new:
            return {**old, "rules": keep_more(old.get("rules", []), new["rules"])}
    if isinstance(old, list) and isinstance(new, list):
        return [_entry(old, item) if isinstance(item, dict) else item for item in new]
    return new


def _entry(old: list[Any], item: Doc) -> Doc:
    for known in (entry for entry in old if isinstance(entry, dict)):
        for name in IDENTITY:
            if item.get(name) and item[name] == known.get(name):
                return {**known, **item}
        for name in ONE_LANGUAGE:
            spanish = (item.get(name) or {}).get("es")
            if spanish and isinstance(known.get(name), dict) and spanish == known[name].get("es"):
                return {**item, name: known[name], **({"note": known["note"]} if known.get("note") else {})}
    return item


def save_section(*, draft: Draft, changes: Doc, account: Account, seen: int) -> Draft:
    """Writes some fields of a draft; an empty value takes a field out."""
    kept = {name: keep_more(draft.document.get(name), value) for name, value in changes.items()}
    document = {**draft.document, **kept}
    document = {key: value for key, value in document.items() if value not in (None, "", [], {}, False)}
    draft = _save(draft, document, account, seen)
    commitment = draft.commitment
    if commitment is not None and not commitment.is_public():
        # A lead institution may edit its own draft, so the private row knows whose it is.
        slug = document.get("lead", {}).get("slug", "")
        lead = Organisation.objects.filter(jurisdiction=commitment.jurisdiction, slug=slug).first()
        Commitment.objects.filter(pk=commitment.pk).update(lead=lead, title=text_of(document.get("title", {})))
    return draft


def _items(draft: Draft, part: str) -> list[Doc]:
    return [dict(item) for item in draft.document.get(part, [])]


def save_item(*, draft: Draft, part: str, place: int, item: Doc, account: Account, seen: int) -> Draft:
    """Writes one activity, indicator or line of money at its place in the draft."""
    items = _items(draft, part)
    if not 0 <= place < len(items):
        raise ValidationError(_("Esa parte del borrador ya no existe."))
    # What no form shows (thresholds, the source's own status) stays as it is.
    written = {key: keep_more(items[place].get(key), value) for key, value in item.items()}
    items[place] = {key: value for key, value in {**items[place], **written}.items() if value not in (None, "", [], {})}
    return _save(draft, {**draft.document, part: items}, account, seen)


def add_item(*, draft: Draft, part: str, item: Doc, account: Account, seen: int) -> Draft:
    """Adds an activity, indicator or line of money at the end."""
    kept = {key: value for key, value in item.items() if value not in (None, "", [], {})}
    return _save(draft, {**draft.document, part: [*_items(draft, part), kept]}, account, seen)


def remove_item(*, draft: Draft, part: str, place: int, account: Account, seen: int) -> Draft:
    """Takes one out of the draft. What was public before stays so until the change is published."""
    items = _items(draft, part)
    if not 0 <= place < len(items):
        raise ValidationError(_("Esa parte del borrador ya no existe."))
    if part != "activities" and items[place].get("number") and draft.commitment and draft.commitment.is_public():
        raise ValidationError(_("Ya es público: se puede cambiar, no quitar."))
    del items[place]
    return _save(draft, {**draft.document, part: items}, account, seen)


def move_item(*, draft: Draft, part: str, place: int, step: int, account: Account, seen: int) -> Draft:
    """Moves one up or down."""
    items = _items(draft, part)
    other = place + step
    if 0 <= place < len(items) and 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
    return _save(draft, {**draft.document, part: items}, account, seen)


@transaction.atomic
def discard_draft(*, draft: Draft) -> None:
    """Throws a draft away, and with it a plan or commitment that was never public."""
    commitment, plan = draft.commitment, draft.plan
    if draft.pk:
        draft.delete()
    if commitment is not None and commitment.rev == 0:
        commitment.delete()
    elif commitment is None and plan.rev == 0:
        for row in list(plan.commitments.filter(rev=0)):
            row.drafts.all().delete()
            row.delete()
        plan.drafts.all().delete()
        plan.delete()
