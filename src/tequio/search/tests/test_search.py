"""What people find, in their own words, and what nobody can find."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tequio.search import index, queries, sources
from tequio.search.models import Cursor, Entry
from tequio.search.queries import find
from tequio.search.sources import Item, Source

pytestmark = pytest.mark.django_db

THINGS: dict[str, Item] = {}


def thing(name, title, body="", place="jalisco", language="es", subject="commitment", **more):
    key = f"{place}/{subject}/{name}"
    THINGS[key + language] = Item(
        key=key, jurisdiction=place, language=language, url=f"/{place}/{name}/", title=title, body=body, **more
    )
    return key


def _source(kind, label):
    return Source(
        kind=kind,
        label=label,
        subjects=(kind,),
        entries=lambda keys: [item for item in THINGS.values() if item.key in keys],
        keys=lambda: dict.fromkeys(item.key for item in THINGS.values() if f"/{kind}/" in item.key),
    )


@pytest.fixture(autouse=True)
def _two_kinds():
    known = dict(sources._sources)
    sources._sources.clear()
    sources.register(_source("commitment", "Compromisos"))
    sources.register(_source("activity", "Actividades"))
    THINGS.clear()
    yield
    sources._sources.clear()
    sources._sources.update(known)


@pytest.fixture
def shelf():
    thing("transparentes", "Compromisos transparentes en los municipios", "Se publicaron los presupuestos de cada año.")
    thing(
        "tecnica", "Asistencia técnica para jóvenes", "Capacitaciones en energía y derechos de la niñez, niños y niñas."
    )
    thing(
        "verificacion",
        "Verificación ciudadana",
        "El comité verifica las evidencias; las leyes y las luces del tablero.",
    )
    thing("agua", "Agua limpia", "Participaron vecinas. Clave MXJL0002. La rendición de cuentas abre la puerta.")
    thing("taller", "Taller de datos abiertos", "Capacitación sobre transparencia.", subject="activity")
    index.rebuild()


def names(results):
    return {hit.key.split("/")[-1] for hit in results.hits}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("compromiso transparencia", {"transparentes"}),
        ("tecnica", {"tecnica"}),
        ("nino", {"tecnica"}),
        ("niñas", {"tecnica"}),
        ("presupuesto publicado", {"transparentes"}),
        ("publicó", {"transparentes"}),
        ("años", {"transparentes"}),
        ("verificar", {"verificacion"}),
        ("verificacion", {"verificacion"}),
        ("ley", {"verificacion"}),
        ("luz", {"verificacion"}),
        ("joven", {"tecnica"}),
        ("capacitar", {"tecnica", "taller"}),
        ("participación", {"agua"}),
        ("evidencia", {"verificacion"}),
        ("ENERGIA", {"tecnica"}),
        ("mxjl0002", {"agua"}),
        ("mxjl", {"agua"}),
        ("rendicion", {"agua"}),
        ('"rendición de cuentas"', {"agua"}),
        ('"cuentas de rendición"', set()),
        ('"limpia participaron"', set()),
        ("capacit", {"tecnica", "taller"}),
        ("el agua de los", {"agua"}),
        ("zapato", set()),
    ],
)
def test_people_find_things_in_their_own_words(shelf, words, found):
    assert names(find("jalisco", words, "es")) == found


def test_a_word_in_the_title_counts_more_than_in_the_text():
    thing("b", "Otra cosa", "transparencia " * 3 + "y más palabras")
    thing("a", "Transparencia", "Texto")
    index.rebuild()
    assert [hit.key for hit in find("jalisco", "transparencia", "es").hits] == [
        "jalisco/commitment/a",
        "jalisco/commitment/b",
    ]


def test_of_two_equally_good_the_newer_comes_first():
    thing("old", "Agua", day=dt.date(2020, 1, 1))
    thing("new", "Agua", day=dt.date(2024, 1, 1))
    thing("when", "Agua")
    index.rebuild()
    assert [hit.key[-4:] for hit in find("jalisco", "agua", "es").hits] == ["/new", "/old", "when"]


def test_nothing_of_another_jurisdiction_is_ever_found(shelf):
    thing("elsewhere", "Agua limpia", place="valle-del-ejemplo")
    index.rebuild()
    assert names(find("valle-del-ejemplo", "agua", "es")) == {"elsewhere"}
    assert names(find("jalisco", "agua", "es")) == {"agua"}
    assert names(find("valle0del0ejemplo", "agua", "es")) == set()


def test_the_scope_inside_the_index_cannot_be_searched_for(shelf):
    from tequio.search.engine import place

    assert find("jalisco", place("jalisco", "es"), "es").total == 0


def test_each_language_has_its_own_entries_and_untranslated_ones_are_found_in_both():
    thing("agua", "Agua limpia")
    thing("agua", "Clean water for schools", language="en")
    thing("ley", "Leyes claras")
    thing("ley", "Leyes claras", language="en", text_language="es")
    index.rebuild()
    assert names(find("jalisco", "school", "en")) == {"agua"}
    assert names(find("jalisco", "ley", "en")) == {"ley"}
    assert names(find("jalisco", "school", "es")) == set()
    assert find("jalisco", "ley", "en").hits[0].text_language == "es"


def test_kinds_are_counted_over_everything_found_and_narrow_the_page(shelf):
    results = find("jalisco", "capacitar", "es", kind="activity")
    assert [(facet.label, facet.count) for facet in results.facets] == [("Compromisos", 1), ("Actividades", 1)]
    assert (names(results), results.total, results.everything) == ({"taller"}, 1, 2)


def test_an_unknown_kind_counts_as_none(shelf):
    assert find("jalisco", "capacitar", "es", kind="nonsense").total == 2


def test_found_words_are_marked_by_family_and_the_pieces_are_the_text(shelf):
    hit = find("jalisco", "compromiso transparencia", "es").hits[0]
    assert "".join(piece.text for piece in hit.title) == "Compromisos transparentes en los municipios"
    assert [piece.text for piece in hit.title if piece.marked] == ["Compromisos", "transparentes"]


def test_an_excerpt_shows_where_the_words_stand_together():
    thing("long", "Informe", "agua " + "relleno " * 200 + "el agua limpia de la presa " + "relleno " * 200)
    index.rebuild()
    pieces = find("jalisco", "agua limpia", "es").hits[0].excerpt
    assert [piece.text for piece in pieces if piece.marked] == ["agua", "limpia"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
    assert sum(len(piece.text) for piece in pieces) <= 270


def test_when_nothing_has_all_the_words_some_of_them_are_enough_and_it_is_said(shelf):
    results = find("jalisco", "agua zapato", "es")
    assert (names(results), results.relaxed) == ({"agua"}, True)


def test_a_misspelt_word_gets_the_nearest_word_of_this_place(shelf):
    assert find("jalisco", "transparnetes", "es").suggestion == "transparentes"
    assert find("jalisco", "verifikasion", "es").suggestion == "verificación"
    assert find("jalisco", "xyzzyq", "es").suggestion == ""


def test_only_what_is_public_now_is_found(shelf):
    key = "jalisco/commitment/agua"
    assert find("jalisco", "agua", "es").total == 1
    del THINGS[key + "es"]
    index.index([key])
    assert (find("jalisco", "agua", "es").total, Entry.objects.filter(key=key).count()) == (0, 0)


def test_a_changed_text_is_found_by_its_new_words_only(shelf):
    key = thing("agua", "Bosque urbano")
    index.index([key])
    assert names(find("jalisco", "bosque", "es")) == {"agua"}
    assert names(find("jalisco", "limpia", "es")) == set()


def test_a_rebuild_takes_away_what_has_no_object_any_more(shelf):
    del THINGS["jalisco/commitment/aguaes"]
    call_command("search_rebuild", verbosity=0)
    assert (find("jalisco", "agua", "es").total, Entry.objects.count()) == (0, 4)


def test_the_index_follows_the_record_from_where_it_stopped():
    log = [thing("a", "Agua"), thing("b", "Bosque"), thing("c", "Caminos")]

    def fetch(position):
        batch = log[position + 1 : position + 3]
        return batch, position + len(batch)

    assert index.catch_up(fetch) == 3
    assert Cursor.objects.get().position == 2
    log.append(thing("d", "Datos"))
    assert index.catch_up(fetch) == 1
    assert index.catch_up(fetch) == 0
    assert find("jalisco", "datos", "es").total == 1


def test_a_source_that_gives_what_was_not_asked_for_is_refused():
    sources.register(
        Source("commitment", "C", ("commitment",), lambda keys: [Item("x/commitment/y", "x", "es", "/", "T")], list)
    )
    with pytest.raises(ValueError, match="was not asked for"):
        index.index(["jalisco/commitment/a"])


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_results_costs_the_same_queries_however_many_there_are(count, django_assert_num_queries):
    for number in range(count):
        thing(f"n{number}", "Agua limpia", "agua")
    index.rebuild()
    with django_assert_num_queries(3):
        assert find("jalisco", "agua", "es").total == count


def test_pages_hold_twenty_and_stay_within_what_exists():
    for number in range(45):
        thing(f"n{number:02}", "Agua")
    index.rebuild()
    pages = [find("jalisco", "agua", "es", page=page) for page in (1, 2, 3, 99, -5)]
    assert [(page.page, len(page.hits)) for page in pages] == [(1, 20), (2, 20), (3, 5), (3, 5), (1, 20)]
    assert len({hit.key for page in pages[:3] for hit in page.hits}) == 45


HOSTILE = [
    '"', '""', '"agua', "agua AND", "AND OR NOT", "NEAR(agua limpia, 2)", "title:agua", "agua*", "*",
    "{title body}:x", "^agua", "agua'; DROP TABLE search_words;--", "(((", "a & b | !c", "<->", ":*", "\\",
    "\x00agua", "agua\x00limpia", "%s %(x)s", "{}", "“agua limpia”", "«agua»", "🌊", "ß Ⅷ ﬁ İ", "\u202eagua",
    "-agua", "+agua", "' OR 1=1", "$$", "x" * 5000, "agua " * 500,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_signs_that_mean_something_to_an_engine_mean_nothing_here(shelf, words):
    results = find("jalisco", words, "es")
    assert {hit.key.split("/")[0] for hit in results.hits} <= {"jalisco"}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60) | st.text(alphabet="\"*:()^{}-+&|!<>'\\ aguañé\x00%", max_size=40))
def test_no_text_breaks_the_search_or_its_marks(words):
    if not Entry.objects.exists():
        thing("agua", 'Agua <b>limpia</b> "ñandú"', words or "nada")
        index.rebuild()
    for hit in find("jalisco", words, "es").hits:
        assert "".join(piece.text for piece in hit.title) == 'Agua <b>limpia</b> "ñandú"'


def test_the_number_of_terms_is_bounded():
    assert len(queries.terms_of(" ".join(f"w{number}" for number in range(60)))) == queries.MOST_TERMS


def test_the_index_uses_the_engine_of_the_database(shelf):
    sql = {"sqlite": "SELECT count(*) FROM search_words WHERE search_words MATCH 'title : \"transparent\"'",
           "postgresql": "SELECT count(*) FROM search_words WHERE words @@ '''transparent'':A'::tsquery"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        assert cursor.fetchone() == (1,)
