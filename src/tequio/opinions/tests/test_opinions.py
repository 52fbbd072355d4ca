"""A question, short statements, private votes, and results that tell of nobody."""

import csv
import datetime as dt
import json
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.opinions import actions, queries, tokens, waiting
from tequio.opinions.models import Conversation, Participant, Statement, Vote
from tequio.people import moderated
from tequio.people.acting import actor_of
from tequio.record.models import Act, Disclosure
from tequio.record.publish import publish

J = "/valle-del-ejemplo/"
HERE = J + "opiniones/1/"
SEEDS = [f"Frase de prueba número {n}" for n in range(1, 9)]
CANARY = "Frase canaria que nadie más debe leer"


def by(place: Any) -> Any:
    return actor_of(place.roles["secretariat"])


def made(place: Any, *, seeds: list[str] | None = None, **more: Any) -> Conversation:
    """A published conversation, open from 1 to 31 March 2026."""
    conversation = actions.prepare_conversation(
        jurisdiction=place.jurisdiction,
        **{
            "question": {"es": "¿Qué debería pasar primero con el agua?", "en": "What should happen first with water?"},
            "opens": dt.date(2026, 3, 1),
            "closes": dt.date(2026, 3, 31),
            **more,
        },
    )
    for text in seeds or SEEDS:
        actions.seed(conversation=conversation, text=text, translation=f"{text} (en)", by=by(place))
    return actions.publish_conversation(conversation=conversation, by=by(place))


def voted(conversation: Conversation, people: int, start: int = 0) -> list[Participant]:
    """People who vote every statement: two thirds agree with the first half and disagree with the rest, one third the
    other way round."""
    rows = list(queries.shown(conversation))
    found = []
    for n in range(start, start + people):
        participant = actions.enter(conversation=conversation, word=f"word-{n}")
        for place, statement in enumerate(rows):
            statement.conversation = conversation
            first = place < len(rows) // 2
            value = 1 if first == (n % 3 < 2) else -1
            actions.vote(participant=participant, statement=statement, value=value)
        Participant.objects.filter(pk=participant.pk).update(
            voted=dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC) + dt.timedelta(seconds=n)
        )
        found.append(participant)
    return found


