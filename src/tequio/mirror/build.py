"""Makes a copy of the whole public portal: a folder of relative files that opens, searches and verifies from a USB stick."""

import datetime as dt
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone, translation

from tequio.common.i18n import LANGUAGES
from tequio.mirror import folder, registry, search
from tequio.mirror.folder import MirrorError
from tequio.mirror.names import file_of
from tequio.mirror.pages import Address, Job, Made, MovedError, make_all, processes
from tequio.mirror.rewrite import HERE, Rewriter
from tequio.mirror.snapshot import head, snapshot
from tequio.places.models import Jurisdiction
from tequio.record.models import Checkpoint
from tequio.record.publish import newest, publish
from tequio.record.sequence import tree_size
from tequio.witnesses.views import TOOL

TRIES = 5  # beginnings, where the record moves between two processes' first look
CHECKER = "comprobar.py"


@dataclass
class Built:
    """What was made. ``pages`` are registered addresses, ``queries`` the pages with a query beside them."""

    root: Path
    pages: int = 0
    queries: int = 0
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


def banners(seal: Checkpoint) -> dict[str, str]:
    """The strip on top of every page, in each language."""
    made = {}
    for language in LANGUAGES:
        with translation.override(language):
            day = dt.date.fromisoformat(day_of(seal))
            made[language] = render_to_string(
                "mirror/banner.html", {"day": day, "size": seal.size, "live": HERE}
            ).strip()
    return made


def build(root: Path, *, workers: int | None = None, progress: Callable[[int, int], None] | None = None) -> Built:
    """Copies the portal into a folder, over an earlier copy if there is one there.

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
            built = _copy(root, seal, processes() if workers is None else workers, progress)
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


def _copy(root: Path, seal: Checkpoint, workers: int, progress: Callable[[int, int], None] | None) -> Built:
    with snapshot():
        known = registry.addresses()
        job = Job(root, seal.made, known, banners(seal), head())
        scripts = dict(search.scripts(known))
        about = {
            "day": day_of(seal),
            "origin": settings.RECORD_ORIGIN,
            "root": seal.root,
            "size": seal.size,
            "url": settings.BASE_URL,
        }
    hashes: dict[str, str] = {}
    built, rewriter = Built(root), Rewriter(known, job.banners)
    total: set[Address] = {(path, "") for path in known}
    for made in make_all(job, sorted(total), workers):
        _take(built, made, hashes, rewriter)
        total |= made.wanted
        if progress:
            progress(built.pages + built.queries, len(total))
    for name, data in scripts.items():
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
    return built


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
