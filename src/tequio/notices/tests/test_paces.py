"""Each thing may be told at a pace of its own: nothing twice, nothing left out, whatever is changed in between."""

import datetime as dt
import logging
import random
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tequio.notices import follows, letters, sending, tokens, topics
from tequio.notices.models import Delivery, Follow, Follower, Frequency, Told
from tequio.notices.tests.test_sending import ACTIVITY, MONDAY, PLAN, a_follower, reply, report
from tequio.record.models import Act
from tequio.record.sequence import sequence
from tests.cast import Cast, cast, signed_in  # noqa: F401

COMMITMENT = "valle-del-ejemplo/commitment/agua-1"
MANAGE = "/valle-del-ejemplo/seguir/mis-avisos/"


def paced(follower: Follower, key: str, frequency: str) -> None:
    follows.choose_pace(follow=follower.follows.get(key=key), frequency=frequency)


def digests() -> int:
    return Delivery.objects.filter(kind="digest").count()


def test_one_thing_is_told_at_once_and_the_rest_on_monday(cast: Cast, settings: Any) -> None:  # noqa: F811
    follower = a_follower(cast, ACTIVITY, PLAN)
    paced(follower, ACTIVITY, "now")
    report(cast)
    assert [sending.run() for _n in range(3)] == [1, 0, 0]
    assert "Te escribimos: al momento." in mail.outbox[0].body
    with time_machine.travel(MONDAY, tick=False):
        sending.run()
        assert digests() == 1  # of the plan nothing else happened
        reply(cast)
        sending.run()
        assert digests() == 2
    with time_machine.travel(MONDAY + dt.timedelta(days=7), tick=False):
        sending.run()
        assert digests() == 2
    assert ["Ya está publicada." in m.body for m in mail.outbox if "Te escribimos" in m.body] == [True, False]
    assert Told.objects.count() > 0


def test_what_only_the_rest_holds_still_comes_on_monday(cast: Cast) -> None:  # noqa: F811
    from tequio.commitments.actions import submit_evidence
    from tequio.people.acting import actor_of

    follower = a_follower(cast, ACTIVITY, COMMITMENT)
    paced(follower, ACTIVITY, "now")
    submit_evidence(
        commitment=cast.valle.commitment,
        activity=None,
        title="Mapa de fugas",
        kind="dataset",
        date="2026-03",
        url="https://example.org/mapa",
        by=actor_of(cast.valle.roles["lead"]),
    )
    sequence()
    assert sending.run() == 0
    with time_machine.travel(MONDAY, tick=False):
        sending.run()
    assert Delivery.objects.get(kind="digest").keys == [COMMITMENT]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_happenings_changes_and_mails_tells_each_act_once(cast: Cast, seed: int) -> None:  # noqa: F811
    """Whatever is followed at whatever pace, and however that changes, after all clocks struck each act was told once."""
    choose = random.Random(seed)
    follower = a_follower(cast, ACTIVITY, COMMITMENT, PLAN, frequency=choose.choice(Frequency.values))
    begun, now = topics.head(), timezone.now()
    for _step in range(14):
        move = choose.choice(("act", "act", "pace", "mail", "mail", "usual"))
        with time_machine.travel(now, tick=False):
            if move == "act":
                report(cast, f"Avance {choose.random()}.")
            elif move == "pace":
                key = choose.choice((ACTIVITY, COMMITMENT, PLAN))
                paced(follower, key, choose.choice(("", *Frequency.values)))
            elif move == "usual":
                follower.refresh_from_db()
                follows.choose(follower=follower, frequency=choose.choice(Frequency.values), language="es")
            else:
                sending.run()
        now += dt.timedelta(hours=choose.randrange(1, 80))
    for day in range(16):
        with time_machine.travel(now + dt.timedelta(days=day), tick=False):
            sending.run()
    told = sorted(number for m in mail.outbox for number in _acts_in(m.body))
    happened = set(topics.news(list(follower.follows.all()), {follower.pk: begun}, topics.head()).get(follower.pk, {}))
    assert happened
    assert told == sorted(happened)


def _acts_in(body: str) -> list[int]:
    return [int(part.split("/")[0]) for part in body.split("/registro/actos/")[1:]]


def test_the_pace_of_each_thing_is_chosen_where_the_mail_leads(cast: Cast) -> None:  # noqa: F811
    follower = a_follower(cast, ACTIVITY, PLAN)
    row = follower.follows.get(key=ACTIVITY)
    address = f"{MANAGE}{tokens.seal('manage', follower.pk)}/"
    page = Client().get(address).content.decode()
    assert (f'name="cada-{row.pk}"' in page, page.count("Como lo demás")) == (True, 2)
    Client().post(address, {"paces": "1", f"cada-{row.pk}": "daily"})
    assert dict(Follow.objects.values_list("key", "frequency")) == {ACTIVITY: "daily", PLAN: ""}
    Client().post(address, {"paces": "1", f"cada-{row.pk}": "hourly"})
    assert Follow.objects.get(pk=row.pk).frequency == "daily"
    lead = cast.valle.accounts["lead"]
    signed = signed_in(lead)
    signed.post("/valle-del-ejemplo/seguir/boton/", {"key": PLAN})
    mine = Follow.objects.get(follower__account=lead)
    signed.post("/valle-del-ejemplo/avisos/preferencias/", {"paces": "1", f"cada-{mine.pk}": "now"})
    assert Follow.objects.get(pk=mine.pk).frequency == "now"
    assert "Como lo demás" in signed.get("/valle-del-ejemplo/avisos/").content.decode()


def test_a_mail_that_cannot_be_written_leaves_no_private_word_in_the_log(
    cast: Cast,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    a_follower(cast, ACTIVITY, frequency="now", due=None)
    report(cast)

    def broken(*_args: Any, **_more: Any) -> Any:
        raise LookupError("CANARIO d1@ejemplo.org")

    monkeypatch.setattr(letters, "digest", broken)
    with caplog.at_level(logging.ERROR):
        assert sending.run() == 0
    (record,) = caplog.records
    assert (record.exc_info, "CANARIO" in caplog.text, "LookupError at test_paces.py:" in caplog.text) == (
        *(None, False, True),
    )


def test_a_load_is_indexed_in_as_many_queries_for_ten_things_as_for_a_hundred(
    cast: Cast,  # noqa: F811
    django_assert_num_queries: Any,
) -> None:
    sequence()
    topics.catch_up()
    ons = list(Act.objects.values_list("on", flat=True))
    with django_assert_num_queries(2):  # commitments, and activities
        topics._keys_of([on for on in ons if topics.subject_of(on) in ("commitment", "activity", "evidence", "report")])
    with django_assert_num_queries(2):
        many = [f"valle-del-ejemplo/commitment/x-{n}" for n in range(100)]
        found = topics._keys_of([*many, *(f"valle-del-ejemplo/activity/{n}" for n in range(1, 101))])
    assert found["valle-del-ejemplo/activity/1"] == [ACTIVITY, COMMITMENT, PLAN]
    assert found["valle-del-ejemplo/commitment/x-3"] == ["valle-del-ejemplo/commitment/x-3"]
