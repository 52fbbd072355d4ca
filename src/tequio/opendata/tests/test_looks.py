"""What members of the committee saw is open data from the moment on which it is made known, and not before."""

import csv
import io
from typing import Any

from django.test import Client

from tequio.monitoring import actions
from tequio.monitoring.models import Look
from tequio.record.append import Actor

TABLE = "/valle-del-ejemplo/datos/miradas.csv"
COMMITTEE = Actor(role="committee")


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Client().get(TABLE).getvalue().decode("utf-8-sig"))))


def test_looks_are_in_the_downloads_once_all_of_their_round_are_known(cast: Any) -> None:
    activity, lead = cast.valle.activity, cast.valle.roles["lead"]
    before = rows()
    assert {row["result"] for row in before} == {"does_not"}
    actions.report_progress(activity=activity, said="complete", role=lead, by=Actor(role="lead"))
    actions.begin_review(activity=activity, by=COMMITTEE)
    first, second = Look.objects.filter(activity=activity, status="assigned").order_by("number")
    actions.record_look(look=first, role=first.role, result="partly", reason="CANARIO: falta marzo.", by=COMMITTEE)
    assert rows() == before
    assert "CANARIO" not in Client().get("/api/v1/valle-del-ejemplo/looks").content.decode()
    actions.record_look(look=second, role=second.role, result="fulfils", reason="Está completa.", by=COMMITTEE)
    new = rows()[len(before) :]
    assert [(row["activity"], row["result"], row["reason_es"]) for row in new] == [
        ("1", "partly", "CANARIO: falta marzo."),
        ("1", "fulfils", "Está completa."),
    ]
    assert {row["role"] for row in new} == {str(look.role.number) for look in (first, second)}
