"""A lab that travelled through Valle del Ejemplo (invented): two stops held, one to come, twelve sheets."""

import datetime as dt

from django.db import transaction

from tequio.cocreation.models import Call, Phase
from tequio.labs import actions
from tequio.labs.models import Lab
from tequio.people.acting import actor_of
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import both

SAID = (
    "Que la pipa pase en un día fijo",
    "Un letrero con la calidad del agua",
    "Reparar la fuga de la calle Roble",
    "Avisar por radio cuando se corta el agua",
    "Llaves que no goteen en la escuela",
    "Un buzón para reportar fugas en el mercado",
)


def travel(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Writes the lab whole, or nothing where there is one or no call takes contributions."""
    call = next(
        (
            one
            for one in Call.public_rows().filter(jurisdiction=jurisdiction).order_by("-number")
            if one.is_open(Phase.CONTRIBUTIONS, today)
        ),
        None,
    )
    if call is None or Lab.objects.filter(jurisdiction=jurisdiction).exists():
        return
    by = actor_of(cast["sofia"])
    window = call.window(Phase.CONTRIBUTIONS) or (today, today)
    first = max(window[0], today - dt.timedelta(days=9))
    with transaction.atomic():
        lab = actions.prepare_lab(
            jurisdiction=jurisdiction,
            title=both("Laboratorio del agua en los barrios", "Water lab in the neighbourhoods"),
            text=both(
                "Una mesa, hojas y café en tres lugares donde casi nadie usa internet. (Laboratorio inventado.)",
                "A table, sheets and coffee in three places where hardly anybody is on line. (Invented lab.)",
            ),
            call=call,
            promised_people=90,
            promised_places=3,
        )
        places = ("Plaza de Barrio Arriba", "Escuela de El Ejido", "Mercado de Barrio Abajo")
        days = (first, today - dt.timedelta(days=1), today + dt.timedelta(days=12))
        for place, day in zip(places, days, strict=True):
            actions.add_stop(
                lab=lab, by=by, place=place, day=day, hours="10 a 14 h", services="Cuidado de niñas y niños"
            )
        actions.add_outreach(lab=lab, by=by, day=first, channel="Perifoneo en los tres barrios", promised=1200)
        actions.add_outreach(lab=lab, by=by, day=first, channel="Carteles en tiendas", promised=400)
        actions.publish_lab(lab=lab, by=by, on=first)
        stops = list(lab.stops.order_by("day", "number").select_related("lab__jurisdiction"))
        came = (
            (34, {"women": 21, "men": 12, "other_gender": 1, "age_18_29": 9, "age_30_59": 17, "age_60_up": 8}),
            (19, {"women": 11, "men": 8, "other_gender": 0, "indigenous": 6, "disability": 2}),
        )
        for stop, (total, counts) in zip(stops, came, strict=False):
            actions.record_attendance(stop=stop, total=total, counts=counts, by=by)
        radio = lab.outreach.select_related("lab__jurisdiction").order_by("number").first()
        if radio is not None:
            actions.record_reach(
                outreach=radio, achieved=950, how="Casas en las calles recorridas. (Inventado.)", by=by
            )
        sheets = actions.print_sheets(lab=lab, count=20)
        for n, sheet in enumerate(sheets[: 2 * len(SAID)]):
            title = SAID[n % len(SAID)]
            actions.enter_sheet(
                lab=lab,
                code=sheet.code,
                stop=stops[n % 2],
                title=title,
                text=f"{title}: así lo pidieron en la mesa. (Aportación inventada, para practicar.)",
            )
