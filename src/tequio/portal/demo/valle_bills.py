"""Three more invented bills, so that every stage of the way is seen: one just presented, one that became law with people's
words in it, one that was rejected.

By the verbs that people use; what is there already is left alone.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from tequio.cocreation.actions.confirming import confirm
from tequio.common.i18n import text
from tequio.lawmaking import actions
from tequio.lawmaking.models import Bill, Remark, Stage
from tequio.legaltext import actions as texts
from tequio.legaltext.models import Expression, Provision, Work
from tequio.legaltext.readers import paste
from tequio.people.acting import actor_of
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_people import Cast

LIBRARY = """INICIATIVA DE REGLAMENTO DE LA BIBLIOTECA (TEXTO INVENTADO PARA PRACTICAR)

Artículo 1.- La biblioteca abre de lunes a viernes, de nueve a catorce horas.

Artículo 2.- Para llevarse un libro hace falta una identificación con domicilio en Valle del Ejemplo.

Artículo 3.- La biblioteca publica cada año cuántos libros prestó.
"""
HOURS = "La biblioteca abre de lunes a viernes, de nueve a veinte horas, y los domingos por la mañana."
CARD = "Para llevarse un libro hace falta una identificación con domicilio en Valle del Ejemplo, o la credencial de una escuela."
OPINION = LIBRARY.replace("La biblioteca abre de lunes a viernes, de nueve a catorce horas.", HOURS)
DECREE = OPINION.replace(
    "Para llevarse un libro hace falta una identificación con domicilio en Valle del Ejemplo.", CARD
)
PETS = """INICIATIVA SOBRE PERROS EN LA PLAZA (TEXTO INVENTADO PARA PRACTICAR)

Artículo 1.- Se prohíbe entrar con perros a la plaza.
"""
BUS = """INICIATIVA SOBRE LA PARADA DEL CAMIÓN (TEXTO INVENTADO PARA PRACTICAR)

Artículo 1.- Cada parada del camión tendrá sombra, banca y un letrero con los horarios.

Artículo 2.- El letrero dirá también cuánto cuesta el pasaje y a quién llamar.
"""
LATER = (
    "Yo salgo de trabajar a las tres: a esa hora ya cerró.",
    "Que abra en la tarde, por favor.",
    "Abran por la tarde.",
)


def tell_bills(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Publishes the three, or nothing where they are."""
    if Bill.objects.filter(jurisdiction=jurisdiction, number="1/EJEMPLO").exists():
        return
    role = cast["delia"]
    with transaction.atomic():
        _library(jurisdiction, role, today)
        _dogs(jurisdiction, role, today)
        _bus(jurisdiction, role, today)


def _bill(place: Jurisdiction, role: Role, number: str, title: str, words: str, on: dt.date, **more: Any) -> Bill:
    """A published bill with its first text."""
    by = actor_of(role)
    work = texts.create_work(jurisdiction=place, kind=Work.Kind.BILL, title=title)
    _version(work, role, words, on, Expression.Stage.INITIATIVE, "Iniciativa")
    work.refresh_from_db()
    bill = actions.draft_bill(jurisdiction=place, title=f"{title} (inventada)", number=number)
    whole = {"sponsors": [{"name": "Delia Ejemplo", "group": "Grupo inventado"}], "work": work, "opens": on, **more}
    actions.change_bill(bill=bill, by=by, commission="Comisión de Servicios (inventada)", **whole)
    return actions.publish_bill(bill=bill, by=by, on=on)


def _version(work: Work, role: Role, words: str, on: dt.date, stage: str, name: str) -> Expression:
    document, source = paste(words)
    made = texts.begin_version(work=work, document=document, source=source, date=on, stage=stage, name=name, role=role)
    return texts.publish(expression=made, by=actor_of(role), role=role, on=on)


def _said(bill: Bill, on: dt.date, n: int, words: str, path: str = "", **more: Any) -> Remark:
    """An opinion, as if it had been confirmed from its letter."""
    rows = Provision.objects.filter(expression__work=bill.work).select_related("expression__work", "lineage")
    made = actions.remark(
        bill=bill,
        text=words,
        provision=rows.get(path=path, expression__number=1) if path else None,
        email=f"lector{n}@ejemplo.invalid",
        **more,
    )
    confirm(said=made, on=on)
    return made


