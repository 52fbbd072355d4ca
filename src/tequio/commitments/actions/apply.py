"""Writes a commitment's document to its rows, with an act for each row that says something else than before."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tequio.commitments.document import columns
from tequio.commitments.document.institutions import Directory
from tequio.commitments.document.load import next_activity_number
from tequio.commitments.models import Activity, Commitment, Indicator, IndicatorValue, Money, Support
from tequio.common.dates import PartialDate
from tequio.people.models import Organisation, Role
from tequio.record.append import Actor, act
from tequio.record.models import Recorded

Doc = dict[str, Any]
ROLES = {"head": "head_role", "liaison": "liaison_role"}


def _set(row: models.Model, values: Doc, texts: set[str], others: set[str]) -> None:
    """Every column of the document's own: as it says, or back to the default where it says nothing."""
    for name in texts | others:
        field: Any = row._meta.get_field(name)
        setattr(row, name, values.get(name, columns.text_of({}) if name in texts else field.get_default()))


def _record(kind: str, row: Recorded, before: Doc | None, by: Actor, why: str, basis: str) -> None:
    """An act if the row's public state is new or differs."""
    if before is None or row.public_state() != before:
        with act(kind, row, by=by, why=why, basis=basis):
            pass


def apply_commitment(*, commitment: Commitment, document: Doc, by: Actor, why: str = "", basis: str = "") -> None:
    """Writes the document to the commitment, its activities, indicators and money; inside the caller's transaction.

    An activity that the document leaves out is withdrawn and stays with its history. Raises ``ValidationError`` where
    something that is public already would vanish, or where a role does not exist.
    """
    directory = Directory(commitment.jurisdiction, by)
    for holder in (document, *document.get("activities", [])):
        for item in [*([holder["lead"]] if holder.get("lead") else []), *holder.get("supporting", [])]:
            directory.take(item, "")
    for item in document.get("indicators", []):
        if item.get("responsible_unit"):
            directory.take(item["responsible_unit"], "")
    directory.save(why)
    roles = {role.number: role for role in Role.objects.filter(jurisdiction=commitment.jurisdiction)}
    before = commitment.public_state() if commitment.rev else None
    new = commitment.rev == 0
    _commitment_row(commitment, document, directory, roles)
    _record("commitment.published" if new else "commitment.changed", commitment, before, by, why, basis)
    said = {"by": by, "why": why, "basis": basis}
    indicators = _indicators(commitment, document, directory, said)
    _activities(commitment, document, directory, roles, indicators, said)
    _money(commitment, document, said)


def _commitment_row(row: Commitment, doc: Doc, directory: Directory, roles: dict[int, Role]) -> None:
    _set(row, columns.commitment_columns(doc), columns.COMMITMENT_TEXTS, columns.COMMITMENT_OTHERS - {"code", "number"})
    lead = doc.get("lead")
    row.lead = directory.find(lead) if lead else None
    row.lead_words = (lead.get("words") or lead["name"]) if lead else ""
    row.lead_note = columns.text_of(lead.get("note", {}) if lead else {})
    row.head, row.liaison = (_role(roles, doc.get(name)) for name in ROLES.values())
    continues = doc.get("continues")
    row.continues = (
        Commitment.objects.filter(jurisdiction=row.jurisdiction, code=continues).first() if continues else None
    )
    row.status = Commitment.Status.PUBLISHED
    row.save()
    Support.objects.filter(commitment=row).delete()
    Support.objects.bulk_create(columns.support_links(row, doc, directory))
    getattr(row, "_prefetched_objects_cache", {}).clear()


def _role(roles: dict[int, Role], number: int | None) -> Role | None:
    if number is None:
        return None
    if number not in roles:
        raise ValidationError(_("No hay un papel con el número %(n)s en este territorio.") % {"n": number})
    return roles[number]


def _known(rows: Any, items: list[Doc], noun: str) -> dict[int, Any]:
    """The stored rows by number; those that are public must all be in the document."""
    found = {row.number: row for row in rows}
    kept = {item.get("number") for item in items}
    gone = [row for number, row in found.items() if number not in kept]
    if any(row.rev for row in gone):
        raise ValidationError(_("%(noun)s: lo que ya es público se puede cambiar, no quitar.") % {"noun": noun})
    for row in gone:
        row.delete()
    return found


