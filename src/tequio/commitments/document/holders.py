"""Who holds what in a plan document: a role's number means something in one installation only, so a document that
travels names the kind of role, the organisation and the office as well."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.commitments.document.institutions import Directory
from tequio.people.actions import create_office, grant_role
from tequio.people.models import Office, Role
from tequio.places.models import Jurisdiction

Doc = dict[str, Any]
# The field with the number, and the one that says the same in words.
WORDS = {"head_role": "head", "liaison_role": "liaison", "responsible_role": "responsible"}


def in_words(role: Role) -> Doc:
    """A role as a document names it."""
    found = {"kind": role.kind}
    if role.organisation:
        found["organisation"] = role.organisation.name
    if role.office:
        found["office"] = role.office.name.localize("es")
        found["office_kind"] = role.office.kind
    return found


def roles_of(jurisdiction: Jurisdiction) -> dict[int, Role]:
    """The roles of a jurisdiction by their number, with what their words need."""
    rows = Role.objects.filter(jurisdiction=jurisdiction).select_related("organisation", "office")
    return {role.number: role for role in rows}


def say_in_words(doc: Doc, roles: dict[int, Role]) -> None:
    """Writes the words beside each number of a plan document that has none, in place."""
    for commitment in doc.get("commitments", []):
        for item in (commitment, *commitment.get("activities", [])):
            for number, words in WORDS.items():
                if item.get(number) in roles and not item.get(words):
                    item[words] = in_words(roles[item[number]])


class Holders:
    """Finds the roles that a document names, by number where the words agree, else by the words. A role that nobody has
    here yet is made without a holder: the post is known and who holds it is not."""

    def __init__(self, jurisdiction: Jurisdiction, directory: Directory) -> None:
        self.jurisdiction, self.directory = jurisdiction, directory
        self.roles = roles_of(jurisdiction)

    def find(self, doc: Doc, field: str) -> Role | None:
        """The role that ``field`` of ``doc`` (a key of ``WORDS``) means. Raises ``ValidationError`` for a bare number that
        no role has."""
        number, words = doc.get(field), doc.get(WORDS[field])
        role = self.roles.get(number) if number is not None else None
        if not words:
            if number is not None and role is None:
                raise ValidationError(_("No hay un papel con el número %(n)s en este territorio.") % {"n": number})
            return role
        if role is not None and self._means(role, words):
            return role
        return next((other for other in self.roles.values() if self._means(other, words)), None) or self._make(words)

    def _means(self, role: Role, words: Doc) -> bool:
        organisation = self.directory.find({"name": words["organisation"]}) if words.get("organisation") else None
        office = role.office.name.localize("es") if role.office else ""
        same_body = role.organisation_id == (organisation.pk if organisation else None)
        return role.kind == words["kind"] and same_body and office == words.get("office", "")

    def _make(self, words: Doc) -> Role:
        organisation = self.directory.find({"name": words["organisation"]}) if words.get("organisation") else None
        office = None
        if organisation is not None and words.get("office"):
            known = Office.objects.filter(organisation=organisation)
            office = next((row for row in known if row.name.localize("es") == words["office"]), None) or create_office(
                organisation=organisation,
                name=words["office"],
                kind=words.get("office_kind", Office.Kind.OTHER),
                by=self.directory.by,
            )
        role = grant_role(
            jurisdiction=self.jurisdiction,
            kind=words["kind"],
            organisation=organisation,
            office=office,
            by=self.directory.by,
        )
        self.roles[role.number] = role
        return role
