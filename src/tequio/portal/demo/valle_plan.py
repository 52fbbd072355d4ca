"""The plan of Valle del Ejemplo, an invented municipality: five commitments in full detail, so that every part has
something to show in every state. Dates move with the day it is loaded, so that something is always due soon."""

import datetime as dt
from collections.abc import Mapping

from tequio.portal.demo import valle_council, valle_money, valle_streets, valle_water
from tequio.portal.demo.valle_people import ORGANISATIONS, Cast
from tequio.portal.demo.writing import WORKS, Days, Document, both


def plan_document(today: dt.date, cast: Cast, files: Mapping[str, str]) -> Document:
    """The plan as a plan document, with dates around ``today``; ``files`` are the hashes of files kept already."""
    day = Days(today)
    return {
        "number": 2,
        "slug": "valle-del-ejemplo-2",
        "title": both(
            f"Segundo Plan de Acción Local de Valle del Ejemplo {day.year(-400)}-{day.year(330)}",
            f"Second Local Action Plan of Valle del Ejemplo {day.year(-400)}-{day.year(330)}",
        ),
        "title_origin": both("plan inventado para practicar", "plan invented for practice"),
        "summary": both(
            "Cinco compromisos inventados para practicar: agua, presupuesto, cabildo, escuelas y compras. Nada de esto "
            "existe; sirve para probar cada paso sin tocar el registro verdadero.",
            "Five invented commitments to practise with: water, budget, council, schools and purchasing. None of it "
            "exists; it is there to try every step without touching the real record.",
        ),
        "start": day(-400),
        "end": day(330),
        "approved_on": day(-410),
        "approved_note": both(
            "Sesión de instalación del Secretariado (de práctica)", "First session of the Secretariat (practice)"
        ),
        "submitted_on": day(-380),
        "term_name": "Administración de práctica",
        "term_start": day(-500),
        "term_end": day(595),
        "phases": [
            {"key": "cocreation", "start": day(-520), "end": day(-421)},
            {"key": "endorsement", "start": day(-420), "end": day(-401)},
            {"key": "implementation", "start": day(-400), "end": day(240)},
            {"key": "closing", "start": day(241), "end": day(330)},
            {"key": "learning", "start": day(331), "end": day(420)},
        ],
        "forewords": [
            {
                "author": "Rosa Ejemplo",
                "office": "Presidencia Municipal (inventada)",
                "institution": "Ayuntamiento de Valle del Ejemplo",
                "text": both(
                    "Este plan lo escribimos entre vecinas, vecinos y gobierno. Aquí se puede ver qué prometimos, qué hemos "
                    "hecho y qué nos falta, sin adornos.",
                    "Neighbours and government wrote this plan together. Here you can see what we promised, what we have "
                    "done and what is still missing, with no trimmings.",
                ),
            }
        ],
        "vision": both(
            "Que cualquier persona de Valle del Ejemplo pueda saber en qué se gasta su dinero, opinar antes de que se decida y "
            "comprobar que se cumplió.",
            "That anybody in Valle del Ejemplo can know what their money is spent on, be heard before decisions are taken and "
            "check that promises were kept.",
        ),
        "achievements": both(
            "Las mesas de trabajo reunieron a 120 personas de todos los barrios (cifra inventada).",
            "The working tables brought together 120 people from every neighbourhood (invented figure).",
        ),
        "challenges": both(
            "Hay poco personal para publicar datos y todavía falta confianza entre barrios y gobierno.",
            "Few people are there to publish data, and neighbourhoods and government still need to trust each other.",
        ),
        "goals": [
            both(
                "Publicar cada mes los datos de agua, obra y compras.",
                "Publish data on water, works and purchases monthly.",
            ),
            both(
                "Que el cabildo responda a cada propuesta ciudadana.",
                "Have the council answer every citizens' proposal.",
            ),
        ],
        "plan_contribution": both(
            "Cada compromiso ataca una duda que las vecinas y los vecinos plantearon en las mesas.",
            "Each commitment answers a doubt that neighbours raised at the working tables.",
        ),
        "administration_alignment": both(
            "Se alinea con el eje «Gobierno cercano» del plan municipal (inventado).",
            "It is in line with the axis “Government close by” of the (invented) municipal plan.",
        ),
        "endorsements": [
            {"organisation": "Ayuntamiento de Valle del Ejemplo", "date": day(-405), "is_government": True},
            {
                "organisation": "Vecinas y Agua A.C. (organización de ejemplo)",
                "date": day(-404),
                "is_government": False,
            },
            {"organisation": "Universidad del Ejemplo", "date": day(-403), "is_government": False},
        ],
        "legend": _legend(),
        "thresholds_preset": "five_colour",
        "due_soon_days": 30,
        "holidays": sorted(
            {f"{day.year(n)}-{md}" for n in (-400, 0, 330) for md in ("01-01", "05-01", "09-16", "12-25")}
        ),
        "monitoring": {
            "body": both("Comité de Seguimiento de Valle del Ejemplo", "Follow-up Committee of Valle del Ejemplo"),
            "composition": both("Cinco personas voluntarias (inventadas)", "Five volunteers (invented)"),
        },
        "sources": [f"{WORKS}/plan"],
        "institutions": [{"slug": slug, "name": name} for slug, name, _acronym, _sector in ORGANISATIONS[:9]],
        "documents": [
            {
                "title": both("Plan firmado (de práctica)", "Signed plan (practice)"),
                "date": day(-380),
                "sha256": files["plan"],
            }
        ],
        "manual": {"in_force_from": day(-400), "rules": _rules()},
        "commitments": [
            valle_water.commitment(day, cast, files),
            valle_money.budget(day, cast, files),
            valle_council.commitment(day, cast, files),
            valle_streets.commitment(day, cast, files),
            valle_money.purchases(day, cast),
        ],
    }


