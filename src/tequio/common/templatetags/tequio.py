"""Template tags for texts, dates, lights and links; ``docs/look.md`` shows each."""

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import nh3
from django import template
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from tequio.common import charts, icons, parts
from tequio.common.dates import days_left, in_words
from tequio.common.difference import Piece, compare
from tequio.common.i18n import TAGS, best

register = template.Library()
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "h3", "h4", "code", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
LEVELS = ("not_started", "limited", "substantial", "complete")


def _other_language(language: str) -> bool:
    return (get_language() or "es")[:2] != language


@register.simple_tag
def say(value: Any) -> SafeString:
    """A text in the reader's language; in the other one, marked as such, when there is no other."""
    words, language = best(value)
    if words and _other_language(language):
        return format_html('<span lang="{}">{}</span>', TAGS[language], words)
    return format_html("{}", words)


@register.filter
def plain(value: Any) -> str:
    """A text in the reader's language as it is, for attributes and titles."""
    return best(value)[0]


@register.filter
def quoted(words: Any) -> SafeString:
    """The words between the quotation marks of the reader's language."""
    return format_html(_("«{}»"), words)


@register.simple_tag
def prose(value: Any) -> SafeString:
    """A longer text as paragraphs, from a careful subset of Markdown; unknown where there is none."""
    words, language = best(value)
    if not words:
        return unknown()
    html = mark_safe(
        nh3.clean(_markdown.render(words), tags=_TAGS, attributes={"a": {"href"}}, link_rel="noopener nofollow")
    )
    if _other_language(language):
        return format_html('<div class="prose" lang="{}">{}</div>', TAGS[language], html)
    return format_html('<div class="prose">{}</div>', html)


@register.simple_tag
def unknown(words: str = "") -> SafeString:
    """What stands where the sources say nothing."""
    return format_html('<span class="unknown">{}</span>', words or _("La fuente no lo dice"))


@register.simple_tag
def day(value: Any) -> SafeString:
    """A date in words inside ``<time>``; a partial one as it is known."""
    if not value:
        return format_html("{}", "")
    stamp = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return format_html('<time datetime="{}">{}</time>', stamp, in_words(value))


@register.filter
def left(value: dt.date, today: dt.date) -> str:
    """How many days are left, in words."""
    return days_left(value, today)


@register.filter
def amount(value: Decimal | None, currency: str = "MXN") -> str:
    """Money: ``$1 200 000 MXN`` with thin spaces."""
    if value is None:
        return ""
    number = f"{value:,.2f}".removesuffix(".00").replace(",", "\u202f")
    return f"${number}\u00a0{currency}"


@register.filter
def number(value: Any) -> str:
    """A figure without needless zeros: ``12.5``, ``1 200``."""
    if value in (None, ""):
        return ""
    return charts.figure(value)


@register.simple_tag
def light(value: Any, word: Any = "", bare: bool = False, size: str = "", url: str = "") -> SafeString:
    """A light from a ``Light`` or a colour and a word; ``size`` is ``small``, ``large`` or empty; a link with ``url``."""
    if hasattr(value, "colour"):
        return icons.light(value.colour, word or value.word, bare=bare, size=size, url=url)
    return icons.light(value, word, bare=bare, size=size, url=url)


@register.simple_tag
def shape(colour: str) -> SafeString:
    """The shape alone; write the word beside it."""
    return icons.shape(colour)


@register.simple_tag
def sign(name: str) -> SafeString:
    """A sign drawn in lines."""
    return icons.sign(name)


@register.simple_tag
def meter(low: str, high: str = "", word: str = "") -> SafeString:
    """The four steps of a level of completion; a range marks its upper part in stripes."""
    if low not in LEVELS:
        return format_html("{}", word)
    first = LEVELS.index(low)
    last = LEVELS.index(high) if high in LEVELS else first
    steps = format_html_join("", '<i class="{}"></i>', ((_cell(n, first, last),) for n in range(4)))
    return format_html(
        '<span class="meter"><span class="bar" aria-hidden="true">{}</span><b>{}</b></span>', steps, word
    )


