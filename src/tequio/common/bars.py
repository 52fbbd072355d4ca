"""Bars and lines of counts as inline SVG. The table with the same figures stands beside each (``charts``)."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tequio.common.charts import figure

WIDTH, HEIGHT = 420, 230  # units of the drawing of lines: readable on a phone


def bars(rows: Sequence[tuple[str, int, str]], title: str) -> SafeString:
    """A list with a bar for each row of words, count and light (empty: no light); readable at any width."""
    most = max((count for _words, count, _light in rows), default=0)
    if not most:
        return mark_safe("")
    drawn = format_html_join(
        "",
        '<li data-light="{}"><span>{}</span> <b>{}</b><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="band" width="100" height="10"/><rect class="{}" width="{}" height="10"/></svg></li>',
        (
            (light, words, figure(count), "lit" if light else "fill", round(100 * count / most, 1))
            for words, count, light in rows
        ),
    )
    return format_html('<ul class="bars" aria-label="{}">{}</ul>', title, drawn)


def lines(when: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], title: str) -> SafeString:
    """Two counts in time, with what each line is below them; the first is dashed."""
    if len(when) < 2:
        return mark_safe("")
    most = max(1, *(value for _name, values in series for value in values))
    left, right, top, bottom = 34, WIDTH - 24, 14, HEIGHT - 34

    def at(n: int, value: int) -> tuple[float, float]:
        x = left + (right - left) * n / (len(when) - 1)
        return round(x, 1), round(bottom - (bottom - top) * value / most, 1)

    every = -(-len(when) // 5)
    below = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((at(n, 0)[0], bottom + 24, words) for n, words in enumerate(when) if (len(when) - 1 - n) % every == 0),
    )
    grid = format_html_join(
        "",
        '<path class="grid" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((left, at(0, v)[1], right, left - 8, at(0, v)[1] + 4, figure(v)) for v in sorted({0, most // 2, most})),
    )
    drawn = format_html_join(
        "",
        '<polyline class="{}" points="{}"/>',
        (
            ("line" if place else "line promised", " ".join("{},{}".format(*at(n, v)) for n, v in enumerate(values)))
            for place, (_name, values) in enumerate(series)
        ),
    )
    names = format_html_join(
        "",
        '<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="{}" d="M0 5H40"/></svg> {}: <b>{}</b></li>',
        (
            ("line" if place else "line promised", name, figure(values[-1]))
            for place, (name, values) in enumerate(series)
        ),
    )
    return format_html(
        '<svg class="fit" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg><ul class="row keys">{}</ul>',
        *(WIDTH, HEIGHT, title, grid, below, drawn, names),
    )
