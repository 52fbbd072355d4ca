"""Objects in memory from their after-images, so that the rules of today's board work out a past one. Never saved.

Their primary keys stand for nothing in the database: they only tell the objects of one board apart.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from tequio.commitments.models import Activity, Commitment, Manual, Pause, Support
from tequio.common.dates import PartialDate, PartialDateField
from tequio.common.i18n import I18nCharField, I18nTextField, Text
from tequio.monitoring.models import Track
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

State = dict[str, Any]
CONVERT: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (I18nCharField, Text),
    (I18nTextField, Text),
    (PartialDateField, PartialDate),
    (models.DateField, dt.date.fromisoformat),
    (models.DecimalField, Decimal),
)
# What an after-image tells in another shape than the column's, or what no board shows.
APART = {"monitoring", "learning", "funding", "institutions", "forewords", "vision", "achievements", "challenges"}


@cache
def _columns(model: type[models.Model]) -> dict[str, Callable[[Any], Any] | None]:
    """The plain columns of a model that after-images tell, each with what makes its value of the canonical one."""
    found: dict[str, Callable[[Any], Any] | None] = {}
    for field in model._meta.concrete_fields:
        if field.is_relation or field.primary_key or field.name in APART:
            continue
        found[field.name] = next((make for kind, make in CONVERT if isinstance(field, kind)), None)
    return found


def made(model: Any, state: State, **related: Any) -> Any:
    """An instance from its after-image; related objects are given."""
    columns = _columns(model)
    values = {}
    for name, value in state.items():
        if name in columns:
            make = columns[name]
            values[name] = make(value) if make else value
    return model(**values, **related)


def organisation(state: State, place: Jurisdiction) -> Organisation:
    return made(Organisation, state, jurisdiction=place)


def plan_as(state: State, live: Plan) -> Plan:
    """The plan as it was, under the primary key of today's row: pages compare plans by it."""
    return made(Plan, state, pk=live.pk, jurisdiction=live.jurisdiction, status=Plan.Status.PUBLISHED)


def manual(state: State, plan: Plan) -> Manual:
    return made(Manual, state, plan=plan)


def commitment(state: State, pk: int, plan: Plan, organisations: dict[str, Organisation]) -> Commitment:
    return made(
        Commitment,
        state,
        pk=pk,
        plan=plan,
        jurisdiction=plan.jurisdiction,
        status=Commitment.Status.PUBLISHED,
        lead=organisations.get(state.get("lead", "")),
    )


def supports(state: State, of: Commitment, organisations: dict[str, Organisation]) -> tuple[Support, ...]:
    """The institutions that supported a commitment, in order."""
    links = [(link, organisations.get(link["organisation"])) for link in state.get("supporting", ())]
    return tuple(made(Support, link, commitment=of, organisation=found) for link, found in links if found)


def activity(state: State, of: Commitment, organisations: dict[str, Organisation], track: State | None) -> Activity:
    """The activity with its track, or knowing that it has none."""
    row: Activity = made(
        Activity,
        state,
        pk=state["number"],
        commitment=of,
        jurisdiction=of.jurisdiction,
        lead=organisations.get(state.get("lead", "")),
    )
    row._state.fields_cache["track"] = made(Track, track, activity_id=row.pk) if track else None
    return row


def pause(state: State, activity_pk: int) -> Pause:
    return made(Pause, state, activity_id=activity_pk)
