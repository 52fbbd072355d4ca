"""What is done with people, organisations, offices and roles. Each is one public act."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.people.models import Account, Office, Organisation, Person, Role
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act
from tequio.record.models import Recorded


@transaction.atomic
def create_organisation(*, jurisdiction: Jurisdiction, name: str, by: Actor, slug: str = "", **more: Any) -> Organisation:
    """Registers an organisation. Raises ``ValidationError`` when the address is taken."""
    slug = slug or slugify(name)[:100]
    if Organisation.objects.filter(jurisdiction=jurisdiction, slug=slug).exists():
        raise ValidationError({"name": _("Ya hay una institución con ese nombre.")})
    organisation = Organisation(jurisdiction=jurisdiction, name=name, slug=slug, **more)
    with act("organisation.created", organisation, by=by):
        pass
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: Actor, why: str = "", **changes: Any) -> Organisation:
    """Changes an organisation's own facts."""
    with act("organisation.changed", organisation, by=by, why=why):
        for name, value in changes.items():
            setattr(organisation, name, value)
    return organisation


@transaction.atomic
def dissolve_organisation(
    *, organisation: Organisation, by: Actor, on: dt.date | None, successor: Organisation | None = None, basis: str = ""
) -> Organisation:
    """Marks an organisation as dissolved. It stays where it is named; its successor, if any, is shown beside it."""
    if successor is not None and successor.pk == organisation.pk:
        raise ValidationError(_("Una institución no puede sucederse a sí misma."))
    with act("organisation.dissolved", organisation, by=by, basis=basis, done=on):
        organisation.dissolved, organisation.dissolved_on, organisation.replaced_by = True, on, successor
    return organisation


@transaction.atomic
def merge_organisations(*, kept: Organisation, gone: Organisation, by: Actor, why: str = "") -> Organisation:
    """Makes one of two names of the same organisation. Everything that pointed to ``gone`` points to ``kept``; the words
    stay as aliases, and ``gone`` stays, replaced, so that its address leads on. Each public row touched gets its act."""
    if kept.pk == gone.pk or kept.jurisdiction_id != gone.jurisdiction_id:
        raise ValidationError(_("Elige dos instituciones distintas del mismo territorio."))
    touched: list[Recorded] = []
    for relation in Organisation._meta.related_objects:
        if relation.many_to_many or relation.field.name in ("replaced_by",):
            continue
        for row in relation.related_model._default_manager.filter(**{relation.field.name: gone}):
            _repoint(row, relation.field.name, kept, touched)
    for relation in Organisation._meta.related_objects:
        if relation.many_to_many and relation.through._meta.auto_created:  # type: ignore[union-attr]
            for row in relation.related_model._default_manager.filter(**{relation.field.name: gone}):
                getattr(row, relation.field.name).remove(gone)
                getattr(row, relation.field.name).add(kept)
                touched.append(row)
    words = {alias["words"] for alias in kept.aliases} | {kept.name}
    with act("organisation.merged", kept, by=by, why=why):
        new = [{"words": gone.name, "source": ""}, *gone.aliases]
        kept.aliases = [*kept.aliases, *(alias for alias in new if alias["words"] not in words)]
    with act("organisation.merged", gone, by=by, why=why):
        gone.replaced_by = kept
    for row in {(type(r), r.pk): r for r in touched}.values():
        fresh = type(row)._default_manager.get(pk=row.pk)
        if fresh.is_public() and fresh.rev:
            with act("organisation.merged", fresh, by=by, why=why):
                pass
    return kept


def _repoint(row: Any, field: str, kept: Organisation, touched: list[Recorded]) -> None:
    """Points one row to the kept organisation, or drops it where the kept one is there already (a link of a parent)."""
    parent = next((getattr(row, name) for name in ("commitment", "plan") if hasattr(row, name)), None)
    if not isinstance(row, Recorded):
        same = type(row)._default_manager.filter(**{field: kept}).exclude(pk=row.pk)
        link = next((name for name in ("commitment", "plan") if hasattr(row, name)), None)
        if link and same.filter(**{link: parent}).exists():
            row.delete()
        else:
            type(row)._default_manager.filter(pk=row.pk).update(**{field: kept})
        if isinstance(parent, Recorded):
            touched.append(parent)
        return
    type(row)._default_manager.filter(pk=row.pk).update(**{field: kept})
    touched.append(row)


