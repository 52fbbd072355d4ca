"""First commitment of Valle del Ejemplo (invented): water that can be checked. Almost done."""

from collections.abc import Mapping

from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import WORKS, Days, Document, activity, both, evidence, indicator, value


def commitment(day: Days, cast: Cast, files: Mapping[str, str]) -> Document:
    """The commitment as a document."""
    beto = cast["beto"].number
    return {
        "code": "agua-1",
        "number": 1,
        "title": both("Agua que se puede revisar", "Water that can be checked"),
        "branch": "municipal",
        "lead": {"slug": "agua", "name": "Organismo de Agua de Valle del Ejemplo"},
        "supporting": [
            {"slug": "vecinas-y-agua", "name": "Vecinas y Agua A.C. (organización de ejemplo)"},
            {"slug": "universidad", "name": "Universidad del Ejemplo"},
        ],
        "head_role": cast["elena"].number,
        "liaison_role": beto,
        "start": day(-390),
        "end": day(120),
        "problem": both(
            "Cuando se rompe una tubería nadie sabe cuánto tarda el arreglo ni por qué unas calles esperan más que otras.",
            "When a pipe breaks nobody knows how long the repair takes, nor why some streets wait longer than others.",
        ),
        "causes": both(
            "Los reportes se anotan en papel y cada cuadrilla lleva su libreta.",
            "Reports are written on paper and each crew keeps its own notebook.",
        ),
        "status_quo": both(
            "De cada diez fugas, cuatro se atienden en 48 horas.",
            "Of every ten leaks, four are repaired within 48 hours.",
        ),
        "action": both(
            "Publicar cada fuga con su lugar, su fecha y su arreglo, y revisar la bitácora en público cada trimestre.",
            "Publish every leak with its place, date and repair, and go through the log in public every quarter.",
        ),
        "contribution": both(
            "Quien reporta una fuga puede ver qué pasó con ella.", "Whoever reports a leak can see what became of it."
        ),
        "early_results": both(
            "En las primeras semanas subió la atención a tiempo (dato inventado).",
            "Repairs on time went up in the first weeks (invented figure).",
        ),
        "origin": "cocreated",
        "novelty": "new",
        "horizon": "medium",
        "values": [
            value(
                "transparency", "Cada fuga y su arreglo quedan a la vista.", "Every leak and its repair are in sight."
            ),
            value(
                "accountability",
                "El organismo explica en público lo que no atendió.",
                "The body explains in public what it did not repair.",
            ),
        ],
        "policy_areas": ["water_and_sanitation", "open_data"],
        "sector": "water",
        "challenge_areas": ["access_to_information", "climate_and_environment"],
        "sdg_targets": [{"code": "6.1", "role": "main"}, {"code": "16.6", "role": "secondary"}],
        "target_groups": [
            both("colonias con tandeo", "neighbourhoods with rationed water"),
            both("escuelas", "schools"),
        ],
        "sources": [f"{WORKS}/agua"],
        "activities": [
            activity(
                both("Acordar qué datos lleva la bitácora de fugas", "Agree on what the leak log records"),
                both("Formato de bitácora publicado", "Published format of the log"),
                start=day(-380),
                due=day(-300),
                kind="norm",
                weight="15",
                means="document",
                responsible=beto,
            ),
            activity(
                both("Capacitar a las cuadrillas", "Train the repair crews"),
                both("Lista de asistencia de las dos jornadas", "Attendance list of both sessions"),
                start=day(-290),
                due=day(-210),
                kind="training",
                weight="15",
                means="attendance_list",
                responsible=beto,
            ),
            activity(
                both("Publicar la bitácora en datos abiertos", "Publish the log as open data"),
                both("Conjunto de datos actualizado cada mes", "Data set brought up to date every month"),
                start=day(-220),
                due=day(-60),
                kind="publication",
                weight="30",
                means="dataset",
                responsible=beto,
                indicator=1,
            ),
            activity(
                both("Abrir el mapa de fugas", "Open the map of leaks"),
                both("Mapa en línea, con fecha de cada arreglo", "Map on line, with the date of each repair"),
                start=day(-180),
                due=day(-20),
                kind="platform",
                weight="25",
                means="web_page",
                responsible=beto,
            ),
            activity(
                both(
                    "Revisar la bitácora en público con las colonias",
                    "Go through the log in public with the neighbourhoods",
                ),
                both("Minuta de la reunión trimestral", "Minutes of the quarterly meeting"),
                start=day(-30),
                due=day(5),
                kind="meeting",
                weight="15",
                means="minute",
                responsible=cast["elena"].number,
            ),
        ],
        "indicators": [
            indicator(
                both("Fugas atendidas en 48 horas", "Leaks repaired within 48 hours"),
                both(
                    "Parte de las fugas reportadas que se arreglan en dos días.",
                    "Share of the leaks reported that are repaired in two days.",
                ),
                both("(A ÷ R) × 100", "(A ÷ R) × 100"),
                unit="%",
                unit_slug="agua",
                baseline="40",
                year=day.year(-400),
                targets=[(day.month(-200), "60"), (day.month(-20), "80")],
                values=[
                    (day.month(-290), "44"),
                    (day.month(-200), "58"),
                    (day.month(-110), "66"),
                    (day.month(-20), "76"),
                ],
                variables=[
                    {
                        "symbol": "A",
                        "name": both("Fugas arregladas en 48 horas", "Leaks repaired in 48 hours"),
                        "unit": "fugas",
                        "source": "Bitácora",
                    },
                    {
                        "symbol": "R",
                        "name": both("Fugas reportadas", "Leaks reported"),
                        "unit": "fugas",
                        "source": "Bitácora",
                    },
                ],
            ),
            indicator(
                both("Colonias que aparecen en el mapa", "Neighbourhoods on the map"),
                both(
                    "Colonias cuyas fugas se ven en el mapa público.",
                    "Neighbourhoods whose leaks are on the public map.",
                ),
                both("Cuenta simple", "Simple count"),
                unit="colonias",
                unit_slug="agua",
                baseline="0",
                year=day.year(-400),
                targets=[(day.month(-20), "20")],
                values=[(day.month(-110), "12"), (day.month(-20), "26")],
            ),
        ],
        "money": [
            {
                "kind": "money",
                "fiscal_year": day.year(-400),
                "earmarked": "450000",
                "released": "450000",
                "spent": "431200.50",
                "source": "Recurso municipal (inventado)",
                "budget_line": "3510",
            },
            {
                "kind": "money",
                "fiscal_year": day.year(),
                "earmarked": "600000",
                "released": "300000",
                "spent": "142750",
                "source": "Recurso municipal (inventado)",
                "budget_line": "3510",
            },
            {
                "kind": "people",
                "fiscal_year": day.year(),
                "source": "Dos personas de tiempo completo",
                "note": both("Sin costo adicional.", "At no extra cost."),
            },
        ],
        "evidence": [
            evidence(
                both("Formato de bitácora", "Format of the log"),
                kind="document",
                activity=1,
                date=day(-305),
                sha256=files["log"],
                page="1",
                quote="Semana 1: 14 fugas reportadas, 12 atendidas en 48 horas.",
                author="Organismo de Agua (inventado)",
            ),
            evidence(
                both("Minuta de la capacitación", "Minutes of the training"),
                kind="minute",
                activity=2,
                date=day(-215),
                sha256=files["minute"],
            ),
            evidence(
                both("Lista de asistencia firmada", "Signed attendance list"),
                kind="attendance_list",
                activity=2,
                date=day(-214),
                personal_data=True,
                note=both(
                    "Tiene nombres y firmas: no se publica hasta tener una copia testada.",
                    "It has names and signatures: it stays unpublished until there is a redacted copy.",
                ),
            ),
            evidence(
                both("Lista de asistencia testada", "Redacted attendance list"),
                kind="attendance_list",
                activity=2,
                date=day(-190),
            ),
            evidence(both("Bitácora en datos abiertos", "Log as open data"), kind="dataset", activity=3, date=day(-58)),
            evidence(both("Mapa de fugas", "Map of leaks"), kind="web_page", activity=4, date=day(-18)),
        ],
    }
