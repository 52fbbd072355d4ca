"""Bars and lines of counts as inline SVG. The table with the same figures stands beside each (``charts``)."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tequio.common.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, figure

ROW, FULL = 46, 560  # units of the drawing: a bar with its words, the longest bar


def bars(rows: Sequence[tuple[str, int, str]], title: str) -> SafeString:
    """A bar for each row of words, count and light (empty: no light). The longest is as wide as the drawing allows."""
    most = max((count for _words, count, _light in rows), default=0)
    if not most:
        return mark_safe("")
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><rect class="{}" data-light="{}" x="0" y="{}" width="{}" height="16" rx="5"/>'
        '<text class="strong" x="{}" y="{}">{}</text>',
        (
            (
                *(ROW * n + 14, words, "span" if light else "fill", light, ROW * n + 21),
                *(max(round(FULL * count / most, 1), 2), max(round(FULL * count / most, 1), 2) + 8, ROW * n + 34),
                figure(count),
            )
            for n, (words, count, light) in enumerate(rows)
        ),
    )
    return _drawing(title, ROW * len(rows), drawn)


def lines(when: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], title: str) -> SafeString:
    """Two counts in time, each line named at its end; the first is dashed."""
    if len(when) < 2:
        return mark_safe("")
    most = max(1, *(value for _name, values in series for value in values))
    right, bottom = WIDTH - 200, HEIGHT - BOTTOM

    def at(n: int, value: int) -> tuple[float, float]:
        x = LEFT + (right - LEFT) * n / (len(when) - 1)
        return round(x, 1), round(bottom - (bottom - TOP) * value / most, 1)

    every = -(-len(when) // 6)
    below = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((at(n, 0)[0], bottom + 22, words) for n, words in enumerate(when) if (len(when) - 1 - n) % every == 0),
    )
    grid = format_html_join(
        "",
        '<path class="grid" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT, at(0, v)[1], right, LEFT - 8, at(0, v)[1] + 4, figure(v)) for v in sorted({0, most // 2, most})),
    )
    ends = [at(len(when) - 1, values[-1])[1] for _name, values in series]
    if len(ends) == 2 and abs(ends[0] - ends[1]) < 18:  # two names would lie on each other
        ends = [min(ends) - 9, max(ends) + 9] if ends[0] <= ends[1] else [max(ends) + 9, min(ends) - 9]
    drawn = format_html_join(
        "",
        '<polyline class="{}" fill="none" points="{}"/><text class="strong" x="{}" y="{}">{}: {}</text>',
        (
            (
                "line" if place else "line promised",
                " ".join(f"{x},{y}" for x, y in (at(n, value) for n, value in enumerate(values))),
                *(right + 10, round(ends[place] + 4, 1), name, figure(values[-1])),
            )
            for place, (name, values) in enumerate(series)
        ),
    )
    return _drawing(title, HEIGHT, format_html("{}{}{}", grid, below, drawn))


def _drawing(title: str, height: int, drawn: Any) -> SafeString:
    return format_html(
        '<div class="over" tabindex="0" role="region" aria-label="{}"><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        "</svg></div>",
        *(title, WIDTH, height, title, drawn),
    )
