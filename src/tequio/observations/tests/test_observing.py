"""Anybody observes: without an account, confirmed by e-mail, answered by a clock, and never silenced by a public body."""

import datetime as dt
import io
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.common import moderation
from tequio.observations import actions, limits, queries, waiting
from tequio.observations.models import Observation, Trace
from tequio.people.acting import actor_of
from tequio.record.models import Act, Disclosure
from tequio.record.publish import publish
from tequio.record.sequence import sequence
from tests.cast import signed_in

J = "/valle-del-ejemplo/"
SAY = J + "observaciones/nueva/compromiso/agua-1/"
TEXT = "La fuga de la calle Hidalgo sigue abierta desde enero."
MAIL = "canario.vera@ejemplo.invalid"


def picture() -> SimpleUploadedFile:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 120, 40)).save(held, "JPEG")
    return SimpleUploadedFile("fuga.jpg", held.getvalue(), "image/jpeg")


def link(n: int = -1) -> str:
    """The address in a letter, without its host."""
    found = re.search(r"https?://[^/\s]+(/\S*observaciones/\S+)", mail.outbox[n].body)
    assert found is not None
    return found[1]


def told(place: Any, text: str = TEXT, **more: Any) -> Observation:
    """A confirmed observation."""
    said = actions.observe(about=more.pop("about", place.commitment), text=text, email=MAIL, **more)
    return actions.confirm(observation=said)


def members(place: Any) -> list[dict[str, Any]]:
    return [{"role": role, "by": actor_of(role)} for role in (place.roles["committee"], place.clara)]


def test_a_visitor_says_it_on_one_screen_and_it_is_public_only_after_the_link(cast: Any) -> None:
    client, before = Client(), Act.objects.count()
    page = client.get(J + "compromisos/agua-1/").content.decode()
    assert f'href="{SAY}"' in page
    assert "csrfmiddlewaretoken" not in page
    answer = client.post(SAY, {"text": TEXT, "email": MAIL, "name": "Vera Canaria", "photo": picture()})
    assert (answer.status_code, Act.objects.count(), len(mail.outbox)) == (302, before, 1)
    assert client.get(answer["Location"]).status_code == 200
    assert mail.outbox[0].to == [MAIL]
    first = link()
    assert client.get(first).status_code == 200
    assert Act.objects.count() == before  # a machine that opens links in mails publishes nothing
    done = client.post(first)
    assert done["Location"] == J + "observaciones/2/"
    assert client.post(first)["Location"] == done["Location"]
    assert Act.objects.filter(kind="observation.published", on="valle-del-ejemplo/observation/2").count() == 1
    page = client.get(done["Location"]).content.decode()
    assert TEXT in page
    assert "Trae una foto" in page
    assert (MAIL in page, "Vera Canaria" in page) == (False, False)
    found = Observation.objects.get(number=2)
    # Monday 16 March and ten working days.
    assert (found.published_on, found.due) == (dt.date(2026, 3, 16), dt.date(2026, 3, 30))
    assert (found.sight, found.photo_sight) == ("shown", "waiting")
    assert Client().get(f"/registro/blobs/sha256/{found.photo_id}").status_code == 404


