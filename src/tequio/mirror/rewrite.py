"""Makes a page's addresses relative to the file that it becomes, and its forms into what works without a server."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from tequio.mirror import registry
from tequio.mirror.names import between, file_of

TAG = re.compile(r"<(a|area|link|script|img|video|source|track|iframe|meta|use|image|form)\b([^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"""(\s)(href|src|srcset|action|content|poster|xlink:href)=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
CSS_URL = re.compile(r"""url\(\s*(['"]?)([^'")]+)\1\s*\)""")
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL | re.IGNORECASE)
SELECT = re.compile(r"<select\b([^>]*)>(.*?)</select>", re.DOTALL | re.IGNORECASE)
OPTION = re.compile(r"<option\b([^>]*)>(.*?)</option>", re.DOTALL | re.IGNORECASE)
HIDDEN = re.compile(r"<input\b(?=[^>]*\btype=\"hidden\")([^>]*)>", re.IGNORECASE)
PRELOAD = re.compile(r'<link\b[^>]*rel="preload"[^>]*>\n?')
HEADER = "<header>"
LIVE = " data-live"  # a link that leads to the live portal on purpose
HERE = "LIVE-ADDRESS"  # stands in the banner for the page's own address there
SEAL, WHICH = "copia-sello.js", "copia.html"  # files of the copy that alone tell the seal; the banner names them
REFRESH = re.compile(r"^\s*\d+\s*;\s*url=", re.IGNORECASE)


def which_file(language: str) -> str:
    """The page that says which copy this is."""
    return WHICH if language == "es" else f"{language}/{WHICH}"