def _library(place: Jurisdiction, role: Role, today: dt.date) -> None:
    """It became law, and says whose words it has."""

    def ago(days: int) -> dt.date:
        return today - dt.timedelta(days=days)

    by = actor_of(role)
    bill = _bill(
        place,
        role,
        "1/EJEMPLO",
        "Iniciativa de Reglamento de la Biblioteca",
        LIBRARY,
        ago(90),
        plain_title=text("Una biblioteca abierta cuando la gente puede ir", "A library open when people can come"),
        summary=text(
            "La biblioteca tendrá un horario que se cumple.\nSe sabrá qué pide para prestar un libro.",
            "The library will have hours that are kept.\nIt will be known what it asks to lend a book.",
        ),
        topics=["marginalized_communities"],
    )
    same = [_said(bill, ago(80 - n), n, words, "art_1", sector="citizen") for n, words in enumerate(LATER)]
    hours = _said(bill, ago(75), 3, "", "art_1", wording=HOURS, name="Inés Ejemplo", named=True, sector="citizen")
    card = _said(bill, ago(70), 4, "Mi hija no tiene INE.", "art_2", wording=CARD, sector="citizen")
    other = _said(bill, ago(68), 5, "¿Y el techo, que gotea?", sector="academia")
    actions.add_step(bill=bill, stage=Stage.COMMITTEE, on=ago(65), by=by, words=text("La estudia su comisión."))

    def say(rows: list[Remark], decision: str, days: int, reason: str) -> None:
        actions.answer(bill=bill, remarks=rows, decision=decision, reason=reason, role=role, by=by, on=ago(days))

    say(
        [*same, hours],
        "taken",
        62,
        "El horario pasa a la tarde y al domingo: lo pidieron cuatro personas que trabajan.",
    )
    say([card], "partly", 61, "Basta un teléfono. La credencial de la escuela se acepta si trae foto.")
    say(
        [other],
        "out_of_scope",
        45,
        "El techo se arregla con presupuesto, no con esta iniciativa; lo pasamos al ayuntamiento.",
    )
    opinion = _version(bill.work, role, OPINION, ago(40), Expression.Stage.OPINION, "Dictamen")  # type: ignore[arg-type]
    actions.add_step(
        bill=bill, stage=Stage.OPINION, on=ago(40), by=by, expression=opinion, words=text("Con el horario de la gente.")
    )
    actions.add_step(bill=bill, stage=Stage.PLENARY, on=ago(20), by=by, words=text("Se votó y se aprobó."))
    decree = _version(bill.work, role, DECREE, ago(10), Expression.Stage.DECREE, "Decreto")  # type: ignore[arg-type]
    actions.add_step(bill=bill, stage=Stage.DECREE, on=ago(10), by=by, expression=decree, words=text("Ya es ley."))
    for version in (opinion, decree):
        for origin in actions.suggest(bill=bill, expression=version):
            texts.confirm_origin(origin=origin, role=role, by=by)


def _dogs(place: Jurisdiction, role: Role, today: dt.date) -> None:
    """It was rejected after people spoke against it."""
    begun, by = today - dt.timedelta(days=50), actor_of(role)
    bill = _bill(
        place,
        role,
        "2/EJEMPLO",
        "Iniciativa sobre perros en la plaza",
        PETS,
        begun,
        plain_title=text("Plaza sin perros", "A square without dogs"),
        summary=text("Nadie podrá entrar a la plaza con su perro.", "Nobody may enter the square with their dog."),
        topics=["inclusion"],
    )
    row = _said(bill, begun + dt.timedelta(days=3), 6, "Mi perro es mi guía: no veo.", "art_1", sector="citizen")
    reason = "Tiene razón: dejaría fuera a quien camina con un perro guía. La iniciativa se retira."
    actions.answer(
        bill=bill, remarks=[row], decision="taken", reason=reason, role=role, by=by, on=begun + dt.timedelta(days=12)
    )
    actions.add_step(
        bill=bill,
        stage=Stage.REJECTED,
        on=begun + dt.timedelta(days=14),
        by=by,
        words=text("Se rechazó: dejaba fuera a personas ciegas.", "Rejected: it shut out blind people."),
    )


def _bus(place: Jurisdiction, role: Role, today: dt.date) -> None:
    """It was just presented; nobody has spoken yet."""
    _bill(
        place,
        role,
        "4/EJEMPLO",
        "Iniciativa sobre la parada del camión",
        BUS,
        today - dt.timedelta(days=1),
        plain_title=text("Esperar el camión con sombra y sabiendo a qué hora pasa", "Waiting for the bus in the shade"),
        summary=text(
            "Cada parada tendrá sombra y banca.\nSe sabrá a qué hora pasa el camión y cuánto cuesta.",
            "Each stop will have shade and a bench.\nIt will be known when the bus comes and what it costs.",
        ),
        topics=["inclusion"],
        closes=today + dt.timedelta(days=20),
        questions=[{"n": 1, "text": {"es": "¿En qué parada esperas tú?", "en": "At which stop do you wait?"}}],
    )