def _indicators(commitment: Commitment, doc: Doc, directory: Directory, said: Doc) -> dict[int, Indicator]:
    items = doc.get("indicators", [])
    known = _known(commitment.indicators.all(), items, _("Indicadores"))
    found: dict[int, Indicator] = {}
    for item in items:
        number = item.get("number") or max([*known, *found, 0]) + 1
        row = known.get(number) or Indicator(commitment=commitment, number=number)
        row.commitment = commitment
        before, old = (row.public_state() if row.rev else None), row.thresholds
        _set(
            row,
            columns.indicator_columns(item, number),
            columns.INDICATOR_TEXTS,
            columns.INDICATOR_OTHERS | {"baseline_value"},
        )
        row.thresholds = _versioned(old, row.thresholds)
        row.responsible_unit = directory.find(item["responsible_unit"]) if item.get("responsible_unit") else None
        new = row.rev == 0
        _record("indicator.published" if new else "indicator.changed", row, before, **said)
        if new:
            _values(row, item, said)
        found[number] = row
    return found


def _versioned(old: Doc, new: Doc) -> Doc:
    """Own thresholds with the number of their version: one more whenever their bands change (standards §9.3)."""
    if not new.get("bands"):
        return new
    if not old.get("bands"):
        return {"version": 1, **new}
    same = old["bands"] == new["bands"]
    version = old.get("version") or 1
    return {**new, "version": version if same else version + 1}


def _values(indicator: Indicator, item: Doc, said: Doc) -> None:
    """The values that an indicator's document brings when it is first published, each with its act. Afterwards values
    are recorded, corrected and verified on a page of their own, and no draft writes over them."""
    for number, value in enumerate(item.get("values", []), 1):
        # Only the Committee says that it verified a value.
        row = IndicatorValue(indicator=indicator, **{**columns.value_columns(value, number), "verified": False})
        _record("value.recorded", row, None, **said)


def _activities(
    commitment: Commitment,
    doc: Doc,
    directory: Directory,
    roles: dict[int, Role],
    indicators: dict[int, Indicator],
    said: Doc,
) -> None:
    known = {row.number: row for row in commitment.activities.prefetch_related("supporting")}
    following = next_activity_number(commitment.jurisdiction)
    kept: set[int] = set()
    for order, item in enumerate(doc.get("activities", []), 1):
        row = known.get(item.get("number", 0))
        if row is None:
            row = Activity(jurisdiction=commitment.jurisdiction, number=following, commitment=commitment)
            following += 1
        row.jurisdiction, row.commitment = commitment.jurisdiction, commitment
        before = row.public_state() if row.rev else None
        first = row.original_due
        _set(
            row,
            columns.activity_columns(item, order),
            columns.ACTIVITY_TEXTS,
            columns.ACTIVITY_OTHERS | {"order", "weight"},
        )
        # The first promised date never changes once it was public.
        row.original_due = first if row.rev and first else PartialDate(item.get("due", ""))
        row.lead = directory.find(item["lead"]) if item.get("lead") else None
        row.responsible = _role(roles, item.get("responsible_role"))
        row.indicator = indicators.get(item.get("indicator", 0))
        row.withdrawn = False
        row.save()
        supporting = [directory.find(entry) for entry in item.get("supporting", [])]
        row.supporting.set([organisation for organisation in supporting if isinstance(organisation, Organisation)])
        getattr(row, "_prefetched_objects_cache", {}).clear()
        _record("activity.changed" if row.rev else "activity.published", row, before, **said)
        kept.add(row.number)
    for number, row in known.items():
        if number in kept or row.withdrawn:
            continue
        row.jurisdiction, row.commitment = commitment.jurisdiction, commitment
        if row.rev == 0:
            row.delete()
            continue
        with act("activity.withdrawn", row, **said):
            row.withdrawn = True


def _money(commitment: Commitment, doc: Doc, said: Doc) -> None:
    items = doc.get("money", [])
    known = _known(commitment.money.all(), items, _("Recursos"))
    used = {item["number"] for item in items if item.get("number")}
    texts = {"note"}
    others = {"kind", "fiscal_year", "currency", "source", "budget_line", "stages", "classifications"}
    for item in items:
        number = item.get("number") or max([*known, *used, 0]) + 1
        used.add(number)
        row = known.get(number) or Money(commitment=commitment, number=number)
        row.commitment = commitment
        before = row.public_state() if row.rev else None
        _set(row, columns.money_columns(item, number), texts, others | {"earmarked", "released", "spent"})
        _record("money.changed" if row.rev else "money.recorded", row, before, **said)