def attribute(tag: str, name: str) -> str:
    """The value of an attribute in the text of a tag."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


@dataclass(frozen=True)
class Target:
    """Where an address leads: to ``file`` with an ``ending``, or, without a file, to the address in ``ending``; ``outside``
    means out of the portal. The others are what ``Rewriter`` gathers."""

    file: str = ""
    ending: str = ""
    outside: bool = False
    static: str = ""
    link: str = ""
    strange: str = ""
    wanted: tuple[str, str] | None = None


@dataclass
class Rewriter:
    """Rewrites the pages of one copy. ``known`` are the registered addresses with their views.

    ``wanted`` gathers the query pages that the page leads to, ``static`` the static files that it uses, ``strange`` the
    addresses of the portal that belong to no registered view, ``links`` the registered ones. ``targets`` remembers where
    addresses lead, for all pages of a copy.
    """

    known: dict[str, str]
    banners: dict[str, str]
    links: set[str] = field(default_factory=set)
    wanted: set[tuple[str, str]] = field(default_factory=set)
    static: set[str] = field(default_factory=set)
    strange: set[str] = field(default_factory=set)
    targets: dict[str, Target] = field(default_factory=dict)

    def page(self, path: str, query: str, body: str) -> str:
        """A page as its file holds it."""
        source = file_of(path, query)

        def change(found: re.Match[str]) -> str:
            return self._tag(found, lambda address: self.link(address, path, query, source))

        language = "en" if path.startswith("/en/") else "es"
        body = PRELOAD.sub("", body)  # a font that a file asks for beforehand is refused in a browser
        body = FORM.sub(lambda found: self._form(found, path, query), body)
        body = TAG.sub(change, body)
        live = settings.BASE_URL + path + (f"?{query}" if query else "")
        banner = self.banners[language].replace(HERE, html.escape(live))
        banner = banner.replace(SEAL, between(source, SEAL)).replace(WHICH, between(source, which_file(language)))
        if self.known.get(path) == "search:search":
            banner += self._search(path, language)
        return body.replace(HEADER, HEADER + banner, 1)

    def css(self, path: str, body: str) -> str:
        """A stylesheet, whose addresses lead to other static files."""

        def change(found: re.Match[str]) -> str:
            quote, address = found[1], found[2]
            return f"url({quote}{self.link(address, path, '', file_of(path))}{quote})"

        return CSS_URL.sub(change, body)

    def link(self, address: str, path: str, query: str, source: str) -> str:
        """Where an address leads in the copy: to its file, or to the live portal if no copy holds it."""
        if not address or address.startswith(("#", "data:", "mailto:", "tel:")):
            return address
        whole = address  # one that begins at the root leads to the same place from every page
        if address[0] != "/" or address.startswith("//"):
            whole = urljoin(settings.BASE_URL + path + (f"?{query}" if query else ""), address)
        target = self.targets.get(whole)
        if target is None:
            target = self.targets[whole] = self._target(whole)
        if target.static:
            self.static.add(target.static)
        if target.link:
            self.links.add(target.link)
        if target.wanted:
            self.wanted.add(target.wanted)
        if target.strange:
            self.strange.add(target.strange)
        if target.outside:
            return address
        return between(source, target.file) + target.ending if target.file else target.ending

    def _target(self, whole: str) -> Target:
        """Where an address leads that begins at the root or names its host."""
        parts = urlsplit(urljoin(settings.BASE_URL, whole))
        if f"{parts.scheme}://{parts.netloc}" != settings.BASE_URL:
            return Target(outside=True)
        ending = f"#{parts.fragment}" if parts.fragment else ""
        if parts.path.startswith(settings.STATIC_URL):
            return Target(file_of(parts.path), ending, static=parts.path)
        live = settings.BASE_URL + parts.path + (f"?{parts.query}" if parts.query else "") + ending
        view = self.known.get(parts.path)
        if view is None:
            return Target("", live, strange="" if registry.is_left_out(parts.path) else parts.path)
        asked = registry.bounded(view, parts.query)
        if asked is None:
            # The search page reads its query itself, from the address of the file.
            if view == "search:search":
                return Target(file_of(parts.path), f"?{parts.query}", link=parts.path)
            return Target("", live, link=parts.path)
        wanted = (parts.path, asked) if asked else None
        return Target(file_of(parts.path, asked), ending, link=parts.path, wanted=wanted)

    def _tag(self, found: re.Match[str], link: Callable[[str], str]) -> str:
        name, inside = found[1].lower(), found[2]
        if LIVE in inside:
            return found[0]

        def change(one: re.Match[str]) -> str:
            what, value = one[2].lower(), html.unescape(one[3] if one[3] is not None else one[4])
            if what == "srcset":
                pairs = [part.split(None, 1) for part in value.split(",") if part.strip()]
                new = ", ".join(" ".join([link(pair[0]), *pair[1:]]) for pair in pairs)
            elif what == "content":
                start = REFRESH.match(value) if name == "meta" else None
                if start is None:
                    return one[0]
                new = start[0] + link(value[start.end() :])
            else:
                new = link(value)
            return f'{one[1]}{one[2]}="{html.escape(new)}"'

        return f"<{found[1]}{ATTRIBUTE.sub(change, inside)}>"

    def _form(self, found: re.Match[str], path: str, query: str) -> str:
        """Search stays; a choice becomes links, one for each answer that the copy holds; the rest, a note."""
        tag, inside = found[1], found[2]
        if "data-verifier" in tag:
            return found[0]
        action = urlsplit(urljoin(settings.BASE_URL + path, attribute(tag, "action") or path)).path
        view = self.known.get(action)
        if attribute(tag, "method") != "post" and view == "search:search":
            return found[0]
        choices = []
        if attribute(tag, "method") != "post" and view is not None:
            hidden = {attribute(one, "name"): attribute(one, "value") for one in HIDDEN.findall(inside)}
            kept = {name: value for name, value in hidden.items() if name in registry.view(view).places and value}
            for select, options in SELECT.findall(inside):
                choices.append(self._choice(view, action, kept, select, options, inside))
        live = settings.BASE_URL + path + (f"?{query}" if query else "")
        context = {"choices": [choice for choice in choices if choice["rows"]], "live": live}
        return render_to_string("mirror/form.html", context)

    def _choice(
        self, view: str, action: str, kept: dict[str, str], select: str, options: str, form: str
    ) -> dict[str, object]:
        """A list to choose from as links; ``rows`` are address, word and whether it is the one chosen now."""
        name, rows = attribute(select, "name"), []
        for tag, words in OPTION.findall(options):
            value = attribute(tag, "value")
            asked = registry.bounded(view, urlencode({**kept, **({name: value} if value else {})}))
            if asked is not None:
                address = action + (f"?{asked}" if asked else "")
                rows.append({"address": address, "words": html.unescape(words).strip(), "chosen": "selected" in tag})
        label = re.search(rf'<label[^>]*for="{re.escape(attribute(select, "id"))}"[^>]*>(.*?)</label>', form, re.DOTALL)
        return {"label": html.unescape(label[1]) if label else name, "rows": rows if len(rows) > 1 else []}

    def _search(self, path: str, language: str) -> str:
        self.static.add(f"{settings.STATIC_URL}mirror/copia.js")
        source = file_of(path)
        script = between(source, file_of(f"{settings.STATIC_URL}mirror/copia.js"))
        return f'<script src="indice.js" defer></script><script src="{script}" defer></script>'
