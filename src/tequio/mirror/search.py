"""The search of a copy: for each jurisdiction and language one script with its words, read by ``copia.js``.

The script is classic JavaScript that sets one value, because a page opened from a folder may run scripts beside it and may
not fetch them. Words are folded and stemmed here, as the portal's own search does; the browser only folds what is typed and
looks it up among the words that occur, so it needs no stemmer.
"""

import json
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tequio.common.i18n import LANGUAGES
from tequio.mirror.names import between, file_of
from tequio.places.models import Jurisdiction
from tequio.search.models import Entry
from tequio.search.sources import label
from tequio.search.words import STOP, fold, stem, tokens

INDEXED, SHOWN = 3_000, 200  # characters of an entry's text that are found, and that are shown
TITLE = 4  # how much more a word counts in the title


def scripts(known: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """The file beside each search page, with its bytes."""
    for place in Jurisdiction.objects.order_by("slug"):
        for language in LANGUAGES:
            with translation.override(language):
                page = file_of(reverse("search:search", args=[place.slug]))
                rows = Entry.objects.filter(jurisdiction=place.slug, language=language).order_by("kind", "key")
                data = index([row for row in rows if row.url in known], page)
            yield page.replace("index.html", "indice.js"), script(data)


def script(data: dict[str, object]) -> bytes:
    """The index as a script. ``<`` is written so that no browser takes it for a tag."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")
    return f"globalThis.tequioIndex={text};\n".encode()


def index(entries: list[Entry], page: str) -> dict[str, object]:
    """What is found: ``things`` are address, title, kind and beginning; ``words`` leads from each folded word to its
    stems, ``stems`` from each to the things that have it, with how much."""
    things: list[list[str]] = []
    words: dict[str, set[str]] = {}
    weights: dict[str, dict[int, int]] = {}
    for number, entry in enumerate(entries):
        body = entry.body[:SHOWN] + ("…" if len(entry.body) > SHOWN else "")
        things.append([between(page, file_of(entry.url)), entry.title, label(entry.kind), body])
        for text, weight in ((entry.title, TITLE), (entry.body[:INDEXED], 1)):
            for token in tokens(text):
                bare = fold(token.text)
                if not bare or bare in STOP:
                    continue
                root = stem(token.text, entry.text_language)
                words.setdefault(bare, set()).add(root)
                known = weights.setdefault(root, {})
                known[number] = known.get(number, 0) + weight
    order = {root: at for at, root in enumerate(sorted(weights))}
    return {
        "things": things,
        "words": {word: sorted(order[root] for root in roots) for word, roots in words.items()},
        "stems": [[part for pair in sorted(weights[root].items()) for part in pair] for root in order],
        "stop": sorted(STOP),
        "live": settings.BASE_URL,
    }