def test_wrong_input_comes_back_filled_in_with_what_to_do(cast: Any) -> None:
    answer = Client().post(SAY, {"text": "Mal.", "email": "nadie", "seen_on": "2027-01-01", "photo": picture()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mal." in page
    assert "Vuelve a elegir la foto" in page
    with pytest.raises(ValidationError) as fault:
        actions.observe(about=cast.valle.commitment, text="Mal.", seen_on=dt.date(2027, 1, 1))
    assert set(fault.value.message_dict) == {"text", "seen_on", "email"}
    with pytest.raises(ValidationError):
        actions.observe(
            about=cast.valle.commitment, text=TEXT, email=MAIL, photo=SimpleUploadedFile("a.txt", b"hola a todos")
        )
    assert Observation.objects.filter(number=None).count() == 0


def test_whoever_is_signed_in_needs_no_letter(cast: Any) -> None:
    answer = signed_in(cast.without_role).post(SAY, {"text": TEXT})
    assert answer["Location"] == J + "observaciones/2/"
    assert Observation.objects.get(number=2).account == cast.without_role


def test_a_link_lasts_seven_days_and_may_be_asked_for_again(cast: Any) -> None:
    client = Client()
    sent = client.post(SAY, {"text": TEXT, "email": MAIL})["Location"]
    first = link()
    with time_machine.travel(dt.datetime(2026, 3, 23, 18, 1, tzinfo=dt.UTC), tick=False):
        late = client.get(first)
        assert (late.status_code, "Ese enlace ya venció" in late.content.decode()) == (410, True)
        assert client.post(sent.replace("enviada", "enviar-de-nuevo")).status_code == 302
        assert len(mail.outbox) == 2
        assert client.get(link()).status_code == 200
        assert actions.forget() == 1
        assert client.get(link()).status_code == 404
    assert client.get(first[:-3] + "xx/").status_code == 404


def test_floods_are_held_back_without_keeping_anybodys_address(cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "PER_CONNECTION", 2)
    client = Client()
    for n in range(2):
        assert client.post(SAY, {"text": TEXT, "email": f"v{n}@ejemplo.invalid"}).status_code == 302
    held = client.post(SAY, {"text": TEXT, "email": "v3@ejemplo.invalid"})
    assert (held.status_code, TEXT in held.content.decode()) == (422, True)
    assert all(re.fullmatch("[0-9a-f]{64}", row.digest) for row in Trace.objects.all())
    assert client.post(SAY, {"text": TEXT, "email": "v4@ejemplo.invalid", "sitio": "x"}).status_code == 302
    assert Observation.objects.filter(number=None).count() == 2
    with time_machine.travel(dt.datetime(2026, 3, 17, 19, 0, tzinfo=dt.UTC), tick=False):
        assert client.post(SAY, {"text": TEXT, "email": "v3@ejemplo.invalid"}).status_code == 302
    assert Trace.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("La fuga lleva 45 días y costó $1,250,000 en 2024-2025; el folio es 2023/118.", ""),
        ("Márquenle al 33 1234 5678 y pregunten por la obra.", "personal_data"),
        ("Su CURP es GOMC900101HJCMRR09 y vive ahí.", "personal_data"),
        ("Escriban a juan@ejemplo.mx para que vean.", "personal_data"),
        ("Compren en https://a.mx https://b.mx www.c.mx ya mismo.", "unrelated"),
        ("Comparen https://a.mx con https://b.mx: no coincide.", ""),
    ],
)
def test_only_what_the_published_checks_find_is_looked_at_first(text: str, rule: str) -> None:
    assert moderation.doubts(text) == rule


def test_a_held_text_has_its_number_and_clock_in_public_and_a_member_shows_it(cast: Any) -> None:
    secret = "Llamen al 33 9876 5432, ahí contestan por la obra."
    found = told(cast.valle, secret)
    sequence()
    address = f"{J}observaciones/{found.number}/"
    page = Client().get(address).content.decode()
    assert ("33 9876 5432" in page, "alguien del Comité lo mire antes" in page) == (False, True)
    assert not any(b"9876 5432" in bytes(act.entry) for act in Act.objects.all())
    assert not Disclosure.objects.filter(on=found.subject_key()).exists()
    committee = cast.valle.client("committee")
    work = f"{J}gestion/observaciones/{found.number}/"
    assert "33 9876 5432" in committee.get(work).content.decode()
    assert "33 9876 5432" not in cast.valle.client("secretariat").get(work).content.decode()
    assert committee.post(work + "mostrar/", {"part": "text"}).status_code == 302
    assert "33 9876 5432" in Client().get(address).content.decode()


