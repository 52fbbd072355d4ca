"""From scores to a commitment: an order that anybody computes again, a draft written together, a ledger of its words."""

import csv
import datetime as dt
import io
import random
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.cocreation import actions, queries, scoring, taking, telling
from tequio.cocreation.models import Credit, DraftVersion, JointDraft, Score
from tequio.cocreation.tests.make import CONTACT, Story, by, contribution, doing, windows
from tequio.commitments.models import Draft
from tequio.notices.models import Follow
from tequio.record.models import Act

J = "/valle-del-ejemplo/cocreacion/"
G = "/valle-del-ejemplo/gestion/cocreacion/"
EACH = ("impact", "feasible", "equity", "openness")


def points(*values: int) -> dict[str, int]:
    return dict(zip(EACH, values, strict=True))


def test_medians_by_sector_and_equal_sectors() -> None:
    criteria = [{"key": "a", "weight": 3}, {"key": "b", "weight": 1}]
    given = [
        scoring.Given(1, "cso", {"a": 5, "b": 1}),
        scoring.Given(1, "cso", {"a": 5, "b": 1}),
        scoring.Given(1, "cso", {"a": 1, "b": 1}),
        scoring.Given(1, "gov_municipal", {"a": 2, "b": 2}),
        scoring.Given(2, "cso", {"a": 3, "b": 3}),
    ]
    # cso: (3·5 + 1)/4 = 4; government: 2; the mean of both is 3: as the other one, so they share the first place.
    assert [(row.contribution, row.score, row.rank) for row in scoring.ranking(given, criteria)] == [
        (1, "3.000", 1),
        (2, "3.000", 1),
    ]


def test_the_order_is_the_published_formula_whatever_the_scores() -> None:
    for seed in range(60):
        chance = random.Random(seed)
        criteria = [{"key": key, "weight": chance.randint(1, 10)} for key in "abc"]
        given = [
            scoring.Given(
                n, chance.choice(("cso", "academia", "gov_municipal")), {key: chance.randint(1, 5) for key in "abc"}
            )
            for n in range(1, 6)
            for _times in range(chance.randint(1, 7))
        ]
        expected = {}
        for n in {row.contribution for row in given}:
            by_sector = []
            for sector in {row.sector for row in given if row.contribution == n}:
                rows = [row.points for row in given if (row.contribution, row.sector) == (n, sector)]
                middles = {key: Fraction(median([row[key] for row in rows])) for key in "abc"}
                total = sum(middles[row["key"]] * row["weight"] for row in criteria)
                by_sector.append(total / sum(row["weight"] for row in criteria))
            expected[n] = scoring.written(sum(by_sector, Fraction(0)) / len(by_sector))
        found = scoring.ranking(chance.sample(given, len(given)), criteria)
        assert {row.contribution: row.score for row in found} == expected
        assert [row.rank for row in found] == sorted(row.rank for row in found)


