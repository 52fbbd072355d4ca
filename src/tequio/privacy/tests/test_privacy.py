"""Rights over one's own data: asked on one screen, decided with a legal basis, erased everywhere, counted in public."""

import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.observations import actions as observing
from tequio.observations.models import Observation
from tequio.people.acting import actor_of
from tequio.privacy import actions, finding, tokens
from tequio.privacy.models import DataRequest, LegalTerms
from tequio.record.models import Act, Disclosure
from tequio.record.sequence import sequence
from tequio.record.tree import root
from tequio.record.verify import verify_state
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
J = "/valle-del-ejemplo/"
NAME, MAIL, TEXT = "Vera Canaria", "vera@ejemplo.invalid", "La fuga de la calle Hidalgo sigue abierta."
BASIS = "Ley de ejemplo, artículo 3"
REASON = "El nombre es de quien lo pide y ya no quiere que se vea."


def observed(place: Any) -> Observation:
    said = observing.observe(about=place.commitment, text=TEXT, email=MAIL, name=NAME, named=True)
    return observing.confirm(observation=said)


def asked(place: Any, right: str = "erasure", **more: Any) -> DataRequest:
    row = actions.ask(
        jurisdiction=place.jurisdiction,
        right=right,
        words="Mi nombre en una observación.",
        name=NAME,
        email=MAIL,
        **more,
    )
    return actions.confirm(row=row)


def link(n: int = -1) -> str:
    found = re.search(r"https?://[^/\s]+(/\S*datos-personales/\S+)", str(mail.outbox[n].body))
    assert found is not None
    return found[1]


def test_a_request_counts_only_after_the_link_and_shows_nobody(cast: Any) -> None:
    client, before = Client(), Act.objects.count()
    wrong = client.post(f"{J}datos-personales/solicitar/", {"right": "erasure", "words": "Mi", "name": NAME})
    assert (wrong.status_code, NAME in wrong.content.decode()) == (422, True)
    said = {"right": "erasure", "words": "Mi nombre en la observación 2.", "name": NAME, "email": MAIL}
    assert client.post(f"{J}datos-personales/solicitar/", said).status_code == 302
    assert (Act.objects.count(), mail.outbox[-1].to) == (before, [MAIL])
    first = link()
    assert client.get(first).status_code == 200
    assert Act.objects.count() == before  # a machine that opens links in mails sends nothing
    mine = client.post(first)["Location"]
    assert client.get(mine).status_code == 200
    row = DataRequest.objects.get()
    assert (row.number, row.received_on, row.due) == (1, dt.date(2026, 3, 16), dt.date(2026, 4, 13))
    public = client.get(f"{J}datos-personales/").content.decode()
    assert "Solicitud 1" in public
    entries = b"".join(bytes(act.entry) for act in Act.objects.all()).decode()
    assert [word in text for text in (public, entries) for word in (NAME, MAIL, "observación 2")] == [False] * 6


def test_what_is_erased_is_gone_everywhere_and_every_proof_holds(cast: Any) -> None:
    place = cast.valle
    seen = observed(place)
    row = asked(place)
    sequence()
    before, size = root(Act.objects.count()), Act.objects.count()
    secretariat = signed_in(place.accounts["secretariat"])
    address = f"{J}gestion/datos-personales/{row.number}/"
    page = secretariat.get(address).content.decode()
    key = f"{seen.subject_key()}|name"
    assert (key in page, MAIL in page) == (True, True)
    done = secretariat.post(
        address, {"outcome": "granted", "values": [key], "basis": BASIS, "reason": REASON, "letter": "Listo, Vera."}
    )
    assert done.status_code == 302
    seen.refresh_from_db()
    row.refresh_from_db()
    assert (seen.name, seen.text, row.erased, row.outcome) == ("", TEXT, 1, "granted")
    assert Disclosure.objects.filter(value__contains="Canaria").count() == 0
    sequence()
    assert (root(size), verify_state()) == (before, [])
    assert NAME not in Client().get(f"{J}observaciones/{seen.number}/").content.decode()
    ledger = Client().get(f"{J}datos-personales/").content.decode()
    assert (BASIS in ledger, "1 dato borrado" in ledger, NAME in ledger) == (True, True, False)
    assert ("Listo, Vera." in str(mail.outbox[-1].body), mail.outbox[-1].to) == (True, [MAIL])


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"basis": ""}, {"basis"}),
        ({"reason": "No."}, {"reason"}),
        ({"outcome": "later"}, {"outcome"}),
        ({"outcome": "refused", "values": ["valle-del-ejemplo/observation/2|name"]}, {"values"}),
        ({"values": ["otro-lugar/observation/2|name"]}, {"values"}),
        ({"values": []}, {"values"}),
    ],
)
def test_a_decision_needs_basis_reason_and_something_to_erase(cast: Any, said: Any, fields: set[str]) -> None:
    place = cast.valle
    observed(place)
    row, before = asked(place), Act.objects.count()
    whole = {"outcome": "granted", "basis": BASIS, "reason": REASON, "values": ["valle-del-ejemplo/observation/2|name"]}
    role = place.roles["secretariat"]
    with pytest.raises(ValidationError) as error:
        actions.decide(row=row, role=role, by=actor_of(role), **(whole | said))
    assert (set(error.value.message_dict), Act.objects.count()) == (fields, before)


