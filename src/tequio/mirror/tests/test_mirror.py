"""A copy of the whole portal of the cast: complete, without a dead link, the same to the byte, and nothing private in it."""

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import resolve
from django.utils import translation
from playwright.sync_api import expect

from tequio.mirror import build as building
from tequio.mirror import check, folder, registry, state
from tequio.mirror.names import between, file_of
from tequio.mirror.pages import Job, make_all
from tequio.mirror.reads import contents
from tequio.mirror.render import named
from tequio.mirror.snapshot import head
from tequio.monitoring.actions import annul_decision
from tequio.observations.actions import observe
from tequio.people.actions import create_organisation
from tequio.record.append import SYSTEM, Actor
from tequio.record.core import canon
from tequio.record.models import Act
from tequio.record.sequence import sequence
from tequio.search import index
from tests import canary, matrix
from tests.cast import Place, give_plan, make_place
from tests.test_matrix import ARGUMENT

HERE = "valle-del-ejemplo"
LEFT = "net::ERR_ABORTED"  # the page was left before its picture came

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept(tmp_path_factory: Any) -> Path:
    """The folder of the copy that the tests of this module share."""
    return tmp_path_factory.mktemp("copias") / "copia"


@pytest.fixture
def valle(noon: Any) -> Place:
    """One place of the cast with its plan: half the pages of two."""
    place = make_place(HERE, "Valle del Ejemplo", is_practice=True)
    give_plan(place)
    return place


@pytest.fixture
def root(request: pytest.FixtureRequest, kept: Path) -> Path:
    """The copy, made by the first test that asks for it."""
    if not kept.exists():
        request.getfixturevalue("valle")
        copy_of(kept)
    return kept


def copy_of(root: Path) -> building.Built:
    """A copy of the portal as it stands."""
    sequence(wait=True)
    index.rebuild()
    return building.build(root, workers=1)


