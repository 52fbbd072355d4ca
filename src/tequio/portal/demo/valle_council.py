"""Third commitment of Valle del Ejemplo (invented): open doors at the council. It has no money, and says so."""

from collections.abc import Mapping

from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import WORKS, Days, Document, activity, both, evidence, indicator, value


def commitment(day: Days, cast: Cast, files: Mapping[str, str]) -> Document:
    """The commitment as a document."""
    dario = cast["dario"].number
    return {
        "code": "cabildo-1",
        "number": 3,
        "title": both("Cabildo a puertas abiertas", "A council with open doors"),
        "branch": "municipal",
        "lead": {"slug": "ayuntamiento", "name": "Ayuntamiento de Valle del Ejemplo"},
        "supporting": [{"slug": "universidad", "name": "Universidad del Ejemplo"}],
        "head_role": cast["rosa"].number,
        "liaison_role": dario,
        "start": day(-370),
        "end": day(90),
        "problem": both(
            "Las sesiones del cabildo se anuncian tarde y no se pueden ver.",
            "Council meetings are announced late and cannot be watched.",
        ),
        "causes": both(
            "No hay quien grabe ni quien escriba las actas a tiempo.",
            "Nobody is there to record or to write the minutes in time.",
        ),
        "status_quo": both("Las actas tardan tres meses en salir.", "Minutes take three months to come out."),
        "action": both(
            "Anunciar cada sesión con cinco días, transmitirla y publicar el acta en dos semanas.",
            "Announce every meeting five days ahead, stream it and publish its minutes within two weeks.",
        ),
        "contribution": both(
            "Cualquiera puede seguir una decisión y preguntar por ella.",
            "Anybody can follow a decision and ask about it.",
        ),
        "origin": "cocreated",
        "novelty": "new",
        "horizon": "medium",
        "values": [
            value("participation", "La gente llega a tiempo a las sesiones.", "People get to meetings in time."),
            value(
                "accountability", "Cada voto queda con nombre y motivo.", "Every vote stands with its name and reason."
            ),
            value("inclusion", "Hay intérprete de lengua de señas.", "There is a sign language interpreter."),
        ],
        "policy_areas": ["open_parliament", "public_participation"],
        "sector": "public_administration",
        "challenge_areas": ["public_participation", "gender_and_inclusion"],
        "sdg_targets": [{"code": "16.7", "role": "main"}],
        "target_groups": [both("personas sordas", "deaf people"), both("juventudes", "young people")],
        "unfunded": True,
        "unfunded_reason": both(
            "Se hace con el equipo que ya hay; si se descompone, no hay con qué cambiarlo.",
            "It is done with the equipment at hand; if it breaks there is no money to replace it.",
        ),
        "sources": [f"{WORKS}/cabildo"],
        "activities": [
            activity(
                both("Aprobar las reglas de las sesiones abiertas", "Approve the rules of open meetings"),
                both("Reglas publicadas", "Published rules"),
                start=day(-365),
                due=day(-280),
                kind="norm",
                weight="30",
                means="legal_instrument",
                responsible=cast["rosa"].number,
            ),
            activity(
                both("Transmitir las sesiones", "Stream the meetings"),
                both("Canal con todas las sesiones", "Channel with every meeting"),
                start=day(-270),
                due=day(-120),
                kind="platform",
                weight="30",
                means="photo_video",
                responsible=dario,
            ),
            activity(
                both("Publicar las actas en dos semanas", "Publish minutes within two weeks"),
                both("Actas de doce sesiones", "Minutes of twelve meetings"),
                start=day(-200),
                due=day(50),
                kind="publication",
                weight="20",
                means="document",
                responsible=dario,
                indicator=1,
            ),
            activity(
                both("Escuchar propuestas ciudadanas en la sesión", "Hear citizens' proposals at meetings"),
                both("Registro de propuestas", "Register of proposals"),
                start=day(-90),
                due=day(-15),
                kind="meeting",
                weight="20",
                means="minute",
                responsible=dario,
            ),
        ],
        "indicators": [
            indicator(
                both("Actas publicadas a tiempo", "Minutes published in time"),
                both(
                    "Actas que salen a más tardar dos semanas después de la sesión.",
                    "Minutes that come out two weeks after the meeting at the latest.",
                ),
                both("(Actas a tiempo ÷ sesiones) × 100", "(Minutes in time ÷ meetings) × 100"),
                unit="%",
                unit_slug="ayuntamiento",
                baseline="0",
                year=day.year(-400),
                targets=[(day.month(-20), "100")],
                values=[(day.month(-120), "10"), (day.month(-20), "30")],
            )
        ],
        "evidence": [
            evidence(
                both("Reglas de las sesiones abiertas", "Rules of open meetings"),
                kind="legal_instrument",
                activity=1,
                date=day(-284),
                page="3",
                quote="Toda sesión se anuncia con cinco días hábiles (texto inventado).",
                author="Ayuntamiento (inventado)",
            ),
            evidence(both("Canal de sesiones", "Channel of meetings"), kind="photo_video", activity=2, date=day(-118)),
            evidence(
                both("Acta de la sesión 7", "Minutes of meeting 7"),
                kind="document",
                activity=3,
                date=day(-40),
                sha256=files["session"],
            ),
        ],
    }