def test_scores_give_an_order_that_the_download_gives_again(story: Story) -> None:
    second = contribution(story.call, title="Un mapa de las fugas", text="Poner en un mapa cada fuga reportada.")
    for kind, values in (("seat_head", (5, 4, 4, 4)), ("support", (4, 4, 5, 3)), ("participant", (2, 2, 2, 2))):
        actions.score(contribution=story.contribution, points=points(*values), **doing(story.place, kind))
    client = story.place.client("support")
    sent = {f"{second.number}-{key}": 5 for key in EACH}
    assert client.post(f"{G}convocatorias/{story.call.number}/calificar/", sent).status_code == 302
    assert Score.objects.get(contribution=second).sector == "cso"
    page = Client().get(f"{J}convocatorias/{story.call.number}/prioridades/")
    assert [row["ranked"].contribution for row in page.context["rows"]] == [second.number, story.contribution.number]
    told = Client().get(f"{J}convocatorias/{story.call.number}/calificaciones.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(told)))
    given = [
        scoring.Given(int(row["contribution"]), row["sector"], {key: int(row[key]) for key in EACH}) for row in rows
    ]
    assert scoring.ranking(given, story.call.criteria) == [row["ranked"] for row in page.context["rows"]]
    actions.close_scoring(call=story.call, **by(story.place))
    assert [row["rank"] for row in story.call.result] == [1, 2]
    with pytest.raises(ValidationError):
        actions.score(contribution=second, points=points(1, 1, 1, 1), **doing(story.place, "participant"))
    with pytest.raises(ValidationError):
        actions.change_call(
            call=story.call,
            title={"es": "Otra"},
            summary="",
            phases=windows(),
            answer_days=10,
            criteria=[{"key": "a", "label": {"es": "Uno"}, "weight": 1}],
            why="Para que gane otra.",
            **by(story.place),
        )


def test_two_who_write_at_once_do_not_overwrite_each_other(story: Story) -> None:
    client = story.place.client("secretariat")
    address = f"{G}borradores/{story.draft.number}/"
    sent = {
        "title_es": "Fugas a la vista",
        "action_es": "Publicar las fugas.",
        "why_es": "Más corto",
        "seen": story.draft.version,
    }
    assert client.post(address, sent)["Location"] == f"{J}borradores/{story.draft.number}/versiones/3/"
    late = story.place.client("facilitator").post(address, {**sent, "action_es": "Lo que escribió otra persona."})
    assert (late.status_code, "Lo que escribió otra persona." in late.content.decode()) == (422, True)
    page = Client().get(f"{J}borradores/{story.draft.number}/versiones/3/").content.decode()
    assert ("<del>" in page, "<ins>" in page) == (True, True)
    assert DraftVersion.objects.count() == 3


def test_words_are_suggested_and_a_person_confirms_them(story: Story) -> None:
    suggestions = queries.suggested_words(story.draft, story.contribution)
    assert ("action", "cuánta agua se pierde en fugas y en cuánto tiempo se reparan") in [
        (one.field, one.words.rstrip(".")) for one in suggestions
    ]
    line = Credit.objects.get()
    assert (line.field, line.confirmed_on) == ("", None)  # linked, but nothing said of words
    client = story.place.client("facilitator")
    address = f"{G}borradores/{story.draft.number}/aportes/{story.contribution.number}/"
    wrong = client.post(address, {"field": "action", "words": "palabras que no están"})
    assert wrong.status_code == 422
    words = next(one.words for one in suggestions if one.field == "action")
    assert client.post(address, {"field": "action", "words": words}).status_code == 302
    line.refresh_from_db()
    assert (line.field, line.words, line.confirmed_on) == ("action", words.strip(), dt.date(2026, 3, 16))
    for page in (
        f"{J}aportes/",
        f"{J}borradores/{story.draft.number}/",
        f"{J}aportaciones/{story.contribution.number}/",
    ):
        assert words.strip() in Client().get(page).content.decode()
    printed = Client().get(f"{J}aportaciones/{story.contribution.number}/constancia/").content.decode()
    assert ('<svg class="qr"' in printed, words.strip() in printed) == (True, True)


def test_a_draft_becomes_a_commitment_with_everything_linked(
    story: Story, django_capture_on_commit_callbacks: Any
) -> None:
    client = story.place.client("secretariat")
    sent = {"plan": story.place.plan.pk, "code": "fugas-2"}
    answer = client.post(f"{G}borradores/{story.draft.number}/compromiso/", sent)
    assert answer["Location"] == "/valle-del-ejemplo/gestion/compromisos/fugas-2/"
    working = Draft.objects.get(commitment__code="fugas-2")
    assert working.document["problem"]["es"] == story.problem.text
    assert working.document["origin"] == "cocreated"
    story.draft.refresh_from_db()
    assert (story.draft.status, story.draft.code) == ("sent", "fugas-2")
    actions.reject(draft=story.draft, decision="valle-del-ejemplo/resolution/1", **by(story.place))
    better = {"title": {"es": "Fugas a la vista"}, "action": {"es": "Publicar las fugas cada semana."}}
    actions.write_version(
        draft=story.draft, fields=better, why="Más claro", seen=story.draft.version, **doing(story.place)
    )
    story.draft.refresh_from_db()
    assert client.post(f"{G}borradores/{story.draft.number}/compromiso/", sent)["Location"] == answer["Location"]
    working.refresh_from_db()
    assert working.document["action"]["es"] == "Publicar las fugas cada semana."
    story.draft.refresh_from_db()
    mail.outbox.clear()
    actions.adopt(draft=story.draft, decision="valle-del-ejemplo/resolution/2", **by(story.place))
    assert telling.tell_authors(story.draft) == 1
    assert (mail.outbox[0].to, "Fugas a la vista" in mail.outbox[0].body) == ([CONTACT], True)
    assert Follow.objects.filter(key=story.draft.subject_key(), follower__email=CONTACT).count() == 1
    with pytest.raises(ValidationError):
        actions.adopt(draft=story.draft, decision="valle-del-ejemplo/resolution/3", **by(story.place))


def test_the_thread_can_be_pulled_from_both_ends(story: Story) -> None:
    JointDraft.objects.filter(pk=story.draft.pk).update(commitment=story.place.commitment)
    page = Client().get("/valle-del-ejemplo/compromisos/agua-1/").content.decode()
    for address in (f"problemas/{story.problem.number}/", f"aportaciones/{story.contribution.number}/"):
        assert f'href="{J}{address}"' in page
    page = Client().get(f"{J}problemas/{story.problem.number}/").content.decode()
    for address in (f"{J}borradores/{story.draft.number}/", "/valle-del-ejemplo/compromisos/agua-1/"):
        assert f'href="{address}"' in page


def test_what_was_spoken_makes_a_line_for_a_title() -> None:
    assert taking.first_line("Que haya agua. Y que se mida.") == "Que haya agua"
    assert len(taking.first_line("palabra " * 40)) <= taking.LINE + 1


def test_a_sheet_sent_twice_is_one_contribution(story: Story) -> None:
    told: dict[str, Any] = {
        "call": story.call,
        "source": "paper",
        "kind": "assisted",
        "title": "Poner llaves nuevas",
        "text": "Que cambien las llaves viejas del mercado.",
        "sheet": "AB-0001",
        "sector": "citizen",
        **doing(story.place, "facilitator"),
    }
    first, again = actions.enter_contribution(**told), actions.enter_contribution(**told)
    assert (first.pk, first.entered_by) == (again.pk, story.place.roles["facilitator"])
    with pytest.raises(ValidationError) as fault:
        actions.enter_contribution(**{**told, "sheet": "", "source": "web", "received_on": dt.date(2025, 1, 1)})
    assert set(fault.value.message_dict) == {"source", "received_on"}
    client = story.place.client("facilitator")
    form = {
        "source": "paper",
        "kind": "assisted",
        "title": told["title"],
        "text": told["text"],
        "received_on": "2026-03-15",
    }
    answer = client.post(f"{G}convocatorias/{story.call.number}/capturar/", form)
    assert answer.status_code == 302
    page = Client().get(answer["Location"]).content.decode()
    assert ("En papel" in page, "Con ayuda de alguien" in page) == (True, True)
    assert Act.objects.filter(kind="contribution.published").count() == 3
