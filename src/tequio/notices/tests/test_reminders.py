"""Reminders: at which day, to whom, once; what nobody answers goes to the secretariat."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from tequio.monitoring.reminders import due_and_late
from tequio.notices import reminders, sending
from tequio.notices.models import Delivery, Mark, Reminded
from tequio.people.acting import actor_of
from tequio.people.models import Person, Role
from tests.cast import Cast, cast, signed_in  # noqa: F401

# The plan's two activities are due on 28 January and 28 February 2027; the first was rejected, the second never reported.
FIRST, SECOND = dt.date(2027, 1, 28), dt.date(2027, 2, 28)


@pytest.fixture(autouse=True)
def only_activities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reminders of other apps are theirs to test."""
    monkeypatch.setattr(reminders, "_sources", [due_and_late])


def told(today: dt.date, place: str = "valle-del-ejemplo") -> list[tuple[str, str]]:
    """The reminders of a day: key without the place, and words."""
    rows = [r for r in due_and_late(today) if r.key.startswith(place)]
    return [(r.key.removeprefix(f"{place}/"), r.words()) for r in rows]


def test_reminders_come_thirty_seven_and_one_days_before_and_when_it_is_late(cast: Cast) -> None:  # noqa: F811
    found = {}
    for left in (31, 30, 8, 7, 2, 1, 0, -1, -14):
        rows = told(FIRST - dt.timedelta(days=left))
        found[left] = [row for row in rows if row[0].startswith("activity/1:")]
    assert found == {
        31: [],
        30: [("activity/1:30:2027-01-28", "Vence en 30 días, el 28 de enero de 2027")],
        8: [("activity/1:30:2027-01-28", "Vence en 8 días, el 28 de enero de 2027")],
        7: [("activity/1:7:2027-01-28", "Vence en 7 días, el 28 de enero de 2027")],
        2: [("activity/1:7:2027-01-28", "Vence en 2 días, el 28 de enero de 2027")],
        1: [("activity/1:1:2027-01-28", "Vence mañana, 28 de enero de 2027")],
        0: [("activity/1:1:2027-01-28", "Vence hoy, 28 de enero de 2027")],
        -1: [("activity/1:late:2027-01-28", "Venció el 28 de enero de 2027, hace 1 día")],
        -14: [("activity/1:late:2027-01-28", "Venció el 28 de enero de 2027, hace 14 días")],
    }


def test_after_fifteen_days_the_secretariat_hears_who_owes_a_report(cast: Cast, settings: Any) -> None:  # noqa: F811
    assert told(FIRST + dt.timedelta(days=15))[1] == (
        "activity/1:escalated:2027-01-28",
        "Sin reporte de Organismo de Agua. Venció el 28 de enero de 2027, hace 15 días",
    )
    settings.ESCALATE_DAYS = 20
    assert [key for key, _words in told(FIRST + dt.timedelta(days=15))] == [
        "activity/1:late:2027-01-28",
        "activity/2:30:2027-02-28",
    ]


def test_the_committee_and_the_secretariat_hear_that_a_decision_is_missing(cast: Cast) -> None:  # noqa: F811
    from tequio.monitoring import actions

    lead = cast.valle.roles["lead"]
    actions.report_progress(activity=cast.valle.activity, said="complete", role=lead, by=actor_of(lead))
    assert told(dt.date(2026, 3, 30)) == []
    words = "Espera la decisión del Comité desde el 16 de marzo de 2026, hace 15 días"
    assert told(dt.date(2026, 3, 31)) == [
        ("activity/1:decide:2026-03-16", words),
        ("activity/1:undecided:2026-03-16", words),
    ]
    reminders.plan(dt.date(2026, 3, 31))
    assert people_of("activity/1") == ["Carmen", "Clara (valle-del-ejemplo)", "Paula", "Sofía"]


def people_of(part: str, place: str = "Valle del Ejemplo") -> list[str]:
    rows = Reminded.objects.filter(key__contains=part, person__jurisdiction__slug="valle-del-ejemplo")
    return sorted(row.person.name.removesuffix(f" ({place})") for row in rows)


def test_liaison_and_head_are_named_by_the_commitment_else_the_institution_is_asked(cast: Cast) -> None:  # noqa: F811
    reminders.plan(FIRST - dt.timedelta(days=7))
    assert people_of(":7:") == ["Beto"]
    commitment = cast.valle.commitment
    lead = cast.valle.roles["lead"]
    head = Role(jurisdiction=cast.valle.jurisdiction, number=99, kind="seat_head", since=dt.date(2026, 1, 1))
    assert [p.name for p in reminders.reached([lead, None, head], FIRST)] == ["Beto (Valle del Ejemplo)"]
    Person.objects.filter(pk=lead.person_id).update(email="", account=None)
    del commitment
    reminders.plan(FIRST - dt.timedelta(days=1))
    assert people_of(":1:2027-01") == ["Paula", "Sofía"]  # nobody of the institution can be reached


def test_a_morning_is_one_mail_and_no_reminder_comes_twice(cast: Cast) -> None:  # noqa: F811
    import time_machine

    day = dt.datetime(
        2027, 2, 1, 13, 30, tzinfo=dt.UTC
    )  # half past seven: the first is late, the second due in 27 days
    with time_machine.travel(day - dt.timedelta(hours=1), tick=False):
        assert (sending.run(), Mark.objects.filter(name="reminders").count()) == (0, 0)
    with time_machine.travel(day, tick=False):
        assert [sending.run() for _n in range(2)] == [2, 0]  # Beto of each place
        assert reminders.plan(day.date()) == 0
    found = next(m for m in mail.outbox if m.to == ["beto.valle-del-ejemplo@ejemplo.invalid"])
    assert found.subject == "2 pendientes de gobierno abierto en Valle del Ejemplo"
    assert (
        found.body
        == """Hola, Beto (Valle del Ejemplo):

Esto espera a tu oficina:

* Venció el 28 de enero de 2027, hace 4 días: Publicar la bitácora 1
  http://127.0.0.1:8000/valle-del-ejemplo/actividades/1/

* Vence en 27 días, el 28 de febrero de 2027: Publicar la bitácora 2
  http://127.0.0.1:8000/valle-del-ejemplo/actividades/2/

Todos tus pendientes: http://127.0.0.1:8000/valle-del-ejemplo/gestion/pendientes/

Te llega por el papel que ocupas; cada recordatorio se envía una sola vez.

--
Tequio, gobierno abierto de Valle del Ejemplo (territorio de práctica: todo es inventado)
http://127.0.0.1:8000/
"""
    )
    assert set(Delivery.objects.values_list("kind", "state")) == {("reminder", "sent")}
    with time_machine.travel(day + dt.timedelta(days=1), tick=False):
        assert sending.run() == 0
    html = signed_in(cast.valle.accounts["lead"]).get("/valle-del-ejemplo/avisos/").content.decode()
    assert html.count("Venció el 28 de enero de 2027") == 1


def test_reminders_cost_the_same_queries_for_one_and_for_many_activities(db: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tequio.monitoring.tests.world import document, make_world

    counts = []
    for n, activities in enumerate((2, 8)):
        make_world(f"lugar-{n}", document(activities, activities))
        with CaptureQueriesContext(connection) as queries:
            list(due_and_late(dt.date(2027, 5, 1)))
        counts.append(len(queries))
    assert counts[1] - counts[0] == counts[0] - 1  # one query for all plans, then the same for each
