"""What people observed in Valle del Ejemplo (invented): one answered on time, one late, one whose words were hidden.

Each is told whole or not at all, by the verbs that people use.
"""

import datetime as dt

from django.db import transaction

from tequio.commitments.models import Activity
from tequio.observations import actions
from tequio.observations.models import Observation
from tequio.people.acting import actor_of
from tequio.people.models import Role
from tequio.people.queries import DEMO_DOMAIN
from tequio.plans.models import Plan
from tequio.portal.demo.valle_people import Cast


def observe(plan: Plan, cast: Cast, today: dt.date) -> None:
    """Tells what is not there yet."""
    if Observation.objects.filter(commitment__plan=plan).exists():
        return
    rows = Activity.objects.filter(commitment__plan=plan).select_related(
        "commitment__plan__jurisdiction", "commitment__jurisdiction", "jurisdiction"
    )
    activities = {(row.commitment.code, row.order): row for row in rows}
    with transaction.atomic():
        _on_time(activities["agua-1", 1], cast, today)
        _late(activities["escuelas-1", 2], cast, today)
        _hidden(activities["presupuesto-1", 1], cast, today)


def _said(activity: Activity, text: str, on: dt.date, name: str = "") -> Observation:
    said = actions.observe(
        about=activity,
        text=text,
        email=f"vecina@{DEMO_DOMAIN}",
        name=name,
        named=bool(name),
        seen_on=on - dt.timedelta(days=1),
    )
    return actions.confirm(observation=said, on=on)


def _by(role: Role) -> dict[str, object]:
    return {"role": role, "by": actor_of(role)}


def _on_time(activity: Activity, cast: Cast, today: dt.date) -> None:
    on = today - dt.timedelta(days=60)
    found = _said(
        activity,
        "En el mercado pegaron los datos de la bitácora, pero el teléfono que trae ya no existe. (Observación inventada.)",
        on,
        name="Vecina de ejemplo",
    )
    beto = cast["beto"]
    actions.comment(
        observation=found,
        words="Tenía el número anterior. Ya repartimos hojas con el nuevo. (Respuesta inventada.)",
        words_en="It had the old number. We have handed out sheets with the new one. (Invented answer.)",
        on=on + dt.timedelta(days=3),
        role=beto,
        by=actor_of(beto),
    )
    actions.answer(
        observation=found,
        outcome="noted",
        words="Fuimos al mercado: ya están las hojas nuevas. Gracias por avisar. (Respuesta inventada.)",
        words_en="We went to the market: the new sheets are there. Thank you for telling us. (Invented answer.)",
        on=on + dt.timedelta(days=7),
        **_by(cast["carmen"]),  # type: ignore[arg-type]
    )


def _late(activity: Activity, cast: Cast, today: dt.date) -> None:
    on = today - dt.timedelta(days=45)
    found = _said(
        activity,
        "Dicen que los cuatro cruces ya quedaron. En el de la primaria de la calle Roble no hay nada. (Observación inventada.)",
        on,
    )
    actions.answer(
        observation=found,
        outcome="forwarded",
        words="Tardamos en ir. Es cierto: falta ese cruce. Pedimos a Obras Públicas que lo arregle. (Respuesta inventada.)",
        words_en="We were late to go. It is true: that crossing is missing. We asked Public Works to mend it. (Invented.)",
        on=on + dt.timedelta(days=28),
        **_by(cast["amparo"]),  # type: ignore[arg-type]
    )


def _hidden(activity: Activity, cast: Cast, today: dt.date) -> None:
    on = today - dt.timedelta(days=20)
    found = _said(
        activity,
        "El cajero de la ventanilla, que vive en la casa azul de la esquina, no dio el recibo. (Observación inventada.)",
        on,
    )
    actions.hide(
        observation=found,
        part="text",
        rule="personal_data",
        reason="Decía dónde vive una persona. Puede escribirse de nuevo sin ese dato. (Motivo inventado.)",
        on=on + dt.timedelta(days=2),
        **_by(cast["carmen"]),  # type: ignore[arg-type]
    )
