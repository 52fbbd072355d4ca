"""Texts in two languages, differences, prose, money."""

from decimal import Decimal

from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tequio.common.difference import compare
from tequio.common.i18n import best, text, versions


def draw(source: str, language: str = "es", **context: object) -> str:
    with override(language):
        return Template("{% load tequio %}" + source).render(Context(context))


def test_a_text_shows_in_the_readers_language_and_else_in_the_other_marked_as_such() -> None:
    both, spanish = text("Agua", "Water"), text("Agua")
    shown = [draw("{% say words %}", language, words=words) for words in (both, spanish) for language in ("es", "en")]
    assert shown == ["Agua", "Water", "Agua", '<span lang="es-MX">Agua</span>']


def test_an_empty_text_stays_empty() -> None:
    assert [best(value) for value in (text(), "", None, {})] == [("", "es")] * 4
    assert draw("[{% say words %}]", words=text()) == "[]"
    assert versions({"es": "a", "en": "", "fr": "b"}) == {"es": "a"}


def test_texts_are_escaped() -> None:
    assert draw("{% say words %}", words=text("<b>")) == "&lt;b&gt;"
    assert draw("{% light 'green' words %}", words="<b>").endswith("</svg>&lt;b&gt;</span>")


def test_prose_draws_paragraphs_and_lists_and_nothing_dangerous() -> None:
    source = "Uno **dos**\n\n- tres\n\n<script>x</script>[a](javascript:x) [b](https://example.org/)"
    assert draw("{% prose words %}", words=text(source)) == (
        '<div class="prose"><p>Uno <strong>dos</strong></p>\n<ul>\n<li>tres</li>\n</ul>\n'
        "<p>&lt;script&gt;x&lt;/script&gt;[a](javascript:x) "
        '<a href="https://example.org/" rel="noopener nofollow">b</a></p>\n</div>'
    )


def test_what_the_source_does_not_say_is_said_so() -> None:
    assert draw("{% prose words %}", words=text()) == '<span class="unknown">La fuente no lo dice</span>'


def test_money_and_figures_read_without_needless_zeros() -> None:
    values = [Decimal("1200000"), Decimal("612300.50"), Decimal("0"), None]
    assert [draw("{{ v|amount }}", v=value) for value in values] == [
        "$1\u202f200\u202f000\u00a0MXN",
        "$612\u202f300.50\u00a0MXN",
        "$0\u00a0MXN",
        "",
    ]
    assert [draw("{{ v|number }}", v=value) for value in (Decimal("12.50"), 1200, "0.0", "")] == [
        "12.5",
        "1\u202f200",
        "0",
        "",
    ]
    assert draw("{{ v|plain_figure }}", v=Decimal("1200000.50")) == "1200000.5"


def test_a_difference_is_shown_by_whole_words() -> None:
    shown = draw("{% difference a b %}", a="en marzo, con tres", b="en mayo, con tres más")
    assert shown == "en <del>marzo</del><ins>mayo</ins>, con tres<ins> más</ins>"


words = st.text(alphabet="ab ñ.,\n", max_size=40)


@given(words, words)
def test_a_difference_gives_back_both_texts(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(p.text for p in pieces if p.kind != "new") == before
    assert "".join(p.text for p in pieces if p.kind != "gone") == after
