"""Charts as inline SVG. Each says in its title what it shows; the table beside it holds the same figures."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tequio.common import icons
from tequio.common.dates import PartialDate, in_words
from tequio.common.parts import of

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 280, 56, 24, 24, 40


def figure(value: Any) -> str:
    """A figure without needless zeros, thousands apart: ``1 200``, ``12.5``."""
    return format(Decimal(str(value)).normalize(), ",f").replace(",", "\u202f")


def _steps_of(low: float, high: float) -> list[float]:
    """Round values between which all lie: about five."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** len(str(int(span / 5))) / 10 if span >= 5 else 1.0
    while span / power > 6:
        power *= 2 if str(power)[0] in "15" else 2.5
    while span / power < 3:
        power /= 2
    start = int(low // power)
    values = [round(start * power, 6)]
    while values[-1] < high:
        start += 1
        values.append(round(start * power, 6))
    return values


def _place(value: float, low: float, high: float, start: float, end: float) -> float:
    return round(start + (end - start) * (value - low) / ((high - low) or 1.0), 1)


def spark(values: Sequence[Any], target: Any = None) -> SafeString:
    """A line of values as small as a word; write the last value beside it."""
    numbers = [float(value) for value in values]
    if not numbers:
        return mark_safe("")
    known = numbers + ([float(target)] if target not in (None, "") else [])
    low, high = min(known), max(known)
    points = [
        (_place(n, 0, max(len(numbers) - 1, 1), 4, 108), _place(v, low, high, 22, 4)) for n, v in enumerate(numbers)
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    aim = ""
    if target not in (None, ""):
        level = _place(float(target), low, high, 22, 4)
        aim = format_html('<path class="target" d="M2 {}H110"/>', level)
    return format_html(
        '<svg class="spark" viewBox="0 0 112 26" aria-hidden="true">{}<polyline class="line" points="{}"/>'
        '<circle class="dot" cx="{}" cy="{}" r="3.5"/></svg>',
        aim,
        line,
        *points[-1],
    )


def line_chart(rows: Sequence[Any], title: str, unit: str = "", target: Any = None, baseline: Any = None) -> SafeString:
    """Values of an indicator in time, with its target and baseline: rows of ``when`` (words or date) and ``value``."""
    rows = [row for row in rows if of(row, "value", None) not in (None, "")]
    if not rows:
        return mark_safe("")
    numbers = [float(of(row, "value")) for row in rows]
    lines = [
        (name, kind, value)
        for name, kind, value in ((_("Meta"), "target", target), (_("Línea base"), "base", baseline))
        if value not in (None, "")
    ]
    known = numbers + [float(value) for _name, _kind, value in lines]
    scale = _steps_of(min(0.0, *known), max(known))
    low, high = scale[0], scale[-1]
    bottom = HEIGHT - BOTTOM

    def across(n: int) -> float:
        return _place(n + 0.5, 0, len(rows), LEFT, WIDTH - RIGHT)

    def up(value: Any) -> float:
        return _place(float(value), low, high, bottom, TOP)

    grid = format_html_join(
        "",
        '<path class="grid" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT, up(v), WIDTH - RIGHT, LEFT - 8, up(v) + 4, figure(v)) for v in scale),
    )
    aims = format_html_join(
        "",
        '<path class="{}" d="M{} {}H{}"/><text class="{}" x="{}" y="{}" text-anchor="end">{} {}</text>',
        (
            (kind, LEFT, up(v), WIDTH - RIGHT, kind, WIDTH - RIGHT, up(v) - 6, name, figure(v))
            for name, kind, v in lines
        ),
    )
    points = [(across(n), up(value)) for n, value in enumerate(numbers)]
    dots = format_html_join(
        "",
        '<circle class="dot" cx="{}" cy="{}" r="5"/><text class="strong" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x, y, x, y - 12, figure(value)) for (x, y), value in zip(points, numbers, strict=True)),
    )
    below = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((across(n), bottom + 22, in_words_or(of(row, "when"))) for n, row in enumerate(rows)),
    )
    table = _table(
        title,
        (_("Fecha"), f"{_('Valor')}{f' ({unit})' if unit else ''}"),
        [(in_words_or(of(row, "when")), figure(of(row, "value"))) for row in rows],
    )
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption><div class="over" tabindex="0" role="region" aria-label="{}">'
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}<polyline class="line" points="{}"/>{}{}</svg></div>{}</figure>',
        title, title, WIDTH, HEIGHT, title, grid, aims, " ".join(f"{x},{y}" for x, y in points), dots, below, table,
    )  # fmt: skip


