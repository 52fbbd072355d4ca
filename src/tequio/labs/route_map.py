"""A lab's route as inline SVG: on the map of the state's municipal seats where their places are known (``data/README.md``),
else as a line of stops in order, which draws no geography. The page writes the same as a list beside it."""

import csv
from collections.abc import Sequence
from functools import cache
from math import cos, radians
from pathlib import Path

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.labs.models import Stop

SEATS = Path(__file__).parent / "data" / "seats.csv"
WIDTH, EDGE, MOST_HEIGHT = 480, 26, 520


@cache
def seats() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of municipal seats by INEGI's code."""
    with SEATS.open(encoding="utf-8") as file:
        return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}


def draw(stops: Sequence[Stop]) -> SafeString | str:
    """The map, or the line where a stop's place is not known; empty without stops."""
    shown = [stop for stop in stops if stop.status != Stop.Status.CANCELLED]
    if not shown:
        return ""
    known = seats()
    codes = [stop.municipality_id or "" for stop in shown]
    states = {code[:2] for code in codes}
    if len(states) == 1 and all(code in known for code in codes):
        return _map(shown, {code: at for code, at in known.items() if code[:2] in states})
    return _line(shown)


def _map(stops: Sequence[Stop], here: dict[str, tuple[float, float]]) -> SafeString:
    """Seats as dots, as far from each other as they are (a degree of longitude shortened by the cosine of the middle)."""
    low, high = min(at[0] for at in here.values()), max(at[0] for at in here.values())
    west, east = min(at[1] for at in here.values()), max(at[1] for at in here.values())
    shorter = cos(radians((low + high) / 2))
    scale = (WIDTH - 2 * EDGE) / ((east - west) * shorter or 1)
    height = min(MOST_HEIGHT, round((high - low) * scale + 2 * EDGE))

    def at(code: str) -> tuple[float, float]:
        latitude, longitude = here[code]
        return round(EDGE + (longitude - west) * shorter * scale, 1), round(EDGE + (high - latitude) * scale, 1)

    dots = format_html_join("", '<circle class="seat" cx="{}" cy="{}" r="2"/>', (at(code) for code in sorted(here)))
    points = [at(stop.municipality_id or "") for stop in stops]
    return _svg(height, dots, points, stops, _("Mapa de la ruta: cabeceras municipales y paradas en orden"))


def _line(stops: Sequence[Stop]) -> SafeString:
    """Stops in order, four to a row, back and forth."""
    across, row = 4, 70
    points = []
    for n in range(len(stops)):
        line, place = divmod(n, across)
        place = place if line % 2 == 0 else across - 1 - place
        points.append((round(46 + place * (WIDTH - 92) / (across - 1), 1), 36.0 + line * row))
    height = round(72 + (len(stops) - 1) // across * row)
    return _svg(height, "", points, stops, _("Las paradas en orden; no es un mapa"))


def _svg(
    height: int, below: SafeString | str, points: list[tuple[float, float]], stops: Sequence[Stop], title: str
) -> SafeString:
    way = " ".join(f"{x},{y}" for x, y in points)
    marks = format_html_join(
        "",
        '<g><circle class="halt{}" cx="{}" cy="{}" r="11"/>'
        '<text x="{}" y="{}" text-anchor="middle" class="halt-number{}">{}</text></g>',
        (
            (done, x, y, x, round(y + 4.5, 1), done, n)
            for n, ((x, y), done) in enumerate(
                zip(points, (" held" if stop.status == Stop.Status.HELD else "" for stop in stops), strict=True), 1
            )
        ),
    )
    return format_html(
        '<svg class="fit route" viewBox="0 0 {} {}" role="img" aria-label="{}">{}<polyline class="way" points="{}"/>{}</svg>',
        *(WIDTH, height, title, below, way, marks),
    )
