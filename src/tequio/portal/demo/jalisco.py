"""Jalisco: the three real plans and their actors as the sources tell them. No person, no report and no decision is made."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

import tequio
from tequio.commitments.document.load import load
from tequio.common.i18n import text
from tequio.people.actions import create_office, create_organisation, dissolve_organisation
from tequio.people.models import Organisation
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.portal.demo.jalisco_seats import load_seats
from tequio.record.append import SYSTEM

DATA = Path(tequio.__file__).parent / "data" / "jalisco"
SLUG = "jalisco"


def load_jalisco() -> Jurisdiction:
    """Loads what is not there yet, each plan whole or not at all. What is there already is left alone."""
    jurisdiction = Jurisdiction.objects.filter(slug=SLUG).first() or create_jurisdiction(
        slug=SLUG, name="Jalisco", kind=Jurisdiction.Kind.STATE, code="14", order=1, by=SYSTEM
    )
    known = set(Organisation.objects.filter(jurisdiction=jurisdiction).values_list("name", flat=True))
    # The institutions first, with all the words that sources have for them, so that each plan finds them.
    with transaction.atomic():
        for actor in _read("actors.json"):
            if actor["name"] not in known:
                _organisation(jurisdiction, actor)
    load_seats(jurisdiction, _read("actors.json"))
    loaded = set(Plan.objects.filter(jurisdiction=jurisdiction).values_list("number", flat=True))
    for document in _read("plans.json"):
        if document["number"] not in loaded:
            load(document, jurisdiction=jurisdiction, by=SYSTEM, accept_known_faults=True)
    return jurisdiction


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found


def _organisation(jurisdiction: Jurisdiction, actor: dict[str, Any]) -> None:
    organisation = create_organisation(
        jurisdiction=jurisdiction,
        name=actor["name"],
        slug=actor.get("slug") or slugify(actor["name"].split(" (")[0])[:100].strip("-"),
        acronym=actor.get("acronym") or _acronym(actor["name"]),
        sector=actor.get("sector", ""),
        branch=actor.get("branch", ""),
        note=text(_note(actor, "es", "plan", "planes"), _note(actor, "en", "plan", "plans")),
        aliases=[{"words": alias["words"], "source": alias.get("source", "")} for alias in actor.get("aliases", [])],
        sources=actor.get("sources", []),
        by=SYSTEM,
    )
    for office in actor.get("offices", []):
        create_office(organisation=organisation, name=office["name"], kind=office["kind"], by=SYSTEM)
    if actor.get("dissolved"):
        # The source says "since dissolved" and no day.
        dissolve_organisation(organisation=organisation, on=None, by=SYSTEM, basis="; ".join(actor["sources"])[:300])


def _note(actor: dict[str, Any], language: str, one: str, many: str) -> str:
    """What the sources tell of the actor, as a sentence: "Apoyo en el piloto (plan 1)."."""
    words = "; ".join(note[language] for note in actor["notes"])
    plans = ", ".join(str(number) for number in actor["plans"])
    return f"{words[:1].upper()}{words[1:]} ({one if len(actor['plans']) == 1 else many} {plans})."


def _acronym(name: str) -> str:
    words = name.rpartition("(")[2].rstrip(")") if name.endswith(")") else ""
    return words if words.isupper() and " " not in words else ""
