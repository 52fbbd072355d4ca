"""An invented regulation of Valle del Ejemplo in two versions: articles that are new, moved, reworded, divided, repealed.

By the verbs that people use; what is there already is left alone.
"""

import datetime as dt

from django.db import transaction

from tequio.legaltext import actions, queries
from tequio.legaltext.models import Expression, Work
from tequio.legaltext.readers import paste
from tequio.legaltext.stored import unpack
from tequio.people.acting import actor_of
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_people import Cast

CODE = "reglamento-de-acequias"
FIRST = """REGLAMENTO DE ACEQUIAS DE VALLE DEL EJEMPLO (TEXTO INVENTADO PARA PRACTICAR)

CAPÍTULO I
DISPOSICIONES GENERALES

Artículo 1.- Este reglamento ordena el uso del agua de las acequias de Valle del Ejemplo y se aplica a quien riega con ella.

Artículo 2.- Para este reglamento se entiende por:

I. Acequia: el canal que lleva el agua desde la presa hasta las parcelas;

II. Turno: las horas en que a cada parcela le corresponde el agua, y

III. Comité: las personas que eligen cada año quienes usan la acequia.

Artículo 3.- El Comité sesiona cada seis meses. Sus sesiones son privadas y sus actas se guardan en su archivo.

CAPÍTULO II
DE LOS TURNOS

Artículo 4.- Los turnos se reparten al empezar la temporada, conforme al artículo 2, fracción II, de este reglamento.

Artículo 5.- Quien no usará su turno avisa al Comité un día antes. El Comité ofrece ese turno a la parcela que siga en la lista.

Artículo 6.- Quien tome agua fuera de su turno repara el daño a la parcela afectada.

Artículo 7.- El Comité puede cobrar una cuota por limpiar la acequia.

CAPÍTULO III
DE LA LIMPIEZA

Artículo 8.- La acequia se limpia dos veces al año, antes de la siembra y después de la cosecha, con trabajo de quienes riegan.

TRANSITORIOS

PRIMERO.- Este reglamento empieza a valer al día siguiente de su publicación.

SEGUNDO.- El primer Comité se elige dentro de los treinta días siguientes.
"""
SECOND = """REGLAMENTO DE ACEQUIAS DE VALLE DEL EJEMPLO (TEXTO INVENTADO PARA PRACTICAR)

CAPÍTULO I
DISPOSICIONES GENERALES

Artículo 1.- Este reglamento ordena el uso del agua de las acequias de Valle del Ejemplo y se aplica a quien riega con ella.

Artículo 2.- Para este reglamento se entiende por:

I. Acequia: el canal que lleva el agua desde la presa hasta las parcelas;

II. Turno: las horas en que a cada parcela le corresponde el agua, y

III. Comité: las personas que eligen cada año quienes usan la acequia.

Artículo 3.- El Comité sesiona cada mes. Sus sesiones son públicas y sus actas se pegan en la presa a más tardar en tres días.

Artículo 4.- Cualquier persona puede pedir al Comité las cuentas del agua. El Comité responde en cinco días hábiles.

CAPÍTULO II
DE LA LIMPIEZA

Artículo 5.- La acequia se limpia dos veces al año, antes de la siembra y después de la cosecha, con trabajo de quienes riegan.

CAPÍTULO III
DE LOS TURNOS

Artículo 6.- Los turnos se reparten al empezar la temporada, conforme al artículo 2, fracción II, de este reglamento.

Artículo 7.- Quien no usará su turno avisa al Comité un día antes.

Artículo 8.- El Comité ofrece ese turno a la parcela que siga en la lista.

Artículo 9.- Quien tome agua fuera de su turno repara el daño a la parcela afectada.

Artículo 10.- Se deroga.

TRANSITORIOS

PRIMERO.- Este reglamento empieza a valer al día siguiente de su publicación.

SEGUNDO.- El primer Comité se elige dentro de los treinta días siguientes.
"""


def tell_law(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Brings both versions in and publishes them."""
    if Work.objects.filter(jurisdiction=jurisdiction, code=CODE).exists():
        return
    role = cast["sofia"]
    by = actor_of(role)
    with transaction.atomic():
        work = actions.create_work(
            jurisdiction=jurisdiction,
            kind=Work.Kind.REGULATION,
            title="Reglamento de Acequias de Valle del Ejemplo",
            code=CODE,
            plain_title={
                "es": "Cómo se reparte el agua para regar (inventado)",
                "en": "How water is shared (invented)",
            },
        )
        for days, name, text in ((400, "Texto original", FIRST), (40, "Reforma", SECOND)):
            on = today - dt.timedelta(days=days)
            document, source = paste(text)
            made = actions.begin_version(work=work, document=document, source=source, date=on, name=name, role=role)
            _answer(made, role)
            actions.publish(expression=made, by=by, role=role, on=on)


def _answer(made: Expression, role: Role) -> None:
    """What a person says where the rules are not sure: each doubt is right as it was read, each article the same."""
    for question in queries.questions(made.draft):
        actions.settle(expression=made, doubt=question.key, role=role)
    made.draft.refresh_from_db()
    for change in queries.alignment_of(made.draft, unpack(made.draft.tree)).questions:
        actions.answer(expression=made, path=change.new[0], kind="same", old=change.old, role=role)