def test_the_committee_answers_once_with_a_reason_and_the_author_gets_it(cast: Any) -> None:
    found = told(cast.valle)
    committee = cast.valle.client("committee")
    work = f"{J}gestion/observaciones/{found.number}/"
    wrong = committee.post(work + "responder/", {"outcome": "reopens", "words": " ", "rev": found.rev})
    assert wrong.status_code == 422
    sent = {"outcome": "reopens", "words": "Fuimos y sigue abierta: se revisa otra vez.", "rev": found.rev}
    assert committee.post(work + "responder/", sent).status_code == 302
    assert committee.post(work + "responder/", sent).status_code == 422
    assert (mail.outbox[-1].to, "Fuimos y sigue abierta" in mail.outbox[-1].body) == ([MAIL], True)
    lead = cast.valle.client("lead")
    assert lead.post(work + "comentar/", {"words": "La cuadrilla va el lunes.", "rev": ""}).status_code == 302
    assert lead.post(work + "comentar/", {"words": "Otra cosa.", "rev": ""}).status_code == 422
    page = Client().get(f"{J}observaciones/{found.number}/").content.decode()
    assert [words in page for words in ("Fuimos y sigue abierta", "La cuadrilla va el lunes", "Otra cosa")] == [
        True,
        True,
        False,
    ]


def test_late_answers_are_counted_in_public(cast: Any) -> None:
    place, (carmen, _clara) = cast.valle, members(cast.valle)
    first, second, third = told(place), told(place), told(place)
    answered = {"outcome": "noted", "words": "Ya estaba en la bitácora."}
    actions.answer(observation=first, on=first.due, **answered, **carmen)
    actions.answer(observation=second, on=second.due + dt.timedelta(days=1), **answered, **carmen)
    rows = queries.public(place.jurisdiction)
    assert queries.clock_of(rows, third.due) == queries.Clock(4, 1, 1, 2, 0)
    after = third.due + dt.timedelta(days=1)
    assert queries.clock_of(rows, after) == queries.Clock(4, 1, 1, 0, 2)
    assert {
        s: rows.filter(queries.state_filter(s, after)).count() for s in ("esperando", "vencida", "a-tiempo", "tarde")
    } == {
        "esperando": 0,
        "vencida": 2,
        "a-tiempo": 1,
        "tarde": 1,
    }
    with time_machine.travel(dt.datetime(2026, 3, 31, 18, tzinfo=dt.UTC), tick=False):
        assert "el plazo ya venció" in Client().get(f"{J}observaciones/{third.number}/").content.decode()
        assert "Sin respuesta y vencidas</dt><dd>2</dd>" in Client().get(J + "comite/").content.decode()