def test_its_author_may_take_it_back_and_nothing_is_kept(cast: Any) -> None:
    row = asked(cast.valle)
    mine = f"{J}datos-personales/mia/{tokens.sign(tokens.MINE, row)}/"
    assert Client().post(mine, {"hacer": "retirar"}).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, row.words, row.name, row.email) == ("withdrawn", "", "", "")


def test_whoever_gets_access_downloads_what_is_held_and_nobody_else(cast: Any) -> None:
    place = cast.valle
    observed(place)
    row = asked(place, "access")
    address = f"{J}datos-personales/mia/{tokens.sign(tokens.MINE, row)}/datos.json"
    assert Client().get(address).status_code == 404
    role = place.roles["secretariat"]
    actions.decide(row=row, outcome="granted", basis=BASIS, reason=REASON, role=role, by=actor_of(role))
    held = json.loads(Client().get(address).content)
    assert sorted(held) == ["data request", "observation"]
    assert held["observation"][0]["text"] == TEXT


def test_the_terms_of_the_law_are_data_and_count_from_then_on(cast: Any) -> None:
    place = cast.valle
    assert "todavía no ha escrito" in Client().get(f"{J}datos-personales/").content.decode()
    secretariat = signed_in(place.accounts["secretariat"])
    address = f"{J}gestion/datos-personales/plazos/"
    assert secretariat.post(address, {"days": 0, "law": "x"}).status_code == 422
    assert secretariat.post(address, {"days": 5, "law": BASIS, "contact": "Unidad de ejemplo"}).status_code == 302
    assert LegalTerms.objects.get().days == 5
    assert asked(place).due == dt.date(2026, 3, 23)
    page = Client().get(f"{J}datos-personales/").content.decode()
    assert (BASIS in page, "Unidad de ejemplo" in page) == (True, True)


def test_what_nobody_confirmed_goes_and_what_was_decided_forgets_who_asked(cast: Any) -> None:
    place = cast.valle
    row = asked(place)
    role = place.roles["secretariat"]
    actions.decide(row=row, outcome="refused", basis=BASIS, reason=REASON, role=role, by=actor_of(role))
    actions.ask(jurisdiction=place.jurisdiction, right="access", words="Qué guardan de mí.", name=NAME, email=MAIL)
    with time_machine.travel(dt.datetime(2026, 3, 30, 18, tzinfo=dt.UTC)):
        assert actions.forget() == 1
    with time_machine.travel(dt.datetime(2026, 8, 1, 18, tzinfo=dt.UTC)):
        assert actions.forget() == 1
    row.refresh_from_db()
    assert (row.name, row.email, row.words, row.basis) == ("", "", "", BASIS)


def test_the_search_stays_in_its_jurisdiction(cast: Any) -> None:
    observed(cast.valle)
    assert len(finding.disclosed(cast.valle.jurisdiction, NAME)) == 1
    assert finding.disclosed(cast.otro.jurisdiction, NAME) == []
