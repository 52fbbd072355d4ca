"""Fourth commitment of Valle del Ejemplo (invented): safe ways to school. Long horizon; its road map was changed once."""

import copy
from collections.abc import Mapping

from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import WORKS, Days, Document, activity, both, evidence, indicator, value

MOVED = 4  # the place of the activity whose date the second version moves


def commitment(day: Days, cast: Cast, files: Mapping[str, str]) -> Document:
    """The commitment as a document, in its signed first version."""
    lucia = cast["lucia"].number
    return {
        "code": "escuelas-1",
        "number": 4,
        "title": both("Caminos seguros a la escuela", "Safe ways to school"),
        "branch": "municipal",
        "lead": {"slug": "obras-publicas", "name": "Dirección de Obras Públicas de Valle del Ejemplo"},
        "supporting": [{"slug": "vecinas-y-agua", "name": "Vecinas y Agua A.C. (organización de ejemplo)"}],
        "head_role": cast["raul"].number,
        "liaison_role": lucia,
        "start": day(-380),
        "end": day(320),
        "problem": both(
            "Niñas y niños cruzan avenidas sin banqueta ni paso para llegar a clase.",
            "Girls and boys cross avenues without pavement or crossing on their way to class.",
        ),
        "causes": both(
            "Las obras se deciden sin preguntar a las escuelas.", "Works are decided without asking the schools."
        ),
        "status_quo": both("Once escuelas no tienen un cruce seguro.", "Eleven schools have no safe crossing."),
        "action": both(
            "Elegir con las escuelas dónde se arregla primero y publicar cada obra, con su costo y sus fotos.",
            "Choose with the schools where to begin and publish every work, with its cost and pictures.",
        ),
        "contribution": both(
            "Las familias deciden el orden y vigilan la obra.", "Families decide the order and watch over the works."
        ),
        "origin": "cocreated",
        "novelty": "new",
        "horizon": "long",
        "values": [
            value(
                "participation", "Las escuelas deciden el orden de las obras.", "Schools decide the order of the works."
            ),
            value("transparency", "Cada obra se publica con su costo.", "Every work is published with its cost."),
        ],
        "policy_areas": ["infrastructure_and_transport", "education"],
        "sector": "infrastructure_and_transport",
        "challenge_areas": ["public_participation"],
        "sdg_targets": [{"code": "11.2", "role": "main"}, {"code": "4.a", "role": "secondary"}],
        "target_groups": [
            both("niñas y niños", "girls and boys"),
            both("personas con discapacidad", "persons with disabilities"),
        ],
        "sources": [f"{WORKS}/escuelas"],
        "activities": [
            activity(
                both("Recorrer los caminos con las escuelas", "Walk the ways with the schools"),
                both("Mapa de cruces peligrosos", "Map of dangerous crossings"),
                start=day(-370),
                due=day(-310),
                kind="study",
                weight="15",
                means="document",
                responsible=lucia,
            ),
            activity(
                both("Arreglar los primeros cuatro cruces", "Repair the first four crossings"),
                both("Cuatro cruces pintados y con rampa", "Four crossings with paint and ramps"),
                start=day(-300),
                due=day(-130),
                kind="works",
                weight="30",
                means="photo_video",
                responsible=cast["raul"].number,
                indicator=1,
            ),
            activity(
                both("Publicar el costo de cada obra", "Publish the cost of each work"),
                both("Tabla de costos", "Table of costs"),
                start=day(-200),
                due=day(-5),
                kind="publication",
                weight="15",
                means="dataset",
                responsible=lucia,
            ),
            activity(
                both("Arreglar los siete cruces que faltan", "Repair the seven crossings left"),
                both("Siete cruces pintados y con rampa", "Seven crossings with paint and ramps"),
                start=day(-60),
                due=day(18),
                kind="works",
                weight="30",
                means="photo_video",
                responsible=cast["raul"].number,
            ),
            activity(
                both("Revisar con las escuelas cómo quedó", "Go through the result with the schools"),
                both("Minuta con cada escuela", "Minutes with each school"),
                start=day(200),
                due=day(300),
                kind="meeting",
                weight="10",
                means="minute",
                responsible=lucia,
            ),
        ],
        "indicators": [
            indicator(
                both("Atropellamientos cerca de escuelas", "Road accidents near schools"),
                both(
                    "Casos registrados a menos de 200 metros de una escuela, por año.",
                    "Cases registered within 200 metres of a school, per year.",
                ),
                both("Cuenta simple", "Simple count"),
                unit="casos",
                unit_slug="obras-publicas",
                baseline="12",
                year=day.year(-400),
                direction="descendente",
                level="proposito",
                targets=[(day.month(-15), "6")],
                values=[(day.month(-190), "9"), (day.month(-15), "6")],
            )
        ],
        "money": [
            {
                "kind": "money",
                "fiscal_year": day.year(),
                "earmarked": "3200000",
                "released": "2100000",
                "spent": "1875300.75",
                "source": "Fondo de obra (inventado)",
                "budget_line": "6150",
                "stages": [{"stage": "aprobado", "amount": "3200000"}, {"stage": "pagado", "amount": "1875300.75"}],
            }
        ],
        "evidence": [
            evidence(
                both("Mapa de cruces peligrosos", "Map of dangerous crossings"),
                kind="document",
                activity=1,
                date=day(-295),
                sha256=files["crossings"],
                page="1",
            ),
            evidence(
                both("Dibujo del cruce de la calle Primera", "Drawing of the crossing on First Street"),
                kind="photo_video",
                activity=2,
                date=day(-128),
                sha256=files["drawing"],
            ),
            evidence(
                both("Video de los cuatro cruces", "Video of the four crossings"),
                kind="photo_video",
                activity=2,
                date=day(-45),
            ),
        ],
    }


def second_version(document: Document, day: Days) -> Document:
    """The road map with one activity moved and its product told more exactly."""
    changed = copy.deepcopy(document)
    moved = changed["activities"][MOVED - 1]
    moved["due"] = day(28)
    moved["expected_output"] = both(
        "Siete cruces pintados, con rampa y señal", "Seven crossings with paint, ramps and a sign"
    )
    return changed
