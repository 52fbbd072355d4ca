"""Following with and without an account: two yeses for an address, one click for everything else."""

import re

import pytest
from django.core import mail
from django.test import Client

from tequio.notices import follows, tokens, topics
from tequio.notices.models import Follow, Follower, Request
from tequio.people.models import Account
from tests.cast import Cast, cast, signed_in  # noqa: F401

HERE = "/valle-del-ejemplo"
KEY = "valle-del-ejemplo/commitment/agua-1"
ASK = {"que": "commitment/agua-1", "email": "Daniel@Ejemplo.org", "frequency": "daily"}


def link_in(body: str, part: str) -> str:
    """The path of the first link of a mail that holds ``part``."""
    return re.search(rf"http://[^/\s]+(/\S*{part}\S*)", body).group(1)  # type: ignore[union-attr]


def test_an_address_follows_only_after_its_owner_says_yes(cast: Cast, client: Client) -> None:  # noqa: F811
    page = client.get(f"{HERE}/compromisos/agua-1/").content.decode()
    assert re.findall(r'href="([^"]*seguir[^"]*)"', page) == [f"{HERE}/seguir/?que=commitment/agua-1"]
    assert "csrfmiddlewaretoken" not in client.get(f"{HERE}/seguir/?que=commitment/agua-1").content.decode()
    assert client.post(f"{HERE}/seguir/", ASK).url == f"{HERE}/seguir/enviado/"
    assert (Follower.objects.count(), Request.objects.count(), mail.outbox[0].to) == (0, 1, ["daniel@ejemplo.org"])
    path = link_in(mail.outbox[0].body, "confirmar")
    assert client.get(path).status_code == 200
    assert Follower.objects.count() == 0  # a program that opens every link says no yes
    answer = client.post(path)
    follower = Follower.objects.get()
    assert answer.url == f"{HERE}/seguir/mis-avisos/{tokens.seal('manage', follower.pk)}/?listo=1"
    assert (follower.email, follower.frequency, [row.key for row in follower.follows.all()]) == (
        "daniel@ejemplo.org",
        "daily",
        [KEY],
    )
    assert Request.objects.count() == 0
    assert client.post(path).status_code == 404
    assert client.cookies == {}


def test_wrong_input_comes_back_filled_in_and_a_trap_catches_programs(cast: Cast, client: Client) -> None:  # noqa: F811
    wrong = client.post(f"{HERE}/seguir/", ASK | {"email": "daniel@"})
    assert (wrong.status_code, 'value="daniel@"' in wrong.content.decode()) == (422, True)
    assert client.post(f"{HERE}/seguir/", ASK | {"web": "spam"}).status_code == 302
    assert client.get(f"{HERE}/seguir/?que=commitment/otra").status_code == 404
    assert client.get(f"{HERE}/seguir/?que=role/1").status_code == 404
    assert (Request.objects.count(), mail.outbox) == (0, [])


def test_nobody_can_be_flooded_with_questions(cast: Cast, client: Client) -> None:  # noqa: F811
    answers = [client.post(f"{HERE}/seguir/", ASK).status_code for _n in range(11)]
    assert answers == [302] * 10 + [429]
    assert len(mail.outbox) == follows.ASKS


def test_one_click_with_an_account_and_one_to_take_it_back(cast: Cast) -> None:  # noqa: F811
    client = signed_in(cast.without_role)
    page = f"{HERE}/compromisos/agua-1/"
    assert client.post(f"{HERE}/seguir/boton/", {"key": KEY}).url == page
    assert [(row.key, row.follower.account) for row in Follow.objects.all()] == [(KEY, cast.without_role)]
    assert "Lo sigues: dejar de seguir" in client.get(page).content.decode()
    client.post(f"{HERE}/seguir/boton/", {"key": KEY, "dejar": "1"})
    assert Follow.objects.count() == 0
    assert signed_in(None).post(f"{HERE}/seguir/boton/", {"key": KEY}).status_code == 302
    assert client.post(f"{HERE}/seguir/boton/", {"key": "otro-lugar/commitment/agua-1"}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.without_role, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(f"{HERE}/seguir/boton/", {"key": KEY}).status_code == 403


def follower_of(cast: Cast, *keys: str) -> Follower:  # noqa: F811
    follower = Follower.objects.create(jurisdiction=cast.valle.jurisdiction, email="daniel@ejemplo.org")
    for key in keys:
        follows.follow(follower=follower, key=key)
    return follower


def test_a_mail_program_unsubscribes_with_one_post_and_the_address_is_gone(cast: Cast) -> None:  # noqa: F811
    follower = follower_of(cast, KEY)
    path = f"{HERE}/seguir/baja/{tokens.seal('leave', follower.pk, '-')}/"
    strict = Client(enforce_csrf_checks=True)
    assert "¿Darte de baja?" in strict.get(path).content.decode()
    assert Follower.objects.count() == 1
    answer = strict.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, Follower.objects.count(), Follow.objects.count()) == (200, 0, 0)
    assert strict.get(path).status_code == strict.post(path).status_code == 200
    assert strict.get(f"{HERE}/seguir/baja/{tokens.seal('manage', 1)}/").status_code == 404


