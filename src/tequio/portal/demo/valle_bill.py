"""An invented bill that would change the invented regulation: opinions, other words, an answer, a question.

By the verbs that people use; what is there already is left alone.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction

from tequio.cocreation.actions.confirming import confirm
from tequio.common.i18n import text
from tequio.lawmaking import actions
from tequio.lawmaking.models import Bill, Stage
from tequio.legaltext import actions as texts
from tequio.legaltext.models import Expression, Provision, Work
from tequio.legaltext.readers import paste
from tequio.meetings.models import Session
from tequio.people.acting import actor_of
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_law import CODE as LAW
from tequio.portal.demo.valle_people import Cast

NUMBER = "3/EJEMPLO"
TEXT = """INICIATIVA DE REFORMA AL REGLAMENTO DE ACEQUIAS (TEXTO INVENTADO PARA PRACTICAR)

Artículo 1.- Las sesiones del Comité de la acequia son públicas y se anuncian con tres días de anticipación.

Artículo 2.- El Comité publica cada mes cuánta agua recibió cada parcela.

Artículo 3.- Quien cuida a una persona enferma puede cambiar su turno sin pedir permiso.
"""
WORDS = "El Comité publica cada semana, en la presa y en la escuela, cuánta agua recibió cada parcela."
OPINIONS = (
    ("art_1", "Tres días es poco para quien trabaja fuera. Que sean cinco.", "Inés Ejemplo", True),
    ("art_1", "Cinco días de anticipación, como las asambleas del ejido.", "", False),
    ("art_3", "Está bien, pero que avise a la parcela que sigue.", "Paco Ejemplo", True),
    ("", "Hacía falta. Ojalá se cumpla.", "", False),
)


def tell_bill(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Publishes the bill with what people say of it; two of them, who say the same, have their answer."""
    if Bill.objects.filter(jurisdiction=jurisdiction, number=NUMBER).exists():
        return
    role = cast["delia"]
    by, begun = actor_of(role), today - dt.timedelta(days=20)
    with transaction.atomic():
        work = texts.create_work(
            jurisdiction=jurisdiction, kind=Work.Kind.BILL, title="Iniciativa de reforma al Reglamento de Acequias"
        )
        document, source = paste(TEXT)
        made = texts.begin_version(
            work=work,
            document=document,
            source=source,
            date=begun,
            stage=Expression.Stage.INITIATIVE,
            name="Iniciativa",
            role=role,
        )
        texts.publish(expression=made, by=by, role=role, on=begun)
        work.refresh_from_db()
        bill = actions.draft_bill(
            jurisdiction=jurisdiction,
            title="Iniciativa de reforma al Reglamento de Acequias (inventada)",
            number=NUMBER,
        )
        actions.change_bill(
            bill=bill,
            by=by,
            plain_title=text("Saber cuánta agua le toca a cada quien", "Knowing how much water each one gets"),
            summary=text(
                "Cualquiera podrá entrar a las sesiones del Comité.\nCada mes se sabrá cuánta agua recibió cada parcela.\n"
                "Quien cuida a una persona enferma podrá cambiar su turno.",
                "Anybody may come to the committee's sessions.\nEach month everybody will know how much water each plot got.\n"
                "Whoever looks after somebody ill may change their turn.",
            ),
            sponsors=[{"name": "Delia Ejemplo", "group": "Grupo inventado"}],
            commission="Comisión de Agua (inventada)",
            work=work,
            law=Work.objects.filter(jurisdiction=jurisdiction, code=LAW).first(),
            topics=["environment_and_climate", "social_accountability"],
            questions=[
                {
                    "n": 1,
                    "text": {
                        "es": "¿Dónde quieres enterarte de cuánta agua te tocó?",
                        "en": "Where do you want to hear how much water you got?",
                    },
                }
            ],
            opens=begun,
            closes=today + dt.timedelta(days=25),
        )
        actions.publish_bill(bill=bill, by=by, on=begun)
        actions.add_step(
            bill=bill,
            stage=Stage.COMMITTEE,
            on=today - dt.timedelta(days=12),
            words=text("Pasó a la comisión que la estudia.", "It went to the committee that studies it."),
            by=by,
        )
        _meet(bill, today)
        _speak(bill, today)
        alike = bill.remarks.filter(number__lte=2)
        reason = "Se cambió a cinco días: quien trabaja fuera necesita más tiempo para organizarse."
        actions.answer(bill=bill, remarks=alike, decision="taken", reason=reason, role=role, by=by, on=today)


def _meet(bill: Bill, today: dt.date) -> None:
    """When it is discussed: the commission, and a session that is called in this portal."""
    by, zone = actor_of(_role(bill)), ZoneInfo(bill.jurisdiction.time_zone)
    at = dt.datetime.combine(today + dt.timedelta(days=9), dt.time(17), zone)
    actions.add_hearing(
        bill=bill,
        by=by,
        starts_at=at,
        ends_at=at + dt.timedelta(hours=2),
        place="Salón de usos múltiples (inventado)",
        words=text(
            "Se discuten los artículos 1 y 2. Cualquiera puede entrar y hablar tres minutos.",
            "Articles 1 and 2 are discussed. Anybody may come in and speak for three minutes.",
        ),
    )
    coming = Session.public_rows().filter(jurisdiction=bill.jurisdiction, state=Session.State.CALLED).first()
    if coming is not None:
        actions.add_hearing(
            bill=bill, by=by, session=coming, words=text("El Secretariado la comenta.", "The Secretariat discusses it.")
        )


def _role(bill: Bill) -> Role:
    """Delia, who publishes bills here."""
    return Role.objects.filter(jurisdiction=bill.jurisdiction, kind="legislature").select_related("jurisdiction")[0]


def _speak(bill: Bill, today: dt.date) -> None:
    """What people say, as if each had confirmed it from a letter."""
    units = Provision.objects.filter(expression__work=bill.work).select_related("expression__work", "lineage")
    rows = [
        actions.remark(
            bill=bill,
            text=words,
            provision=units.get(path=place) if place else None,
            email=f"vecina{n}@ejemplo.invalid",
            name=name,
            named=named,
        )
        for n, (place, words, name, named) in enumerate(OPINIONS)
    ]
    rows.append(
        actions.remark(
            bill=bill,
            text="Un mes es mucho cuando la siembra no espera.",
            provision=units.get(path="art_2"),
            wording=WORDS,
            email="ines@ejemplo.invalid",
            name="Inés Ejemplo",
            named=True,
        )
    )
    rows.append(
        actions.remark(
            bill=bill,
            text="En la escuela, donde recojo a mis hijos.",
            question=1,
            email="vecina9@ejemplo.invalid",
            sector="citizen",
        )
    )
    for days, row in zip(range(12, 0, -2), rows, strict=True):
        confirm(said=row, on=today - dt.timedelta(days=days))
