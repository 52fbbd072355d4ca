"""The map of the groups as inline SVG: a circle for each, as large as its people. No person is drawn but the reader, and
that only for themselves. The page writes the same in a table beside it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.opinions.queries import Reading, Standing

WIDTH, HEIGHT, EDGE = 480, 300, 62


def draw(reading: Reading, standing: Standing | None = None) -> SafeString | str:
    """The map; empty with no group to show."""
    if not reading.groups:
        return ""
    xs = [group.x for group in reading.groups] + ([standing.x] if standing else [])
    ys = [group.y for group in reading.groups] + ([standing.y] if standing else [])
    most = max(group.people for group in reading.groups)
    circles = format_html_join(
        "",
        '<g><circle class="opinion" data-group="{}" cx="{}" cy="{}" r="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" class="opinion-name">{}</text></g>',
        (
            (
                group.name,
                *_at(group.x, group.y, xs, ys),
                round(18 + 26 * (group.people / most) ** 0.5, 1),
                *_below(_at(group.x, group.y, xs, ys), 6),
                group.name,
            )
            for group in reading.groups
        ),
    )
    you = ""
    if standing:
        x, y = _at(standing.x, standing.y, xs, ys)
        you = format_html(
            '<g><path class="opinion-you" d="M{0} {1}l9 9l-9 9l-9 -9z"/>'
            '<text x="{0}" y="{2}" text-anchor="middle" class="opinion-label">{3}</text></g>',
            *(x, round(y - 9, 1), round(y - 14, 1), _("Tú")),
        )
    title = _("Mapa de los grupos: más cerca, opiniones más parecidas")
    return format_html(
        '<svg class="fit opinions" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        *(WIDTH, HEIGHT, title, circles, you),
    )


def _at(x: float, y: float, xs: list[float], ys: list[float]) -> tuple[float, float]:
    """A place on the map, in units of the drawing."""
    return _along(x, xs, WIDTH), _along(y, ys, HEIGHT)


def _along(value: float, values: list[float], length: int) -> float:
    low, high = min(values), max(values)
    share = (value - low) / (high - low) if high - low > 1e-9 else 0.5
    return round(EDGE + (length - 2 * EDGE) * share, 1)


def _below(point: tuple[float, float], by: float) -> tuple[float, float]:
    return point[0], round(point[1] + by, 1)
