"""Reads a plan back into the one form; loading it again gives the same plan."""

from decimal import Decimal
from typing import Any

from django.db.models import Model
from i18nfield.strings import LazyI18nString

from tequio.commitments.document.holders import roles_of, say_in_words
from tequio.commitments.models import Commitment
from tequio.common.i18n import versions
from tequio.people.models import Organisation
from tequio.plans.models import Plan

Doc = dict[str, Any]


def _plain(value: Any) -> Any:
    if isinstance(value, LazyI18nString):
        return versions(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return in_order(value)


def in_order(value: Any) -> Any:
    """A value of a JSON column with its keys in order, at every depth: the order in which they were written is lost on
    PostgreSQL, and when a portal is restored from its acts."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def _fields(row: Model, *names: str) -> Doc:
    found = {name: _plain(getattr(row, name)) for name in names}
    return {name: value for name, value in found.items() if value not in (None, "", [], {}, False)}


def organisation_ref(organisation: Organisation, words: str = "", note: Any = "") -> Doc:
    """An institution as a document names it."""
    found: Doc = {"slug": organisation.slug, "name": organisation.name, "sector": organisation.sector}
    if words and words != organisation.name:
        found["words"] = words
    if versions(note):
        found["note"] = versions(note)
    return {key: value for key, value in found.items() if value}


def dump(plan: Plan) -> Doc:
    """A whole plan as a document."""
    doc = _fields(
        plan,
        *("number", "slug", "title", "title_origin", "alternative_title", "summary", "start", "end", "start_raw"),
        *("end_raw", "duration_raw", "approved_on", "submitted_on", "term_name", "term_start"),
        *("term_end", "phases", "forewords", "vision", "achievements", "challenges", "goals", "plan_contribution"),
        *("administration_alignment", "endorsements", "legend", "holidays", "monitoring", "learning", "funding"),
        *("flags", "sources"),
    )
    if versions(plan.approval):
        doc["approved_note"] = versions(plan.approval)
    if plan.thresholds_preset != "simple":
        doc["thresholds_preset"] = plan.thresholds_preset
    if plan.due_soon_days != 30:
        doc["due_soon_days"] = plan.due_soon_days
    links = plan.institution_links.select_related("organisation").order_by("order")
    institutions = [organisation_ref(link.organisation, link.words) for link in links]
    documents = []
    for row in plan.documents.filter(withdrawn="", replaced_by=None).order_by("number"):
        item = _fields(row, "title", "kind", "date", "url")
        if row.blob_id:
            item["sha256"] = row.blob_id
        documents.append(item)
    manual = plan.manuals.order_by("-version").first()
    parts: Doc = {
        "institutions": institutions,
        "documents": documents,
        "commitments": [dump_commitment(row) for row in rows_of(plan)],
    }
    if manual:
        parts["manual"] = {"in_force_from": manual.in_force_from.isoformat(), "rules": in_order(manual.rules)}
    found = {**doc, **{key: value for key, value in parts.items() if value}}
    say_in_words(found, roles_of(plan.jurisdiction))
    return found


def rows_of(plan: Plan) -> Any:
    """The commitments of a plan with all that ``dump_commitment`` reads, in few statements."""
    return (
        Commitment.objects.filter(plan=plan)
        .select_related("jurisdiction", "lead", "head", "liaison", "continues")
        .prefetch_related(
            "supports__organisation",
            "activities__lead",
            "activities__supporting",
            "activities__responsible",
            "activities__indicator",
            "indicators__values",
            "indicators__responsible_unit",
            "money",
            "evidence__activity",
        )
        .order_by("number", "code")
    )


def dump_commitment(row: Commitment) -> Doc:
    """One commitment with its parts as a document."""
    doc = _fields(
        row,
        *("code", "ogp_id", "number", "title", "title_origin", "branch", "start", "end", "start_raw", "end_raw"),
        *("problem", "causes", "status_quo", "action", "contribution", "early_results", "origin", "novelty"),
        *("horizon", "values", "policy_areas", "policy_words", "sector", "challenge_areas", "sdg_targets"),
        *("target_groups", "assessments", "activity_count", "unfunded", "unfunded_reason", "funding_words", "flags"),
        "sources",
    )
    if row.lead:
        doc["lead"] = organisation_ref(row.lead, row.lead_words, row.lead_note)
    if row.head:
        doc["head_role"] = row.head.number
    if row.liaison:
        doc["liaison_role"] = row.liaison.number
    if row.continues:
        doc["continues"] = row.continues.code
    activities = [activity for activity in row.activities.all() if not activity.withdrawn]
    places = {activity.pk: n for n, activity in enumerate(activities, 1)}
    parts = {
        "supporting": [organisation_ref(link.organisation, link.words, link.note) for link in row.supports.all()],
        "activities": [_activity(activity) for activity in activities],
        "indicators": [_indicator(indicator) for indicator in row.indicators.all()],
        "money": [_money(line) for line in row.money.all()],
        "evidence": [_evidence(piece, places) for piece in row.evidence.all() if not piece.personal_data],
    }
    return {**doc, **{key: value for key, value in parts.items() if value}}


def _activity(row: Any) -> Doc:
    doc = _fields(
        row,
        *("number", "kind", "title", "description", "expected_output", "start", "due", "start_raw", "due_raw"),
        *("responsible_words", "weight", "means_of_verification", "indicator_words", "horizon", "source_status"),
        *("source_note", "flags"),
    )
    if row.original_due and row.original_due != row.due:
        doc["original_due"] = str(row.original_due)
    if row.responsible:
        doc["responsible_role"] = row.responsible.number
    if row.lead:
        doc["lead"] = organisation_ref(row.lead)
    supporting = [organisation_ref(organisation) for organisation in row.supporting.all()]
    if supporting:
        doc["supporting"] = supporting
    if row.indicator:
        doc["indicator"] = row.indicator.number
    return doc


def _indicator(row: Any) -> Doc:
    doc = _fields(
        row,
        *("number", "name", "level", "definition", "method", "variables", "unit", "frequency", "kind", "dimension"),
        *("accumulation", "direction", "disaggregation", "collection_period", "availability", "responsible_words"),
        *("baseline_value", "baseline_year", "baseline_note", "no_baseline_reason", "targets", "means", "assumptions"),
        *("thresholds", "cremaa", "remarks"),
    )
    if row.attainment_method != "ratio":
        doc["attainment_method"] = row.attainment_method
    if row.responsible_unit:
        doc["responsible_unit"] = organisation_ref(row.responsible_unit)
    names = ("period", "value", "note", "evidence_words", "evidence_url", "reported_by", "verified")
    values = [_fields(value, *names) for value in row.values.all()]
    if values:
        doc["values"] = values
    return doc


def _money(row: Any) -> Doc:
    doc = _fields(
        row,
        *("number", "fiscal_year", "earmarked", "released", "spent", "source", "budget_line", "stages"),
        *("classifications", "note"),
    )
    if row.kind != "money":
        doc["kind"] = row.kind
    if row.currency != "MXN":
        doc["currency"] = row.currency
    return doc


def _evidence(row: Any, places: dict[int, int]) -> Doc:
    doc = _fields(row, "number", "title", "kind", "date", "source", "author", "url", "page", "quote", "licence", "note")
    if row.activity_id in places:
        doc["activity"] = places[row.activity_id]
    if row.blob_id:
        doc["sha256"] = row.blob_id
    return doc
