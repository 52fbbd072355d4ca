"""Anybody proposes, contributes, joins, comments, translates and supports: one screen, a link by mail, no account."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.cocreation import actions, tokens
from tequio.cocreation.models import Attachment, Backing, Comment, Contribution, Member, Problem, Translation
from tequio.cocreation.tests.make import (
    CONTACT,
    NAME,
    WORDS,
    Story,
    by,
    contribution,
    doing,
    make_call,
    problem,
    windows,
)
from tequio.record.append import act_many
from tequio.record.models import Act, Disclosure
from tests.cast import signed_in

J = "/valle-del-ejemplo/cocreacion/"


def link(n: int = -1) -> str:
    """The address in a letter, without its host."""
    found = re.search(r"https?://[^/\s]+(/\S*cocreacion/\S+)", mail.outbox[n].body)
    assert found is not None
    return found[1]


def picture() -> SimpleUploadedFile:
    import io

    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 120, 40)).save(held, "JPEG")
    return SimpleUploadedFile("hoja.jpg", held.getvalue(), "image/jpeg")


def test_a_visitor_proposes_a_problem_that_is_public_only_after_the_link(cast: Any) -> None:
    client, before = Client(), Act.objects.count()
    answer = client.post(
        J + "problemas/nuevo/",
        {"title": "Las calles se inundan", "text": "Cuando llueve no se puede pasar.", "email": CONTACT, "name": NAME},
    )
    assert (answer.status_code, Act.objects.count(), len(mail.outbox)) == (302, before, 1)
    assert client.get(answer["Location"]).status_code == 200
    first = link()
    assert client.get(first).status_code == 200
    assert Act.objects.count() == before  # a machine that opens links in mails publishes nothing
    done = client.post(first)
    assert done["Location"] == J + "problemas/1/"
    assert client.post(first)["Location"] == done["Location"]
    page = client.get(done["Location"]).content.decode()
    assert ("Las calles se inundan" in page, CONTACT in page, NAME in page) == (True, False, False)
    assert Act.objects.filter(kind="problem.published").count() == 1


def test_wrong_input_comes_back_filled_in(cast: Any) -> None:
    answer = Client().post(J + "problemas/nuevo/", {"title": "Mal", "text": "Poco.", "email": "nadie", "links": "x"})
    assert (answer.status_code, "Poco." in answer.content.decode()) == (422, True)
    with pytest.raises(ValidationError) as fault:
        actions.propose_problem(jurisdiction=cast.valle.jurisdiction, title="Mal", text="Mal", links="ftp://a")
    assert set(fault.value.message_dict) == {"title", "text", "email", "links"}
    assert Problem.objects.count() == 0


def test_a_contribution_gets_its_number_and_the_day_by_which_it_is_answered(cast: Any) -> None:
    call = make_call(cast.valle, answer_days=10)
    address = f"{J}convocatorias/{call.number}/aportar/"
    sent = {"title": "Publicar las fugas", "text": WORDS, "email": CONTACT, "sector": "citizen", "attached": picture()}
    answer = Client().post(address, sent)
    assert answer.status_code == 302
    Client().post(link())
    found = Contribution.objects.get()
    assert (found.number, found.received_on, found.due) == (1, dt.date(2026, 3, 16), dt.date(2026, 3, 30))
    assert (found.sight, found.source, found.kind) == ("shown", "web", "person")
    waiting = Attachment.objects.get(contribution=found)
    assert Client().get(f"/registro/blobs/sha256/{waiting.blob_id}").status_code == 404
    waiting.contribution = found
    actions.judge_file(attachment=waiting, visible=True, **by(cast.valle))
    shown = Client().get(f"/registro/blobs/sha256/{waiting.blob_id}")
    assert (shown.status_code, bool(shown.getvalue())) == (200, True)
    found.refresh_from_db()
    actions.withdraw(said=found)
    assert Client().get(f"/registro/blobs/sha256/{waiting.blob_id}").status_code == 404
    found.refresh_from_db()
    assert (found.text, found.email, found.awaits_answer) == ("", "", False)
    assert not Disclosure.objects.filter(on=found.subject_key(), erased=None).exists()


def test_a_phase_opens_and_closes_what_people_can_do(cast: Any) -> None:
    call = make_call(cast.valle, phases=windows(closed=("contributions", "tables", "problems", "prioritisation")))
    client, address = Client(), f"{J}convocatorias/{call.number}/"
    page = client.get(address).content.decode()
    assert f'href="{address}aportar/"' not in page
    answer = client.post(address + "aportar/", {"title": "Publicar fugas", "text": WORDS, "email": CONTACT})
    assert answer.status_code == 422
    assert "ya cerró" in answer.content.decode()
    given = {"call": call, "title": "Publicar fugas", "text": WORDS, "email": CONTACT}
    with pytest.raises(ValidationError):
        actions.contribute(**given)
    assert client.get(J + "problemas/").status_code == 200
    with time_machine.travel(dt.datetime(2026, 3, 6, 18, tzinfo=dt.UTC), tick=False):
        actions.contribute(**given)
    with (
        time_machine.travel(dt.datetime(2026, 3, 1, 18, tzinfo=dt.UTC), tick=False),
        pytest.raises(ValidationError) as e,
    ):
        actions.contribute(**given)
    assert "todavía no abre" in str(e.value)


def test_a_support_counts_once_and_only_when_it_is_confirmed(story: Story) -> None:
    client, given = Client(), story.contribution
    address = f"{J}apoyar/aportaciones/{given.number}/"
    for _n in range(2):
        assert client.post(address, {"email": "Apoyo@Ejemplo.invalid"}).status_code == 302
    given.refresh_from_db()
    assert (Backing.objects.count(), given.backers) == (1, 0)
    first = link()
    for _n in range(2):
        assert client.post(first)["Location"] == f"{J}aportaciones/{given.number}/"
    given.refresh_from_db()
    backing = Backing.objects.get()
    assert (given.backers, backing.email, given.counted) == (1, "", 0)
    assert actions.count_supports() == 1
    given.refresh_from_db()
    assert (given.counted, Act.objects.filter(kind="contribution.counted").count()) == (1, 1)
    assert actions.count_supports() == 0
    assert "1 persona la apoya" in client.get(f"{J}aportaciones/{given.number}/").content.decode()
    actions.take_support_back(backing=backing)
    given.refresh_from_db()
    assert (given.backers, Backing.objects.count()) == (0, 0)


def test_comments_are_one_level_deep(story: Story) -> None:
    first = actions.comment(about=story.contribution, text="De acuerdo.", email=CONTACT)
    actions.confirm(said=first)
    reply = actions.comment(about=story.contribution, text="Yo también.", parent=first, email=CONTACT)
    actions.confirm(said=reply)
    with pytest.raises(ValidationError):
        actions.comment(about=story.contribution, text="Y yo.", parent=reply, email=CONTACT)
    with pytest.raises(ValidationError):
        actions.comment(about=story.problem, text="Y yo.", parent=first, email=CONTACT)
    page = Client().get(f"{J}aportaciones/{story.contribution.number}/").content.decode()
    assert page.index("De acuerdo.") < page.index("Yo también.")
    on_draft = f"{J}comentar/borradores/{story.draft.number}/?parte=action"
    form = {"text": "Falta decir quién publica.", "field": "action", "email": CONTACT}
    assert Client().post(on_draft, form).status_code == 302
    Client().post(link())
    assert Comment.objects.get(field="action").draft == story.draft
    assert "Falta decir quién publica." in Client().get(f"{J}borradores/{story.draft.number}/").content.decode()


def test_a_translation_stands_beside_the_original(story: Story) -> None:
    address = f"{J}aportaciones/{story.contribution.number}/traducir/"
    form = {
        "tongue": "náhuatl",
        "title": "Ma moixpantili",
        "text": "Ma moixpantili quexquich atl mopolohua.",
        "email": CONTACT,
    }
    assert Client().post(address, form).status_code == 302
    Client().post(link())
    page = Client().get(f"{J}aportaciones/{story.contribution.number}/").content.decode()
    assert (form["text"] in page, WORDS in page, Translation.objects.count()) == (True, True, 1)


def test_joining_a_table_takes_a_name_a_contact_and_a_sector(story: Story) -> None:
    address = f"{J}mesas/{story.table.number}/unirse/"
    form = Client().get(address).context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["name", "email", "sector"]
    sent = {"name": "Juana Reyes", "email": "juana@ejemplo.invalid", "sector": "academia"}
    assert Client().post(address, sent).status_code == 302
    Client().post(link())
    page = Client().get(f"{J}mesas/{story.table.number}/").content.decode()
    assert ("Academia: 1" in page, "Juana" in page, "juana@" in page) == (True, False, False)
    assert Client().post(address, sent).status_code == 422  # the same address has its place
    mine = Member.objects.get(sector="academia")
    actions.withdraw(said=mine)
    assert "Academia" not in Client().get(f"{J}mesas/{story.table.number}/").content.decode()


def test_an_author_words_it_better_and_both_wordings_stay(story: Story) -> None:
    given = story.contribution
    page = f"{J}mio/{tokens.sign(tokens.AUTHOR, given)}/"
    better = "Publicar cada semana, barrio por barrio, cuánta agua se pierde en fugas."
    form = {"hacer": "redactar", "redactar-title": given.title, "redactar-text": better}
    assert Client().post(page, form).status_code == 302
    given.refresh_from_db()
    assert (given.text, given.wordings[0]["text"]) == (better, WORDS)
    assert given.hidden_state()["text_1"] == WORDS
    assert "Cómo la decía antes" in Client().get(f"{J}aportaciones/{given.number}/").content.decode()
    actions.withdraw(said=given)
    given.refresh_from_db()
    assert (given.wordings, given.words()) == ([{"on": "2026-03-16"}], {})


def test_whoever_is_signed_in_needs_no_letter(cast: Any, story: Story) -> None:
    client = signed_in(cast.without_role)
    answer = client.post(f"{J}apoyar/problemas/{story.problem.number}/", {})
    assert answer["Location"] == f"{J}problemas/{story.problem.number}/"
    story.problem.refresh_from_db()
    assert story.problem.backers == 1


def test_what_nobody_confirms_is_forgotten(cast: Any, story: Story) -> None:
    actions.propose_problem(
        jurisdiction=cast.valle.jurisdiction, title="Otro problema", text="Que nadie confirma.", email=CONTACT
    )
    actions.support(about=story.problem, email=CONTACT)
    first = Client().post(
        f"{J}problemas/nuevo/", {"title": "Uno más aquí", "text": "Que vence solo.", "email": CONTACT}
    )
    sent = link()
    with time_machine.travel(dt.datetime(2026, 3, 24, 18, tzinfo=dt.UTC), tick=False):
        assert Client().get(sent).status_code == 410
        assert Client().post(first["Location"].replace("enviado", "enviar-de-nuevo")).status_code == 302
        assert actions.forget() == 3
        assert Client().get(sent).status_code == 404


def test_a_text_with_somebodys_telephone_waits_for_a_look(cast: Any, story: Story) -> None:
    held = contribution(story.call, text="Llámenme al 33 1234 5678 para contarles de las fugas.")
    assert (held.sight, held.hidden_state()) == ("held", {})
    assert "33 1234 5678" not in Client().get(f"{J}aportaciones/{held.number}/").content.decode()
    actions.show(said=held, **doing(cast.valle))
    assert "33 1234 5678" in Client().get(f"{J}aportaciones/{held.number}/").content.decode()


def test_problems_that_are_one_are_joined_in_public_and_taken_apart(cast: Any, story: Story) -> None:
    other = problem(
        cast.valle, story.call, title="En fugas se pierde muchísima agua", text="Nadie repara las fugas de agua."
    )
    far = problem(cast.valle, story.call, title="No hay transporte de noche", text="Después de las nueve no pasa nada.")
    client = cast.valle.client("secretariat")
    address = f"/valle-del-ejemplo/gestion/cocreacion/problemas/{other.number}/unir/"
    assert [row.number for row, _score in client.get(address).context["alike"]] == [story.problem.number]
    answer = client.post(address, {"into": story.problem.pk, "why": "Dicen lo mismo."})
    assert answer.status_code == 302
    page = Client().get(f"{J}problemas/{other.number}/").content.decode()
    assert ("Se unió" in page, "Nadie repara las fugas" in page) == (True, True)
    other.refresh_from_db()
    for wrong in (story.problem, far):
        with pytest.raises(ValidationError):
            actions.merge_problems(problem=wrong, into=other, why="No.", **by(cast.valle))
    assert client.post(address, {"why": "Eran dos."}).status_code == 302
    other.refresh_from_db()
    assert (other.merged_into, Act.objects.filter(kind="problem.unmerged").count()) == (None, 1)


def test_comments_come_by_pages_the_newest_first_and_a_draft_shows_some_of_each_part(story: Story) -> None:
    about = {"contribution": story.contribution, "draft": story.draft}
    for key, target in about.items():
        rows = [
            Comment(
                jurisdiction=story.place.jurisdiction,
                number=100 + n + (100 if key == "draft" else 0),
                text=f"Comentario {n} de {key}",
                field="action" if key == "draft" else "",
                sight="shown",
                published_on=dt.date(2026, 3, 16),
                **{key: target},
            )
            for n in range(30)
        ]
        act_many("comment.published", rows, by=by(story.place)["by"])
    said = re.compile(r"Comentario \d+ de \w+")
    page = f"{J}aportaciones/{story.contribution.number}/"
    first = said.findall(Client().get(page).content.decode())
    assert (len(first), first[0]) == (25, "Comentario 29 de contribution")
    assert said.findall(Client().get(f"{page}?comentarios=2").content.decode())[-1] == "Comentario 0 de contribution"
    draft = f"{J}borradores/{story.draft.number}/"
    html = Client().get(draft).content.decode()
    assert (len(said.findall(html)), "Leer los 30 comentarios de «Qué se hará»" in html) == (5, True)
    assert len(said.findall(Client().get(f"{draft}?parte=action").content.decode())) == 25
