"""A bill of the cast's place, in words that nobody wrote but us."""

import datetime as dt
from typing import Any

from tequio.cocreation.actions.confirming import confirm
from tequio.common.i18n import text
from tequio.lawmaking import actions
from tequio.lawmaking.models import Bill, Remark
from tequio.legaltext.models import Provision
from tequio.legaltext.tests.texts import version
from tequio.people.acting import actor_of

FIRST = """INICIATIVA DE LEY DE BANCOS DE SEMILLAS (TEXTO INVENTADO)

Artículo 1.- Cada municipio tendrá un banco de semillas para quienes siembran.

Artículo 2.- El banco abrirá de lunes a viernes. Prestará semillas a quien las pida.

Artículo 3.- El banco publicará cada año un informe.
"""
WORDING = (
    "El banco abrirá de lunes a sábado, también por las tardes en temporada de siembra. "
    "Prestará semillas a quien las pida."
)
OPINION = FIRST.replace("El banco abrirá de lunes a viernes. Prestará semillas a quien las pida.", WORDING)


def draft(place: Any, **more: Any) -> Bill:
    """A bill with everything but its publication; its text is public."""
    from tequio.legaltext.actions import create_work

    role = place.roles["legislature"]
    work = create_work(jurisdiction=place.jurisdiction, kind="bill", title="Ley de Bancos de Semillas", code="semillas")
    version(place, work, FIRST, dt.date(2026, 3, 1))
    work.refresh_from_db()
    bill = actions.draft_bill(
        jurisdiction=place.jurisdiction, title="Iniciativa de Ley de Bancos de Semillas", number="7/I"
    )
    whole: dict[str, Any] = {
        "plain_title": text("Un banco de semillas en cada municipio", "A seed bank in every municipality"),
        "summary": text("Quien siembra podrá pedir semillas prestadas."),
        "sponsors": [{"name": "Delia Ejemplo", "group": "Grupo de Ejemplo"}],
        "work": work,
        "questions": [{"n": 1, "text": {"es": "¿Qué día podrías ir?"}}],
        "opens": dt.date(2026, 3, 1),
    }
    return actions.change_bill(bill=bill, by=actor_of(role), **(whole | more))


def published(place: Any, **more: Any) -> Bill:
    """The same, public."""
    return actions.publish_bill(bill=draft(place, **more), by=actor_of(place.roles["legislature"]))


def article(bill: Bill, path: str = "art_2") -> Provision:
    """An article of the bill's newest text."""
    rows = Provision.objects.select_related("expression__work", "lineage").order_by("-expression__number")
    found = rows.filter(expression__work=bill.work, path=path).first()
    assert found is not None
    return found


def said(bill: Bill, words: str = "Que abra también en sábado.", **more: Any) -> Remark:
    """A confirmed opinion."""
    made = actions.remark(bill=bill, text=words, email=more.pop("email", "vera@ejemplo.invalid"), **more)
    confirm(said=made)
    return made