def test_a_visitor_votes_one_statement_a_screen_without_an_account_or_a_script(people: Any) -> None:
    conversation = made(people.valle)
    client = Client()
    page = client.get(HERE + "votar/")
    assert not client.cookies.get(f"opinion-{conversation.pk}")  # looking leaves nothing
    assert "Frase 1 de 8" in page.content.decode()
    answer = client.post(HERE + "votar/", {"frase": "1", "voto": "de-acuerdo"})
    assert answer.status_code == 302
    cookie = client.cookies[f"opinion-{conversation.pk}"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert "Frase 2 de 8" in client.get(HERE + "votar/").content.decode()
    client.post(HERE + "votar/", {"frase": "1", "voto": "en-desacuerdo"})
    assert list(Vote.objects.values_list("value", flat=True)) == [-1]
    assert Participant.objects.count() == 1
    assert cookie.value.split(":")[0] not in str(list(Participant.objects.values()))


@pytest.mark.parametrize("sent", [{"frase": "1", "voto": "quizá"}, {"frase": "99", "voto": "paso"}, {"frase": "x"}])
def test_a_vote_that_says_nothing_is_refused_with_what_to_do(people: Any, sent: dict[str, str]) -> None:
    made(people.valle)
    answer = Client().post(HERE + "votar/", sent)
    assert answer.status_code == 422
    assert "Elige: de acuerdo, en desacuerdo o paso." in answer.content.decode()
    assert (Vote.objects.count(), Participant.objects.count()) == (0, 0)


def test_who_voted_everything_is_thanked_and_sees_where_they_stand(people: Any) -> None:
    conversation = made(people.valle)
    voted(conversation, 30)
    actions.count_votes(conversation=conversation)
    client = Client()
    for n in range(1, 9):
        client.post(HERE + "votar/", {"frase": str(n), "voto": "de-acuerdo" if n < 5 else "en-desacuerdo"})
    assert "Ya votaste todas" in client.get(HERE + "votar/").content.decode()
    mine = client.get(HERE + "mi-lugar/").content.decode()
    assert "Tus votos se parecen a los del grupo A." in mine
    assert "opinion-you" in mine
    assert "opinion-you" not in Client().get(HERE).content.decode()
    # Whoever has not voted has no place.
    assert Client().get(HERE + "mi-lugar/").status_code == 302


def test_results_tell_of_groups_and_never_of_a_person(people: Any) -> None:
    conversation = made(people.valle)
    voted(conversation, 30)
    result = actions.count_votes(conversation=conversation)
    assert result is not None
    assert (result.people, result.grouped, sum(result.sizes), len(result.sizes)) == (25, 25, 25, 2)
    publish()
    said = json.loads(result.file)
    assert sum(row["votes"][0] for row in said["statements"]) == 100
    page = Client().get(HERE).content.decode()
    assert "En esto coinciden los grupos" in page
    assert page.count('class="opinion"') == 2
    answer = Client().get(HERE + "resultado-1.json")
    assert answer.content.decode() == result.file
    table = Client().get(HERE + "resultado-1.csv").content.decode().splitlines()
    assert table[0].startswith("statement,text,agrees,disagrees,passes,agrees_A")
    assert len(table) == 9
    data = b"".join(Client().get(J + "datos/frases.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(data.splitlines()))
    assert [(row["agrees"], row["disagrees"], row["passes"]) for row in rows] == [
        tuple(map(str, row["votes"])) for row in said["statements"]
    ]
    assert f'href="{HERE}"' in Client().get(J + "buscar/?q=debería+agua").content.decode()


def test_a_result_waits_for_enough_people_and_leaves_out_the_newest(people: Any) -> None:
    conversation = made(people.valle)
    voted(conversation, 9)
    assert actions.count_votes(conversation=conversation) is None  # four would be told
    voted(conversation, 1, start=9)
    first = actions.count_votes(conversation=conversation)
    assert first is not None
    assert first.people == 5
    voted(conversation, 4, start=10)
    assert actions.count_votes(conversation=conversation) is None  # it would move by four
    voted(conversation, 1, start=14)
    second = actions.count_votes(conversation=conversation)
    assert second is not None
    assert (second.people, second.number) == (10, 2)
    with time_machine.travel(dt.datetime(2026, 4, 1, 18, tzinfo=dt.UTC), tick=False):
        call_command("opinions_count")
    conversation.refresh_from_db()
    last = queries.newest_result(conversation)
    assert last is not None
    assert (last.people, last.is_final, conversation.status) == (15, True, "closed")


def test_fewer_than_the_minimum_are_never_told_even_at_the_end(people: Any) -> None:
    conversation = made(people.valle)
    voted(conversation, 4)
    actions.close_conversation(conversation=conversation, why="Se canceló.", by=by(people.valle))
    assert queries.newest_result(conversation) is None
    assert "Votaron menos de 5 personas" in Client().get(HERE).content.decode()


def test_a_small_group_is_neither_shown_nor_found_by_subtracting(people: Any) -> None:
    conversation = made(people.valle)
    voted_all = voted(conversation, 40)
    rows = list(queries.shown(conversation))
    for n, participant in enumerate(voted_all):  # three people against the rest, in everything
        for place, row in enumerate(rows):
            value = (1 if place % 2 else -1) * (-1 if n < 3 else 1)
            Vote.objects.filter(participant=participant, statement=row).update(value=value)
    actions.close_conversation(conversation=conversation, why="Prueba.", by=by(people.valle))
    result = queries.newest_result(conversation)
    assert result is not None
    said = json.loads(result.file)
    assert Vote.objects.filter(value=1).count() == 160  # there is something to hide
    assert (result.sizes, said["people"], said["grouped"]) == ([37], 40, 37)
    assert said["counts_are_of"] == "groups"
    assert all(row["votes"] == row["groups"][0] for row in said["statements"])
    assert "El resto" in Client().get(HERE).content.decode() or "restando" in Client().get(HERE).content.decode()


def test_canaries_no_vote_no_word_of_a_cookie_and_nothing_refused_leaves(people: Any) -> None:
    place = people.valle
    conversation = made(place, entry=Conversation.Entry.CONFIRMED)
    voted(conversation, 30)
    address = "canario.opina@ejemplo.invalid"
    word = tokens.word_of_address(conversation, address)
    participant = actions.enter(conversation=conversation, word=word)
    statement = actions.propose(conversation=conversation, participant=participant, text=CANARY)
    actions.refuse(statement=statement, rule="unrelated", reason="No trata del agua.", by=by(place))
    actions.count_votes(conversation=conversation)
    publish()
    assert Statement.objects.filter(text=CANARY).exists()
    secrets = {CANARY, address, word, participant.key}
    client = Client()
    paths = [
        "opiniones/",
        "opiniones/1/",
        "opiniones/1/resultado-1.json",
        "opiniones/1/resultado-1.csv",
        "opiniones/metodo/",
    ]
    paths += [
        "opiniones/1/votar/",
        "registro/",
        "registro/objeto/conversation/1/",
        "registro/objeto/statement/1.9/",
        "buscar/?q=canaria",
    ]
    for path in paths:
        found = client.get(J + path, follow=True).content.decode()
        assert not [secret for secret in secrets if secret in found], path
    recorded = b"".join(bytes(entry) for entry in Act.objects.values_list("entry", flat=True)).decode()
    disclosed = "".join(Disclosure.objects.values_list("value", flat=True))
    assert SEEDS[0] in disclosed
    assert not [secret for secret in secrets if secret in recorded + disclosed]
    file = json.loads(queries.newest_result(conversation).file)  # type: ignore[union-attr]
    assert set(file) == {
        *("conversation", "result", "people", "grouped", "counts_are_of", "votes", "minimum", "groups", "statements"),
        "method",
    }


def test_what_people_propose_is_looked_at_by_published_rules_and_can_be_undone(people: Any) -> None:
    place = people.valle
    made(place)
    client = Client()
    assert client.post(HERE + "proponer/", {"text": "No"}).status_code == 422
    client.post(HERE + "proponer/", {"text": "Que se publique cada fuga y cuánto tarda en repararse"})
    row = Statement.objects.get(origin="proposed")
    assert (row.sight, row.number, row.rev) == ("held", None, 0)
    [(_source, line)] = moderated.queue(place.jurisdiction)
    assert line.url == J + "gestion/opiniones/1/#revisar"
    [item] = waiting.for_role(place.roles["facilitator"], dt.date(2026, 3, 16))
    assert item.words == "Mirar una frase que alguien propuso"
    facilitator = place.client("facilitator")
    decide = J + f"gestion/opiniones/1/frases/{row.pk}/"
    assert facilitator.post(decide, {"hacer": "rechazar", "rule": "unrelated"}).status_code == 422
    facilitator.post(decide, {"hacer": "rechazar", "rule": "unrelated", "reason": "No trata del agua."})
    row.refresh_from_db()
    assert (row.sight, row.number) == ("refused", 9)
    public = Client().get(HERE).content.decode()
    assert "No trata del agua." in public
    assert "cada fuga" not in public
    [(_source, told)] = moderated.public_register(place.jurisdiction)
    assert told.reason == "No trata del agua."
    assert "No trata del agua." in client.get(HERE + "mi-lugar/").content.decode()  # the author is told
    facilitator.post(decide, {"hacer": "devolver", "reason": "Sí trata del agua."})
    row.refresh_from_db()
    assert (row.sight, row.rule) == ("shown", "")
    facilitator.post(decide, {"hacer": "ocultar", "rule": "personal_data", "reason": "Nombra a alguien."})
    assert not Disclosure.objects.filter(value__contains="cada fuga").exists()
    assert Act.objects.filter(on=f"{place.jurisdiction.slug}/statement/1.9").count() == 4  # with the erasure


def test_where_an_address_is_confirmed_it_is_one_person_and_is_not_kept(people: Any) -> None:
    conversation = made(people.valle, entry=Conversation.Entry.CONFIRMED)
    client = Client()
    assert client.get(HERE + "votar/")["Location"] == HERE + "entrar/"
    assert client.post(HERE + "votar/", {"frase": "1", "voto": "paso"}).status_code in (302, 422)
    assert Participant.objects.count() == 0
    client.post(HERE + "entrar/", {"email": "Vera@Ejemplo.invalid"})
    link = re.search(r"https?://[^/\s]+(/\S+entrar/\S+)", mail.outbox[-1].body)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert Participant.objects.count() == 0
    other = Client()
    for browser in (client, other):
        browser.post(link[1])
        browser.post(HERE + "votar/", {"frase": "1", "voto": "de-acuerdo"})
    assert (Participant.objects.count(), Vote.objects.count()) == (1, 1)
    assert "vera" not in str(list(Participant.objects.values())).lower()
    assert client.get(HERE + "entrar/inventado/").status_code == 404
    # A signed-in account is its own address.
    account = people.valle.client("participant")
    account.post(HERE + "votar/", {"frase": "1", "voto": "paso"})
    assert Participant.objects.filter(conversation=conversation).count() == 2


def test_who_voted_takes_everything_back_while_it_is_open(people: Any) -> None:
    made(people.valle)
    client = Client()
    client.post(HERE + "votar/", {"frase": "1", "voto": "paso"})
    client.post(HERE + "mi-lugar/", {"hacer": "borrar"})
    assert (Participant.objects.count(), Vote.objects.count()) == (0, 0)


def test_ninety_days_after_the_close_nothing_ties_votes_to_a_browser(people: Any) -> None:
    conversation = made(people.valle)
    voted(conversation, 6)
    actions.close_conversation(conversation=conversation, why="Prueba.", by=by(people.valle))
    assert actions.forget(dt.date(2026, 6, 1)) == 0
    assert actions.forget(dt.date(2026, 6, 20)) == 6
    assert not Participant.objects.exclude(key="").exists()
    assert Vote.objects.count() == 48


def test_a_conversation_opens_closes_and_keeps_its_rules(people: Any) -> None:
    place = people.valle
    with pytest.raises(ValidationError, match="menos de 5 personas"):
        made(place, minimum=3)
    with pytest.raises(ValidationError, match="Cierra antes"):
        made(place, closes=dt.date(2026, 2, 1))
    conversation = made(place)
    with pytest.raises(ValidationError, match="ya no se cambia"):
        actions.change_conversation(conversation=conversation, minimum=9)
    with pytest.raises(ValidationError, match="posterior"):
        actions.extend_conversation(conversation=conversation, closes=dt.date(2026, 3, 20), why="x", by=by(place))
    with pytest.raises(ValidationError, match="por qué se cierra antes"):
        actions.close_conversation(conversation=conversation, by=by(place))
    with time_machine.travel(dt.datetime(2026, 4, 2, 18, tzinfo=dt.UTC), tick=False):
        statement = queries.shown(conversation).first()
        with pytest.raises(ValidationError, match="ya cerró"):
            actions.enter(conversation=conversation, word="late")
        assert "Hoy no se vota aquí" in Client().get(HERE + "votar/").content.decode()
    assert statement is not None


def test_who_organises_does_it_all_from_the_desk(people: Any) -> None:
    client = people.valle.client("secretariat")
    desk = J + "gestion/opiniones/"
    form = {"question_es": "¿Qué hacemos?", "opens": "2026-03-16", "closes": "2026-03-20", "entry": "anybody"}
    assert client.post(desk + "nueva/", form).status_code == 422
    client.post(desk + "nueva/", {**form, "proposers": "anybody", "minimum": "5"})
    assert client.post(desk + "1/publicar/").status_code == 422  # no statement yet
    client.post(desk + "1/frase/", {"frase-text": "Primero las fugas de la calle", "frase-translation": "Leaks first"})
    assert client.post(desk + "1/frase/", {"frase-text": "primero las fugas de la calle"}).status_code == 422
    client.post(desk + "1/publicar/")
    assert "Primero las fugas" in Client().get(HERE).content.decode()
    assert "Leaks first" in Client().get("/en" + HERE).content.decode()
    assert client.post(desk + "1/recorrer/", {"cierre-closes": "2026-03-10", "cierre-why": "x"}).status_code == 422
    client.post(desk + "1/recorrer/", {"cierre-closes": "2026-03-30", "cierre-why": "Lo pidieron en la mesa."})
    client.post(desk + "1/cerrar/", {"cerrar-why": "Se acabó la mesa."})
    assert Conversation.objects.get().status == "closed"


def test_one_more_vote_costs_few_queries(people: Any, django_assert_max_num_queries: Any) -> None:
    made(people.valle)
    client = Client()
    client.post(HERE + "votar/", {"frase": "1", "voto": "paso"})
    with django_assert_max_num_queries(12):
        client.post(HERE + "votar/", {"frase": "2", "voto": "paso"})


def test_pages_cost_as_many_queries_for_one_as_for_three(people: Any, settings: Any) -> None:
    settings.PAGE_CACHE = False
    place = people.valle
    client = place.client("secretariat")

    def asked(number: int) -> list[int]:
        paths = ["opiniones/", f"opiniones/{number}/", "gestion/opiniones/", f"gestion/opiniones/{number}/"]
        found = []
        for path in paths:
            client.get(J + path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(J + path).status_code == 200
            found.append(len(seen))
        return found

    first = made(place, seeds=SEEDS[:3])
    actions.propose(conversation=first, participant=voted(first, 10)[0], text="Una frase más que espera su turno")
    actions.count_votes(conversation=first)
    few = asked(1)
    for _n in range(2):
        more = made(place)
        several = voted(more, 20)
        for n in range(3):
            actions.propose(conversation=more, participant=several[n], text=f"Una frase más que espera su turno {n}")
        actions.count_votes(conversation=more)
    assert asked(3) == few