def test_one_thing_can_be_left_and_the_rest_stays_until_nothing_is_left(cast: Cast, client: Client) -> None:  # noqa: F811
    follower = follower_of(cast, KEY, "valle-del-ejemplo/plan/1")
    first = follower.follows.get(key=KEY)
    path = f"{HERE}/seguir/baja/{tokens.seal('leave', follower.pk, first.pk)}/"
    page = client.post(path).content.decode()
    assert "Fue un error: volver a seguir" in page
    assert [row.key for row in Follow.objects.all()] == ["valle-del-ejemplo/plan/1"]
    manage = f"{HERE}/seguir/mis-avisos/{tokens.seal('manage', follower.pk)}/"
    client.post(manage, {"frequency": "now", "language": "en"})
    follower.refresh_from_db()
    assert (follower.frequency, follower.language) == ("now", "en")
    assert client.post(manage, {"frequency": "never", "language": "en"}).status_code == 422
    client.post(manage, {"dejar": Follow.objects.get().pk})
    assert Follower.objects.count() == 0
    assert client.get(manage).status_code == 404


def test_a_link_opens_nothing_in_another_place(cast: Cast, client: Client) -> None:  # noqa: F811
    follower = follower_of(cast, KEY)
    assert client.get(f"/otro-lugar/seguir/mis-avisos/{tokens.seal('manage', follower.pk)}/").status_code == 404
    client.post(f"/otro-lugar/seguir/baja/{tokens.seal('leave', follower.pk, '-')}/")
    assert Follower.objects.count() == 1


def test_an_account_takes_over_what_its_address_followed(cast: Cast) -> None:  # noqa: F811
    follower = follower_of(cast, KEY)
    account = Account.objects.create_user("daniel@ejemplo.org")
    assert follows.follower_of(account, cast.valle.jurisdiction) == follower
    follower.refresh_from_db()
    assert (follower.email, follower.account) == ("", account)
    request = follows.ask(
        jurisdiction=cast.valle.jurisdiction,
        email="daniel@ejemplo.org",
        key="valle-del-ejemplo/plan/1",
        frequency="weekly",
        language="es",
    )
    assert request is not None
    assert follows.confirm(request=request) == follower
    assert [row.key for row in follower.follows.order_by("key")] == [KEY, "valle-del-ejemplo/plan/1"]


def test_unanswered_addresses_are_deleted(cast: Cast) -> None:  # noqa: F811
    import time_machine

    follows.ask(jurisdiction=cast.valle.jurisdiction, email="x@y.mx", key=KEY, frequency="weekly", language="es")
    assert follows.forget_unanswered() == 0
    with time_machine.travel("2026-03-19T19:00:00Z", tick=False):
        assert follows.forget_unanswered() == 1
    assert Request.objects.count() == 0


@pytest.mark.parametrize(
    "key", ["valle-del-ejemplo/role/1", "otro-lugar/plan/1", "valle-del-ejemplo/plan/9", "plan", ""]
)
def test_only_public_things_of_the_place_can_be_followed(cast: Cast, key: str) -> None:  # noqa: F811
    assert topics.can_follow("valle-del-ejemplo", "valle-del-ejemplo/plan/1")
    assert not topics.can_follow("valle-del-ejemplo", key)
