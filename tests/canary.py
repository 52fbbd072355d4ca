"""Canaries: strings planted in every private column, so that a test can look for them in whatever leaves the installation."""

import base64
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from tequio.observations import actions as observations
from tequio.observations.models import Observation
from tequio.people.models import Person
from tequio.record.models import Recorded
from tequio.sortition.models import Call, Volunteer
from tests.cast import Cast

# Tables that the public sees, or whose columns only point from one row to another.
PUBLIC = {
    *("record.act", "record.leaf", "record.tile", "record.checkpoint", "record.disclosure", "record.receipt"),
    *("plans.planinstitution", "commitments.support", "witnesses.cosignature", "witnesses.refusal", "documents.blob"),
    *("places.municipality", "vocabularies.term", "search.entry", "search.cursor", "contenttypes.contenttype"),
    *("auth.permission", "auth.group", "notices.mark", "notices.happening", "documents.capture"),
}
# Columns of public rows that never leave.
OURS = {Observation: ("email", "appeal")}


def plant(cast: Cast) -> list[str]:
    """Plants a canary in each text column of each private row that there is, after making some. Returns the canaries."""
    here = cast.valle.jurisdiction
    Person.objects.create(jurisdiction=here, name="x", email="x@ejemplo.invalid")
    observations.observe(about=cast.valle.activity, text="Algo que espera.", email="espera@ejemplo.invalid")
    call = Call.objects.filter(jurisdiction=here).first()
    Volunteer.objects.create(call=call, name="x", email="v@ejemplo.invalid", phone="3300000000", came=timezone.now())
    planted: list[str] = []
    for model in apps.get_models():
        if issubclass(model, Recorded):
            for name in OURS.get(model, ()):
                _put(model._base_manager.all(), name, planted)
        elif model._meta.label_lower not in PUBLIC:
            for name in _texts(model):
                _put(_private(model), name, planted)
    waiting = Observation.objects.filter(published_on=None)
    for name in ("text", "name"):
        _put(waiting, name, planted)
    assert len(planted) > 10
    return planted


def _private(model: type[models.Model]) -> Any:
    rows = model._base_manager.all()
    if model is Person:  # a name that its holder agreed to is public
        rows = rows.exclude(roles__named=True)
    return rows


def _texts(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.is_relation
        and not field.choices
        and not field.primary_key
        and field.name not in ("language", "password")
    ]


def _put(rows: Any, name: str, planted: list[str]) -> None:
    row = rows.order_by("pk").first()
    if row is None:
        return
    length = row._meta.get_field(name).max_length or 60
    word = f"k{len(planted):03}{row._meta.model_name}{name}canario"[: min(length, 40)]
    if row._meta.get_field(name).__class__ is models.EmailField:
        word = f"k{len(planted):03}{row._meta.model_name}@canario.invalid"[:length]
    if length >= 12:
        type(row)._base_manager.filter(pk=row.pk).update(**{name: word})
        planted.append(word)


def forms_of(word: str) -> tuple[bytes, ...]:
    """A word as it may hide in a file: plain, as hexadecimal, as base64 at each of the three offsets."""
    plain = word.encode()
    shifted = [base64.b64encode(b"\0" * skip + plain)[4 if skip else 0 : -4] for skip in range(3)]
    return (plain, plain.hex().encode(), *shifted)
