"""Where an object's after-image has another shape than its table: what the rest of its columns are then."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from tequio.commitments.models import Commitment, Support
from tequio.documents.models import Blob
from tequio.legaltext.actions.publishing import keep_changes, materialise
from tequio.legaltext.align import Aligned, changes_between
from tequio.legaltext.queries import carried
from tequio.legaltext.stored import read_canonical
from tequio.people.models import Person
from tequio.plans.models import Plan, PlanInstitution

if TYPE_CHECKING:
    from tequio.succession.rebuild import Known, Rebuild


@dataclass(frozen=True)
class Way:
    """``names`` of the after-image that are other columns; ``fill`` sets the columns that it does not tell, before the row is
    inserted; ``parts`` makes rows that live with the object, after it."""

    names: dict[str, str] = field(default_factory=dict)
    fill: "Callable[[Rebuild, Any, Known], None] | None" = None
    parts: "Callable[[Rebuild, Any, Known], None] | None" = None


def _plan(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.status = Plan.Status.DRAFT if row.out_of_sight else Plan.Status.PUBLISHED


def _institutions(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.institution_links.all().delete()
    PlanInstitution.objects.bulk_create(
        PlanInstitution(
            plan=obj, organisation_id=rebuild.objects[said["organisation"]].pk, words=said.get("words", ""), order=order
        )
        for order, said in enumerate((row.state or {}).get("institutions", []))
    )


def _commitment(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.status = Commitment.Status.DRAFT if row.out_of_sight else Commitment.Status.PUBLISHED


def _supports(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.supports.all().delete()
    Support.objects.bulk_create(
        Support(
            commitment=obj,
            organisation_id=rebuild.objects[said["organisation"]].pk,
            words=said.get("words", ""),
            note=LazyI18nString(said.get("note", "")),
            order=order,
        )
        for order, said in enumerate((row.state or {}).get("supporting", []))
    )


def _file(*names: str) -> "Callable[[Rebuild, Any, Known], None]":
    """A file that the bundle does not hold (withdrawn, or held back) keeps its place: a row without bytes or type."""

    def fill(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
        for sha256 in filter(None, (getattr(obj, name) for name in names)):
            if Blob.objects.get_or_create(sha256=sha256, defaults={"size": 0, "media_type": ""})[1]:
                rebuild.lost.append(f"{row.on}: file {sha256}")

    return fill


def _evidence(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.personal_data = row.out_of_sight
    if row.out_of_sight and obj.blob_id and not Blob.objects.filter(pk=obj.blob_id).exists():
        obj.blob_id = None  # it was held back for personal data: neither the file nor its hash come back
    _file("blob_id")(rebuild, obj, row)


def _role(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    """Whoever holds a role comes back with the name that is public; with none, as somebody to be invited anew."""
    name = row.hidden.get("name", "")
    if (row.state or {}).get("vacant", False):
        obj.person = None
    elif name and (obj.person is None or obj.person.name != name):
        obj.person = Person.objects.create(jurisdiction_id=obj.jurisdiction_id, name=name)
    elif obj.person is None and obj.since is not None:
        obj.person = Person.objects.create(jurisdiction_id=obj.jurisdiction_id, name=_("Persona por invitar de nuevo"))


def _look(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.status, obj.revealed = obj.Status.DONE, True
    obj.assigned_on = obj.due = obj.done_on or obj.due


def _roadmap(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    sha256 = (row.state or {})["document_sha256"]
    if sha256 in rebuild.asides:
        obj.document = json.loads(rebuild.asides[sha256])
    else:
        obj.document = obj.document or {}
        rebuild.lost.append(f"{row.on}: text {sha256}")


def _expression(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.status = obj.Status.PUBLISHED
    _file("file_id")(rebuild, obj, row)


def _provisions(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    """A text's provisions come back from the exact bytes that its act names; what changed, by their lineages."""
    if not (obj.file and obj.file.path.exists()):
        return
    document, lineages = read_canonical(obj.file.path.read_bytes())
    materialise(obj, document, lineages)
    earlier = obj.supersedes
    if earlier is not None and earlier.provisions.exists():
        before, _lineages = read_canonical(earlier.file.path.read_bytes())
        carries = carried(earlier, obj)
        keep_changes(obj, Aligned(carries, changes_between(before, document, carries)), None)


def _call(rebuild: "Rebuild", obj: Any, row: "Known") -> None:
    obj.file = rebuild.asides.get(obj.fingerprint, "") if obj.fingerprint else ""


WAYS: dict[str, Way] = {
    "plan": Way(fill=_plan, parts=_institutions),
    "document": Way(names={"file": "blob"}, fill=_file("blob_id")),
    "commitment": Way(fill=_commitment, parts=_supports),
    "evidence": Way(names={"file": "blob"}, fill=_evidence),
    "roadmap": Way(fill=_roadmap),
    "role": Way(fill=_role),
    "look": Way(fill=_look),
    "call": Way(fill=_call),
    "observation": Way(fill=_file("photo_id")),
    "bill": Way(fill=_file("film_id", "poster_id")),
    "expression": Way(fill=_expression, parts=_provisions),
}
