"""The plan of Valle del Ejemplo, an invented municipality: five commitments in full detail, so that every part has
something to show in every state. Dates move with the day it is loaded, so that something is always due soon."""

import datetime as dt
from typing import Any

Document = dict[str, Any]

ORGANISATIONS: list[Document] = [
    {"slug": "ayuntamiento", "name": "Ayuntamiento de Valle del Ejemplo", "sector": "gov_municipal"},
    {"slug": "obras-publicas", "name": "Dirección de Obras Públicas de Valle del Ejemplo", "sector": "gov_municipal"},
    {"slug": "agua", "name": "Organismo de Agua de Valle del Ejemplo", "sector": "gov_municipal", "acronym": "OAVE"},
    {"slug": "tesoreria", "name": "Tesorería Municipal de Valle del Ejemplo", "sector": "gov_municipal"},
    {"slug": "secretariado", "name": "Secretariado Técnico Local de Valle del Ejemplo", "sector": "other"},
    {"slug": "vecinas-y-agua", "name": "Vecinas y Agua A.C.", "sector": "cso"},
    {"slug": "cuentas-claras", "name": "Colectivo Cuentas Claras", "sector": "cso"},
    {"slug": "universidad", "name": "Universidad del Ejemplo", "sector": "academia", "acronym": "UNEJ"},
    {"slug": "camara", "name": "Cámara de Comercio del Ejemplo", "sector": "business"},
    {"slug": "comite", "name": "Comité de Seguimiento de Valle del Ejemplo", "sector": "citizen"},
]


def both(es: str, en: str) -> Document:
    """A text in the two languages."""
    return {"es": es, "en": en}


def plan_document(today: dt.date) -> Document:
    """The plan as a plan document, with dates around ``today``."""

    def day(offset: int) -> str:
        return (today + dt.timedelta(days=offset)).isoformat()

    def activity(title: Document, output: Document, start: int, due: int, **more: Any) -> Document:
        return {
            "title_es": title["es"],
            "title_en": title["en"],
            "expected_output": output,
            "start": day(start),
            "end": day(due),
            **more,
        }

    plan: Document = {
        "number": 1,
        "id": "valle-del-ejemplo-1",
        "title_es": f"Primer Plan de Acción Local de Valle del Ejemplo {today.year - 1}-{today.year + 1}",
        "title_en": f"First Local Action Plan of Valle del Ejemplo {today.year - 1}-{today.year + 1}",
        "period": {"start": day(-400), "end": day(330), "submitted_to_ogp": day(-380)},
        "summary": both(
            "Cinco compromisos inventados para practicar: agua, presupuesto, cabildo, escuelas y compras. Nada de esto "
            "existe; sirve para probar cada paso sin tocar el registro verdadero.",
            "Five invented commitments to practise with: water, budget, council, schools and purchasing. None of it "
            "exists; it is there to try every step without touching the real record.",
        ),
    }
    return plan
