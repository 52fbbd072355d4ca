"""Makes a copy of the whole public portal: a folder of relative files that opens, searches and verifies from a USB stick."""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import ngettext

from tequio.common.i18n import LANGUAGES
from tequio.mirror import folder, registry, search, state
from tequio.mirror.folder import MirrorError
from tequio.mirror.names import file_of
from tequio.mirror.pages import Address, Job, Made, MovedError, make_all, processes
from tequio.mirror.reads import contents
from tequio.mirror.render import at
from tequio.mirror.rewrite import HERE, SEAL, Rewriter, which_file
from tequio.mirror.snapshot import head, snapshot
from tequio.places.models import Jurisdiction
from tequio.record import attest
from tequio.record.models import Checkpoint
from tequio.record.publish import newest, publish
from tequio.record.sequence import tree_size
from tequio.witnesses.views import TOOL

# Fills the strip of every page; the policy is what ``record/verify.js`` reads.
SCRIPT = """globalThis.tequioCopy = %s;
document.querySelectorAll("[data-copy]").forEach((part) => { part.textContent = tequioCopy[part.dataset.copy]; });
"""
TRIES = 5  # beginnings, where the record moves between two processes' first look
CHECKER = "comprobar.py"


@dataclass
class Built:
    """What the copy holds. ``pages`` are registered addresses, ``queries`` the pages with a query beside them; ``made`` of
    both were made, the others were there."""

    root: Path
    pages: int = 0
    queries: int = 0
    made: int = 0
    files: int = 0
    removed: int = 0
    seconds: float = 0.0
    manifest: str = ""
    problems: list[str] = field(default_factory=list)


def sealed() -> Checkpoint:
    """The seal that the copy shows: the newest, or a new one where acts have come since."""
    found = newest()
    if found is None or found.size < tree_size():
        found = publish()
    if found is None:
        raise MirrorError("El registro está vacío: todavía no hay nada que copiar.")
    return found


def day_of(seal: Checkpoint) -> str:
    """The date of a seal where the portal is."""
    place = Jurisdiction.objects.order_by("order", "slug").first()
    with timezone.override(place.time_zone if place else settings.TIME_ZONE):
        return timezone.localtime(seal.made).date().isoformat()


def moment_of(seal: Checkpoint) -> dt.datetime:
    """The time that it is in the copy: the last at which the seal's date is still that date everywhere in the portal.

    Pages tell days, never hours, from now (``docs/architecture.md``), so two seals of one day make the same pages.
    """
    zones = set(Jurisdiction.objects.values_list("time_zone", flat=True)) or {settings.TIME_ZONE}
    ends = []
    for zone in map(ZoneInfo, zones):
        day = timezone.localtime(seal.made, zone).date() + dt.timedelta(days=1)
        ends.append(dt.datetime.combine(day, dt.time(), zone) - dt.timedelta(milliseconds=1))
    return min(ends)


def banners() -> dict[str, str]:
    """The strip on top of every page, in each language. It says nothing that changes with the seal: a file beside does."""
    made = {}
    for language in LANGUAGES:
        with translation.override(language):
            made[language] = render_to_string("mirror/banner.html", {"language": language, "live": HERE}).strip()
    return made


def build(
    root: Path,
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    full: bool = False,
) -> Built:
    """Copies the portal into a folder, over an earlier copy if there is one there: then only the pages are made whose
    contents changed (``reads``), unless ``full``. Both ways end with the same bytes.

    ``progress`` hears how many pages are made of how many are known so far. The copy is whole when ``problems`` is empty;
    only then it has a manifest. Raises ``MirrorError`` where nothing can be copied.
    """
    start = time.monotonic()
    folder.prepare(root)
    (root / folder.MANIFEST).unlink(missing_ok=True)
    seal = sealed()
    _collect()
    for attempt in range(TRIES):
        try:
            built = _copy(root, seal, processes() if workers is None else workers, progress, full)
            break
        except MovedError:
            seal = sealed()
            if attempt == TRIES - 1:
                raise
    built.seconds = time.monotonic() - start
    return built


def _collect() -> None:
    """A server's static files carry a hash in their names; they are gathered once, as for the server."""
    if isinstance(staticfiles_storage, ManifestStaticFilesStorage) and not staticfiles_storage.exists(
        "staticfiles.json"
    ):
        call_command("collectstatic", interactive=False, verbosity=0)


