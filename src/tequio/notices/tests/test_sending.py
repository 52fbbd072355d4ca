"""Mails: each act once to each person, whatever dies; the words; when; who is left in peace."""

import datetime as dt
from email import message_from_bytes
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from tequio.monitoring import actions as monitoring
from tequio.notices import follows, sending, tokens, topics
from tequio.notices.models import Delivery, Follower, Happening
from tequio.notices.timing import next_due
from tequio.people.acting import actor_of
from tequio.record.sequence import sequence
from tests.cast import Cast, cast, signed_in  # noqa: F401

ACTIVITY, PLAN = "valle-del-ejemplo/activity/1", "valle-del-ejemplo/plan/1"
MONDAY = dt.datetime(2026, 3, 23, 13, 30, tzinfo=dt.UTC)  # half past seven in the morning there


def a_follower(cast: Cast, *keys: str, n: int = 1, **more: Any) -> Follower:  # noqa: F811
    sequence()
    topics.catch_up()
    more = {"frequency": "weekly", "cursor": topics.head(), "due": MONDAY} | more
    follower = Follower.objects.create(jurisdiction=cast.valle.jurisdiction, email=f"d{n}@ejemplo.org", **more)
    for key in keys:
        follows.follow(follower=follower, key=key)
    return follower


def reply(cast: Cast, words: str = "La publicamos el lunes.") -> None:  # noqa: F811
    lead = cast.valle.roles["lead"]
    monitoring.reply(decision=cast.valle.decision, words=words, role=lead, by=actor_of(lead))
    sequence()


def report(cast: Cast, text: str = "Ya está publicada.") -> None:  # noqa: F811
    lead = cast.valle.roles["lead"]
    monitoring.report_progress(activity=cast.valle.activity, said="complete", words=text, role=lead, by=actor_of(lead))
    sequence()


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_a_digest_tells_what_happened_in_words_and_how_to_leave(cast: Cast, settings: Any) -> None:  # noqa: F811
    settings.REPLY_TO = "persona@ejemplo.org"
    settings.BASE_URL = "https://abierto.mx"
    follower = a_follower(cast, ACTIVITY, PLAN)
    report(cast)
    with time_machine.travel(MONDAY, tick=False):
        assert sending.run() == 1
    number = Happening.objects.filter(key=ACTIVITY).latest("position").position
    own = follower.follows.get(key=ACTIVITY)
    here = "https://abierto.mx/valle-del-ejemplo"
    leave = f"{here}/seguir/baja/{tokens.seal('leave', follower.pk, '-')}/"
    manage = f"{here}/seguir/mis-avisos/{tokens.seal('manage', follower.pk)}/"
    (sent,) = mail.outbox
    assert (
        sent.body
        == f"""Pasó 1 cosa en lo que sigues.

ACTIVIDAD: Publicar la bitácora 1
{here}/actividades/1/

* 16 de marzo de 2026: La institución reportó avance
  Cumplida. Ya está publicada.
  {here}/registro/actos/{number}/

Dejar de seguir esto: {here}/seguir/baja/{tokens.seal("leave", follower.pk, own.pk)}/

Te escribimos: una vez a la semana, los lunes.
Cambiar lo que recibes: {manage}
Dejar de recibir todo: {leave}

--
Tequio, gobierno abierto de Valle del Ejemplo (territorio de práctica: todo es inventado)
https://abierto.mx/
¿Dudas? Responde a este correo: lo lee una persona.
"""
    )
    message = message_from_bytes(sent.message().as_bytes())
    root = f"<valle-del-ejemplo.activity.1.{follower.pk}@abierto.mx>"
    assert {name: " ".join(message[name].split()) for name in HEADERS} == {
        "To": "d1@ejemplo.org",
        "Reply-To": "persona@ejemplo.org",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Message-ID": f"<digest.{Delivery.objects.get().pk}@abierto.mx>",
        "References": root,
        "In-Reply-To": root,
        "Auto-Submitted": "auto-generated",
    }
    html = sent.alternatives[0][0]
    assert "var(--" not in html
    assert html.count("Ya está publicada.") == 1
    assert sent.subject == "Publicar la bitácora 1 · Valle del Ejemplo"


HEADERS = (
    *("To", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "References", "In-Reply-To"),
    "Auto-Submitted",
)