@transaction.atomic
def create_office(*, organisation: Organisation, name: str, kind: str, by: Actor, name_en: str = "") -> Office:
    """Registers a post of an organisation."""
    office = Office(organisation=organisation, slug=slugify(name)[:100], name=text(name, name_en), kind=kind)
    if Office.objects.filter(organisation=organisation, slug=office.slug).exists():
        raise ValidationError({"name": _("Ese cargo ya existe en la institución.")})
    with act("office.created", office, by=by):
        pass
    return office


@transaction.atomic
def grant_role(
    *,
    jurisdiction: Jurisdiction,
    kind: str,
    by: Actor,
    person: Person | None = None,
    organisation: Organisation | None = None,
    office: Office | None = None,
    named: bool = False,
    since: dt.date | None = None,
    until: dt.date | None = None,
    basis: str = "",
) -> Role:
    """Grants a role, or makes it known as vacant. Raises ``ValidationError`` when it ends before it starts, when something
    belongs to another jurisdiction, and when a committee member also answers for a lead institution (TQ-7)."""
    for thing in (person, organisation):
        if thing is not None and thing.jurisdiction_id != jurisdiction.pk:
            raise ValidationError(_("Eso pertenece a otro territorio."))
    if since and until and until < since:
        raise ValidationError({"until": _("Termina antes de empezar.")})
    if person is not None:
        _refuse_incompatible(person, kind)
    last = Role.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0
    role = Role(
        jurisdiction=jurisdiction,
        number=last + 1,
        kind=kind,
        person=person,
        organisation=organisation,
        office=office,
        named=named,
        since=since,
        until=until,
        basis=basis,
    )
    with act("role.granted", role, by=by, basis=basis, done=since):
        pass
    return role


INDEPENDENT, BOUND = {"committee", "monitor"}, {"lead", "poc", "seat_head", "seat_liaison"}


def _refuse_incompatible(person: Person, kind: str) -> None:
    held = set(Role.objects.filter(person=person, until=None).values_list("kind", flat=True))
    if (kind in INDEPENDENT and held & BOUND) or (kind in BOUND and held & INDEPENDENT):
        raise ValidationError(
            _("Quien verifica no puede ser parte de las instituciones verificadas: termina primero el otro papel.")
        )


@transaction.atomic
def end_role(*, role: Role, by: Actor, until: dt.date, basis: str = "") -> Role:
    """Ends a role on a day; its history stays."""
    if role.since and until < role.since:
        raise ValidationError({"until": _("Termina antes de empezar.")})
    with act("role.ended", role, by=by, basis=basis, done=until):
        role.until = until
    return role


@transaction.atomic
def replace_holder(*, role: Role, person: Person | None, by: Actor, since: dt.date, named: bool = False, basis: str = "") -> Role:
    """Ends a holder's term the day before and gives the role to the next person; without one it becomes a public vacancy."""
    end_role(role=role, by=by, until=since - dt.timedelta(days=1), basis=basis)
    return grant_role(
        jurisdiction=role.jurisdiction,
        kind=role.kind,
        by=by,
        person=person,
        organisation=role.organisation,
        office=role.office,
        named=named,
        since=since,
        basis=basis,
    )


@transaction.atomic
def invite(*, jurisdiction: Jurisdiction, name: str, email: str) -> Person:
    """The person known under an e-mail address in a jurisdiction, made if new, joined to the account of that address.

    Private: no act. Signing in takes a code sent to the address, so nobody else can enter.
    """
    email = email.strip().lower()
    account = Account.objects.filter(email=email).first() or Account.objects.create_user(email)
    person = Person.objects.filter(jurisdiction=jurisdiction, email=email).first()
    if person is None:
        person = Person.objects.create(jurisdiction=jurisdiction, name=name, email=email)
    if person.account_id is None:
        person.account = account
        person.save(update_fields=["account"])
    return person
