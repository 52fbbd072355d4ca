"""Drafts: working copies in the form of the plan document. Private; no acts. Two people never overwrite each other."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.commitments.document.columns import text_of
from tequio.commitments.document.dump import dump, dump_commitment
from tequio.commitments.models import Commitment, Draft
from tequio.people.models import Account, Organisation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

Doc = dict[str, Any]
Seen = int | str  # a revision, or what ``seen_of`` says


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


def live_drafts() -> QuerySet[Draft]:
    """The drafts that nobody has thrown away."""
    return Draft.objects.filter(discarded=None)


def draft_of(*, commitment: Commitment, account: Account) -> Draft:
    """The commitment's working copy: what is public when nobody has begun one (kept only once something is saved)."""
    found = live_drafts().filter(commitment=commitment).first()
    if found is not None:
        return found
    document = dump_commitment(commitment)
    kind = Draft.Kind.COMMITMENT
    return Draft(
        kind=kind, plan=commitment.plan, commitment=commitment, document=document, revision=0, edited_by=account
    )


def plan_draft_of(*, plan: Plan, account: Account) -> Draft:
    """The plan's working copy, without its commitments; as public when nobody has begun one."""
    found = live_drafts().filter(plan=plan, kind=Draft.Kind.PLAN).first()
    if found is not None:
        return found
    return Draft(kind=Draft.Kind.PLAN, plan=plan, document=public_plan(plan), revision=0, edited_by=account)


def public_plan(plan: Plan) -> Doc:
    """The plan as it is public, without its commitments and documents: those are written on pages of their own."""
    return {key: value for key, value in dump(plan).items() if key not in ("commitments", "documents")}