def _legend() -> Document:
    """What each light of this board means, as this plan publishes it."""
    # The words of the lights stay ours: they have a plural of their own.
    meanings = {
        "green": both("El Comité la vio y votó que está hecha.", "The Committee saw it and voted that it is done."),
        "blue": both("Ya se reportó y el Comité la revisa.", "It was reported and the Committee is looking at it."),
        "amber": both(
            "Falta una parte, o una observación por atender.", "A part is missing, or an observation to attend to."
        ),
        "red": both(
            "La evidencia no alcanza, o venció sin reporte.", "The evidence falls short, or it is late and unreported."
        ),
        "grey": both("Todavía no toca, y nadie ha dicho nada.", "It is not due yet, and nobody has said anything."),
    }
    return {colour: {"meaning": meaning} for colour, meaning in meanings.items()}


def _rules() -> list[Document]:
    """A general rule, one for a kind of activity, one for an institution, and one in working days."""
    return [
        {
            "institution": "",
            "activity_kind": "",
            "metric": both(
                "El producto prometido existe y cualquiera puede verlo.",
                "The promised product exists and anybody can see it.",
            ),
            "accepted": [],
            "minimum": 1,
            "deadline": {"days": 10, "calendar": "natural", "from": "due"},
            "note": both(
                "Regla general, para lo que ninguna otra cubre.", "General rule, for what no other one covers."
            ),
        },
        {
            "institution": "",
            "activity_kind": "training",
            "metric": both(
                "Asistió al menos la mitad de las personas invitadas.", "At least half of those invited came."
            ),
            "accepted": ["attendance_list", "photo_video", "minute"],
            "minimum": 1,
            "deadline": {"days": 5, "calendar": "natural", "from": "due"},
            "note": both("La lista se publica sin datos personales.", "The list is published without personal data."),
        },
        {
            "institution": "agua",
            "activity_kind": "",
            "metric": both(
                "Lo publicado coincide con una visita al sitio.", "What is published agrees with a visit to the site."
            ),
            "accepted": ["document", "dataset", "web_page", "legal_instrument", "minute", "attendance_list"],
            "minimum": 1,
            "deadline": {"days": 15, "calendar": "natural", "from": "due"},
            "note": both(
                "El organismo necesita cerrar la semana para publicar.",
                "The body has to close its week before it publishes.",
            ),
        },
        {
            "institution": "",
            "activity_kind": "publication",
            "metric": both(
                "Los datos abren sin permiso ni programa de paga.", "The data open without permission or paid software."
            ),
            "accepted": ["dataset", "web_page", "document"],
            "minimum": 1,
            "deadline": {"days": 5, "calendar": "working", "from": "due"},
            "note": both("En días hábiles, por los cierres de mes.", "In working days, because of month ends."),
        },
    ]