def test_what_is_hidden_leaves_its_rule_and_reason_and_nothing_of_its_words(cast: Any) -> None:
    place, (carmen, clara) = cast.valle, members(cast.valle)
    found = told(place, "CANARIO: el vecino de la casa verde se llama Fulano.", name="Vera Canaria", named=True)
    sequence()
    address = f"{J}observaciones/{found.number}/"
    assert "Vera Canaria" in Client().get(address).content.decode()
    committee = place.client("committee")
    hide = f"{J}gestion/observaciones/{found.number}/ocultar/"
    assert committee.post(hide, {"part": "text", "ocultar-rule": "unrelated"}).status_code == 422
    sent = {"part": "text", "ocultar-rule": "personal_data", "ocultar-reason": "Nombra a un vecino."}
    assert committee.post(hide, sent).status_code == 302
    publish()
    number = Act.objects.filter(on=found.subject_key()).latest("numbered__position").numbered.position
    public = [
        *(address, f"{J}observaciones/", f"{J}observaciones/reglas/", f"{J}observaciones/novedades.atom"),
        *(f"{J}compromisos/agua-1/", f"{J}registro/", f"{J}registro/objeto/observation/{found.number}/"),
        *(
            f"{J}registro/actos/{number - 2}.tlog-proof",
            f"{J}registro/actos/{number - 2}/",
            f"{J}registro/actos/{number}/",
        ),
        *(f"{J}datos/observaciones.csv", "/api/v1/valle-del-ejemplo/observations"),
    ]
    for url in public:
        answer = Client().get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        words = body.decode()
        assert (url, answer.status_code) == (url, 200)
        assert (url, [w for w in ("CANARIO", "Vera Canaria", MAIL) if w in words]) == (url, [])
    rules = Client().get(f"{J}observaciones/reglas/").content.decode()
    assert ("Nombra a un vecino." in rules, "Datos personales" in rules) == (True, True)
    assert not Disclosure.objects.filter(on=found.subject_key(), erased=None).exists()
    # The author is told, appeals once, and somebody else decides.
    assert "Nombra a un vecino." in mail.outbox[-1].body
    own = link()
    assert Client().post(own, {"hacer": "apelar", "words": "Ese vecino es el regidor."}).status_code == 302
    assert Client().post(own, {"hacer": "apelar", "words": "Otra vez."}).status_code == 422
    found.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.review(observation=found, restore=True, reason="Ocupa un cargo.", **carmen)
    assert [item.kind for item in waiting.for_role(place.roles["committee"], dt.date(2026, 3, 16))] == ["answer"]
    assert sorted(item.kind for item in waiting.for_role(place.clara, dt.date(2026, 3, 16))) == ["answer", "decide"]
    actions.review(observation=found, restore=True, reason="Ocupa un cargo público.", **clara)
    assert "CANARIO" in Client().get(address).content.decode()
    assert not any("regidor" in bytes(act.entry).decode() for act in Act.objects.all())


def test_the_secretariat_may_ask_and_may_not_hide(cast: Any) -> None:
    found = told(cast.valle)
    secretariat = cast.valle.client("secretariat")
    work = f"{J}gestion/observaciones/{found.number}/"
    sent = {"rule": "threat", "reason": "Revisen el tono."}
    assert secretariat.post(work + "pedir-revision/", sent).status_code == 302
    assert secretariat.post(work + "ocultar/", {"part": "text", **sent}).status_code == 403
    found.refresh_from_db()
    assert (found.is_shown, found.is_flagged) == (True, True)
    page = Client().get(f"{J}observaciones/{found.number}/").content.decode()
    assert (TEXT in page, "El Secretariado pidió al Comité que la mire" in page) == (True, True)
    actions.show(observation=found, part="text", **members(cast.valle)[0])
    assert not found.is_flagged


def test_a_photo_is_public_only_after_a_member_looked_and_hiding_takes_it_back(cast: Any) -> None:
    found = told(cast.valle, photo=picture())
    blob = f"/registro/blobs/sha256/{found.photo_id}"
    committee = cast.valle.client("committee")
    work = f"{J}gestion/observaciones/{found.number}/"
    seen = committee.get(work + "foto/")
    assert (seen.status_code, b"".join(seen.streaming_content)[:2]) == (200, b"\xff\xd8")
    assert [cast.valle.client(kind).get(work + "foto/").status_code for kind in ("secretariat", "lead")] == [403, 403]
    committee.post(work + "mostrar/", {"part": "photo"})
    shown = Client().get(blob)
    assert (shown.status_code, b"".join(shown.streaming_content)[:2]) == (200, b"\xff\xd8")
    found.refresh_from_db()
    actions.hide(observation=found, part="photo", rule="faces", reason="Sale una niña.", **members(cast.valle)[0])
    assert Client().get(blob).status_code == 404
    assert TEXT in Client().get(f"{J}observaciones/{found.number}/").content.decode()


def test_an_author_takes_it_back_and_the_words_are_gone_everywhere(cast: Any) -> None:
    client = Client()
    client.post(SAY, {"text": TEXT + " CANARIO", "email": MAIL})
    client.post(link())
    assert client.post(link(), {"hacer": "retirar"}).status_code == 302
    found = Observation.objects.get(number=2)
    assert (found.sight, found.text, found.email, found.name) == ("withdrawn", "", "", "")
    assert not Disclosure.objects.filter(on=found.subject_key(), erased=None).exists()
    assert "CANARIO" not in client.get(J + "observaciones/2/").content.decode()