@pytest.mark.once
@pytest.mark.tampers
def test_a_copy_is_whole_follows_changes_and_holds_nothing_private(valle: Place, kept: Path, tmp_path: Path) -> None:
    made = copy_of(kept)
    assert made.problems == []
    assert check.check(kept) == []
    known = registry.addresses()
    assert made.pages == len(folder.about(kept)["addresses"]) == len(known)
    # The site map knows the public objects from another source.
    listed = Client().get(f"/{HERE}/mapa.xml").content.decode().split("<loc>")[1:]
    assert len(listed) > 30
    assert {part.split("</loc>")[0].removeprefix(settings.BASE_URL) for part in listed} - set(known) == set()
    # A view is found by its name as by its address, and a page made alone is the one that shared its answers with others.
    for path, view in known.items():
        with translation.override("en" if path.startswith("/en/") else "es"):
            one, other = named(view, path), resolve(path)
        assert one is not None
        assert (one.view_name, one.func, one.args, one.kwargs) == (
            other.view_name,
            other.func,
            other.args,
            other.kwargs,
        )
    seal = building.sealed()
    alone = Job(tmp_path / "sola", building.moment_of(seal), known, building.banners(), head())
    for path in sorted(known, reverse=True)[::40]:
        [page_alone] = make_all(alone, [(path, "")], 1, follow=False)
        assert (alone.root / page_alone.file).read_bytes() == (kept / page_alone.file).read_bytes()
    # Its hash becomes an act, if it is asked for.
    call_command("mirror", "build", str(kept), "--record", "--workers", "1", stdout=io.StringIO(), stderr=io.StringIO())
    said = Act.objects.get(kind="mirror.published")
    assert canon.decode(bytes(said.entry))["state"]["manifest"] == made.manifest
    # A change: only pages that show it are made again, and all pages made anew are the same.
    copy = tmp_path / "sigue"
    shutil.copytree(kept, copy)
    remembered = building.state.read(kept)
    for address, page in remembered.pages.items():
        remembered.pages[address].stat = state.stat(copy / page.file)
    remembered.stats = {name: state.stat(copy / name) for name in remembered.words}
    state.keep(copy, remembered)
    page = f"{HERE}/compromisos/agua-1/index.html"
    annul_decision(decision=valle.decision, reason="Faltó una firma.", by=Actor(role="committee"))
    followed, whole = copy_of(copy), copy_of(tmp_path / "entera")
    assert (followed.problems, check.compare(copy, whole.root)) == ([], [])
    assert (whole.made, followed.made < whole.made / 3) == (whole.pages + whole.queries, True)
    first, then = folder.read_manifest(kept), folder.read_manifest(copy)
    changed = {name for name, said in then.items() if first.get(name) != said}
    assert {f"{HERE}/actividades/1/index.html", f"en/{HERE}/actividades/1/index.html", page} <= changed
    assert not any("registro/actos/3/" in name or "/ayuda/" in name for name in changed)
    # A file that somebody touched is made again, and nothing else.
    (copy / page).write_text("otra cosa")
    assert (building.build(copy, workers=1).made, check.compare(copy, whole.root)) == (1, [])
    # Whoever changes what is private makes pages that ask for it anew, and changes no byte of any.
    waiting = canary.WORD + "999x"
    observe(about=valle.activity, text=f"{waiting} dice quien no ha confirmado.", email="nadie@ejemplo.invalid")
    planted = {**canary.plant(), "an observation that nobody confirmed": waiting}
    assert {"people.Account.email", "people.Person.email", "observations.Observation.email"} <= set(planted)
    # The way of looking finds what is there.
    assert canary.hits(planted["people.Account.email"].encode(), planted) == ["people.Account.email in "]
    with time_machine.travel("2026-04-01T12:00:00Z", tick=False):
        again = building.build(copy, workers=1)
    assert canary.hits(again.root, planted) == []
    assert (again.manifest, 0 < again.made < whole.made / 2) == (whole.manifest, True)
    # The manifest is read by a program that everybody has.
    command = ["sha256sum", "--quiet", "-c", folder.MANIFEST]
    done = subprocess.run(command, cwd=again.root, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_a_setting_decides_is_part_of_every_page() -> None:
    before = state.basis()
    with override_settings(ANSWER_DAYS=99):
        assert state.basis() != before
    assert state.basis() == before


PAGES = [
    (f"/{HERE}/{place}", "") for place in ("", "comite/", "actividades/2/", "registro/actos/5/", "registro/llaves")
]


def test_a_page_is_as_good_as_the_answers_that_it_was_made_from(valle: Place, tmp_path: Path) -> None:
    sequence(wait=True)
    seal = building.sealed()
    moment, known = building.moment_of(seal), registry.addresses()
    pages = [page for page in PAGES if page[0] in known]

    def now() -> state.State:
        return state.State(state.basis(), moment, frozenset(known), contents(state.tables()))

    old, job = now(), Job(tmp_path, moment, known, building.banners(), head())
    for made in make_all(job, pages, 1, follow=False):
        building._note(old, None, {}, made, tmp_path)
    assert set(state.still_good(tmp_path, old, now())) == set(pages)
    create_organisation(jurisdiction=valle.jurisdiction, name="Otra", slug="otra", sector="cso", by=SYSTEM)
    assert set(state.still_good(tmp_path, old, now())) == {page for page in pages if page[0] != f"/{HERE}/"}
    later = now()
    later.moment += dt.timedelta(days=1)
    assert (f"/{HERE}/registro/actos/5/", "") in state.still_good(tmp_path, old, later)
    assert (f"/{HERE}/comite/", "") not in state.still_good(tmp_path, old, later)
    later.basis = "otra"
    assert state.still_good(tmp_path, old, later) == {}


def test_every_public_address_is_copied_or_left_out_by_name() -> None:
    known = {view.name for view in registry.views()} | set(registry.left_out())
    wrong = []
    for route, line in matrix.ADDRESSES.items():
        if line.access not in ("public", "machine") or route.startswith("api/"):
            continue
        values = {"jurisdiction": HERE, "slug": "agua", "code": "agua-1", "number": 1, **line.values}
        path = "/" + ARGUMENT.sub(lambda found, values=values: str(values[found.group(1)]), route)
        if resolve(path).view_name not in known:
            wrong.append(path)
    assert wrong == []


def test_a_copy_that_lost_or_changed_something_is_told_so(root: Path, tmp_path: Path) -> None:
    broken = tmp_path / "rota"
    shutil.copytree(root, broken)
    (broken / f"{HERE}/tablero/index.html").unlink()
    home = broken / "index.html"
    home.write_text(home.read_text("utf-8").replace(f"{HERE}/index.html", "nada/index.html"), "utf-8")
    entries = next((broken / "registro/tile/entries").rglob("*.p/*"))
    entries.write_bytes(entries.read_bytes().replace(b"agua", b"lodo"))
    (broken / "de-mas.txt").write_text("x")
    wrong = "\n".join(check.check(broken))
    for words in (
        f"falta {HERE}/tablero/index.html",
        "index.html no es el que se copió",
        "index.html: el enlace nada/index.html no lleva a nada",
        "sobra de-mas.txt",
        "los actos de la copia no son los que selló el registro",
    ):
        assert words in wrong


def test_the_allies_program_checks_the_copy_without_the_portal(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "comprobar.py", "comprobar", root],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{folder.about(root)['size']} actos" in done.stdout


def test_files_are_named_alike_in_every_copy() -> None:
    assert file_of("/x/tablero/") == "x/tablero/index.html"
    named = file_of("/x/tablero/", "luz=red")
    assert named.startswith("x/tablero/index@luz=red-")
    assert between(named, "en/x/index.html") == "../../en/x/index.html"
    assert file_of("/registro/llaves") == "registro/llaves"
    assert file_of("/x/numeros/gasto.csv", "plan=2").endswith(".csv")
    assert file_of("/registro/objeto/a:b/") != file_of("/registro/objeto/a_b/")


def test_a_query_page_is_copied_while_its_number_is_bounded() -> None:
    assert registry.bounded("monitoring:board", "luz=red") == "luz=red"
    assert registry.bounded("monitoring:board", "plan=2&luz=red") == registry.bounded(
        "monitoring:board", "luz=red&plan=2"
    )
    assert registry.bounded("monitoring:board", "luz=&q=") == ""
    for beyond in ("luz=red&poder=municipal", "q=agua", "fecha=2026-01-01", "luz=red&luz=amber"):
        assert registry.bounded("monitoring:board", beyond) is None


def test_a_folder_that_is_somebody_elses_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "fotos").mkdir()
    with pytest.raises(folder.MirrorError, match="no está vacía"):
        building.build(tmp_path)
    with pytest.raises(folder.MirrorError, match="está vacío"):
        building.build(tmp_path / "nueva")