def _cell(n: int, first: int, last: int) -> str:
    """How the ``n``-th step of a meter looks; nothing started is not a first step done."""
    if n == first == 0:
        return "none"
    return "on" if n <= first else "range" if n <= last else ""


@register.simple_tag
def changes(pieces: list[Piece]) -> SafeString:
    """A difference: what is gone struck, what is new underlined; both also said for screen readers."""
    marks = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}
    return mark_safe("".join(format_html(marks[piece.kind], piece.text) for piece in pieces))


@register.simple_tag
def marked(pieces: list[tuple[str, bool]]) -> SafeString:
    """An excerpt with the words that were looked for marked."""
    return mark_safe("".join(format_html("<mark>{}</mark>" if hit else "{}", text) for text, hit in pieces))


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], **changed: Any) -> str:
    """The query string of this page with some parameters changed; an empty value takes one away, and the page number goes."""
    request: HttpRequest = context["request"]
    query: QueryDict = request.GET.copy()
    if "pagina" not in changed:
        query.pop("pagina", None)
    for name, value in changed.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    words = urlencode([(key, value) for key in sorted(query) for value in query.getlist(key)])
    return f"?{words}" if words else request.path


@register.simple_tag
def difference(before: Any, after: Any) -> SafeString:
    """What changed between two texts, word by word, in the reader's language."""
    return changes(compare(best(before)[0], best(after)[0]))


@register.simple_tag(takes_context=True)
def opengraph(context: dict[str, Any], title: Any, description: Any = "", image: str = "") -> SafeString:
    """How social networks show a link to this page; ``image`` is the address of a picture of 1200 × 630."""
    base = context.get("base_url", "")
    rows = [("og:title", title), ("og:type", "article"), ("og:url", base + context["request"].path)]
    if description:
        rows.append(("og:description", description))
    if image:
        rows += [
            ("og:image", base + image),
            ("og:image:width", 1200),
            ("og:image:height", 630),
            ("og:image:alt", title),
        ]
    card = format_html('<meta name="twitter:card" content="{}">', "summary_large_image" if image else "summary")
    return format_html("{}{}", format_html_join("", '<meta property="{}" content="{}">\n', rows), card)


@register.inclusion_tag("common/forms/summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """All errors of forms and formsets, each linked to its field; nothing where there are none. Those of a row begin with
    what the row is and its place: "Evidencia 2, Fecha: …"."""
    rows: list[tuple[str, str, str]] = []
    for form in [each for whole in forms for each in (whole, *getattr(whole, "rows", {}).values())]:
        name = getattr(form, "row_words", "")
        for place, one in enumerate(getattr(form, "forms", [form]), 1):
            row = f"{name} {place}" if name else ""
            rows += [("", row, error) for error in one.non_field_errors()]
            rows += [
                (_target(field), f"{row}, {field.label}" if row else field.label, error)
                for field in one.visible_fields()
                for error in field.errors
            ]
        if hasattr(form, "non_form_errors"):
            rows += [("", "", error) for error in form.non_form_errors()]
    return {"rows": rows}


def _target(field: Any) -> str:
    """The id of the first input of a field; those of a group are numbered."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id


@register.simple_tag
def page_numbers(page: Any) -> list[Any]:
    """The numbers of the pages around this one, with None where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


for _part in (
    parts.two,
    parts.steps,
    parts.counters,
    parts.chips,
    parts.crumbs,
    parts.tag,
    parts.notice,
    parts.empty,
    parts.progress,
):
    register.simple_tag(_part)
for _chart in (charts.spark, charts.line_chart, charts.timeline):
    register.simple_tag(_chart)


@register.filter
def plain_figure(value: Any) -> str:
    """A number as machines read it, for attributes: ``1200000``, ``612300.5``."""
    return "" if value in (None, "") else format(Decimal(str(value)).normalize(), "f")