def test_what_has_ended_is_forgotten_after_ninety_days(cast: Any) -> None:
    (carmen, _clara) = members(cast.valle)
    answered, hidden, waiting_still = told(cast.valle), told(cast.valle), told(cast.valle)
    actions.answer(observation=answered, outcome="noted", words="Ya se vio.", **carmen)
    actions.hide(observation=hidden, part="text", rule="threat", reason="Amenaza.", **carmen)

    def kept() -> list[tuple[bool, bool]]:
        rows = Observation.objects.filter(number__gte=2).order_by("number")
        return [(bool(row.text), bool(row.email)) for row in rows]

    with time_machine.travel(dt.datetime(2026, 6, 13, 18, tzinfo=dt.UTC), tick=False):
        actions.forget()
        assert kept() == [(True, True), (True, True), (True, True)]
    with time_machine.travel(dt.datetime(2026, 6, 16, 18, tzinfo=dt.UTC), tick=False):
        actions.forget()
        assert kept() == [(True, False), (False, False), (True, True)]
    assert waiting_still.awaits_answer


def test_a_member_in_conflict_neither_answers_nor_hides(cast: Any) -> None:
    from tequio.monitoring import actions as monitoring

    found = told(cast.valle)
    carmen, today = cast.valle.roles["committee"], dt.date(2026, 3, 16)
    assert len(list(waiting.for_role(carmen, today))) == 2
    monitoring.declare_conflict(
        plan=cast.valle.plan, role=carmen, commitments=[cast.valle.commitment], by=actor_of(carmen)
    )
    assert list(waiting.for_role(carmen, today)) == []
    work = f"{J}gestion/observaciones/{found.number}/"
    committee = cast.valle.client("committee")
    assert [committee.post(work + part, {}).status_code for part in ("responder/", "ocultar/", "mostrar/")] == [403] * 3


def test_a_list_costs_the_same_for_one_and_for_many(cast: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for _n in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Client().get(J + "observaciones/").status_code == 200
        costs.append(len(asked))
        for about in (cast.valle.activity, cast.valle.commitment, cast.valle.commitment.evidence.first()):
            told(cast.valle, about=about)
    assert costs[0] == costs[1]
    shown = Client().get(J + "compromisos/agua-1/evidencia/1/").content.decode()
    assert "Observación 4" in shown
    assert Client().get(J + "observaciones/?compromiso=agua-1&estado=esperando").status_code == 200


def test_members_are_reminded_of_their_clock_and_followers_hear_the_answer(cast: Any) -> None:
    from tequio.observations import telling
    from tequio.record.queries import Told

    place = cast.valle
    found = told(place)
    key = found.subject_key()
    assert telling.keys(key) == ["valle-del-ejemplo/commitment/agua-1", "valle-del-ejemplo/plan/1"]
    assert telling.keys("valle-del-ejemplo/observation/999") == []
    due = found.due
    days = {n: list(telling.to_answer(due - dt.timedelta(days=n))) for n in (4, 3, 1, -1)}
    mine = {n: [row.key for row in rows if row.key.startswith(f"{key}:")] for n, rows in days.items()}
    assert mine == {
        n: [f"{key}:{word}:{due}"] if word else [] for n, word in ((4, ""), (3, "3"), (1, "1"), (-1, "late"))
    }
    reminder = next(row for row in days[3] if row.key.startswith(key))
    assert (set(reminder.roles), reminder.url) == (
        {place.roles["committee"], place.clara},
        f"{J}observaciones/{found.number}/",
    )
    actions.answer(observation=found, outcome="noted", words="Ya se vio.", **members(place)[0])
    act = Act.objects.filter(on=key).latest("id")
    assert telling.words(Told(act, 0, False)) == "Ya se tomó en cuenta. Ya se vio."
