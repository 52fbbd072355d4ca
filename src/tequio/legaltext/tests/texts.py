"""A short invented regulation in two versions, for tests."""

import datetime as dt
from typing import Any

from tequio.legaltext import actions
from tequio.legaltext.models import Expression, Work
from tequio.legaltext.readers import paste
from tequio.people.acting import actor_of

FIRST = """REGLAMENTO DE RIEGO DEL VALLE (INVENTADO)

CAPÍTULO I
DISPOSICIONES GENERALES

Artículo 1.- Este reglamento ordena el riego en el Valle y se aplica a quien usa agua de la acequia mayor para sembrar.

Artículo 2.- Para este reglamento se entiende por:

I. Acequia: el canal que lleva el agua desde la presa hasta las parcelas;

II. Turno: las horas en que a cada parcela le toca el agua, y

III. Comité: las personas que eligen cada año quienes usan la acequia.

Artículo 3.- El Comité sesiona cada seis meses y sus reuniones son privadas.

CAPÍTULO II
DE LOS TURNOS

Artículo 4.- Los turnos se reparten por sorteo al empezar la temporada, conforme al artículo 2 de este reglamento.

Artículo 5.- Quien no use su turno lo avisa al Comité con un día de anticipación para que otra parcela lo aproveche.

Artículo 6.- Quien tome agua fuera de su turno paga el daño a la parcela afectada.

TRANSITORIOS

PRIMERO.- Este reglamento empieza a valer al día siguiente de su publicación.

SEGUNDO.- El primer sorteo se hace en enero.
"""
SECOND = (
    FIRST.replace(
        "Artículo 3.- El Comité sesiona cada seis meses y sus reuniones son privadas.",
        "Artículo 3.- El Comité sesiona cada mes y sus reuniones son públicas; sus acuerdos se pegan en la presa.",
    )
    .replace(
        "CAPÍTULO II\n",
        "Artículo 4.- Cualquier persona puede pedir al Comité las cuentas del agua, y las recibe en cinco días.\n\nCAPÍTULO II\n",
    )
    .replace("Artículo 6.-", "Artículo 7.-")
    .replace("Artículo 5.-", "Artículo 6.-")
    .replace("Artículo 4.- Los turnos", "Artículo 5.- Los turnos")
)


def first_version(place: Any, text: str = FIRST, *, publish: bool = True) -> Expression:
    """The regulation as it was first published."""
    work = actions.create_work(
        jurisdiction=place.jurisdiction, kind=Work.Kind.REGULATION, title="Reglamento de Riego del Valle", code="riego"
    )
    return version(place, work, text, dt.date(2026, 1, 10), publish=publish)


def version(place: Any, work: Work, text: str, date: dt.date, *, publish: bool = True) -> Expression:
    """A further version, published by the secretariat."""
    document, source = paste(text)
    made = actions.begin_version(
        work=work, document=document, source=source, date=date, role=place.roles["secretariat"]
    )
    return release(place, made) if publish else made


def release(place: Any, made: Expression) -> Expression:
    role = place.roles["secretariat"]
    return actions.publish(expression=made, by=actor_of(role), role=role)