def test_each_act_is_told_once_and_nothing_before_one_followed(cast: Cast) -> None:  # noqa: F811
    a_follower(cast, ACTIVITY, PLAN, "valle-del-ejemplo/commitment/agua-1", frequency="now", due=None)
    assert (sending.run(), mail.outbox) == (0, [])
    report(cast)
    assert [sending.run() for _n in range(3)] == [1, 0, 0]
    reply(cast)
    assert [sending.run() for _n in range(3)] == [1, 0, 0]
    assert ["La publicamos el lunes." in m.body for m in mail.outbox] == [False, True]
    assert ["Ya está publicada." in m.body for m in mail.outbox] == [True, False]
    Follower.objects.update(due=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    topics.rebuild()
    assert (sending.run(), len(mail.outbox)) == (0, 2)


def test_a_run_that_died_between_taking_and_sending_never_sends_twice_and_the_next_mail_says_so(
    cast: Cast,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_follower(cast, ACTIVITY, frequency="now", due=None)
    report(cast)

    class Killed(BaseException):
        pass

    def die(self: Any, messages: Any) -> int:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", die)
        with pytest.raises(Killed):
            sending.run()
    assert states() == ["sending"]
    assert (sending.run(), mail.outbox) == (0, [])
    reply(cast)
    assert sending.run() == 1
    assert "Puede que el correo anterior no te haya llegado." in mail.outbox[0].body
    assert "Ya está publicada." not in mail.outbox[0].body
    report(cast)
    sending.run()
    assert "Puede que" not in mail.outbox[1].body


def test_a_run_that_died_after_planning_is_taken_up(cast: Cast) -> None:  # noqa: F811
    a_follower(cast, ACTIVITY, frequency="now", due=None)
    report(cast)
    topics.catch_up()
    assert sending.plan() == 1
    assert states() == ["waiting"]
    assert (sending.run(), states()) == (1, ["sent"])


def test_a_second_run_leaves_what_the_first_one_took(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    for n in range(3):
        a_follower(cast, ACTIVITY, n=n, frequency="now", due=None)
    report(cast)
    original = sending._compose
    counted: list[int] = []

    def beside(*args: Any) -> Any:
        message = original(*args)
        if not counted:
            counted.append(0)
            counted[0] = sending.run()  # another process sends all of it in the meantime
        return message

    monkeypatch.setattr(sending, "_compose", beside)
    assert (sending.run(), counted) == (0, [3])
    assert sorted(m.to[0] for m in mail.outbox) == [f"d{n}@ejemplo.org" for n in range(3)]


def refusing(error: Exception) -> Any:
    def send(self: Any, messages: Any) -> int:
        raise error

    return send


def test_what_the_server_refuses_is_tried_again_and_in_the_end_left_alone(
    cast: Cast,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    follower = a_follower(cast, ACTIVITY, frequency="now", due=None)
    report(cast)
    start = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refusing(SMTPDataError(451, b"d1@ejemplo.org: later")))
        sending.run()
        assert states() == ["waiting"]
        assert sending.run() == 0
        assert Delivery.objects.get().tries == 1
        assert Delivery.objects.get().trouble == "SMTP 451"
    with time_machine.travel(start + dt.timedelta(minutes=16), tick=False):
        assert (sending.run(), states()) == (1, ["sent"])
    gone = SMTPRecipientsRefused({"d1@ejemplo.org": (550, b"no such user")})
    monkeypatch.setattr(EmailBackend, "send_messages", refusing(gone))
    for n in range(3):
        reply(cast) if n == 0 else report(cast)
        sending.run()
    assert states() == ["sent", "refused", "refused", "refused"]
    follower.refresh_from_db()
    assert follower.stopped is not None
    report(cast)
    sending.run()
    assert len(states()) == 4
    follows.choose(follower=follower, frequency="now", language="es")
    monkeypatch.undo()
    assert sending.run() == 1  # what was refused by its server in between is told now


def test_a_broken_line_is_not_confirmed_and_a_silent_server_loses_nothing(
    cast: Cast,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_follower(cast, ACTIVITY, frequency="now", due=None)
    report(cast)
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "open", refusing_open, raising=False)
        with pytest.raises(ConnectionRefusedError):
            sending.run()
    assert states() == ["waiting"]
    monkeypatch.setattr(EmailBackend, "send_messages", refusing(SMTPServerDisconnected("gone")))
    assert (sending.run(), states()) == (0, ["sending"])


def refusing_open(self: Any) -> None:
    raise ConnectionRefusedError("nobody listens")


def test_each_reads_in_their_own_language(cast: Cast) -> None:  # noqa: F811
    a_follower(cast, ACTIVITY, frequency="now", due=None, language="en")
    report(cast)
    sending.run()
    assert "http://127.0.0.1:8000/en/valle-del-ejemplo/actividades/1/" in mail.outbox[0].body
    assert '<html lang="en">' in mail.outbox[0].alternatives[0][0]


def test_whoever_left_in_the_meantime_gets_nothing(cast: Cast) -> None:  # noqa: F811
    follower, other = (a_follower(cast, ACTIVITY, n=n, frequency="now", due=None) for n in (1, 2))
    report(cast)
    topics.catch_up()
    sending.plan()
    follows.forget(follower=follower)
    other.follows.all().delete()
    assert (sending.run(), states(), mail.outbox) == (0, ["dropped", "dropped"], [])


@pytest.mark.parametrize(
    ("frequency", "now", "due"),
    [
        ("daily", "2026-03-16T12:59", "2026-03-16T13:00"),  # seven in the morning is one hour after noon in London
        ("daily", "2026-03-16T13:00", "2026-03-17T13:00"),
        ("weekly", "2026-03-16T12:59", "2026-03-16T13:00"),
        ("weekly", "2026-03-16T13:00", "2026-03-23T13:00"),
        ("weekly", "2026-03-22T23:00", "2026-03-23T13:00"),
    ],
)
def test_mail_comes_at_seven_by_the_clock_of_the_place(frequency: str, now: str, due: str) -> None:
    def moment(text: str) -> dt.datetime:
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)

    assert next_due(frequency, moment(now), "America/Mexico_City") == moment(due)
    assert next_due("now", moment(now), "America/Mexico_City") is None


def test_a_batch_costs_the_same_queries_for_few_and_for_many(cast: Cast, django_assert_num_queries: Any) -> None:  # noqa: F811
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = []
    for many in (2, 12):
        for n in range(many):
            a_follower(cast, ACTIVITY, PLAN, n=100 * many + n, frequency="now", due=None)
        report(cast)
        topics.catch_up()
        with CaptureQueriesContext(
            connection,
        ) as planning:
            sending.plan()
        with CaptureQueriesContext(connection) as sends:
            count = sending.send()
        found.append((len(planning), len(sends) - 4 * count))  # for each mail two updates in a transaction of their own
    assert found[0] == found[1]


def test_notices_on_the_portal_are_counted_read_and_paged(cast: Cast) -> None:  # noqa: F811
    sequence()
    topics.catch_up()
    account = cast.without_role
    follower = follows.follower_of(account, cast.valle.jurisdiction)
    follows.follow(follower=follower, key=ACTIVITY)
    follows.follow(follower=follower, key=PLAN)
    client = signed_in(account)
    page = "/valle-del-ejemplo/avisos/"
    assert "Todavía no ha pasado nada" in client.get(page).content.decode()
    report(cast)
    reply(cast)
    topics.catch_up()
    html = client.get(page).content.decode()
    assert (html.count("Nuevo</span>"), '2<span class="hidden"> sin leer' in html) == (2, True)
    assert client.post(f"{page}leidos/").url == page
    html = client.get(page).content.decode()
    assert (html.count("Nuevo</span>"), html.count("La institución reportó avance"), "Estás al día." in html) == (
        0,
        1,
        True,
    )
    assert signed_in(None).get(page).status_code == 302
    client.post(f"{page}preferencias/", {"frequency": "daily", "language": "es"})
    client.post(f"{page}preferencias/", {"dejar": PLAN})
    follower.refresh_from_db()
    assert (follower.frequency, [row.key for row in follower.follows.all()]) == ("daily", [ACTIVITY])


def test_the_log_says_what_became_of_mails_to_nobodys_full_address(cast: Cast) -> None:  # noqa: F811
    a_follower(cast, ACTIVITY, frequency="now", due=None)
    report(cast)
    sending.run()
    html = cast.valle.client("secretariat").get("/valle-del-ejemplo/gestion/envios/").content.decode()
    assert ("d•••@e•••.org" in html, "d1@ejemplo.org" in html) == (True, False)
    other = cast.otro.client("secretariat").get("/otro-lugar/gestion/envios/").content.decode()
    assert "No hay correos así." in other
