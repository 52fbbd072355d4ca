"""The stylesheet, the base page and the style page."""

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

import tequio
from tequio.common import navigation
from tequio.common.i18n import text
from tequio.portal import bundle
from tests.cast import Cast, cast  # noqa: F401

PACKAGE = Path(tequio.__file__).parent
STATIC = PACKAGE / "portal" / "static" / "portal"
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch|light-dark)\(|:\s*(?:white|black|red|green|blue)\b"
)


def page(**more: object) -> HttpRequest:
    request = RequestFactory().get(more.pop("path", "/"), more.pop("query", None))
    request.user = more.pop("user", AnonymousUser())
    request.LANGUAGE_CODE = "es"
    for name, value in {"jurisdiction": None, "role": None, **more}.items():
        setattr(request, name, value)
    return request


def base(request: HttpRequest) -> str:
    return render_to_string("portal/base.html", {"section": "board"}, request=request)


VALLE = SimpleNamespace(slug="valle", name=text("Valle de Práctica"), is_practice=True)


def test_colours_stand_in_the_tokens_alone() -> None:
    found = {
        path.name: COLOUR.findall(re.sub(r"/\*.*?\*/|url\([^)]*\)|(?<=href\^=).*?\]", "", path.read_text(), flags=re.S))
        for path in (STATIC / "css").rglob("*.css")
        if path.name != "tokens.css"
    }
    assert {name: colours for name, colours in found.items() if colours} == {}
    assert COLOUR.findall((STATIC / "css" / "tokens.css").read_text())


def test_every_colour_that_is_used_is_a_token() -> None:
    used = set(re.findall(r"var\((--[\w-]+)", bundle.stylesheet()))
    defined = set(re.findall(r"(--[\w-]+):", bundle.stylesheet()))
    assert used - defined == set()


def test_the_stylesheet_holds_every_layer_in_order() -> None:
    css = bundle.stylesheet()
    assert css.startswith("@layer tokens, base, layout, parts, print;")
    assert css.count("{") == css.count("}")
    parts = list((STATIC / "css" / "parts").glob("*.css"))
    assert css.count("@layer parts {") == len(parts)
    assert "/*" not in css


def test_the_stylesheet_is_found_as_one_file_with_its_font_beside_it() -> None:
    found = finders.find(bundle.NAME)
    assert Path(found).read_text() == bundle.stylesheet()
    font = re.findall(r'url\("([^"]+)"\)', bundle.stylesheet())
    assert font == ["font/atkinson-hyperlegible-next.woff2"]
    assert (STATIC / font[0]).exists()


@pytest.mark.parametrize(
    "names",
    [("portal", "past"), ("portal", "autosave", "rows"), ("portal", "autosave", "past")],
    ids=["the board", "a form of people who are signed in", "the board of people who are signed in"],
)
def test_our_own_script_on_a_page_weighs_less_than_ten_kilobytes(names: tuple[str, ...]) -> None:
    assert sum((STATIC / "js" / f"{name}.js").stat().st_size for name in names) <= 10_240


@pytest.mark.django_db
def test_the_first_page_with_style_font_script_and_sign_weighs_less_than_eighty_kilobytes(client: Client) -> None:
    font = (STATIC / "font" / "atkinson-hyperlegible-next.woff2").stat().st_size
    texts = [client.get("/estilo/").content, bundle.stylesheet().encode()]
    texts += [(STATIC / "js" / "portal.js").read_bytes(), (STATIC / "favicon.svg").read_bytes()]
    assert font + sum(len(gzip.compress(content, 6)) for content in texts) <= 80_000


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    wrong = [
        f"{path.name}: {found}"
        for path in PACKAGE.rglob("templates/**/*.html")
        for found in re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", path.read_text())
    ]
    assert wrong == []


@pytest.mark.django_db
def test_the_style_page_shows_in_both_languages_with_and_without_errors(client: Client) -> None:
    pages = [client.get(path) for path in ("/estilo/", "/en/estilo/", "/estilo/?errores=1")]
    assert [response.status_code for response in pages] == [200] * 3
    langs = [re.search(r'<html lang="([^"]+)"', response.content.decode()).group(1) for response in pages]  # type: ignore[union-attr]
    assert langs == ["es-MX", "en", "es-MX"]
    assert [response.content.decode().count("data-focus") for response in pages] == [0, 0, 1]


@pytest.mark.django_db
def test_the_same_page_has_the_same_bytes(client: Client) -> None:
    assert client.get("/estilo/").content == Client().get("/estilo/").content


@pytest.mark.django_db
def test_the_language_switch_keeps_the_address_and_its_query(client: Client) -> None:
    for here, there in (
        ("/estilo/?errores=1&a=b", "/en/estilo/?errores=1&amp;a=b"),
        ("/en/estilo/?a=b", "/estilo/?a=b"),
    ):
        found = re.findall(r'<a href="([^"]+)" hreflang="e[sn]"', client.get(here).content.decode())
        assert found == [there]


@pytest.mark.django_db
def test_every_id_of_the_style_page_stands_once_and_every_label_has_its_input(client: Client) -> None:
    html = client.get("/estilo/?errores=1").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) - set(ids) == set()
    assert set(" ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()) - set(ids) == set()


@pytest.mark.django_db
def test_the_menu_shows_what_apps_registered_and_marks_where_we_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", [])
    navigation.register(navigation.Item("board", "El tablero", "portal:home", 20))
    navigation.register(navigation.Item("plan", "El plan", "portal:home", 10))
    navigation.register(navigation.Item("gone", "Lo que no está instalado", "nowhere:at_all", 5))
    html = base(page(jurisdiction=VALLE))
    menu = re.search(r'<nav aria-label="Principal">(.*?)</nav>', html, re.S).group(1)  # type: ignore[union-attr]
    assert re.findall(r'<a href="/valle/"( aria-current="page")?>([^<]+)</a>', menu) == [
        ("", "El plan"),
        (' aria-current="page"', "El tablero"),
    ]


@pytest.mark.django_db
def test_a_practice_territory_says_so_on_every_page_and_a_real_one_does_not() -> None:
    real = SimpleNamespace(slug="jalisco", name=text("Jalisco"), is_practice=False)
    words = "Territorio de práctica: todo lo que ves aquí es inventado."
    assert [base(page(jurisdiction=where)).count(words) for where in (VALLE, real)] == [1, 0]


@pytest.mark.django_db
def test_who_is_signed_in_sees_for_whom_they_act(cast: Cast) -> None:  # noqa: F811
    person = SimpleNamespace(is_authenticated=True)
    role, here = cast.valle.roles["seat_liaison"], cast.valle.jurisdiction
    assert f"Actúas por: <b>{role.words}</b>" in base(page(jurisdiction=here, user=person, role=role))
    assert "lees como visitante" in base(page(jurisdiction=VALLE, user=person))
    assert "acting" not in base(page(jurisdiction=VALLE))


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
@pytest.mark.django_db
def test_error_pages_say_what_happened_and_lead_on(name: str) -> None:
    html = render_to_string(f"portal/{name}.html", {}, request=page() if name != "500" else None)
    assert len(re.findall(r"<h1>[^<]+</h1>", html)) == 1
    assert re.findall(r'<a class="btn" href="([^"]*)"', html) == ["/"]


def test_the_page_for_our_own_failure_needs_no_database() -> None:
    assert "No se perdió nada" in render_to_string("portal/500.html")
