"""Nothing closes without a decision, a reason and words; answers are held, released together and reviewed once."""

import datetime as dt
import os
import random
import re
from collections import Counter
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from tequio.cocreation import actions, queries, topics, waiting
from tequio.cocreation.models import Batch, Contribution, Response
from tequio.cocreation.tests.make import CONTACT, Story, answer, by, contribution, doing, make_call
from tequio.cocreation.tests.walks import broken, walks
from tequio.record.models import Act

J = "/valle-del-ejemplo/cocreacion/"
G = "/valle-del-ejemplo/gestion/cocreacion/"
TREES = int(
    os.environ.get("TEQUIO_COCREATION_TREES", "2")
)  # of 32 walks; ``benchmarks/cocreation_walks.py`` takes 10,000


def test_an_answer_cannot_be_kept_without_its_reason(story: Story) -> None:
    given = story.contribution
    with pytest.raises(ValidationError) as fault:
        actions.hold_answer(
            contribution=given, decision="", reason="", words="No.", role=story.place.roles["secretariat"]
        )
    assert set(fault.value.message_dict) == {"decision", "reason", "words"}
    with pytest.raises(ValidationError):
        answer(given, story.place, "merged")  # with which one?
    kept = {"contribution": given, "number": 1, "decision": "accepted"}
    for wrong in ({"reason": "", "text": "Porque sí"}, {"reason": "feasible", "text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(**kept, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=given.pk).update(closed_on=dt.date(2026, 3, 16))
    client = story.place.client("secretariat")
    page = client.post(f"{G}aportaciones/{given.number}/responder/", {"decision": "accepted", "words": "Sí."})
    assert (page.status_code, "Sí." in page.content.decode()) == (422, True)
    assert Response.objects.count() == 0


def test_answers_of_a_batch_are_private_until_they_come_out_at_once(story: Story) -> None:
    second = contribution(story.call, title="Un mapa de fugas", text="Poner en un mapa cada fuga reportada.")
    batch = actions.open_batch(call=story.call, title={"es": "Respuestas del agua"})
    client, secret = story.place.client("secretariat"), "Se puede con los datos que ya tiene el organismo."
    for given in (story.contribution, second):
        form = {"decision": "accepted", "reason": "feasible", "words": secret, "batch": batch.pk}
        assert client.post(f"{G}aportaciones/{given.number}/responder/", form).status_code == 302
        assert secret not in Client().get(f"{J}aportaciones/{given.number}/").content.decode()
    assert Act.objects.filter(kind="response.released").count() == 0
    assert client.get(f"{G}respuestas/publicar/").content.decode().count(secret) == 2
    mail.outbox.clear()
    assert client.post(f"{G}respuestas/publicar/", {"lote": batch.pk}).status_code == 302
    story.contribution.refresh_from_db()
    batch.refresh_from_db()
    assert (story.contribution.closed_on, batch.count, len(mail.outbox)) == (dt.date(2026, 3, 16), 2, 2)
    assert all(secret in letter.body and letter.to == [CONTACT] for letter in mail.outbox)
    page = Client().get(f"{J}aportaciones/{story.contribution.number}/").content.decode()
    assert (secret in page, "Es viable y atiende el problema" in page) == (True, True)
    for again in (batch, None):
        with pytest.raises(ValidationError):
            actions.release(responses=list(Response.objects.all()), batch=again, **by(story.place))
    with pytest.raises(ValidationError):
        answer(story.contribution, story.place)


def test_late_answers_are_counted_in_public(story: Story) -> None:
    late = contribution(story.call, title="Otra propuesta más", text="Que se publique el presupuesto del agua.")
    with time_machine.travel(dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC), tick=False):
        today = dt.date(2026, 6, 1)
        clock = queries.clock_of(queries.contributions(story.place.jurisdiction), today)
        assert (clock.total, clock.overdue) == (2, 2)
        assert {row.due for row in topics.to_answer(today)} == {late.due}
        items = [row.words for row in waiting.for_role(story.place.roles["secretariat"], today)]
        assert "Responder con razones 2 aportaciones" in items
        actions.release(responses=[answer(late, story.place, "not_accepted", reason="no_budget")], **by(story.place))
        clock = queries.clock_of(queries.contributions(story.place.jurisdiction), today)
        assert (clock.late, clock.overdue, clock.late_in_all) == (1, 1, 2)
        page = Client().get(f"{J}respuestas/").content.decode()
        assert re.search(r"Respondidas tarde</dt><dd>1<", page)
        assert f"{J}aportaciones/{story.contribution.number}/" in page


def test_a_review_is_asked_once_and_both_answers_stay(story: Story) -> None:
    given = story.contribution
    actions.release(responses=[answer(given, story.place, "not_accepted", reason="no_time")], **by(story.place))
    given = queries.contributions(story.place.jurisdiction).get(pk=given.pk)
    actions.ask_review(contribution=given, words="El plan dura dos años: sí alcanza.")
    with pytest.raises(ValidationError):
        actions.ask_review(contribution=given, words="Otra vez.")
    assert (given.awaits_second_answer, given.clock(dt.date(2026, 3, 17))) == (True, "reviewing")
    page = story.place.client("secretariat").get(f"{G}aportaciones/{given.number}/responder/").content.decode()
    assert "El plan dura dos años" in page
    second = answer(given, story.place, "accepted_partly", reason="in_part")
    assert second.number == 2
    actions.release(responses=[second], **by(story.place))
    given = queries.contributions(story.place.jurisdiction).get(pk=given.pk)
    assert (given.answer, given.awaits_second_answer) == (second, False)
    page = Client().get(f"{J}aportaciones/{given.number}/").content.decode()
    assert ("No incorporada" in page, "Incorporada parcialmente" in page) == (True, True)
    assert "El plan dura dos años" not in page


def test_what_was_hidden_is_owed_its_answer_all_the_same(story: Story) -> None:
    given = story.contribution
    actions.hide(said=given, rule="unrelated", reason="Trae publicidad.", **doing(story.place))
    assert given.awaits_answer
    assert given in queries.to_answer(story.place.jurisdiction)
    actions.release(responses=[answer(given, story.place, "out_of_scope", reason="outside")], **by(story.place))
    given.refresh_from_db()
    assert given.closed_on is not None


def test_no_sequence_of_actions_closes_a_contribution_without_a_reason(cast: Any) -> None:
    verbs: Counter[str] = Counter()
    for seed in range(TREES):
        with transaction.atomic():
            for walker in walks(random.Random(seed), cast.valle):
                assert (seed, walker.faults + broken(walker)) == (seed, [])
                verbs.update(walker.taken)
            transaction.set_rollback(True)
    assert {"answer", "release", "withdraw", "hide", "wait"} <= set(verbs), "the walks got nowhere: they prove nothing"


def test_one_is_joined_to_another_by_its_number(story: Story) -> None:
    twin = contribution(story.call, title="Publicar las fugas, mes con mes", text="Lo mismo, con otras palabras.")
    client, address = story.place.client("secretariat"), f"{G}aportaciones/{twin.number}/responder/"
    form = {"decision": "merged", "reason": "duplicate", "words": "Dice lo mismo que la otra, con otras palabras."}
    assert client.post(address, {**form, "merged_with": 99}).status_code == 422
    assert client.post(address, {**form, "merged_with": story.contribution.number}).status_code == 302
    actions.release(responses=list(Response.objects.all()), **by(story.place))
    page = Client().get(f"{J}aportaciones/{twin.number}/").content.decode()
    assert ("Se unió a" in page, story.contribution.title in page) == (True, True)


def test_a_batch_of_another_call_takes_no_answers(story: Story) -> None:
    other = make_call(story.place)
    batch = actions.open_batch(call=other, title={"es": "Lote"})
    with pytest.raises(ValidationError):
        answer(story.contribution, story.place, batch=batch)
    form = {"title_es": "Lote de la primera", "call": story.call.pk}
    assert story.place.client("secretariat").post(f"{G}respuestas/", form).status_code == 302
    opened = Batch.objects.order_by("-pk")[0]
    assert opened.call == story.call
    answer(story.contribution, story.place, batch=opened)


def test_the_response_queue_shows_what_is_held(story: Story, cast: Any) -> None:
    answer(story.contribution, story.place)
    page = story.place.client("facilitator").get(f"{G}respuestas/").content.decode()
    assert ("Respuesta guardada" in page, "Publicar 1 respuesta guardada" in page) == (True, False)
    assert "Publicar 1 respuesta guardada" in story.place.client("secretariat").get(f"{G}respuestas/").content.decode()
