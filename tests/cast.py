"""The cast: the people of the stories, made by the verbs that people use, in two jurisdictions kept apart.

*Valle del Ejemplo* has one person for each role, a plan that Beto's institution leads and a committee of Carmen
and Clara. *Otro Lugar* has the same, to see that nothing crosses over. Besides: Daniel, who only reads; Nadia, who signed in
and has no role; Óscar, who runs the installation. In tests: ``from tests.cast import cast  # noqa: F401``.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from tequio.commitments.document.load import load
from tequio.commitments.models import Activity, Commitment
from tequio.monitoring import actions as monitoring
from tequio.observations import actions as observations
from tequio.people.actions import create_office, create_organisation, grant_role, invite
from tequio.people.models import Account, Organisation, Role
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor
from tequio.sortition.actions import prepare_call
from tests.shared import shared

BY = Actor(role="operator")
SINCE = dt.date(2026, 1, 1)
SECRETARIAT = Actor(organisation="secretariado", role="secretariat")

# Role, person, e-mail's first part, organisation.
PEOPLE = [
    ("poc", "Paula", "paula", "secretariado"),
    ("secretariat", "Sofía", "sofia", "secretariado"),
    ("seat_head", "Elena", "elena", "tribunal"),
    ("seat_liaison", "Luis", "luis", "tribunal"),
    ("lead", "Beto", "beto", "agua"),
    ("support", "Ana", "ana", "vecinas"),
    ("monitor", "Mónica", "monica", "universidad"),
    ("committee", "Carmen", "carmen", ""),
    ("facilitator", "Fabián", "fabian", ""),
    ("participant", "Pilar", "pilar", "vecinas"),
    ("public", "Dora", "dora", ""),
    ("support_unit", "Uma", "uma", "ogp"),
    ("legislature", "Delia", "delia", ""),
]
ROLES = tuple(row[0] for row in PEOPLE)
ORGANISATIONS = {
    "secretariado": ("Secretariado Técnico Local", "other"),
    "tribunal": ("Tribunal de Justicia", "gov_judicial"),
    "agua": ("Organismo de Agua", "gov_municipal"),
    "vecinas": ("Vecinas y Agua A.C.", "cso"),
    "universidad": ("Universidad del Ejemplo", "academia"),
    "ogp": ("Alianza para el Gobierno Abierto", "international"),
}
PLAN: dict[str, Any] = {
    "number": 1,
    "title": {"es": "Plan de prueba 2026-2027", "en": "Test plan 2026-2027"},
    "start": "2026-01-01",
    "end": "2027-12-31",
    "documents": [{"title": {"es": "Plan firmado"}, "kind": "plan", "url": "https://ejemplo.org/plan"}],
    "commitments": [
        {
            "code": "agua-1",
            "title": {"es": "Agua que se puede revisar", "en": "Water that can be checked"},
            "branch": "municipal",
            "lead": {"slug": "agua", "name": "Organismo de Agua"},
            "start": "2026-01-01",
            "end": "2027-06-30",
            "activities": [
                {"title": {"es": f"Publicar la bitácora {n}"}, "start": "2026-01-15", "due": f"2027-0{n}-28"}
                for n in (1, 2)
            ],
            "indicators": [{"name": {"es": "Fugas reparadas en 48 horas"}, "unit": "%", "baseline_value": "40"}],
            "evidence": [{"title": {"es": "Bitácora de enero"}, "date": "2026-02-03", "url": "https://ejemplo.org/b"}],
        }
    ],
}


@dataclass
class Place:
    """A jurisdiction with its cast: accounts and roles by kind of role."""

    jurisdiction: Jurisdiction
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    plan: Any = None
    commitment: Any = None
    activity: Any = None
    decision: Any = None
    observation: Any = None
    clara: Any = None  # the second member of the committee, who stands in no line of the matrix

    def client(self, kind: str) -> Client:
        """A browser in which the holder of a role is signed in."""
        return signed_in(self.accounts[kind])


@dataclass
class Cast:
    """``valle`` and ``otro`` with everybody in them, and those who hold no role."""

    valle: Place
    otro: Place
    without_role: Account  # Nadia
    operator: Account  # Óscar


def signed_in(account: Account | None) -> Client:
    """A browser with this account signed in; nobody's (Daniel's) with None."""
    client = Client()
    if account is not None:
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make_place(slug: str, name: str, *, is_practice: bool) -> Place:
    """A jurisdiction with its organisations, its twelve people and nothing else."""
    place = Place(create_jurisdiction(slug=slug, name=name, kind="municipality", is_practice=is_practice, by=BY))
    here = place.jurisdiction
    for key, (title, sector) in ORGANISATIONS.items():
        organisation = create_organisation(jurisdiction=here, name=title, slug=key, sector=sector, by=BY)
        place.organisations[key] = organisation
    office = create_office(organisation=place.organisations["agua"], name="Enlace operativo", kind="liaison", by=BY)
    for kind, person_name, mailbox, key in PEOPLE:
        person = invite(jurisdiction=here, name=f"{person_name} ({name})", email=f"{mailbox}.{slug}@ejemplo.invalid")
        place.roles[kind] = grant_role(
            jurisdiction=here,
            kind=kind,
            person=person,
            organisation=place.organisations.get(key),
            office=office if kind == "lead" else None,
            named=True,
            since=SINCE,
            by=SECRETARIAT,
        )
        assert person.account is not None
        place.accounts[kind] = person.account
    return place


def give_plan(place: Place) -> None:
    """The plan that the cast works on, its committee (Carmen, free of conflict), and a decision taken."""
    place.plan = load(PLAN, jurisdiction=place.jurisdiction, by=SECRETARIAT).plan
    place.commitment = Commitment.objects.get(plan=place.plan, code="agua-1")
    place.activity = Activity.objects.filter(commitment=place.commitment).select_related("commitment__plan").first()
    carmen, here = place.roles["committee"], place.jurisdiction
    clara = invite(jurisdiction=here, name=f"Clara ({here.slug})", email=f"clara.{here.slug}@ejemplo.invalid")
    place.clara = grant_role(jurisdiction=here, kind="committee", person=clara, named=True, since=SINCE, by=SECRETARIAT)
    prepare_call(
        plan=place.plan,
        title={"es": "Convocatoria de prueba"},
        opens=SINCE,
        closes=dt.date(2026, 3, 31),
        places=2,
        alternates=1,
        term_start=dt.date(2026, 5, 1),
        term_end=dt.date(2027, 12, 31),
    )
    committee = Actor(role="committee")
    monitoring.set_committee(plan=place.plan, members=[carmen, place.clara], quorum=1, reply_days=0, by=SECRETARIAT)
    for member in (carmen, place.clara):
        monitoring.declare_conflict(plan=place.plan, role=member, by=committee)
    lead = Actor(organisation="agua", role="lead")
    monitoring.report_progress(activity=place.activity, said="complete", role=place.roles["lead"], by=lead)
    monitoring.begin_review(activity=place.activity, by=committee)
    for look in place.activity.looks.order_by("number"):
        monitoring.record_look(look=look, role=look.role, result="does_not", reason="No está.", by=committee)
    place.decision = monitoring.decide(
        activity=place.activity,
        result="rejected",
        votes={carmen: monitoring.FOR},
        reason="La bitácora no está publicada.",
        by=committee,
        evidence=list(place.commitment.evidence.all()),
    )
    said = observations.observe(
        about=place.activity,
        text="La bitácora dice enero y la fuga sigue abierta.",
        email=f"vera.{place.jurisdiction.slug}@ejemplo.invalid",
    )
    place.observation = observations.confirm(observation=said)


def make_cast(*, plans: bool = True) -> Cast:
    """Everybody, in both jurisdictions, each with a plan unless ``plans`` is false."""
    valle = make_place("valle-del-ejemplo", "Valle del Ejemplo", is_practice=True)
    otro = make_place("otro-lugar", "Otro Lugar", is_practice=False)
    for place in (valle, otro) if plans else ():
        give_plan(place)
    nadia = Account.objects.create_user("nadia@ejemplo.invalid")
    oscar = Account.objects.create_user("oscar@ejemplo.invalid", is_staff=True)
    return Cast(valle, otro, nadia, oscar)


@pytest.fixture
def cast(db: None, noon: dt.datetime) -> Cast:
    """The cast, on Monday 16 March 2026."""
    found: Cast = shared.get("cast")
    return found


@pytest.fixture
def people(db: None, noon: dt.datetime) -> Cast:
    """The cast without plans, for what needs none."""
    found: Cast = shared.get("people")
    return found


shared.homes.add(__name__)
shared.makers |= {"cast": make_cast, "people": lambda: make_cast(plans=False)}


__all__ = ["ROLES", "Cast", "Place", "cast", "make_cast", "people", "signed_in"]