def _copy(root: Path, seal: Checkpoint, workers: int, progress: Callable[[int, int], None] | None, full: bool) -> Built:
    old = None if full else state.read(root)
    moment = moment_of(seal)
    with snapshot(), at(moment):
        known = registry.addresses()
        job = Job(root, moment, known, banners(), head())
        now = state.State(state.basis(), job.moment, frozenset(known), contents(state.tables()))
        good = state.still_good(root, old, now)
        words = state.words_of(root, old, now)
        scripts = dict(search.scripts(known)) if words is None else {}
        about = {
            "day": day_of(seal),
            "origin": settings.RECORD_ORIGIN,
            "root": seal.root,
            "size": seal.size,
            "url": settings.BASE_URL,
        }
        policy = attest.policy()
    hashes: dict[str, str] = {}
    built, rewriter = Built(root), Rewriter(known, job.banners)
    total: set[Address] = {(path, "") for path in known}
    again = {address: made_of(address, page) for address, page in good.items()}
    for made in make_all(job, sorted(total), workers, good=again):
        _take(built, made, hashes, rewriter)
        built.made += made.address not in good
        _note(now, old, good, made, root)
        total |= made.wanted
        if progress:
            progress(built.pages + built.queries, len(total))
    now.words = words or {name: folder.write(root, name, data) for name, data in scripts.items()}
    now.stats = {name: state.stat(root / name) for name in now.words}
    hashes |= now.words
    for name, data in _about_files(about, policy, rewriter):
        hashes[name] = folder.write(root, name, data)
    hashes[CHECKER] = folder.write(root, CHECKER, TOOL.read_bytes())
    _static(root, rewriter, hashes, built)
    built.problems += [
        f"{path}: un enlace lleva ahí y ninguna vista pública lo dice suyo" for path in sorted(rewriter.strange)
    ]
    about |= {"pages": built.pages, "queries": built.queries, "addresses": sorted(known)}
    text = json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    hashes[folder.ABOUT] = folder.write(root, folder.ABOUT, text.encode())
    built.removed = folder.remove_others(root, set(hashes))
    built.files = len(hashes)
    if not built.problems:
        built.manifest = folder.write(root, folder.MANIFEST, folder.manifest_text(hashes).encode())
        state.keep(root, now)
    return built


def made_of(address: Address, page: state.Page) -> Made:
    """A page of the earlier copy that is as it would be made now."""
    return Made(address, page.file, page.sha256, page.is_page, wanted=set(page.wanted), static=set(page.static))


def _note(now: state.State, old: state.State | None, good: dict[Address, state.Page], made: Made, root: Path) -> None:
    """Remembers from what a page was made, for the next copy."""
    page = good.get(made.address)
    if page is not None and old is not None:
        now.pages[made.address] = page
        for key in page.reads:
            now.questions.setdefault(key, old.questions[key])
        return
    for key, told in made.questions.items():
        if told is not None:
            now.questions[key] = told
    if made.problem or not made.whole:
        return
    now.pages[made.address] = state.Page(
        file=made.file,
        sha256=made.sha256,
        stat=state.stat(root / made.file),
        is_page=made.is_page,
        time=made.time,
        reads=tuple(made.questions),
        links=frozenset(map(state.mark, made.links)),
        wanted=frozenset(made.wanted),
        static=frozenset(made.static),
    )


def _about_files(about: dict[str, Any], policy: str, rewriter: Rewriter) -> Iterator[tuple[str, bytes]]:
    """What alone tells of which seal the copy is: a page in each language, and a script that every page loads."""
    said: dict[str, Any] = {"policy": policy}
    for language in LANGUAGES:
        name = which_file(language)
        with translation.override(language):
            words = ngettext(
                "Copia del %(day)s, sello de %(figure)s acto.",
                "Copia del %(day)s, sello de %(figure)s actos.",
                about["size"],
            ) % {
                "day": date_format(dt.date.fromisoformat(about["day"])),
                "figure": number_format(about["size"], force_grouping=True),
            }
            said[language] = words
            style = rewriter.link(static("portal/portal.css"), reverse("portal:network"), "", name)
            home = rewriter.link(reverse("portal:network"), reverse("portal:network"), "", name)
            context = {**about, "language": language, "words": words, "stylesheet": style, "home": home}
            yield name, render_to_string("mirror/which.html", context).encode()
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).replace("<", "\\u003c")
    yield SEAL, (SCRIPT % text).encode()


def _take(built: Built, made: Made, hashes: dict[str, str], rewriter: Rewriter) -> None:
    path, query = made.address
    if made.problem:
        built.problems.append(made.problem)
    else:
        if made.file in hashes:
            built.problems.append(f"{path}: dos direcciones quieren el archivo {made.file}")
        hashes[made.file] = made.sha256
    built.queries += bool(query)
    built.pages += not query
    rewriter.static |= made.static
    rewriter.strange |= made.strange


def _static(root: Path, rewriter: Rewriter, hashes: dict[str, str], built: Built) -> None:
    """The static files that pages use, and those that these use in turn."""
    done: set[str] = set()
    while waiting := sorted(rewriter.static - done):
        for path in waiting:
            done.add(path)
            data = _static_bytes(path.removeprefix(settings.STATIC_URL))
            if data is None:
                built.problems.append(f"{path}: falta ese archivo")
                continue
            if path.endswith(".css"):
                data = rewriter.css(path, data.decode()).encode()
            hashes[file_of(path)] = folder.write(root, file_of(path), data)


def _static_bytes(name: str) -> bytes | None:
    if isinstance(staticfiles_storage, ManifestStaticFilesStorage) and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    found = finders.find(name)
    return Path(found).read_bytes() if found else None
