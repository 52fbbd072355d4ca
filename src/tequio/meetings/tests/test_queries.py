"""Every list of meetings costs as many queries where there is little as where there is much."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.common.i18n import best
from tequio.meetings import actions, queries, reminders, waiting
from tequio.meetings.tests.make import DAY, Table, guest, make_table
from tequio.record.sequence import sequence
from tests.cast import signed_in

PAGES = [
    *(("", path) for path in ("sesiones/", "sesiones/propuestas/", "organos/", "acuerdos/", "organos/secretariado/")),
    *(
        ("", path)
        for path in ("secretariado/", "sesiones/calendario.ics", "datos/sesiones.csv", "datos/asistencia.csv")
    ),
    *(("", path) for path in ("datos/orden-del-dia.csv", "datos/acuerdos.csv", "datos/lugares.csv", "sesiones/1/")),
    *(("secretariat", path) for path in ("gestion/sesiones/", "gestion/organos/", "gestion/sesiones/1/acta/revision/")),
    *(("seat_liaison", path) for path in ("gestion/sesiones/", "gestion/pendientes/")),
]


def fill(table: Table, times: int) -> None:
    """So many of each: held sessions with minutes, called ones, proposals, guests, other bodies."""
    by = table.by
    for n in range(times):
        day = DAY + dt.timedelta(days=7 * n)
        session = table.opened(day)
        for _m in range(times):
            guest(session, name=f"Persona {n}")
        present = {row.pk: "room" for row in table.holders.values()}
        actions.call_roll(session=session, present=present, by=by)
        actions.close_session(session=session, by=by)
        minutes = table.reviewed(session, today=day)
        actions.approve(minutes=minutes, by=by, today=minutes.review_until + dt.timedelta(days=1))
    for n in range(times):
        table.called(DAY + dt.timedelta(days=60 + n))
        actions.propose_item(body=table.body, title=f"Tema {n}", seat=table.seats["vecinas"], by=by)
        actions.found_body(jurisdiction=table.place.jurisdiction, kind="table", name={"es": f"Mesa {n}"}, by=by)


@pytest.mark.once
def test_lists_of_meetings_cost_the_same_for_little_and_for_much(cast: Any, noon: Any, settings: Any) -> None:
    settings.PAGE_CACHE = False
    found: list[dict[str, int]] = []
    for place, times in ((cast.valle, 1), (cast.otro, 3)):
        table = make_table(place)
        fill(table, times)
        sequence(wait=True)
        assert best(queries.secretariat_of(place.jurisdiction, DAY).name)[0] == "Secretariado Técnico"
        counts = {}
        for kind, path in PAGES:
            client = signed_in(place.accounts[kind] if kind else None)
            address = f"/{place.jurisdiction.slug}/{path}"
            costs = []
            for _time in range(3):  # what is kept for a while is asked for at the first, or falls due at one of them
                with CaptureQueriesContext(connection) as seen:
                    answer = client.get(address)
                    assert answer.status_code == 200, address
                    if answer.streaming:
                        b"".join(answer.streaming_content)
                costs.append(len(seen))
            counts[f"{kind} {path}"] = min(costs)
        with CaptureQueriesContext(connection) as seen:
            list(waiting.for_role(place.roles["secretariat"], DAY))
        counts["waiting"] = len(seen)
        found.append(counts)
    few, many = found
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    with CaptureQueriesContext(connection) as seen:
        list(reminders.due(DAY + dt.timedelta(days=59)))
    assert len(seen) <= 6
