"""A call from its draft to the committee, by the pages that people use; what is private appears nowhere."""

import hashlib
import json
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tequio.monitoring.models import Committee
from tequio.people import pending
from tequio.people.models import Role
from tequio.record.models import Act, Disclosure
from tequio.record.publish import publish
from tequio.sortition import actions, letters, queries, sorteo
from tequio.sortition.models import Call, Seat, Volunteer
from tequio.sortition.pending import each_minute
from tests.cast import SECRETARIAT, Cast, Place, cast, signed_in  # noqa: F401

HERE, DESK = "/valle-del-ejemplo/comite/convocatoria/", "/valle-del-ejemplo/gestion/convocatorias/"
FORM = {
    "plan": "1",
    "title_es": "Convocatoria 2026",
    "title_en": "Call 2026",
    "opens": "2026-03-10",
    "closes": "2026-03-20",
    "places": "3",
    "alternates": "3",
    "strata": "Edad / Age: 18 a 29 años = 1; 30 o más = 1\nZona: Rancho = 1",
    "term_start": "2026-05-01",
    "term_end": "2027-12-31",
    "answer_days": "7",
}


def offered(client: Client, n: int, **more: str) -> Any:
    data = {"name": f"Canaria {n}", "email": f"canaria{n}@ejemplo.invalid", "why": "motivo secreto", **more}
    return client.post(f"{HERE}2/participar/", data)


def link_in(message: Any) -> str:
    return re.search(r"https?://[^/]+(/\S+/comite/convocatoria/(?:confirmar|lugar)/\S+)", message.body).group(1)


@pytest.fixture
def office(cast: Cast) -> Client:  # noqa: F811
    """The secretariat's browser, with a call that is open and whose seed is committed."""
    client = cast.valle.client("secretariat")
    assert client.post(f"{DESK}nueva/", FORM)["Location"] == f"{DESK}2/"
    client.post(f"{DESK}2/publicar/")
    client.post(f"{DESK}2/semilla/")
    return client


def call_of() -> Call:
    return Call.objects.select_related("jurisdiction", "plan__jurisdiction").get(number=2)


def close_with(office: Client, volunteers: int) -> Call:
    """So many people offer themselves and confirm; the call is closed the day after its last."""
    call = call_of()
    for n in range(1, volunteers + 1):
        answers = {"edad": ("18-a-29-anos", "30-o-mas")[n % 2], **({"zona": "rancho"} if n % 3 == 0 else {})}
        words = {"name": f"Canaria {n}", "email": f"canaria{n}@ejemplo.invalid", "why": "motivo secreto"}
        person, _new = actions.volunteer(call=call, answers=answers, **words)
        actions.confirm(person=person)
    with time_machine.travel("2026-03-21 18:00Z", tick=False):
        office.post(f"{DESK}2/cerrar/")
    return call_of()


def test_a_volunteer_needs_a_name_and_a_contact_and_counts_once_confirmed(office: Client) -> None:
    visitor = signed_in(None)
    wrong = visitor.post(f"{HERE}2/participar/", {"name": "Canaria"})
    assert wrong.status_code == 422
    assert "Escribe tu correo o tu teléfono" in wrong.content.decode()
    sent = offered(visitor, 1, s_edad="30-o-mas", s_zona="otra-cosa-que-no-existe")
    assert sent.status_code == 422  # a group that the call does not have
    assert "Revisa tu correo" in offered(visitor, 1, s_edad="30-o-mas").content.decode()
    person = Volunteer.objects.get()
    assert (person.answers, person.confirmed) == ({"edad": "30-o-mas"}, False)
    confirm = link_in(mail.outbox[-1])
    assert visitor.get(confirm).status_code == 200
    assert Volunteer.objects.get().confirmed is False  # opening the link confirms nothing; a button does
    visitor.post(confirm)
    assert Volunteer.objects.get().confirmed is True
    # The same address again: the same answer, nothing overwritten, nothing told.
    assert "Revisa tu correo" in offered(visitor, 1, name="Otra").content.decode()
    assert Volunteer.objects.get().name == "Canaria 1"
    visitor.post(f"{HERE}retirar/{letters.key_for('withdraw', person)}/")
    assert Volunteer.objects.count() == 0
    assert visitor.get(f"{HERE}retirar/{letters.key_for('withdraw', person)}/").status_code == 404


