"""Makes one of two names of the same organisation, wherever either is used."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from tequio.people.models import Office, Organisation, Role
from tequio.record.append import Actor, act
from tequio.record.models import Recorded

# What a link belongs to: the public object whose after-image tells of it.
PARENTS = ("commitment", "activity", "plan")


@dataclass(frozen=True)
class Use:
    """Where ``gone`` is used: rows of a sort of object, and how they are called."""

    model: type[models.Model]
    field: str
    rows: list[Any]
    many: bool = False


def uses_of(organisation: Organisation) -> list[Use]:
    """Everything that points to an organisation, found through its relations, so that apps above are in it too.

    Offices stay with the name under which they were registered (it is part of their key in the record), and so do the
    organisations that it succeeded.
    """
    found = []
    for relation in Organisation._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model in (Office, Organisation):
            continue
        if relation.many_to_many and not relation.through._meta.auto_created:  # type: ignore[attr-defined]
            continue  # the rows between are found by themselves
        rows = list(model._default_manager.filter(**{name: organisation}))
        if rows:
            found.append(Use(model, name, rows, many=bool(relation.many_to_many)))
    return found


def merge_preview(*, gone: Organisation) -> list[tuple[str, int, list[str]]]:
    """What a merge will change: for each sort of object its word, how many, and the first ones by name."""
    preview = []
    for use in uses_of(gone):
        shown = list(dict.fromkeys(str(_told_by(row) or row) for row in use.rows))
        preview.append((str(use.model._meta.verbose_name_plural).capitalize(), len(use.rows), shown[:8]))
    return preview


@transaction.atomic
def merge_organisations(*, kept: Organisation, gone: Organisation, by: Actor, why: str = "") -> Organisation:
    """Everything that pointed to ``gone`` points to ``kept`` from now on; the words stay as aliases, and ``gone`` stays,
    replaced, so that its address leads on. Each public row touched gets its act.

    Raises ``ValidationError`` unless both are standing organisations of one jurisdiction.
    """
    if kept.pk == gone.pk or kept.jurisdiction_id != gone.jurisdiction_id:
        raise ValidationError(_("Elige dos instituciones distintas del mismo territorio."))
    if gone.replaced_by_id or kept.replaced_by_id:
        raise ValidationError(_("Una de las dos ya se unió a otra o tiene sucesora."))
    touched: dict[tuple[type[models.Model], Any], Recorded] = {}
    for use in uses_of(gone):
        for row in use.rows:
            told = _point(row, use, gone, kept)
            if told is not None:
                touched[type(told), told.pk] = told
    for moved in _move_offices(kept, gone, by):
        touched[type(moved), moved.pk] = moved
    words = {alias["words"] for alias in kept.aliases} | {kept.name}
    with act("organisation.merged", kept, by=by, why=why):
        new = [{"words": gone.name, "source": ""}, *gone.aliases]
        kept.aliases = [*kept.aliases, *(alias for alias in new if alias["words"] not in words)]
    with act("organisation.merged", gone, by=by, why=why):
        gone.replaced_by = kept
    for before in touched.values():
        row = type(before)._default_manager.get(pk=before.pk)
        if row.rev:
            with act("organisation.merged", row, by=by, why=why):
                pass
    return kept


def _told_by(row: Any) -> Recorded | None:
    """The public object whose after-image tells of this row: itself, or what it is a part of."""
    if isinstance(row, Recorded):
        return row
    return next(
        (found for found in (getattr(row, name, None) for name in PARENTS) if isinstance(found, Recorded)), None
    )


def _point(row: Any, use: Use, gone: Organisation, kept: Organisation) -> Recorded | None:
    """Points one row to the kept organisation, or drops it where the kept one is linked there already."""
    told = _told_by(row)
    model: Any = type(row)
    if use.many:
        links = getattr(row, use.field)
        links.remove(gone)
        links.add(kept)
    elif told is not row and told is not None and _linked(row, use.field, told, kept):
        row.delete()
    else:
        model._default_manager.filter(pk=row.pk).update(**{use.field: kept})
    return told


def _linked(row: Any, field: str, told: Recorded, kept: Organisation) -> bool:
    parent = next(name for name in PARENTS if getattr(row, name, None) == told)
    return bool(type(row)._default_manager.filter(**{field: kept, parent: told}).exists())


def _move_offices(kept: Organisation, gone: Organisation, by: Actor) -> list[Recorded]:
    """Gives ``kept`` the posts of ``gone`` that it lacks, and points the roles to them. Gives the roles touched."""
    moved: list[Recorded] = []
    mine = {office.slug: office for office in kept.offices.all()}
    for office in gone.offices.all():
        roles = list(Role.objects.filter(office=office))
        if office.slug not in mine:
            mine[office.slug] = Office(organisation=kept, slug=office.slug, name=office.name, kind=office.kind)
            with act("office.created", mine[office.slug], by=by):
                pass
        Role.objects.filter(office=office).update(office=mine[office.slug])
        moved += roles
    return moved
