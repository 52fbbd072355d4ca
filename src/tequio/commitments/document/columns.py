"""The fields of a plan document as values of columns, for loading and for changes on the plan's own pages."""

from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from tequio.commitments.document.institutions import Directory
from tequio.commitments.models import Activity, Commitment, Manual, Support
from tequio.common.dates import PartialDate
from tequio.documents.models import Blob
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

Doc = dict[str, Any]


def text_of(value: Any) -> LazyI18nString:
    """A database text from a document's."""
    return LazyI18nString(dict(value) if isinstance(value, dict) else {})


def _columns(doc: Doc, texts: set[str], others: set[str]) -> Doc:
    return {name: text_of(doc[name]) for name in texts if name in doc} | {
        name: doc[name] for name in others if name in doc
    }


PLAN_TEXTS = {
    "approved_words",
    "title_origin",
    "title",
    "summary",
    "vision",
    "achievements",
    "challenges",
    "plan_contribution",
    "administration_alignment",
}
PLAN_OTHERS = {
    *("number", "alternative_title", "start", "end", "start_raw", "end_raw", "duration_raw"),
    *("approved_on", "approved_note", "submitted_on", "term_name", "term_start", "term_end", "phases", "forewords"),
    *("goals", "endorsements", "legend", "thresholds_preset", "due_soon_days", "holidays", "monitoring", "learning"),
    *("funding", "flags", "sources"),
}
COMMITMENT_TEXTS = {
    *("title_origin", "title", "problem", "causes", "status_quo", "action", "contribution", "early_results"),
    *("unfunded_reason", "funding_words"),
}
COMMITMENT_OTHERS = {
    *("code", "ogp_id", "number", "branch", "start", "end", "start_raw", "end_raw", "origin", "novelty"),
    *("horizon", "values", "policy_areas", "policy_words", "sector", "challenge_areas", "sdg_targets", "target_groups"),
    *("assessments", "activity_count", "unfunded", "flags", "sources"),
}
ACTIVITY_TEXTS = {"source_note", "title", "description", "expected_output", "indicator_words"}
ACTIVITY_OTHERS = {
    *("kind", "start", "due", "original_due", "start_raw", "due_raw", "responsible_words", "means_of_verification"),
    *("horizon", "source_status", "flags"),
}
INDICATOR_TEXTS = {"name", "definition", "method", "baseline_note", "no_baseline_reason", "assumptions", "remarks"}
INDICATOR_OTHERS = {
    *("level", "variables", "unit", "frequency", "kind", "dimension", "accumulation", "direction", "disaggregation"),
    *("collection_period", "availability", "responsible_words", "baseline_year", "targets", "means", "thresholds"),
    *("attainment_method", "cremaa"),
}


def plan_columns(doc: Doc) -> Doc:
    """A plan document's own fields as column values."""
    columns = _columns(doc, PLAN_TEXTS, PLAN_OTHERS)
    if "approved_note" in doc:
        columns |= {"approved_words": text_of(doc["approved_note"]), "approved_note": ""}
    for name in ("term_start", "term_end"):
        if name in columns:
            columns[name] = PartialDate(columns[name]).first
    return columns


def commitment_columns(doc: Doc) -> Doc:
    """A commitment document's own fields as column values (without institutions, people and parts)."""
    return _columns(doc, COMMITMENT_TEXTS, COMMITMENT_OTHERS)


def support_links(row: Commitment, doc: Doc, directory: Directory) -> list[Support]:
    """The supporting institutions, each once, with the source's words."""
    links: dict[int, Support] = {}
    for n, item in enumerate(doc.get("supporting", [])):
        organisation = directory.find(item)
        if organisation is not None:
            words = item.get("words") or item["name"]
            links.setdefault(
                organisation.pk,
                Support(
                    commitment=row, organisation=organisation, words=words, note=text_of(item.get("note", {})), order=n
                ),
            )
    return list(links.values())


def activity_columns(doc: Doc, order: int) -> Doc:
    """An activity document's own fields as column values."""
    columns = _columns(doc, ACTIVITY_TEXTS, ACTIVITY_OTHERS)
    if doc.get("weight") is not None:
        columns["weight"] = Decimal(doc["weight"])
    return {**columns, "order": order}


def indicator_columns(doc: Doc, number: int) -> Doc:
    """An indicator document's own fields as column values."""
    columns = _columns(doc, INDICATOR_TEXTS, INDICATOR_OTHERS)
    if doc.get("baseline_value") is not None:
        columns["baseline_value"] = Decimal(doc["baseline_value"])
    return {**columns, "number": doc.get("number") or number}


def value_columns(doc: Doc, number: int) -> Doc:
    """A measured value as column values."""
    return {
        "number": number,
        "period": PartialDate(doc["period"]),
        "value": Decimal(doc["value"]),
        "note": text_of(doc.get("note", {})),
        "evidence_words": doc.get("evidence_words", ""),
        "evidence_url": doc.get("evidence_url", ""),
        "reported_by": doc.get("reported_by", ""),
        "verified": bool(doc.get("verified", False)),
    }


def money_columns(doc: Doc, number: int) -> Doc:
    """A line of resources as column values."""
    names = {"kind", "fiscal_year", "currency", "source", "budget_line", "stages", "classifications"}
    columns = _columns(doc, {"note"}, names)
    columns |= {name: Decimal(doc[name]) for name in ("earmarked", "released", "spent") if doc.get(name) is not None}
    return {**columns, "number": doc.get("number") or number}


def evidence_columns(doc: Doc, number: int) -> Doc:
    """A piece of evidence as column values."""
    names = {"kind", "date", "source", "author", "url", "page", "quote", "licence", "personal_data"}
    columns = _columns(doc, {"title", "note"}, names)
    return {**columns, "number": doc.get("number") or number, "blob": blob_of(doc.get("sha256"))}


def manual_from(plan: Plan, doc: Doc, version: int) -> Manual:
    """A compliance manual from a document's."""
    start = PartialDate(doc.get("in_force_from") or plan.start).first or timezone.localdate()
    return Manual(plan=plan, version=version, in_force_from=start, rules=doc["rules"], reason=doc.get("reason", ""))


def blob_of(sha256: str | None) -> Blob | None:
    return Blob.objects.filter(pk=sha256).first() if sha256 else None


def next_activity_number(jurisdiction: Jurisdiction) -> int:
    """The next free address of an activity; numbers are never used twice."""
    last = Activity.objects.filter(jurisdiction=jurisdiction).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
