"""Parts of pages as functions that give HTML: lights in a row, counters, chips, breadcrumbs. ``docs/look.md`` shows each.

Each takes plain data (dicts or objects with the same names), so that no part knows a model.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tequio.common import icons


def of(row: Any, name: str, default: Any = "") -> Any:
    """``row[name]`` or ``row.name``, else ``default``."""
    return row.get(name, default) if isinstance(row, dict) else getattr(row, name, default)


def two(institution: Any, citizens: Any, size: str = "") -> SafeString:
    """What the institution says beside what citizens verified: two ``Light`` (``colour``, ``word``)."""
    lights = (
        (_("La institución dice"), icons.light(of(institution, "colour"), of(institution, "word"), size=size)),
        (_("La ciudadanía verificó"), icons.light(of(citizens, "colour"), of(citizens, "word"), size=size)),
    )
    rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", lights)
    return format_html('<dl class="two{}">{}</dl>', " large" if size == "large" else "", rows)


def steps(rows: Iterable[Any], label: str = "", thin: bool = False) -> SafeString:
    """One cell for each activity, in order: ``colour``, ``label`` (its words, light included), ``url``, optional ``n``."""
    cells = []
    for place, row in enumerate(rows, start=1):
        colour, url = of(row, "colour"), of(row, "url")
        shape = icons.shape(colour) if colour else ""
        inner = format_html(
            '{}<span class="n" aria-hidden="true">{}</span><span class="hidden">{}</span>',
            shape,
            of(row, "n", place) or place,
            of(row, "label"),
        )
        if not colour:
            cells.append(format_html('<li><span class="unnamed">{}</span></li>', inner))
        elif url:
            cells.append(format_html('<li><a data-light="{}" href="{}">{}</a></li>', colour, url, inner))
        else:
            cells.append(format_html('<li><span class="cell" data-light="{}">{}</span></li>', colour, inner))
    words = label or _("Actividades, una por una")
    listed = mark_safe("".join(cells))
    return format_html('<ol class="steps{}" aria-label="{}">{}</ol>', " thin" if thin else "", words, listed)


def counters(rows: Iterable[Any]) -> SafeString:
    """How many there are of each: ``count``, ``word``, optional ``colour``, ``url`` and ``current``."""
    cells = []
    for row in rows:
        colour, url = of(row, "colour"), of(row, "url")
        inner = format_html(
            "<b>{}</b> <span>{}{}</span>", of(row, "count"), icons.shape(colour) if colour else "", of(row, "word")
        )
        light = format_html(' data-light="{}"', colour) if colour else ""
        current = mark_safe(' aria-current="true"') if of(row, "current") else ""
        if url:
            cells.append(format_html('<a href="{}"{}{}>{}</a>', url, light, current, inner))
        else:
            cells.append(format_html("<div{}>{}</div>", light, inner))
    return format_html('<div class="sum">{}</div>', mark_safe("".join(cells)))


def chips(rows: Iterable[Any], label: str = "", name: str = "") -> SafeString:
    """Filters as links: ``label``, ``url``, optional ``current``, ``count`` and ``colour``. ``name`` is written before them."""
    cells = []
    for row in rows:
        colour, count = of(row, "colour"), of(row, "count", None)
        inner = format_html(
            "{}{}{}",
            icons.shape(colour) if colour else "",
            of(row, "label"),
            format_html(' <span class="n">{}</span>', count) if count not in (None, "") else "",
        )
        light = format_html(' data-light="{}"', colour) if colour else ""
        current = mark_safe(' aria-current="true"') if of(row, "current") else ""
        cells.append(format_html('<a href="{}"{}{}>{}</a>', of(row, "url"), light, current, inner))
    shown = format_html('<span class="name">{}</span>', name) if name else ""
    listed = mark_safe("".join(cells))
    return format_html('<nav class="chips" aria-label="{}">{}{}</nav>', label or name or _("Filtros"), shown, listed)


def crumbs(*pairs: Any) -> SafeString:
    """The way here: pairs of address and words, from the outside inwards; the page itself is not among them."""
    links = [(pairs[n], pairs[n + 1]) for n in range(0, len(pairs) - 1, 2)]
    listed = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    return format_html('<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>', _("Dónde estás"), listed)


def tag(word: Any, colour: str = "", sign: str = "") -> SafeString:
    """The state of something in one word; ``colour`` is one of the lights' or empty."""
    light = format_html(' data-light="{}"', colour) if colour else ""
    return format_html('<span class="tag"{}>{}{}</span>', light, icons.sign(sign) if sign else "", word)


def notice(words: Any, kind: str = "", sign: str = "") -> SafeString:
    """A line that needs attention. ``kind`` is ``bad``, ``good``, ``info`` or empty."""
    chosen = sign or {"good": "check", "info": "info"}.get(kind, "warning")
    return format_html('<div class="notice {}">{}<p>{}</p></div>', kind, icons.sign(chosen), words)


def empty(title: Any, who: Any = "") -> SafeString:
    """What stands in place of an empty list: what will appear here, and who puts it there."""
    after = format_html("<p>{}</p>", who) if who else ""
    return format_html('<div class="empty"><p class="title">{}</p>{}</div>', title, after)


def progress(value: Any, whole: Any, label: str, colour: str = "") -> SafeString:
    """How far something is: ``value`` of ``whole``, with the words that say it."""
    light = format_html(' data-light="{}"', colour) if colour else ""
    return format_html(
        '<label class="progress"><span>{}</span><progress value="{}" max="{}"{}></progress></label>',
        label,
        value,
        whole,
        light,
    )