@pytest.mark.browser
def test_the_copy_opens_searches_filters_and_verifies_from_a_folder(root: Path, browser: Any) -> None:
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url) if request.failure != LEFT else None)
    page.goto((root / "index.html").as_uri())
    page.wait_for_url("**/valle-del-ejemplo/index.html")  # the only place of this portal
    expect(page.locator("header")).to_contain_text("Copia del 16 de marzo de 2026, sello de")
    # Search: without accents, in the plural.
    page.locator("main form[role=search] input[type=search]").fill("bitacoras")
    page.locator("main form[role=search] button").click()
    expect(page.locator(".results li").nth(1)).to_be_visible()
    page.locator(".results li a").first.click()
    expect(page.locator("main")).to_contain_text("bitácora", ignore_case=True)
    # The board, filtered.
    page.goto((root / HERE / "tablero/index.html").as_uri())
    page.locator("details.more > summary").first.click()
    page.get_by_role("link", name="Organismo de Agua").first.click()
    page.wait_for_url("**institucion=agua**")
    expect(page.locator("main")).to_contain_text("1 de 1 compromiso")
    page.locator("details.menu > summary").click()
    page.locator("header a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    # A proof, on an act's own page.
    page.goto((root / HERE / "registro/actos/9/index.html").as_uri())
    page.locator("[data-verify]").click()
    page.locator("[data-result]").wait_for()
    expect(page.locator("[data-result]")).to_have_attribute("data-result", "good")
    expect(page.locator("[data-verified]")).to_contain_text("Todo coincide")
    # And on the page that takes files: the act and a proof of another one.
    page.goto((root / HERE / "registro/verificar/index.html").as_uri())
    acts = root / HERE / "registro/actos"
    page.locator("#files").set_input_files([acts / "9.json", acts / "10.tlog-proof"])
    page.locator("[data-result=path]").wait_for()
    page.locator("#files").set_input_files([acts / "10.json"])
    page.locator("[data-result=good]").wait_for()
    assert wrong == []
    context.close()
