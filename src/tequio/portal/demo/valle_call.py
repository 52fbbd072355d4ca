"""The call by which the committee of Valle del Ejemplo was drawn (invented volunteers, no real contact): a finished one."""

import datetime as dt

from django.db import transaction

from tequio.people.acting import actor_of
from tequio.plans.models import Plan
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import both
from tequio.record.append import Actor, act_many
from tequio.record.publish import publish
from tequio.sortition import actions
from tequio.sortition.models import Call, Seat, Volunteer

OPENS, CLOSES, DRAWN, ACCEPTED = -470, -440, -438, -433
WOMEN, MEN = ("carmen", "amparo", "wendy"), ("jorge", "ivan")
VOLUNTEERS = 34


def tell_call(plan: Plan, cast: Cast, today: dt.date) -> None:
    """Writes the call whole, or nothing where there is one. The lottery is a true one, by the formula: whoever it draws
    is given the committee's names afterwards, since nobody can know beforehand which numbers it draws."""
    if Call.objects.filter(plan=plan).exists():
        return

    def day(offset: int) -> dt.date:
        return today + dt.timedelta(days=offset)

    by = actor_of(cast["sofia"])
    with transaction.atomic():
        call = actions.prepare_call(
            plan=plan,
            title=both(
                "Convocatoria al Comité de Seguimiento (de práctica)", "Call for the Follow-up Committee (practice)"
            ),
            text=both(
                "Buscamos a cinco personas que vivan en Valle del Ejemplo y quieran mirar si el plan se cumple. No hace falta "
                "saber de leyes. Todas las personas de esta convocatoria son inventadas.",
                "We look for five people who live in Valle del Ejemplo and want to see whether the plan is kept. No legal "
                "knowledge needed. All the people in this call are invented.",
            ),
            terms=both(
                "Una reunión al mes, en línea o en la biblioteca. Es un encargo honorario.",
                "One meeting a month, on line or in the library. It is unpaid.",
            ),
            opens=day(OPENS),
            closes=day(CLOSES),
            places=5,
            alternates=4,
            answer_days=7,
            term_start=day(-420),
            term_end=day(430),
            strata=[
                {
                    "key": "genero",
                    "label": both("Género", "Gender"),
                    "categories": [
                        {"key": "mujeres", "label": both("Mujeres", "Women"), "places": 3},
                        {"key": "hombres", "label": both("Hombres", "Men"), "places": 2},
                    ],
                },
                {
                    "key": "edad",
                    "label": both("Edad", "Age"),
                    "categories": [
                        {"key": "18-29", "label": both("18 a 29 años", "18 to 29"), "places": 1},
                        {"key": "30-59", "label": both("30 a 59 años", "30 to 59"), "places": 1},
                        {"key": "60", "label": both("60 años o más", "60 and over"), "places": 1},
                    ],
                },
            ],
        )
        actions.publish_call(call=call, by=by, on=day(OPENS))
        actions.commit_seed(call=call, by=by, on=day(OPENS))
        Volunteer.objects.bulk_create(
            Volunteer(
                call=call,
                name=f"Persona inventada {n}",
                phone=f"+000000{n:04}",
                why="Invención para practicar.",
                answers={"genero": ("mujeres", "hombres")[n % 2], "edad": ("18-29", "30-59", "60")[n % 3]},
                confirmed=True,
                came=call_time(day(OPENS)),
            )
            for n in range(VOLUNTEERS)
        )
        actions.close_call(call=call, by=by, on=day(CLOSES + 1))
    publish()  # the lottery waits for the first seal after closing
    with transaction.atomic():
        actions.draw_call(call=call, by=by, on=day(DRAWN))
        _accept(call, cast, day(ACCEPTED))


def call_time(day: dt.date) -> dt.datetime:
    """Noon of a day."""
    return dt.datetime.combine(day, dt.time(18), tzinfo=dt.UTC)


def _accept(call: Call, cast: Cast, on: dt.date) -> None:
    """The five who were drawn accept, and take the places in which the demo's committee already sits."""
    women, men = iter(WOMEN), iter(MEN)
    taken = []
    for seat in Seat.public_rows().filter(call=call, status=Seat.Status.ASKED).select_related("volunteer"):
        person = seat.volunteer
        if person is None:
            continue
        role = cast[next(women if person.answers["genero"] == "mujeres" else men)]
        holder = role.person
        if holder is None:
            continue
        Volunteer.objects.filter(pk=person.pk).update(name=holder.name, email=holder.email, phone="")
        person.refresh_from_db()
        actions.accept_seat(seat=seat, by=Actor(role="public"), named=role.named, on=on)
        seat.role = role
        taken.append(seat)
    act_many("seat.taken", taken, by=actor_of(cast["sofia"]), done=on)
