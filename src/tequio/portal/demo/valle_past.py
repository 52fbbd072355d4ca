"""The plan of Valle del Ejemplo that ended more than a year ago (invented): what became of each promise since.

One held, one weakened, one was reversed, one lost its institution and was handed over, one waits for a second person,
and one nobody has looked at. Dates move with the day the demo is loaded, like those of the plan that runs.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from tequio.commitments.models import Commitment, Evidence
from tequio.oversight import actions
from tequio.oversight.models import Check, Handover
from tequio.people.acting import actor_of
from tequio.people.actions import create_organisation, dissolve_organisation
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import WORKS, Days, Document, Text, both, evidence
from tequio.record.append import SYSTEM

END = -412  # so that the check at six months is past, that at twelve can be made, and that at twenty-four is to come
GONE = "movilidad"
NAMES = {
    "obras-publicas": "Dirección de Obras Públicas de Valle del Ejemplo",
    "ayuntamiento": "Ayuntamiento de Valle del Ejemplo",
    "agua": "Organismo de Agua de Valle del Ejemplo",
    GONE: "Instituto de Movilidad del Ejemplo",
}


def past_document(today: dt.date, cast: Cast, files: Mapping[str, str]) -> Document:
    """The ended plan as a plan document."""
    day = Days(today)
    return {
        "number": 1,
        "slug": "valle-del-ejemplo-1",
        "title": both(
            f"Primer Plan de Acción Local de Valle del Ejemplo {day.year(-1500)}-{day.year(END)}",
            f"First Local Action Plan of Valle del Ejemplo {day.year(-1500)}-{day.year(END)}",
        ),
        "title_origin": both("plan inventado para practicar", "plan invented for practice"),
        "summary": both(
            "Seis compromisos inventados de un plan que ya terminó. Están aquí para ver qué se mantiene, qué se debilita y "
            "qué se pierde cuando un plan acaba.",
            "Six invented commitments of a plan that has ended. They are here to show what lasts, what weakens and what is "
            "lost once a plan is over.",
        ),
        "start": day(-1500),
        "end": day(END),
        "submitted_on": day(-1480),
        "sources": [f"{WORKS}/plan-anterior"],
        "institutions": [{"slug": slug, "name": name} for slug, name in NAMES.items()],
        "commitments": [
            _commitment(
                day,
                1,
                "alumbrado-1",
                both("Mapa abierto del alumbrado", "An open map of street lights"),
                both("Nadie sabe qué lámparas están fundidas.", "Nobody knows which street lights are out."),
                both("Publicar cada mes un mapa de lámparas.", "Publish a map of street lights every month."),
                "obras-publicas",
                "complete",
                evidence(
                    both("Recorrido nocturno con el mapa", "Night walk with the map"),
                    kind="observation",
                    activity=1,
                    date=day(-225),
                    sha256=files["lamps"],
                ),
            ),
            _commitment(
                day,
                2,
                "archivo-1",
                both("Archivo municipal en línea", "The municipal archive on line"),
                both("Las actas viejas solo se ven en papel.", "Old minutes can only be seen on paper."),
                both("Publicar las actas digitalizadas.", "Publish the scanned minutes."),
                "ayuntamiento",
                "complete",
                evidence(both("Página del archivo", "The archive's page"), kind="web_page", activity=1, date=day(-228)),
            ),
            _commitment(
                day,
                3,
                "ventanilla-1",
                both("Ventanilla con intérprete de señas", "A front desk with a sign language interpreter"),
                both(
                    "Las personas sordas no pueden hacer trámites solas.",
                    "Deaf people cannot deal with the desk alone.",
                ),
                both("Contratar a una persona intérprete.", "Hire an interpreter."),
                "ayuntamiento",
                "substantial",
            ),
            _commitment(
                day,
                4,
                "rutas-1",
                both("Rutas de camión decididas con los barrios", "Bus routes decided with the neighbourhoods"),
                both("Los camiones no pasan por dos barrios.", "Buses do not pass through two neighbourhoods."),
                both("Revisar las rutas en asamblea cada año.", "Go through the routes in an assembly every year."),
                GONE,
                "substantial",
            ),
            _commitment(
                day,
                5,
                "medidores-1",
                both("Lecturas de medidores a la vista", "Meter readings in sight"),
                both("Los recibos no dicen de dónde sale el consumo.", "Bills do not say where the figure comes from."),
                both("Mostrar cada lectura con su foto.", "Show every reading with its picture."),
                "agua",
                "limited",
                evidence(
                    both("Lecturas publicadas en marzo", "Readings published in March"),
                    kind="dataset",
                    activity=1,
                    date=day(-30),
                ),
            ),
            _commitment(
                day,
                6,
                "bicis-1",
                both("Conteo público de bicicletas", "A public count of bicycles"),
                both("No se sabe cuánta gente usa la ciclovía.", "Nobody knows how many people use the cycle lane."),
                both("Contar y publicar cada tres meses.", "Count and publish every three months."),
                GONE,
                "limited",
            ),
        ],
    }


def _commitment(
    day: Days,
    number: int,
    code: str,
    title: Text,
    problem: Text,
    action: Text,
    lead: str,
    level: str,
    *pieces: Document,
) -> Document:
    """A commitment of one activity; ``level`` is what an evaluation at the end of the plan concluded (invented)."""
    return {
        "code": code,
        "number": number,
        "title": title,
        "branch": "municipal",
        "lead": {"slug": lead, "name": NAMES[lead]},
        "start": day(-1450),
        "end": day(END - 30),
        "problem": problem,
        "action": action,
        "assessments": [{"by": "Evaluación final (de práctica)", "low": level, "high": level}],
        "sources": [f"{WORKS}/{code}"],
        "activities": [
            {
                "title": action,
                "expected_output": both(
                    "Lo prometido, a la vista de cualquiera", "What was promised, for anybody to see"
                ),
                "start": day(-1400),
                "due": day(END - 60),
                "kind": "publication",
                "weight": "100",
                "means_of_verification": [{"type": "web_page", "words": both("Página pública", "A public page")}],
            }
        ],
        "evidence": list(pieces),
    }


def gone_institution(jurisdiction: Jurisdiction) -> None:
    """The institute that led two promises, while it still exists."""
    if not Organisation.objects.filter(jurisdiction=jurisdiction, slug=GONE).exists():
        create_organisation(jurisdiction=jurisdiction, slug=GONE, name=NAMES[GONE], sector="gov_municipal", by=SYSTEM)


@transaction.atomic
def look_after(plan: Plan, cast: Cast, today: dt.date) -> None:
    """What happened since the plan ended, by the verbs that people use; whole or not at all."""
    if Check.objects.filter(commitment__plan=plan).exists() or Handover.objects.filter(commitment__plan=plan).exists():
        return
    told = _After(plan, cast, today)
    told.check(
        "alumbrado-1",
        220,
        "maintained",
        "El mapa del mes pasado coincide con lo que vimos en 20 calles. (Revisión inventada.)",
        "Last month's map agrees with what we saw in 20 streets. (Invented check.)",
    )
    told.check(
        "archivo-1",
        218,
        "maintained",
        "Las actas abren desde cualquier teléfono. (Revisión inventada.)",
        "The minutes open on any phone. (Invented check.)",
    )
    told.check(
        "rutas-1",
        215,
        "orphaned",
        "El instituto se extinguió y nadie llamó a la asamblea de este año. (Revisión inventada.)",
        "The institute was dissolved and nobody called this year's assembly. (Invented check.)",
    )
    told.hand_over(
        "rutas-1",
        120,
        "obras-publicas",
        "Recibió al personal y los datos de las rutas. (Motivo inventado.)",
        "Decreto de práctica 7",
    )
    told.check(
        "alumbrado-1",
        40,
        "maintained",
        "Sigue saliendo cada mes; faltó enero y lo repusieron. (Revisión inventada.)",
        "It still comes out monthly; January was missing and they made up for it. (Invented check.)",
    )
    told.check(
        "archivo-1",
        38,
        "weakened",
        "La página sigue, pero la última acta es de hace ocho meses. (Revisión inventada.)",
        "The page is still there, but its newest minutes are eight months old. (Invented check.)",
    )
    told.check(
        "ventanilla-1",
        36,
        "reversed",
        "El contrato no se renovó: desde hace tres meses no hay intérprete. (Revisión inventada.)",
        "The contract was not renewed: for three months there has been no interpreter. (Invented check.)",
    )
    # Carmen finds it in what waits for her: she may confirm it or give it back.
    told.check(
        "medidores-1",
        4,
        "weakened",
        "Solo una de cada tres lecturas trae su foto. (Revisión inventada.)",
        "Only one reading in three has its picture. (Invented check.)",
        confirmed=False,
    )


class _After:
    """What is told of the time after the plan, in days before today."""

    def __init__(self, plan: Plan, cast: Cast, today: dt.date) -> None:
        self.plan, self.cast, self.today = plan, cast, today
        rows = Commitment.objects.filter(plan=plan).select_related("plan__jurisdiction", "jurisdiction", "lead")
        self.promises = {row.code: row for row in rows}
        gone = Organisation.objects.get(jurisdiction=plan.jurisdiction, slug=GONE)
        if not gone.dissolved:
            on = self._on(250)
            dissolve_organisation(organisation=gone, on=on, basis="Decreto de práctica 6", by=actor_of(cast["sofia"]))

    def _on(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def check(self, code: str, ago: int, result: str, es: str, en: str, confirmed: bool = True) -> None:
        """Mónica looks, and Amparo confirms some days later."""
        promise, monitor, second = self.promises[code], self.cast["monica"], self.cast["amparo"]
        shown = Evidence.public_rows().filter(commitment=promise)
        pieces = [row for row in shown if row.date.last and row.date.last <= self._on(ago)]
        check = actions.propose_check(
            commitment=promise,
            result=result,
            words=es,
            words_en=en,
            evidence=pieces,
            role=monitor,
            on=self._on(ago),
        )
        if confirmed:
            actions.confirm_check(check=check, role=second, by=actor_of(second), on=self._on(ago - 3))

    def hand_over(self, code: str, ago: int, to: str, reason: str, basis: str) -> None:
        """The secretariat writes down who looks after it now."""
        actions.hand_over(
            commitment=self.promises[code],
            to=Organisation.objects.get(jurisdiction=self.plan.jurisdiction, slug=to),
            reason=reason,
            basis=basis,
            by=actor_of(self.cast["sofia"]),
            on=self._on(ago),
        )
