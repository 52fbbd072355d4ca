"""Registers, changes and dissolves organisations and their offices."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.people.models import Office, Organisation
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act

CHANGEABLE = {"name", "acronym", "sector", "branch", "website", "note"}


@transaction.atomic
def create_organisation(
    *, jurisdiction: Jurisdiction, name: str, by: Actor, slug: str = "", **more: Any
) -> Organisation:
    """Registers an organisation. Raises ``ValidationError`` when its address is taken or its name leaves none."""
    slug = slug or slugify(name)[:100].strip("-")
    if not slug:
        raise ValidationError({"name": _("Escribe el nombre con letras.")})
    if Organisation.objects.filter(jurisdiction=jurisdiction, slug=slug).exists():
        raise ValidationError({"name": _("Ya hay una institución con ese nombre.")})
    organisation = Organisation(jurisdiction=jurisdiction, name=name, slug=slug, **more)
    with act("organisation.created", organisation, by=by):
        pass
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: Actor, why: str = "", seen: int | None = None, **changes: Any
) -> Organisation:
    """Changes an organisation's own facts; its address stays for ever. A name given up is kept as an alias.

    ``seen``: the revision that the person had before them. Raises ``ValidationError`` when it changed meanwhile.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise TypeError(f"not a fact to change: {', '.join(sorted(unknown))}")
    before = organisation.name
    with act("organisation.changed", organisation, by=by, why=why, seen=seen):
        for name, value in changes.items():
            setattr(organisation, name, value)
        if organisation.name != before and before not in {alias["words"] for alias in organisation.aliases}:
            organisation.aliases = [*organisation.aliases, {"words": before, "source": ""}]
    return organisation


@transaction.atomic
def dissolve_organisation(
    *, organisation: Organisation, by: Actor, on: dt.date | None, successor: Organisation | None = None, basis: str = ""
) -> Organisation:
    """Marks an organisation as dissolved. It stays where it is named; its successor, if any, is shown beside it.

    Raises ``ValidationError`` for a successor that is itself, that leads back to it, or of another jurisdiction.
    """
    if organisation.dissolved:
        raise ValidationError(_("Ya consta que esta institución se extinguió."))
    heir = successor
    while heir is not None:
        if heir.jurisdiction_id != organisation.jurisdiction_id:
            raise ValidationError({"successor": _("Eso pertenece a otro territorio.")})
        if heir.pk == organisation.pk:
            raise ValidationError({"successor": _("Una institución no puede sucederse a sí misma.")})
        heir = heir.replaced_by
    with act("organisation.dissolved", organisation, by=by, basis=basis, done=on):
        organisation.dissolved, organisation.dissolved_on, organisation.replaced_by = True, on, successor
    return organisation


@transaction.atomic
def create_office(*, organisation: Organisation, name: str, kind: str, by: Actor, name_en: str = "") -> Office:
    """Registers a post of an organisation. Raises ``ValidationError`` when the organisation has it already."""
    office = Office(organisation=organisation, slug=slugify(name)[:100].strip("-"), name=text(name, name_en), kind=kind)
    if not office.slug:
        raise ValidationError({"name": _("Escribe el nombre con letras.")})
    if Office.objects.filter(organisation=organisation, slug=office.slug).exists():
        raise ValidationError({"name": _("Ese cargo ya existe en la institución.")})
    with act("office.created", office, by=by):
        pass
    return office


@transaction.atomic
def change_office(
    *, office: Office, name: str, kind: str, by: Actor, name_en: str = "", seen: int | None = None
) -> Office:
    """Changes the words or the kind of a post; its address stays."""
    with act("office.changed", office, by=by, seen=seen):
        office.name, office.kind = text(name, name_en), kind
    return office
