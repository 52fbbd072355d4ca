"""Bringing a text in, putting it right, publishing it, and reading it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.legaltext import actions, finding, pdf_out, queries, rules, waiting
from tequio.legaltext.mend import drop, find, join, lift, lower, relabel, split
from tequio.legaltext.models import Expression, Import, Work
from tequio.legaltext.readers import paste
from tequio.legaltext.stored import pack, unpack
from tequio.legaltext.tests.texts import FIRST, SECOND, first_version, version
from tequio.legaltext.tree import Document, missing, walk, with_eids
from tequio.legaltext.views import slowly
from tequio.legaltext.views.mending import aligned_of
from tequio.record.models import Act

J = "/valle-del-ejemplo/"
WORK = J + "gestion/textos/"
TWICE = FIRST.replace("CAPÍTULO II\n", "Artículo 3.- El Comité sesiona cada mes.\n\nCAPÍTULO II\n")


def read(text: str = FIRST) -> tuple[Document, str]:
    found = paste(text)
    return with_eids(found.document), found.source


@pytest.mark.parametrize(
    "step",
    [
        lambda d: split(d, "art_5", "para que otra", "fraccion", "", "1"),
        lambda d: split(d, "art_3", "sus reuniones", "articulo", "", "3-bis"),
        lambda d: join(d, "art_2__point_2"),
        lambda d: join(d, "art_4"),
        lambda d: lower(d, "art_2__point_3"),
        lambda d: lift(d, "art_2__point_2"),
        lambda d: lift(d, "art_2"),
        lambda d: relabel(d, "art_2__point_2", "numeral", "II.", "2"),
        lambda d: relabel(d, "chp_2", "titulo", "CAPÍTULO II", "2", "DE LOS TURNOS"),
        lambda d: drop(d, "art_6", read()[1]),
    ],
)
def test_no_step_loses_a_word_or_changes_their_order(step: Any) -> None:
    document, source = read()
    changed = step(document)
    assert missing(changed, source) is None
    assert changed != document
    eids = [node.eid for node in walk(changed.nodes)]
    assert len(eids) == len(set(eids))
    assert unpack(pack(changed)) == changed


def test_steps_do_what_they_say() -> None:
    document, _source = read()
    cut = split(document, "art_3", "sus reuniones", "articulo", "", "3-bis")
    assert find(cut, "art_3bis").text == "sus reuniones son privadas."
    raised = lift(document, "art_2__point_2")
    assert [child.label for child in find(raised, "art_2").children] == ["I."]
    lowered = lower(document, "art_2__point_2")
    assert find(lowered, "art_2__point_1").children[0].label == "II."
    assert find(relabel(document, "art_2__point_2", "numeral", "II.", "9"), "art_2__num_9").text.startswith("Turno")
    for wrong in (
        lambda: split(document, "art_3", "palabras que no están"),
        lambda: relabel(document, "art_3", "articulo", "Artículo 9.-", "9"),
        lambda: lower(document, "art_2__point_1"),
        lambda: find(document, "art_99"),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            wrong()


def test_the_secretariat_brings_a_text_in_and_publishes_it(cast: Any) -> None:
    client = cast.valle.client("secretariat")
    empty = client.post(WORK + "nuevo/", {"kind": "law", "date": "2026-01-10", "stage": "in_force"})
    assert (empty.status_code, "Elige un archivo o pega el texto." in empty.content.decode()) == (422, True)
    file = SimpleUploadedFile("riego.txt", FIRST.encode())
    wrong = client.post(WORK + "nuevo/", {"kind": "regulation", "date": "ayer", "stage": "in_force", "file": file})
    page = wrong.content.decode()
    assert (wrong.status_code, "Artículo 5.- Quien no use su turno" in page) == (
        422,
        True,
    )  # the file's words came back
    said = {"kind": "regulation", "date": "2026-01-10", "stage": "in_force", "words": FIRST, "name": "Primera"}
    answer = client.post(WORK + "nuevo/", said)
    work = Work.objects.get()
    assert (work.title, work.is_public(), answer["Location"]) == (
        "REGLAMENTO DE RIEGO DEL VALLE (INVENTADO)",
        False,
        f"{WORK}{work.code}/1/",
    )
    assert Client().get(f"{J}textos/{work.code}/").status_code == 404
    assert [item.about for item in waiting.for_role(cast.valle.roles["secretariat"], dt.date(2026, 3, 16))] == [
        work.title
    ]
    review = client.get(answer["Location"]).content.decode()
    assert "Encontramos 6 artículos y 3 fracciones" in review
    before = Act.objects.count()
    confirm = client.get(answer["Location"] + "publicar/").content.decode()
    assert "Una versión publicada no cambia nunca." in confirm
    assert Act.objects.count() == before
    done = client.post(answer["Location"] + "publicar/", {"revision": "1"})
    assert done["Location"] == f"{J}textos/{work.code}/1/"
    assert Act.objects.filter(kind="expression.published").count() == 1
    assert (
        client.post(answer["Location"] + "arreglar/", {"step": "join", "eid": "art_2", "revision": 1}).status_code
        == 422
    )


def test_a_serious_doubt_bars_publication_until_somebody_settles_it(cast: Any) -> None:
    made = first_version(cast.valle, TWICE, publish=False)
    client, address = cast.valle.client("secretariat"), f"{WORK}riego/1/"
    page = client.get(address).content.decode()
    assert "Queda 1 duda grave de la estructura por resolver." in page
    with pytest.raises(ValidationError):
        actions.publish(expression=made, by=None, role=None)  # type: ignore[arg-type]
    doubt = next(q for q in queries.questions(made.draft) if q.doubt.code == "repeated")
    panel = client.get(f"{address}?duda={doubt.key}").content.decode()
    assert "ya aparece antes en este texto" in panel
    assert doubt.node is not None
    said = {"step": "drop", "eid": doubt.node.eid, "doubt": doubt.key, "revision": 1}
    assert client.post(address + "arreglar/", {**said, "revision": 7}).status_code == 422  # somebody else was faster
    assert client.post(address + "arreglar/", said).status_code == 302
    made.draft.refresh_from_db()
    assert [node.eid for node in walk(unpack(made.draft.tree).nodes)].count("art_3") == 1
    assert client.post(address + "deshacer/", {"revision": 2}).status_code == 302
    for question in queries.questions(Import.objects.get(expression=made)):
        revision = Import.objects.get(expression=made).revision
        answer = client.post(address + "dejar/", {"doubt": question.key, "revision": revision})
        assert answer.status_code == 302
    ready = client.get(address).content.decode()
    assert "Ya se puede publicar" in ready
    gone = client.post(address + "descartar/")
    assert (gone["Location"], Work.objects.count()) == (WORK, 0)


def test_whether_an_article_is_the_same_is_asked_and_the_answer_holds(cast: Any) -> None:
    first = first_version(cast.valle)
    text = FIRST.replace(
        "Artículo 3.- El Comité sesiona cada seis meses y sus reuniones son privadas.",
        "Artículo 3.- La tesorería municipal guarda los libros y los muestra a quien lo pida por escrito.",
    )
    made = version(cast.valle, first.work, text, dt.date(2026, 3, 1), publish=False)
    client, address = cast.valle.client("secretariat"), f"{WORK}riego/2/"
    page = client.get(address).content.decode()
    assert "¿Es el mismo artículo?" in page
    assert client.post(address + "publicar/", {"revision": "1"}).status_code == 422
    said = {"path": "art_3", "old": "art_3", "kind": "replaced", "revision": 1}
    assert client.post(address + "responder/", said).status_code == 302
    assert client.post(address + "publicar/", {"revision": "2"}).status_code == 302
    made.refresh_from_db()
    assert made.summary == {"counts": {"added": 1, "removed": 1}}
    assert sorted(row.kind for row in queries.changes_of(made)) == ["added", "removed"]


def test_only_who_may_works_on_texts(cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "_more", [])
    assert cast.valle.client("lead").get(WORK).status_code == 403
    rules.also(lambda account, obj: account == cast.valle.accounts["lead"])
    assert cast.valle.client("lead").get(WORK).status_code == 200


@pytest.fixture
def two(cast: Any) -> Any:
    """Both versions, published."""
    cast.first = first_version(cast.valle)
    cast.second = version(cast.valle, cast.first.work, SECOND, dt.date(2026, 3, 1))
    return cast


def test_anybody_reads_compares_and_takes_it_along(two: Any) -> None:
    client = Client()

    def page(path: str) -> str:
        answer = client.get(J + path)
        assert (path, answer.status_code) == (path, 200)
        return str(answer.content.decode())

    assert "Reglamento de Riego del Valle" in page("textos/")
    text = page("textos/riego/2/")
    assert '<a href="/valle-del-ejemplo/textos/riego/2/#art_2">2</a>' in text
    assert 'id="art_2__point_2"' in text
    assert "Hay una versión más nueva." in page("textos/riego/1/")
    day = page("textos/riego/?fecha=2026-02-02")
    assert re.search(r"regía <a href=\"/valle-del-ejemplo/textos/riego/1/\">", day)
    assert "Esa fecha no se entiende" in page("textos/riego/?fecha=ayer")
    article = page("textos/riego/2/art_3/")
    assert "privadas</del>" in article
    assert "Lo nombran" in page("textos/riego/2/art_2/")
    compared = page("textos/riego/2/desde/1/")
    assert "Cambian 2 artículos o disposiciones con número propio, de 9." in compared
    assert "Cambian de número: artículos 5 a 7 (antes artículos 4 a 6)." in compared
    assert "Ver lado a lado" in page("textos/riego/2/desde/1/?vista=seguido")
    assert client.get(J + "textos/riego/comparar/")["Location"] == J + "textos/riego/2/desde/1/"
    assert client.get(J + "textos/riego/comparar/?de=2&a=1")["Location"] == J + "textos/riego/2/desde/1/"
    assert client.get(J + "textos/riego/2/art_2__point_2/")["Location"] == J + "textos/riego/2/art_2/#art_2__point_2"
    files = {form: client.get(f"{J}textos/riego/2/texto.{form}") for form in ("xml", "docx", "pdf", "txt", "json")}
    assert {form: answer.status_code for form, answer in files.items()} == dict.fromkeys(files, 200)
    assert b'wId="art_4"' in files["xml"].content
    assert "Artículo 7.- Quien tome agua" in files["txt"].content.decode()
    assert files["pdf"].content.startswith(b"%PDF-")
    assert b"".join(files["json"].streaming_content) == two.second.file.path.read_bytes()
    exact = client.get(f"/registro/blobs/sha256/{two.second.file_id}")
    assert b"".join(exact.streaming_content) == two.second.file.path.read_bytes()
    exact.close()
    assert "ninguna persona abogada" in page("textos/glosario/")
    assert "206.84" in page("textos/como-se-compara/")


def test_pages_cost_the_same_for_a_short_and_a_long_text(two: Any, settings: Any) -> None:
    settings.PAGE_CACHE = False
    longer = "\n\n".join(
        [SECOND.split("TRANSITORIOS")[0], *(f"Artículo {n}.- Parte {n}, artículo 2." for n in range(8, 40))]
    )
    other = actions.create_work(jurisdiction=two.valle.jurisdiction, kind="law", title="Ley larga", code="larga")
    version(two.valle, other, longer, dt.date(2026, 1, 1))
    version(two.valle, other, longer.replace("Parte 2", "Trozo 2"), dt.date(2026, 2, 1))
    client = Client()

    def cost(path: str) -> int:
        client.get(J + path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(J + path).status_code == 200
        return len(seen)

    for path in ("", "2/", "2/art_2/", "2/desde/1/", "2/entero/"):
        assert (path, cost(f"textos/riego/{path}")) == (path, cost(f"textos/larga/{path}"))
    assert cost("textos/riego/2/") <= 25


def test_long_texts_are_cut_into_pages_that_know_where_each_article_is(cast: Any) -> None:
    many = "\n\n".join(f"Artículo {n}.- Texto número {n} de la ley." for n in range(1, 231))
    made = first_version(cast.valle, many)
    client = Client()
    first, last = (client.get(f"{J}textos/riego/1/{query}").content.decode() for query in ("", "?pagina=3"))
    assert ("Texto número 100 de" in first, "Texto número 101 de" in first) == (True, False)
    assert ("Texto número 200 de" in last, "Texto número 230 de" in last) == (False, True)
    assert (
        'href="/valle-del-ejemplo/textos/riego/1/?pagina=2#art_150"'
        in client.get(f"{J}textos/riego/1/art_150/").content.decode()
    )
    assert "Texto número 230 de" in client.get(f"{J}textos/riego/1/entero/").content.decode()
    assert Expression.objects.get().articles == made.articles == 230


def test_the_lists_of_texts_cost_the_same_for_one_and_for_three(cast: Any, settings: Any) -> None:
    settings.PAGE_CACHE = False
    first_version(cast.valle)
    signed, visitor = cast.valle.client("secretariat"), Client()

    def cost() -> list[int]:
        found = []
        for client, path in ((visitor, J + "textos/"), (signed, WORK)):
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        return found

    one = cost()
    for n in range(2):
        work = actions.create_work(jurisdiction=cast.valle.jurisdiction, kind="law", title=f"Ley {n}")
        version(cast.valle, work, FIRST, dt.date(2026, 1, 1))
    assert cost() == one


def test_search_finds_an_article_by_its_newest_words(two: Any) -> None:
    here = two.valle.jurisdiction.slug
    keys = finding.touched(here, "riego.2")
    assert f"{here}/provision/riego.art_4-v2" in keys
    found = {(item.key, item.language): item for item in finding.articles(keys)}
    item = found[f"{here}/provision/riego.art_3", "es"]
    assert (item.title, item.url) == (
        "Artículo 3 · Reglamento de Riego del Valle",
        "/valle-del-ejemplo/textos/riego/2/art_3/",
    )
    assert "públicas" in item.body
    assert found[f"{here}/provision/riego.art_3", "en"].url == "/en/valle-del-ejemplo/textos/riego/2/art_3/"
    assert [item.title for item in finding.works([two.first.work.subject_key()])] == [
        "Reglamento de Riego del Valle"
    ] * 2


def test_whoever_follows_a_text_hears_of_its_versions() -> None:
    assert waiting.of_version("valle/expression/riego.2") == ["valle/expression/riego.2", "valle/work/riego"]


def test_a_draft_with_the_key_and_revision_of_another_is_compared_by_its_own_words(cast: Any) -> None:
    """A rolled-back change, or a restored database, gives the same key to another text."""
    work = first_version(cast.valle).work
    made = version(cast.valle, work, SECOND, dt.date(2026, 2, 10), publish=False)
    draft = Import.objects.select_related("expression__supersedes__file").get(expression=made)
    changed = aligned_of(draft).changes
    assert "added" in {change.kind for change in changed}
    draft.tree = pack(read(FIRST)[0])
    assert aligned_of(draft).changes == queries.alignment_of(draft, unpack(draft.tree)).changes != changed


@pytest.mark.django_db
def test_a_long_file_is_read_while_its_reader_watches_and_ends_at_the_draft(cast: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(slowly, "LONG", 100)
    monkeypatch.setattr(slowly, "PULSE", 0.01)
    staff = cast.valle.client("secretariat")
    url = f"{J}gestion/textos/nuevo/"
    content = pdf_out.write(paste(FIRST).document, "Ley inventada", "1", "hoy", "")
    said = {"kind": "law", "title": "Ley larga", "date": "2026-03-01", "stage": "in_force"}
    answer = staff.post(url, {**said, "file": SimpleUploadedFile("ley.pdf", content)})
    told = b"".join(answer.streaming_content).decode()
    made = Expression.objects.get(work__title="Ley larga")
    places = [told.index(words) for words in ("Recibimos «ley.pdf»", "página 1 de", "Buscamos sus artículos", "Listo.")]
    assert places == sorted(places)
    assert f'content="1;url={J}gestion/textos/{made.work.code}/1/"' in told
    assert staff.get(f"{J}gestion/textos/{made.work.code}/1/").status_code == 200

    broken = staff.post(url, {**said, "file": SimpleUploadedFile("ley.pdf", content[:200] + b"x" * 200)})
    told = b"".join(broken.streaming_content).decode()
    assert ("está incompleto o dañado" in told or "PDF" in told, 'value="Ley larga"' in told) == (True, True)
    assert "http-equiv" not in told.split("</ol>")[-1]
    assert Expression.objects.count() == 1
