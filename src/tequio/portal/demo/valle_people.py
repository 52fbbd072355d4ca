"""The invented people and institutions of Valle del Ejemplo: somebody for every role, so that everyone can try each."""

import datetime as dt

from django.db import transaction

from tequio.people.actions import create_office, create_organisation, grant_role, invite
from tequio.people.models import Office, Organisation, Role
from tequio.people.queries import DEMO_DOMAIN
from tequio.places.models import Jurisdiction
from tequio.record.append import SYSTEM

# Address, name, acronym, sector.
ORGANISATIONS = [
    ("ayuntamiento", "Ayuntamiento de Valle del Ejemplo", "", "gov_municipal"),
    ("obras-publicas", "Dirección de Obras Públicas de Valle del Ejemplo", "", "gov_municipal"),
    ("agua", "Organismo de Agua de Valle del Ejemplo", "OAVE", "gov_municipal"),
    ("tesoreria", "Tesorería Municipal de Valle del Ejemplo", "", "gov_municipal"),
    ("secretariado", "Secretariado Técnico Local de Valle del Ejemplo", "STL", "other"),
    ("vecinas-y-agua", "Vecinas y Agua A.C. (organización de ejemplo)", "", "cso"),
    ("cuentas-claras", "Colectivo Cuentas Claras (organización de ejemplo)", "", "cso"),
    ("universidad", "Universidad del Ejemplo", "UNEJ", "academia"),
    ("camara", "Cámara de Comercio del Ejemplo", "", "business"),
    ("comite", "Comité de Seguimiento de Valle del Ejemplo", "", "citizen"),
    ("apoyo", "Unidad de Apoyo de práctica", "", "international"),
]
# Institution, post, its English name, its kind.
OFFICES = [
    ("agua", "Dirección General", "General Directorate", Office.Kind.HEAD),
    ("agua", "Enlace de Gobierno Abierto", "Open Government Liaison", Office.Kind.LIAISON),
    ("ayuntamiento", "Presidencia Municipal", "Mayor's Office", Office.Kind.HEAD),
    ("obras-publicas", "Dirección de Obras", "Works Directorate", Office.Kind.HEAD),
    ("tesoreria", "Tesorería", "Treasury", Office.Kind.HEAD),
    ("secretariado", "Coordinación", "Coordination", Office.Kind.HEAD),
    ("comite", "Integrante", "Member", Office.Kind.OTHER),
]
VACANT = ""
# E-mail's first part, name, role, institution, post, whether the name is public.
PEOPLE = [
    ("sofia", "Sofía Ejemplo", "secretariat", "secretariado", "Coordinación", True),
    ("pablo", "Pablo Ejemplo", "poc", "ayuntamiento", "", True),
    ("elena", "Elena Ejemplo", "seat_head", "agua", "Dirección General", True),
    ("beto", "Beto Ejemplo", "lead", "agua", "Enlace de Gobierno Abierto", True),
    ("rosa", "Rosa Ejemplo", "seat_head", "ayuntamiento", "Presidencia Municipal", True),
    ("dario", "Darío Ejemplo", "seat_liaison", "ayuntamiento", "", True),
    ("raul", "Raúl Ejemplo", "seat_head", "obras-publicas", "Dirección de Obras", True),
    ("lucia", "Lucía Ejemplo", "lead", "obras-publicas", "", True),
    (VACANT, "", "seat_head", "tesoreria", "Tesorería", False),
    ("tomas", "Tomás Ejemplo", "lead", "tesoreria", "", True),
    ("carmen", "Carmen Ejemplo", "committee", "comite", "Integrante", True),
    ("jorge", "Jorge Ejemplo", "committee", "comite", "Integrante", True),
    ("amparo", "Amparo Ejemplo", "committee", "comite", "Integrante", True),
    ("wendy", "Wendy Ejemplo", "committee", "comite", "Integrante", False),
    ("ivan", "Iván Ejemplo", "committee", "comite", "Integrante", False),
    ("monica", "Mónica Ejemplo", "monitor", "universidad", "", True),
    ("ana", "Ana Ejemplo", "support", "vecinas-y-agua", "", True),
    ("lola", "Lola Ejemplo", "support", "vecinas-y-agua", "", False),
    ("nora", "Nora Ejemplo", "support", "vecinas-y-agua", "", False),
    ("fatima", "Fátima Ejemplo", "facilitator", "cuentas-claras", "", True),
    ("ines", "Inés Ejemplo", "participant", "", "", False),
    ("paco", "Paco Ejemplo", "public", "", "", False),
    ("ursula", "Úrsula Ejemplo", "support_unit", "apoyo", "", False),
    ("delia", "Delia Ejemplo", "legislature", "", "", True),
]

Cast = dict[str, Role]


@transaction.atomic
def make_people(jurisdiction: Jurisdiction, since: dt.date) -> Cast:
    """The roles by the first part of their holder's e-mail; the vacancy under an empty text. Makes what is missing."""
    organisations = _organisations(jurisdiction)
    offices = {(office.organisation_id, str(office)): office for office in _offices(organisations)}
    held = {
        (role.kind, role.organisation_id, role.person.email if role.person else VACANT): role
        for role in Role.objects.filter(jurisdiction=jurisdiction).order_by("-number").select_related("person")
    }
    cast: Cast = {}
    for first, name, kind, slug, post, named in PEOPLE:
        organisation = organisations.get(slug)
        email = first + DEMO_DOMAIN if first else VACANT
        role = held.get((kind, organisation.pk if organisation else None, email))
        if role is None:
            role = grant_role(
                jurisdiction=jurisdiction,
                kind=kind,
                person=invite(jurisdiction=jurisdiction, name=name, email=email) if first else None,
                organisation=organisation,
                office=offices.get((organisation.pk, post)) if organisation and post else None,
                named=named,
                since=since,
                basis="Acta de instalación (de práctica)",
                by=SYSTEM,
            )
        cast[first] = role
    return cast


def _organisations(jurisdiction: Jurisdiction) -> dict[str, Organisation]:
    known = {row.slug: row for row in Organisation.objects.filter(jurisdiction=jurisdiction)}
    for slug, name, acronym, sector in ORGANISATIONS:
        if slug not in known:
            known[slug] = create_organisation(
                jurisdiction=jurisdiction, slug=slug, name=name, acronym=acronym, sector=sector, by=SYSTEM
            )
    return known


def _offices(organisations: dict[str, Organisation]) -> list[Office]:
    found = list(Office.objects.filter(organisation__in=organisations.values()))
    known = {(office.organisation_id, str(office)) for office in found}
    for slug, name, name_en, kind in OFFICES:
        if (organisations[slug].pk, name) not in known:
            found.append(
                create_office(organisation=organisations[slug], name=name, name_en=name_en, kind=kind, by=SYSTEM)
            )
    return found
