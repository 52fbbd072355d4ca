"""How Valle del Ejemplo makes its next plan (invented): an open call, problems, a table, answers on time and late, a draft.

Told whole or not at all, by the verbs that people use.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from tequio.cocreation import actions
from tequio.cocreation.models import Call, Contribution, Phase, Problem
from tequio.people.acting import actor_of
from tequio.people.queries import DEMO_DOMAIN
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import both

MADE_UP = "(Invención para practicar.)"
WINDOWS = {
    Phase.PROBLEMS: (-40, 30),
    Phase.TABLES: (-35, 40),
    Phase.CONTRIBUTIONS: (-35, 25),
    Phase.RESPONSES: (-20, 50),
    Phase.PRIORITISATION: (-5, 35),
    Phase.DRAFTING: (-5, 60),
    Phase.ADOPTION: (45, 75),
}


def cocreate(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Tells what is not there yet."""
    if Call.objects.filter(jurisdiction=jurisdiction).exists():
        return
    with transaction.atomic():
        _tell(jurisdiction, cast, today)


def _tell(here: Jurisdiction, cast: Cast, today: dt.date) -> None:
    sofia, fatima = cast["sofia"], cast["fatima"]
    by: dict[str, Any] = {"by": actor_of(sofia)}

    def day(offset: int) -> dt.date:
        return today + dt.timedelta(days=offset)

    call = actions.create_call(
        jurisdiction=here,
        title=both("Hagamos el próximo plan (de práctica)", "Let us make the next plan (practice)"),
        summary=both(
            "Cuéntanos qué problema vives, propón cómo resolverlo o siéntate a una mesa. Todo aquí es inventado.",
            "Tell us which problem you live with, propose how to solve it or sit at a table. All here is invented.",
        ),
        phases=[
            {"key": key, "start": day(first).isoformat(), "end": day(last).isoformat()}
            for key, (first, last) in WINDOWS.items()
        ],
        answer_days=10,
    )
    actions.publish_call(call=call, on=day(-54), **by)
    water = _problem(
        here, call, "Nadie sabe cuánta agua se pierde", "Las fugas duran semanas y no hay ningún dato.", day(-30)
    )
    twin = _problem(here, call, "No se publica cuánta agua se pierde", "Hay fugas por semanas y ningún dato.", day(-28))
    _problem(here, call, "De noche no hay transporte", "Después de las nueve no pasa ningún camión al cerro.", day(-25))
    actions.merge_problems(problem=twin, into=water, why="Dicen lo mismo con otras palabras.", on=day(-24), **by)
    table = actions.open_table(
        call=call,
        title=both("Mesa del agua (de práctica)", "Water table (practice)"),
        summary=both("Se ocupa de que el agua se mida y se vea.", "Sees to it that water is measured and seen."),
        facilitator=fatima,
        problems=[water],
        on=day(-32),
        **by,
    )
    for n, (name, sector, named) in enumerate(
        (
            ("Vecina de ejemplo", "citizen", True),
            ("Vecino de ejemplo", "citizen", False),
            ("Integrante de ejemplo", "cso", True),
            ("Investigadora de ejemplo", "academia", False),
            ("Ingeniero de ejemplo", "gov_municipal", True),
        )
    ):
        member = actions.join(table=table, name=name, sector=sector, named=named, email=f"mesa{n}@{DEMO_DOMAIN}")
        actions.confirm(said=member, on=day(-28 + n))
    words = "Publicar cada mes, barrio por barrio, cuánta agua se pierde en fugas y en cuánto tiempo se reparan."
    monthly = _given(
        call, "Publicar las fugas cada mes", words, day(-26), problem=water, table=table, name="Vecina de ejemplo"
    )
    sheet = actions.enter_contribution(
        call=call,
        source=Contribution.Source.PAPER,
        kind=Contribution.Kind.ASSISTED,
        title="Que el recibo se entienda",
        text=f"Que el recibo del agua diga con palabras sencillas cuánto gasté y por qué cuesta eso. {MADE_UP}",
        role=fatima,
        by=actor_of(fatima),
        sheet="PR-0001",
        sector="citizen",
        received_on=day(-22),
        on=day(-21),
    )
    lights = _given(call, "Más lámparas en el cerro", "Poner lámparas en la subida al cerro.", day(-20))
    _given(call, "Un mapa de fugas", "Poner en un mapa cada fuga que la gente reporta.", day(-6), problem=water)
    batch = actions.open_batch(call=call, title=both("Primeras respuestas", "First answers"))
    held = [
        actions.hold_answer(
            contribution=monthly,
            decision="accepted",
            reason="feasible",
            words=f"El organismo ya mide las fugas: puede publicarlas cada mes sin gasto nuevo. {MADE_UP}",
            role=sofia,
            batch=batch,
        ),
        actions.hold_answer(
            contribution=sheet,
            decision="postponed",
            reason="no_time",
            words=f"El recibo lo hace un proveedor hasta fin de año: va para el plan que sigue. {MADE_UP}",
            role=sofia,
            batch=batch,
        ),
    ]
    actions.release(responses=held, batch=batch, on=day(-14), **by)
    late = actions.hold_answer(
        contribution=lights,
        decision="out_of_scope",
        reason="outside",
        words=f"El alumbrado no es parte de esta convocatoria. La pasamos a Obras Públicas. {MADE_UP}",
        role=sofia,
    )
    actions.release(responses=[late], on=day(-2), **by)
    for name, points in (("ana", (5, 4, 4, 5)), ("elena", (4, 4, 3, 4)), ("monica", (5, 3, 4, 5))):
        role = cast[name]
        given = dict(zip(("impact", "feasible", "equity", "openness"), points, strict=True))
        actions.score(contribution=monthly, role=role, points=given, by=actor_of(role), on=day(-3))
    draft = actions.start_draft(
        call=call,
        title=both("Fugas a la vista", "Leaks in sight"),
        contributions=[monthly],
        table=table,
        role=fatima,
        by=actor_of(fatima),
        on=day(-2),
    )
    action = "El organismo publicará cada mes, barrio por barrio, cuánta agua se pierde en fugas y en cuánto tiempo se reparan."
    actions.write_version(
        draft=draft,
        fields={
            "title": {"es": "Fugas a la vista", "en": "Leaks in sight"},
            "problem": {"es": water.text},
            "action": {
                "es": action,
                "en": "The utility will publish each month, by neighbourhood, how much water leaks.",
            },
        },
        why={"es": "Se escribe lo que se hará", "en": "What will be done is written"},
        role=fatima,
        by=actor_of(fatima),
        seen=draft.version,
        on=day(-1),
    )
    actions.confirm_credit(
        draft=draft,
        contribution=monthly,
        field="action",
        words="barrio por barrio, cuánta agua se pierde en fugas y en cuánto tiempo se reparan",
        role=fatima,
        by=actor_of(fatima),
        on=day(-1),
    )


def _problem(here: Jurisdiction, call: Call, title: str, text: str, on: dt.date) -> Problem:
    made = actions.propose_problem(
        jurisdiction=here, call=call, title=title, text=f"{text} {MADE_UP}", email=f"vecina@{DEMO_DOMAIN}"
    )
    actions.confirm(said=made, on=on)
    return made


def _given(call: Call, title: str, text: str, on: dt.date, name: str = "", **more: Any) -> Contribution:
    made = actions.contribute(
        call=call,
        title=title,
        text=f"{text} {MADE_UP}",
        email=f"vecina@{DEMO_DOMAIN}",
        name=name,
        named=bool(name),
        sector="citizen",
        **more,
    )
    actions.confirm(said=made, on=on)
    return made