def fingerprint(part: Any) -> str:
    """Tells whether a part of a draft is still what somebody saw."""
    said = json.dumps(part, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def seen_of(draft: Draft, part: Any) -> str:
    """What a form remembers of the draft it shows: its revision, and the fingerprint of the part that it shows. Two people
    who write different parts do not disturb each other."""
    return f"{draft.revision}-{fingerprint(part)}"


def section_of(document: Doc, names: Iterable[str]) -> Doc:
    """Some fields of a draft, as a form shows them."""
    return {name: document[name] for name in names if name in document}


def item_of(document: Doc, part: str, place: int) -> Doc:
    """The activity, indicator or line of money at a place of the draft; empty where there is none."""
    items: list[Doc] = document.get(part, [])
    return items[place] if 0 <= place < len(items) else {}


@transaction.atomic
def _write(
    draft: Draft, *, account: Account, seen: Seen, shown: Callable[[Doc], Any], change: Callable[[Doc], Doc]
) -> Draft:
    """Changes the newest draft if nobody has since changed the part that the form showed; else says so and writes nothing.

    What is there already is not written again, so that a form whose answer was lost may be sent twice.
    """
    Plan.objects.select_for_update().get(pk=draft.plan_id)  # two first saves make one draft
    same = live_drafts().filter(plan=draft.plan, commitment=draft.commitment, kind=draft.kind)
    kept = same.first() or draft
    document = change(kept.document)
    if kept.pk and document == kept.document:
        return kept
    revision, _dash, mark = str(seen).partition("-")
    if mark != fingerprint(shown(kept.document)) if mark else revision != str(kept.revision):
        raise ValidationError(
            _(
                "Otra persona guardó este borrador mientras escribías. Tu texto sigue aquí: compáralo y vuelve a guardar."
            ),
            code="changed",
        )
    kept.document, kept.revision, kept.edited_by = document, kept.revision + 1, account
    kept.save()
    return kept


# What tells that two entries of a list are the same one, and what of an entry no form shows.
IDENTITY = ("slug", "type", "period")


def keep_more(old: Any, new: Any) -> Any:
    """``new`` as a form wrote it, with what the form does not show of the same entries of ``old``: a source's words for
    an institution or for a means of verification. (Rows of inputs bring it along by themselves: ``forms.rows``.)"""
    if isinstance(old, dict) and isinstance(new, dict) and new.get("slug") and new["slug"] == old.get("slug"):
        return {**old, **new}
    if isinstance(old, list) and isinstance(new, list):
        return [_entry(old, item) if isinstance(item, dict) else item for item in new]
    return new


def _entry(old: list[Any], item: Doc) -> Doc:
    for known in (entry for entry in old if isinstance(entry, dict)):
        for name in IDENTITY:
            if item.get(name) and item[name] == known.get(name):
                return {**known, **item}
    return item


def _bare(fields: Doc) -> Doc:
    """Without what is empty: an empty value takes a field out."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {}, False)}


def save_section(
    *, draft: Draft, changes: Doc, account: Account, seen: Seen, names: Iterable[str] | None = None
) -> Draft:
    """Writes some fields of a draft; an empty value takes a field out. ``names``: the fields that the form shows, where
    they are more than those that change."""
    shown = list(names or changes)

    def change(document: Doc) -> Doc:
        kept = {name: keep_more(document.get(name), value) for name, value in changes.items()}
        return _bare({**document, **kept})

    draft = _write(draft, account=account, seen=seen, shown=lambda doc: section_of(doc, shown), change=change)
    commitment = draft.commitment
    if commitment is not None and not commitment.is_public():
        # A lead institution may edit its own draft, so the private row knows whose it is.
        slug = draft.document.get("lead", {}).get("slug", "")
        lead = Organisation.objects.filter(jurisdiction=commitment.jurisdiction, slug=slug).first()
        Commitment.objects.filter(pk=commitment.pk).update(lead=lead, title=text_of(draft.document.get("title", {})))
    return draft


def _items(document: Doc, part: str) -> list[Doc]:
    return [dict(item) for item in document.get(part, [])]


def _item_there(items: list[Doc], place: int) -> Doc:
    if not 0 <= place < len(items):
        raise ValidationError(_("Esa parte del borrador ya no existe."))
    return items[place]


def save_item(*, draft: Draft, part: str, place: int, item: Doc, account: Account, seen: Seen) -> Draft:
    """Writes one activity, indicator or line of money at its place in the draft."""

    def change(document: Doc) -> Doc:
        items = _items(document, part)
        old = _item_there(items, place)
        # What no form shows (thresholds, the source's own status) stays as it is.
        written = {key: keep_more(old.get(key), value) for key, value in item.items()}
        items[place] = {key: value for key, value in {**old, **written}.items() if value not in (None, "", [], {})}
        return {**document, part: items}

    return _write(draft, account=account, seen=seen, shown=lambda doc: item_of(doc, part, place), change=change)


def add_item(*, draft: Draft, part: str, item: Doc, account: Account, seen: Seen) -> Draft:
    """Adds an activity, indicator or line of money at the end; the one that is there already is not added twice."""
    kept = {key: value for key, value in item.items() if value not in (None, "", [], {})}

    def change(document: Doc) -> Doc:
        items = _items(document, part)
        return document if items[-1:] == [kept] else {**document, part: [*items, kept]}

    return _write(draft, account=account, seen=seen, shown=lambda doc: {}, change=change)


def remove_item(*, draft: Draft, part: str, place: int, account: Account, seen: Seen) -> Draft:
    """Takes one out of the draft. What was public before stays so until the change is published."""

    def change(document: Doc) -> Doc:
        items = _items(document, part)
        public = draft.commitment is not None and draft.commitment.is_public()
        if part != "activities" and _item_there(items, place).get("number") and public:
            raise ValidationError(_("Ya es público: se puede cambiar, no quitar."))
        _item_there(items, place)
        del items[place]
        return {**document, part: items}

    return _write(draft, account=account, seen=seen, shown=lambda doc: item_of(doc, part, place), change=change)


def move_item(*, draft: Draft, part: str, place: int, step: int, account: Account, seen: Seen) -> Draft:
    """Moves one up or down."""

    def change(document: Doc) -> Doc:
        items = _items(document, part)
        other = place + step
        if 0 <= place < len(items) and 0 <= other < len(items):
            items[place], items[other] = items[other], items[place]
        return {**document, part: items}

    return _write(draft, account=account, seen=seen, shown=lambda doc: item_of(doc, part, place), change=change)
