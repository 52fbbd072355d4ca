"""What the pages of following up ask the database: as many queries where there is little as where there is much."""

import copy
import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.commitments.models import Activity, Evidence
from tequio.lawmaking import actions as laws
from tequio.lawmaking.tests.world import article, published, said
from tequio.monitoring import actions
from tequio.observations import actions as observations
from tequio.record.append import Actor
from tequio.record.sequence import sequence
from tests import cast as cast_module
from tests.cast import Place, give_plan, make_place, signed_in

pytestmark = pytest.mark.once  # how many statements a page costs says nothing of the engine

NOW = [
    (
        "",
        ["comite/", "observaciones/", "tablero/cambios/", "numeros/", "actividades/2/", "actividades/1/decisiones/1/"],
    ),
    ("committee", ["gestion/pendientes/", "gestion/comite/", "gestion/comite/reparto/", "gestion/comite/declaracion/"]),
    ("committee", ["gestion/observaciones/", "gestion/actividades/2/mirada/", "gestion/actividades/2/revision/"]),
    ("lead", ["gestion/pendientes/", "gestion/reportes/", "gestion/evidencia-reservada/", "gestion/observaciones/"]),
    ("secretariat", ["gestion/pendientes/", "gestion/observaciones/", "gestion/comite/integrar/", "gestion/envios/"]),
    ("secretariat", ["gestion/comite/plazos/"]),
]
LAWS = [  # of bills
    (
        "",
        [
            *(
                "iniciativas/",
                "iniciativas/temas/inclusion/",
                "iniciativas/de/delia-ejemplo/",
                "iniciativas/novedades.atom",
            ),
            *("iniciativas/fechas.ics", "iniciativas/7i/", "iniciativas/7i/numeros/", "iniciativas/7i/opiniones/"),
            *("iniciativas/7i/palabras/", "iniciativas/7i/novedades.atom", "iniciativas/7i/fechas.ics"),
        ],
    ),
    ("legislature", ["gestion/iniciativas/", "gestion/iniciativas/7i/responder/", "gestion/iniciativas/7i/sesiones/"]),
]
AFTER = [  # when the plan has ended
    ("", ["despues-del-plan/", "comite/"]),
    ("secretariat", ["gestion/despues-del-plan/", "gestion/pendientes/"]),
]


def plan(commitments: int, activities: int) -> dict[str, Any]:
    """The cast's plan with so many commitments and activities."""
    document = copy.deepcopy(cast_module.PLAN)
    model = document["commitments"][0]
    document["commitments"] = [
        {**copy.deepcopy(model), "code": f"agua-{n}", "activities": model["activities"][:1] * activities}
        for n in range(1, commitments + 1)
    ]
    return document


def work_on(place: Place) -> None:
    """All but the first activity are being looked at; somebody observed each."""
    rows = Activity.objects.filter(jurisdiction=place.jurisdiction).exclude(pk=place.activity.pk)
    for activity in rows.select_related("commitment__plan", "jurisdiction", "commitment__jurisdiction"):
        pieces = list(Evidence.objects.filter(commitment=activity.commitment))
        lead, by = place.roles["lead"], Actor(organisation="agua", role="lead")
        actions.report_progress(activity=activity, said="complete", evidence=pieces, role=lead, by=by)
        actions.begin_review(activity=activity, by=Actor(role="committee"))
        said = observations.observe(
            about=activity, text="La fuga de la calle Hidalgo sigue abierta.", email="vera@ejemplo.invalid"
        )
        observations.confirm(observation=said)
    hidden = Evidence(commitment=place.commitment, number=90, personal_data=True, date="2026-02")
    hidden.save()


def asked(place: Place, pages: list[tuple[str, list[str]]]) -> dict[str, int]:
    """The queries of each page, asked for the second time."""
    found = {}
    for kind, paths in pages:
        client = signed_in(place.accounts[kind] if kind else None)
        for path in paths:
            address = f"/{place.jurisdiction.slug}/{path}"
            assert client.get(address).status_code == 200, address
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            found[f"{kind} {path}"] = len(seen)
    return found


def test_pages_of_following_up_cost_the_same_for_little_and_for_much(
    db: None, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.PAGE_CACHE = False
    places = []
    for slug, document in (("poco", plan(1, 2)), ("mucho", plan(3, 3))):
        monkeypatch.setattr(cast_module, "PLAN", document)
        places.append(make_place(slug, slug.title(), is_practice=False))
        give_plan(places[-1])
        work_on(places[-1])
    sequence(wait=True)
    few, many = (asked(place, NOW) for place in places)
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    with time_machine.travel(dt.datetime(2028, 9, 4, 18, tzinfo=dt.UTC), tick=False):
        few, many = (asked(place, AFTER) for place in places)
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    assert max(few.values()) <= 40


def test_pages_of_bills_cost_the_same_for_little_and_for_much(db: None, noon: dt.datetime, settings: Any) -> None:
    settings.PAGE_CACHE = False
    places = []
    for slug, count in (("poco", 1), ("mucho", 3)):
        place = make_place(slug, slug.title(), is_practice=False)
        places.append(place)
        for n in range(count):
            bill = published(place, number=f"{7 - n}/I", text_code=f"semillas-{n}", topics=["inclusion"])
            for who in range(count):
                row = said(
                    bill, f"Que abra en sábado, {who}.", provision=article(bill), email=f"p{who}@ejemplo.invalid"
                )
                said(bill, f"Otra cosa, {who}.", email=f"p{who}@ejemplo.invalid")
                role, by = place.roles["legislature"], Actor(role="legislature")
                reason = "Abre en sábado: lo pidió quien trabaja entre semana."
                laws.answer(bill=bill, remarks=[row], decision="taken", reason=reason, role=role, by=by)
                at = dt.datetime(2026, 4, 1 + who, 18, tzinfo=dt.UTC)
                laws.add_hearing(bill=bill, by=by, starts_at=at, title="Comisión de Agua")
    sequence(wait=True)
    few, many = (asked(place, LAWS) for place in places)
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    assert max(few.values()) <= 40
