"""Writes a plan document to the tables, all or nothing, each object with its act."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.commitments.document.check import Fault, check
from tequio.commitments.document.columns import (
    ACTIVITY_OTHERS,
    ACTIVITY_TEXTS,
    COMMITMENT_OTHERS,
    COMMITMENT_TEXTS,
    INDICATOR_OTHERS,
    INDICATOR_TEXTS,
    PLAN_OTHERS,
    PLAN_TEXTS,
    activity_columns,
    blob_of,
    commitment_columns,
    evidence_columns,
    indicator_columns,
    manual_from,
    money_columns,
    next_activity_number,
    plan_columns,
    support_links,
    text_of,
    value_columns,
)
from tequio.commitments.document.dump import dump_commitment, rows_of
from tequio.commitments.document.holders import Holders, roles_of, say_in_words
from tequio.commitments.document.institutions import Directory
from tequio.commitments.document.normal import normalise
from tequio.commitments.document.report import FaultsFound, LoadReport, say_absent
from tequio.commitments.document.same import comparable
from tequio.commitments.models import (
    Activity,
    Commitment,
    Evidence,
    Indicator,
    IndicatorValue,
    Money,
    RoadmapVersion,
    Support,
)
from tequio.common.dates import PartialDate
from tequio.common.i18n import best
from tequio.documents.models import Blob
from tequio.people.models import Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan, PlanDocument, PlanInstitution
from tequio.record.append import Actor, act_many

# The columns belong to whoever changes a plan, too: they are offered here beside the loader.
# fmt: off
__all__ = [
    "ACTIVITY_OTHERS", "ACTIVITY_TEXTS", "COMMITMENT_OTHERS", "COMMITMENT_TEXTS", "INDICATOR_OTHERS",
    "INDICATOR_TEXTS", "PLAN_OTHERS", "PLAN_TEXTS", "FaultsFound", "LoadReport", "activity_columns",
    "commitment_columns", "comparable", "evidence_columns", "first_version", "indicator_columns", "load",
    "manual_from", "money_columns", "next_activity_number", "plan_columns", "say_absent", "support_links", "text_of",
    "value_columns",
]
# fmt: on

Doc = dict[str, Any]
Progress = Callable[[str, int, int], None]


def _quiet(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@transaction.atomic
def load(
    document: Any,
    *,
    jurisdiction: Jurisdiction,
    by: Actor,
    accept_known_faults: bool = False,
    progress: Progress = _quiet,
    source: str = "",
) -> LoadReport:
    """Loads a plan and publishes it. Raises ``FaultsFound`` with every fault, and then nothing has changed.

    With ``accept_known_faults`` a source's contradictions are loaded as they are, and flagged. A plan that is there
    already and says the same is left alone; one that says something else is refused: it is changed on its pages.
    """
    faults = check(document)
    refused = [fault for fault in faults if not (fault.known and accept_known_faults)]
    if refused:
        raise FaultsFound(refused)
    doc = normalise(document)
    say_in_words(doc, roles_of(jurisdiction))
    _flag(doc)
    existing = Plan.objects.filter(jurisdiction=jurisdiction, number=doc["number"]).first()
    if existing is not None:
        return _already_there(existing, doc)
    directory = Directory(jurisdiction, by)
    source = source or _first_source(doc)
    loader = _Loader(doc, jurisdiction, by, directory, progress, source)
    plan = loader.run()
    return LoadReport(plan, loader.counts, faults, directory.merge_offers(), absent_files=_absent_files(doc))


def _first_source(doc: Doc) -> str:
    """Where a document says that it comes from; in Spanish, where it says so in two languages."""
    return best(next(iter(doc.get("sources", [])), ""), "es")[0]


def _absent_files(doc: Doc) -> list[str]:
    """The files that a document names by fingerprint and that this installation does not hold."""
    items = [*doc.get("documents", []), *(piece for c in doc.get("commitments", []) for piece in c.get("evidence", []))]
    named = dict.fromkeys(item["sha256"] for item in items if item.get("sha256"))
    held = set(Blob.objects.filter(pk__in=list(named)).values_list("pk", flat=True))
    return [sha256 for sha256 in named if sha256 not in held]


def _already_there(plan: Plan, doc: Doc) -> LoadReport:
    from tequio.commitments.document.dump import dump  # dump reads what load wrote

    if comparable(dump(plan)) == comparable(doc):
        return LoadReport(plan, unchanged=True)
    raise FaultsFound(
        [
            Fault(
                "/number",
                "",
                _(
                    "El plan %(number)s ya está cargado y dice otra cosa. "
                    "Un plan publicado se cambia en sus páginas, con motivo y decisión."
                )
                % {"number": plan.number},
            )
        ]
    )


def _flag(doc: Doc) -> None:
    """Writes each accepted contradiction where readers see it, unless the document flags it already."""
    said = []
    for language in ("es", "en"):
        with translation.override(language):
            said.append(check(doc))
    for spanish, english in zip(*said, strict=True):
        target = doc
        parts = spanish.place.strip("/").split("/")
        if parts[0] == "commitments":
            target = doc["commitments"][int(parts[1])]
            if "activities" in parts[:-1]:
                target = target["activities"][int(parts[parts.index("activities") + 1])]
        words = {"es": str(spanish)} | ({"en": str(english)} if str(english) != str(spanish) else {})
        flags = target.setdefault("flags", [])
        if words["es"] not in [flag.get("es") for flag in flags]:
            target["flags"] = [*flags, words]


class _Loader:
    """One load of one plan: first the institutions, then rows in bulk, each kind with its acts."""

    def __init__(
        self, doc: Doc, jurisdiction: Jurisdiction, by: Actor, directory: Directory, progress: Progress, source: str
    ) -> None:
        self.doc, self.jurisdiction, self.by, self.directory = doc, jurisdiction, by, directory
        self.progress, self.source = progress, source
        self.counts: dict[str, int] = {}
        self.holders = Holders(jurisdiction, directory)

    def run(self) -> Plan:
        doc = self.doc
        commitments = doc.get("commitments", [])
        self.progress("institutions", 0, 1)
        institutions = self._institutions()
        with translation.override("es"):  # the record keeps one language, whoever loads
            self.directory.save(_("Carga del plan %(number)s") % {"number": doc["number"]})
        plan = self._plan(institutions)
        self.progress("commitments", 0, len(commitments))
        rows = [self._commitment(plan, item, n) for n, item in enumerate(commitments, 1)]
        Commitment.objects.bulk_create(rows)
        self._supports(rows)
        _acts("commitment.published", rows, self.by)
        self._continue(rows)
        self.progress("commitments", len(rows), len(rows))
        indicators = self._indicators(rows)
        self.progress("activities", 0, 1)
        activities = self._activities(rows, indicators)
        money = [
            Money(commitment=c, **money_columns(m, n))
            for c, i in zip(rows, commitments, strict=True)
            for n, m in enumerate(i.get("money", []), 1)
        ]
        act_many("money.recorded", money, by=self.by)
        evidence = self._evidence(rows, activities)
        if doc.get("manual", {}).get("rules"):
            act_many("manual.published", [manual_from(plan, doc["manual"], 1)], by=self.by)
        if plan.is_submitted and rows:
            self._first_versions(rows)
        self.progress("done", 1, 1)
        self.counts |= {
            "commitments": len(rows),
            "activities": sum(len(a) for a in activities),
            "indicators": sum(len(i) for i in indicators),
            "evidence": len(evidence),
            "institutions": len(self.directory.new),
        }
        return plan

    def _institutions(self) -> list[tuple[Organisation, Doc]]:
        take, doc = self.directory.take, self.doc
        for item in doc.get("organisations", []):
            take(item, self.source)
        found = [(take(item, self.source), item) for item in doc.get("institutions", [])]
        for commitment in doc.get("commitments", []):
            source = _first_source(commitment) or self.source
            for holder in (commitment, *commitment.get("activities", [])):
                if holder.get("lead"):
                    take(holder["lead"], source)
                for item in holder.get("supporting", []):
                    take(item, source)
            for item in commitment.get("indicators", []):
                if item.get("responsible_unit"):
                    take(item["responsible_unit"], source)
        return found

    def _org(self, item: Doc | None) -> Organisation | None:
        return self.directory.find(item) if item else None

    def _plan(self, institutions: list[tuple[Organisation, Doc]]) -> Plan:
        doc = self.doc
        plan = Plan(
            jurisdiction=self.jurisdiction,
            slug=doc.get("slug") or slugify(f"{self.jurisdiction.slug}-{doc['number']}"),
            status=Plan.Status.PUBLISHED,
            **plan_columns(doc),
        )
        plan.save()
        links: dict[int, PlanInstitution] = {}
        for n, (organisation, item) in enumerate(institutions):
            links.setdefault(
                organisation.pk,
                PlanInstitution(plan=plan, organisation=organisation, words=item.get("words") or item["name"], order=n),
            )
        PlanInstitution.objects.bulk_create(links.values())
        with translation.override("es"):
            act_many("plan.published", [plan], by=self.by, why=_("Carga desde un archivo"))
        documents = [
            PlanDocument(
                plan=plan,
                number=n,
                title=text_of(item.get("title", {})),
                kind=item.get("kind", ""),
                date=PartialDate(item.get("date", "")),
                url=item.get("url", ""),
                blob=blob_of(item.get("sha256")),
            )
            for n, item in enumerate(doc.get("documents", []), 1)
        ]
        act_many("document.published", documents, by=self.by)
        return plan

    def _commitment(self, plan: Plan, doc: Doc, n: int) -> Commitment:
        lead = doc.get("lead")
        return Commitment(
            jurisdiction=self.jurisdiction,
            plan=plan,
            status=Commitment.Status.PUBLISHED,
            **{"number": n, **commitment_columns(doc)},
            lead=self._org(lead),
            lead_words=(lead.get("words") or lead["name"]) if lead else "",
            lead_note=text_of(lead.get("note", {}) if lead else {}),
            head=self._role(doc, "head_role"),
            liaison=self._role(doc, "liaison_role"),
            roadmap_version=1 if plan.is_submitted else 0,
        )

    def _role(self, doc: Doc, field: str) -> Role | None:
        try:
            return self.holders.find(doc, field)
        except ValidationError as error:
            raise FaultsFound([Fault("", "", error.messages[0])]) from error

    def _supports(self, rows: list[Commitment]) -> None:
        links = []
        for row, doc in zip(rows, self.doc.get("commitments", []), strict=True):
            links += support_links(row, doc, self.directory)
        Support.objects.bulk_create(links)

    def _continue(self, rows: list[Commitment]) -> None:
        wanted = {doc["code"]: doc["continues"] for doc in self.doc.get("commitments", []) if doc.get("continues")}
        changed = [row for row in rows if row.code in wanted]
        for row in changed:
            row.continues = Commitment.objects.filter(jurisdiction=self.jurisdiction, code=wanted[row.code]).first()
            if row.continues is None:
                words = _("No hay aquí un compromiso con la clave «%(code)s».") % {"code": wanted[row.code]}
                raise FaultsFound([Fault("", row.code, words)])
        if changed:
            Commitment.objects.bulk_update(changed, ["continues"])
            act_many("commitment.changed", changed, by=self.by)

    def _indicators(self, rows: list[Commitment]) -> list[list[Indicator]]:
        found = [
            [
                Indicator(
                    commitment=row,
                    responsible_unit=self._org(item.get("responsible_unit")),
                    **indicator_columns(item, n),
                )
                for n, item in enumerate(doc.get("indicators", []), 1)
            ]
            for row, doc in zip(rows, self.doc.get("commitments", []), strict=True)
        ]
        act_many("indicator.published", [i for group in found for i in group], by=self.by)
        values = [
            IndicatorValue(indicator=indicator, **value_columns(value, n))
            for group, doc in zip(found, self.doc.get("commitments", []), strict=True)
            for indicator, item in zip(group, doc.get("indicators", []), strict=True)
            for n, value in enumerate(item.get("values", []), 1)
        ]
        act_many("value.recorded", values, by=self.by)
        return found

    def _activities(self, rows: list[Commitment], indicators: list[list[Indicator]]) -> list[list[Activity]]:
        number = next_activity_number(self.jurisdiction)
        found: list[list[Activity]] = []
        links: list[tuple[Activity, list[Organisation]]] = []
        for row, doc, known in zip(rows, self.doc.get("commitments", []), indicators, strict=True):
            group = []
            for n, item in enumerate(doc.get("activities", []), 1):
                activity = Activity(
                    jurisdiction=self.jurisdiction,
                    number=number,
                    commitment=row,
                    **activity_columns(item, n),
                    lead=self._org(item.get("lead")),
                    responsible=self._role(item, "responsible_role"),
                    indicator=next((i for i in known if i.number == item.get("indicator")), None),
                )
                activity.original_due = PartialDate(item.get("original_due") or item.get("due", ""))
                number += 1
                group.append(activity)
                supporting = [org for org in map(self._org, item.get("supporting", [])) if org]
                if supporting:
                    links.append((activity, supporting))
            found.append(group)
        everything = [activity for group in found for activity in group]
        Activity.objects.bulk_create(everything, batch_size=500)
        through = Activity.supporting.through
        through.objects.bulk_create(
            [through(activity_id=a.pk, organisation_id=o.pk) for a, orgs in links for o in dict.fromkeys(orgs)]
        )
        _acts("activity.published", everything, self.by, "supporting")
        return found

    def _evidence(self, rows: list[Commitment], activities: list[list[Activity]]) -> list[Evidence]:
        found = []
        for row, doc, group in zip(rows, self.doc.get("commitments", []), activities, strict=True):
            for n, item in enumerate(doc.get("evidence", []), 1):
                place = item.get("activity")
                activity = group[place - 1] if isinstance(place, int) and 0 < place <= len(group) else None
                found.append(Evidence(commitment=row, activity=activity, **evidence_columns(item, n)))
        public = [piece for piece in found if not piece.personal_data]
        act_many("evidence.submitted", public, by=self.by)
        Evidence.objects.bulk_create([piece for piece in found if piece.personal_data])
        return found

    def _first_versions(self, rows: list[Commitment]) -> None:
        day = self.doc.get("submitted_on") or ""
        made_on = PartialDate(day).first or timezone.localdate()
        act_many(
            "roadmap.version_made",
            [first_version(row, made_on) for row in rows_of(rows[0].plan)],
            by=self.by,
        )


def _acts(kind: str, rows: list[Any], by: Actor, *children: str) -> None:
    """Acts on rows already stored: read anew with what their state needs, so that many rows cost few statements."""
    if not rows:
        return
    model = type(rows[0])
    fresh = {row.pk: row for row in model.public_rows().filter(pk__in=[row.pk for row in rows])}
    act_many(kind, [fresh[row.pk] for row in rows], by=by)
    for row in rows:
        row.rev, row.tip = fresh[row.pk].rev, fresh[row.pk].tip


def first_version(commitment: Commitment, made_on: dt.date) -> RoadmapVersion:
    """The signed first version of a commitment."""
    return RoadmapVersion(commitment=commitment, number=1, document=dump_commitment(commitment), made_on=made_on)