def test_programs_and_haste_are_turned_away_and_a_phone_is_confirmed_by_the_secretariat(office: Client) -> None:
    visitor = signed_in(None)
    offered(visitor, 1, website="http://spam.invalid")
    assert Volunteer.objects.count() == 0
    answers = [offered(visitor, 2).status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    told = offered(visitor, 3, email="", phone="33 1234 5678").content.decode()
    assert "te llamaremos" in told
    person = Volunteer.objects.get(phone="3312345678")
    assert "canaria2@ejemplo.invalid" in office.get(f"{DESK}2/").content.decode()
    office.post(f"{DESK}2/personas/{person.pk}/confirmar/")
    person.refresh_from_db()
    assert person.confirmed is True


def test_what_was_published_is_frozen_and_only_more_time_is_given(office: Client, cast: Cast) -> None:  # noqa: F811
    assert office.post(f"{DESK}2/editar/", FORM).status_code == 422
    secret = call_of().secret.value
    assert hashlib.sha256(secret.encode()).hexdigest() == call_of().commitment
    office.post(f"{DESK}2/semilla/")
    assert call_of().secret.value == secret
    office.post(f"{DESK}2/cerrar/")  # still open
    assert call_of().status == "published"
    assert office.post(f"{DESK}2/recorrer/", {"closes": "2026-03-15", "why": "x"}).status_code == 422
    office.post(f"{DESK}2/recorrer/", {"closes": "2026-03-25", "why": "Llegaron pocas personas"})
    assert str(call_of().closes) == "2026-03-25"
    late = time_machine.travel("2026-03-26 18:00Z", tick=False)
    with late:
        assert "no está abierta" in signed_in(None).get(f"{HERE}2/participar/").content.decode()
        items = list(pending.items_for(cast.valle.roles["secretariat"], call_of().closes.replace(day=26)))
        assert "Cerrar la convocatoria" in [str(item.words) for item in items]
        assert "Hay 0 personas confirmadas y 3 lugares" in office.get(f"{DESK}2/").content.decode()


def test_anybody_repeats_the_draw_from_the_public_pages_and_no_contact_is_public(office: Client) -> None:
    call = close_with(office, 12)
    visitor = signed_in(None)
    raw = visitor.get(f"{HERE}2/voluntariado.json").content
    assert hashlib.sha256(raw).hexdigest() == call.fingerprint
    assert (call.seed, visitor.get(f"{HERE}2/resultado.json").status_code) == ("", 404)
    assert call.secret.value not in visitor.get(f"{HERE}2/").content.decode()
    publish()
    office.post(f"{DESK}2/sortear/")
    told = json.loads(visitor.get(f"{HERE}2/resultado.json").content)
    key = sorteo.key_of(call.subject_key(), told["seed"], told["root"], call.fingerprint)
    assert sorteo.draw(json.loads(raw), key) == (told["members"], told["reserves"])
    assert hashlib.sha256(told["seed"].encode()).hexdigest() == call.commitment
    office.post(f"{DESK}2/sortear/")  # once only
    assert call_of().members == told["members"]
    publish()
    # The canary is there to leak, and does not.
    assert all(word in office.get(f"{DESK}2/").content.decode() for word in ("Canaria", "motivo secreto"))
    acts = b"".join(bytes(act.entry) for act in Act.objects.all()).decode()
    pages = "".join(
        visitor.get(path).content.decode()
        for path in (
            *(HERE, f"{HERE}2/", f"{HERE}2/voluntariado.csv", f"{HERE}2/resultado.json", f"{HERE}formula/"),
            *("/valle-del-ejemplo/registro/", "/valle-del-ejemplo/comite/", "/valle-del-ejemplo/buscar/?q=canaria+1"),
        )
    )
    public = acts + raw.decode() + pages.replace('value="canaria 1"', "").replace("«canaria 1»", "")
    assert [word for word in ("Canaria", "3312345", "motivo secreto", "@ejemplo.invalid") if word in public] == []
    assert Disclosure.objects.filter(value__contains="Canaria").count() == 0


def test_who_is_drawn_accepts_declines_or_lets_it_pass_and_the_next_alternate_is_asked(
    office: Client,
    cast: Cast,  # noqa: F811
) -> None:
    call = close_with(office, 12)
    publish()
    mail.outbox.clear()
    with time_machine.travel("2026-03-22 18:00Z", tick=False):
        office.post(f"{DESK}2/sortear/")
        first, second, third = Seat.objects.filter(call=call, status="asked").order_by("order")
        office.post(f"{DESK}2/lugares/{first.number}/avisar/")
        assert [message.to for message in mail.outbox[-1:]] == [[first.volunteer.email]]
        assert len(mail.outbox) == 4
        visitor, key = signed_in(None), letters.key_for("seat", first)
        page = f"{HERE}lugar/{key}/"
        unsure = visitor.post(page, {"answer": "accept", "named": "yes"})
        assert unsure.status_code == 422
        bound = visitor.post(page, {"answer": "accept", "named": "yes", "sure": "on", "organisations": "agua"})
        assert (bound.status_code, "Organismo de Agua" in bound.content.decode()) == (422, True)
        assert visitor.post(page, {"answer": "accept", "named": "yes", "sure": "on"}).status_code == 200
        visitor.post(f"{HERE}lugar/{letters.key_for('seat', second)}/", {"answer": "decline"})
        states = Seat.objects.filter(call=call)
        following = states.get(stands_for=second.number)
        assert (following.status, following.is_alternate, len(mail.outbox)) == ("asked", True, 5)
        name = states.get(pk=first.pk).name
        assert name.startswith("Canaria")
        assert name in visitor.get(f"{HERE}2/").content.decode()  # by consent, and only then
        actions.accept_seat(seat=following, by=SECRETARIAT)
        assert Disclosure.objects.filter(value=name).count() == 1
    with time_machine.travel("2026-03-31 18:00Z", tick=False):
        each_minute()
        each_minute()
        assert states.get(pk=third.pk).status == "unanswered"
        last = states.get(stands_for=third.number)
        assert last.status == "asked"
        taken = office.post(f"{DESK}2/integrar/", {"quorum": "2", "majority": "50", "looks": "2"})
        assert taken["Location"] == "/valle-del-ejemplo/comite/"
        committee = Committee.objects.get(plan=call.plan)
        roles = Role.objects.filter(pk__in=committee.members.values("pk")).order_by("number")
        dates = ("2026-05-01", "2027-12-31")
        new = {(role.named, str(role.since), str(role.until)) for role in roles}
        assert new == {(True, *dates), (False, *dates)}
        left = office.post(f"{DESK}2/lugares/{following.number}/dejar/", {"why": "Motivos personales"})
        assert left.status_code == 302
        assert states.get(pk=following.pk).status == "left"
        # Whoever agreed to publish their name and thinks better of it is erased from page and record.
        actions.withdraw(person=first.volunteer)
        assert name not in visitor.get(f"{HERE}2/").content.decode()
        assert Disclosure.objects.filter(value=name).count() == 0
    with time_machine.travel("2028-01-02 18:00Z", tick=False):
        each_minute()
    assert Volunteer.objects.exclude(name="", email="", why="").count() == 0


def test_small_groups_are_not_counted_and_too_few_lower_the_quota_by_rule(office: Client) -> None:
    call = call_of()
    for n in range(8):
        person, _new = actions.volunteer(
            call=call, name="Ana", email=f"a{n}@b.invalid", answers={"edad": "30-o-mas"} if n < 6 else {}
        )
        actions.confirm(person=person)
    people = list(Volunteer.objects.all())
    assert queries.shortfalls(call, people) == [
        "«Edad: 18 a 29 años» promete 1 y hay 0: al cerrar bajaría a 0.",
        "«Zona: Rancho» promete 1 y hay 0: al cerrar bajaría a 0.",
    ]
    with time_machine.travel("2026-03-21 18:00Z", tick=False):
        office.post(f"{DESK}2/cerrar/")
    assert call_of().quotas == [{"dimension": "edad", "category": "30-o-mas", "places": 1}]
    assert call_of().counts[0] == {
        "dimension": "edad",
        "categories": [{"category": "30-o-mas", "people": 6}],
        "others": 2,
    }


def test_pages_cost_the_same_however_many_came(
    office: Client,
    django_assert_max_num_queries: Any,
    cast: Cast,  # noqa: F811
) -> None:
    close_with(office, 12)
    publish()
    office.post(f"{DESK}2/sortear/")
    with django_assert_max_num_queries(12):
        signed_in(None).get(f"{HERE}2/")
    office.get(f"{DESK}")  # what waits for whoever looks is counted once a minute
    with django_assert_max_num_queries(18):
        office.get(f"{DESK}2/")