def in_words_or(value: Any) -> str:
    """A date in words; anything else as it is."""
    if isinstance(value, dt.date | PartialDate):
        return in_words(value)
    return str(value)


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((words,) for words in heads))
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", '<td data-label="{}">{}</td>', zip(heads, row, strict=True)),) for row in rows),
    )
    return format_html(
        '<details class="more"><summary>{}</summary><table class="table"><caption class="hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></details>",
        _("Los mismos datos en tabla"), title, head, body,
    )  # fmt: skip


def timeline(rows: Sequence[Any], title: str, today: dt.date | None = None) -> SafeString:
    """Activities in time (a Gantt chart): rows of ``label``, ``start``, ``end`` (dates or None), ``colour``, ``word``, ``url``.

    An activity with only one of its dates known is drawn as that day.
    """
    dated = [row for row in rows if of(row, "start", None) or of(row, "end", None)]
    if not dated:
        return mark_safe("")
    first = min(of(row, "start", None) or of(row, "end") for row in dated)
    last = max(of(row, "end", None) or of(row, "start") for row in dated)
    first, last = first.replace(day=1), last + dt.timedelta(days=12)
    left, right, width, step = 10, 20, 960, 50
    height = 44 + step * len(dated)

    def across(day: dt.date) -> float:
        return _place(day.toordinal(), first.toordinal(), last.toordinal(), left, width - right)

    months = (last.year - first.year) * 12 + last.month - first.month + 1
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120) if months / n <= 12)
    marks = []
    month = first
    while month <= last:
        marks.append((across(month), 34, height, across(month) + 4, 26, _short(month)))
        index = month.year * 12 + month.month - 1 + every
        month = dt.date(index // 12, index % 12 + 1, 1)
    grid = format_html_join("", '<path class="grid" d="M{} {}V{}"/><text x="{}" y="{}">{}</text>', marks)
    bars = []
    for n, row in enumerate(dated):
        start, end = of(row, "start", None) or of(row, "end"), of(row, "end", None) or of(row, "start")
        top = 44 + step * n
        x, w = across(start), max(round(across(end) - across(start), 1), 12)
        label = str(of(row, "label"))
        short = label if len(label) <= 70 else label[:68].rstrip() + "…"
        fits = x + len(short) * 7 < width - right
        bar = format_html(
            '<title>{}: {}</title><text class="strong" x="{}" y="{}" text-anchor="{}">{}</text>'
            '<rect class="span" data-light="{}" x="{}" y="{}" width="{}" height="18" rx="6"/>',
            label, of(row, "word"), x if fits else max(x + w, len(short) * 7), top + 16, "start" if fits else "end", short,
            of(row, "colour", "grey") or "grey", x, top + 22, w,
        )  # fmt: skip
        url = of(row, "url")
        bars.append(format_html('<a href="{}">{}</a>', url, bar) if url else format_html("<g>{}</g>", bar))
    now = ""
    if today is not None and first <= today <= last:
        x = across(today)
        now = format_html(
            '<path class="today" d="M{} 12V{}"/><text class="strong" x="{}" y="12">{}</text>',
            x,
            height,
            x + 6,
            _("hoy"),
        )
    table = _table(
        title,
        (_("Actividad"), _("Empieza"), _("Termina"), _("Estado")),
        [
            (
                of(row, "label"),
                in_words(of(row, "start", None)) or "—",
                in_words(of(row, "end", None)) or "—",
                icons.light(of(row, "colour", "grey") or "grey", of(row, "word"), bare=True),
            )
            for row in rows
        ],
    )
    return format_html(
        '<figure class="chart timeline"><figcaption>{}</figcaption><div class="over" tabindex="0" role="region" aria-label="{}">'
        '<svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}{}</svg></div>{}</figure>',
        title, title, width, height, title, grid, mark_safe("".join(bars)), now, table,
    )  # fmt: skip


def _short(month: dt.date) -> str:
    """``ene 2024``."""
    words = in_words(PartialDate(f"{month:%Y-%m}")).split()
    return f"{words[0][:3].lower()} {month.year}"
