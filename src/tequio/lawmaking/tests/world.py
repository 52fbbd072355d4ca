"""A bill of the cast's place, in words that nobody wrote but us."""

import datetime as dt
from typing import Any

from django.utils import timezone

from tequio.cocreation.actions.confirming import confirm
from tequio.common.i18n import text
from tequio.lawmaking import actions
from tequio.lawmaking.models import Bill, Remark, Stage
from tequio.legaltext.actions import confirm_origin
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


def draft(place: Any, number: str = "7/I", text_code: str = "semillas", **more: Any) -> Bill:
    """A bill with everything but its publication; its text is public."""
    from tequio.legaltext.actions import create_work

    role = place.roles["legislature"]
    work = create_work(jurisdiction=place.jurisdiction, kind="bill", title="Ley de Bancos de Semillas", code=text_code)
    version(place, work, FIRST, dt.date(2026, 3, 1))
    work.refresh_from_db()
    bill = actions.draft_bill(
        jurisdiction=place.jurisdiction, title="Iniciativa de Ley de Bancos de Semillas", number=number
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


def every_stage(place: Any) -> list[Bill]:
    """A bill at each stage, with what people say: opinions with and without an answer, a reply, a question answered, a session,
    and people's words in the one that became law. Today is the clock's."""
    role = place.roles["legislature"]
    by, today = actor_of(role), timezone.localdate()
    found = []
    for stage in Stage.values:
        bill = published(
            place,
            number=f"{stage}/I",
            text_code=f"semillas-{stage}",
            topics=["inclusion"],
            opens=today,
            commission="Agua",
        )
        found.append(bill)
        row = said(bill, "", provision=article(bill), wording=WORDING, name="Vera Canaria", named=True, sector="cso")
        if stage == Stage.INITIATIVE:
            continue
        said(bill, "Los sábados.", question=1)
        confirm(said=actions.reply(parent=row, text="De acuerdo contigo.", email="dora@ejemplo.invalid"))
        reason = "El sábado abre también: lo pidió quien trabaja entre semana."
        actions.answer(bill=bill, remarks=[row], decision="taken", reason=reason, role=role, by=by)
        at = timezone.now() + dt.timedelta(days=3)
        actions.add_hearing(bill=bill, by=by, starts_at=at, place="Salón 2", words=text("Se discute el artículo 2."))
        new = None
        if stage == Stage.DECREE:
            assert bill.work is not None
            new = version(place, bill.work, OPINION, today)
            for origin in actions.suggest(bill=bill, expression=new):
                confirm_origin(origin=origin, role=role, by=by)
        actions.add_step(bill=bill, stage=stage, on=today, by=by, expression=new, words=text("Dio un paso."))
    return found
