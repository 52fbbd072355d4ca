"""The picture that social networks show beside a link: what it is, where, and its two lights. 1200 × 630 pixels.

The bytes depend only on what is drawn: no time, no random value, and the same font as the pages.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
FONT = Path(__file__).parent / "static" / "portal" / "font" / "atkinson-hyperlegible-next.woff2"
MARGIN, BRAND = 80, "Tequio"
# The light values of tokens.css, which a picture cannot read.
DEEP, WHITE, SOFT, EYEBROW = "#0a3f3b", "#ffffff", "#dcebe5", "#f7d08f"
FRIEZE = ("#f2a93b", "#a8442a", "#c2185b", "#17807a")
LIGHT = {
    "green": ("#17693f", "#def2e5"),
    "blue": ("#1f4f8f", "#e2ecfa"),
    "amber": ("#7a5000", "#fff0cc"),
    "red": ("#a52a2a", "#fde5e2"),
    "grey": ("#555f5a", "#ebe9e2"),
}
PETALS = (
    ("#f2a93b", ((20, 35), (20, 28), (20, 22), (20, 16))),
    ("#7fd0c4", ((20, 35), (20, 24), (13, 20), (5, 19))),
    ("#f0708f", ((20, 35), (20, 24), (27, 20), (35, 19))),
    ("#ffffff", ((20, 35), (19, 20), (15, 11), (11, 6))),
    ("#ffffff", ((20, 35), (21, 20), (25, 11), (29, 6))),
)


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONT), size)
    font.set_variation_by_axes([weight])
    return font


def wrap(words: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """``words`` in lines no wider than ``width`` pixels; what does not fit in ``most`` lines ends with ``…``."""
    lines: list[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] += "…"
        while font.getlength(lines[-1]) > width and " " in lines[-1]:
            lines[-1] = lines[-1].rsplit(" ", 1)[0] + "…"
    return lines


def _curve(points: tuple[tuple[int, int], ...], x: float, y: float, scale: float) -> list[tuple[float, float]]:
    """A cubic Bézier as a run of points."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    run = []
    for n in range(25):
        t, u = n / 24, 1 - n / 24
        px = u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx
        py = u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy
        run.append((x + px * scale, y + py * scale))
    return run


def _mark(draw: ImageDraw.ImageDraw, x: float, y: float, scale: float) -> None:
    for colour, points in PETALS:
        run = _curve(points, x, y, scale)
        draw.line(run, fill=colour, width=round(4.2 * scale), joint="curve")
        for px, py in (run[0], run[-1]):
            r = 2.1 * scale
            draw.ellipse((px - r, py - r, px + r, py + r), fill=colour)


def _shape(draw: ImageDraw.ImageDraw, colour: str, x: float, y: float, size: float) -> None:
    """The shape of a light, as in ``common.icons``, in a square of ``size`` pixels."""
    ink, pale = LIGHT[colour]
    k = size / 24

    def at(*pairs: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + px * k, y + py * k) for px, py in pairs]

    def stroke(*pairs: tuple[float, float]) -> None:
        draw.line(at(*pairs), fill=pale, width=round(2.6 * k), joint="curve")

    if colour == "green":
        draw.ellipse(at((1, 1), (23, 23)), fill=ink)
        stroke((6.8, 12.4), (10.3, 16), (17.3, 8.4))
    elif colour == "blue":
        draw.polygon(at((12, 0.8), (23.2, 12), (12, 23.2), (0.8, 12)), fill=ink)
        stroke((12, 6.5), (12, 12.5), (15.5, 14.8))
    elif colour == "amber":
        draw.polygon(at((12, 1.6), (23.4, 22), (0.6, 22)), fill=ink)
        stroke((12, 9), (12, 15.5))
        stroke((12, 17.6), (12, 19.8))
    elif colour == "red":
        draw.polygon(
            at((7.5, 1), (16.5, 1), (23, 7.5), (23, 16.5), (16.5, 23), (7.5, 23), (1, 16.5), (1, 7.5)), fill=ink
        )
        stroke((8, 8), (16, 16))
        stroke((16, 8), (8, 16))
    else:
        for part in range(0, 360, 42):
            draw.arc(at((2.3, 2.3), (21.7, 21.7)), part, part + 24, fill=ink, width=round(2.6 * k))


def _smooth(
    picture: Image.Image, place: tuple[int, int], size: tuple[int, int], paint: Callable[[ImageDraw.ImageDraw], None]
) -> None:
    """Paints at four times the size and shrinks it, so that slanted edges are smooth."""
    patch = Image.new("RGB", (size[0] * 4, size[1] * 4), DEEP)
    paint(ImageDraw.Draw(patch))
    picture.paste(patch.resize(size, Image.Resampling.LANCZOS), place)


def _pill(pen: ImageDraw.ImageDraw, colour: str, wide: int) -> None:
    pen.rounded_rectangle((0, 0, wide * 4 - 1, 68 * 4 - 1), 34 * 4, fill=LIGHT[colour][1])
    _shape(pen, colour, 16 * 4, 13 * 4, 42 * 4)


def draw(*, title: str, place: str, lights: Sequence[tuple[str, str]] = (), eyebrow: str = "") -> bytes:
    """A PNG with ``title``, the name of the jurisdiction (``place``) and up to two lights (colour, word).

    The first light is the institution's, the second the citizens'.
    """
    picture = Image.new("RGB", SIZE, DEEP)
    pen = ImageDraw.Draw(picture)
    _smooth(picture, (MARGIN - 10, 56), (80, 80), lambda pen: _mark(pen, 0, 0, 8.0))
    pen.text((MARGIN + 86, 62), BRAND, font=_font(46, 760), fill=WHITE)
    pen.text(
        (MARGIN + 88, 114),
        f"{_('Gobierno abierto')} · {place}" if place else _("Gobierno abierto"),
        font=_font(25, 430),
        fill=SOFT,
    )
    top = 190
    if eyebrow:
        pen.text((MARGIN, top - 12), eyebrow, font=_font(27, 600), fill=EYEBROW)
        top += 30
    room = 3 if lights else 5
    size = 64
    lines = wrap(title, _font(size, 750), SIZE[0] - 2 * MARGIN, room)
    if len(lines) == room and lines[-1].endswith("…"):
        size = 50
        lines = wrap(title, _font(size, 750), SIZE[0] - 2 * MARGIN, room + 1)
    for n, line in enumerate(lines):
        pen.text((MARGIN, top + n * size * 1.16), line, font=_font(size, 750), fill=WHITE)
    names = (_("La institución dice"), _("La ciudadanía verificó"))
    x = MARGIN
    for name, (colour, word) in zip(names, lights, strict=False):
        font = _font(34, 660)
        wide = round(font.getlength(word)) + 104
        pen.text((x, 458), name, font=_font(25, 560), fill=SOFT)
        _smooth(picture, (x, 496), (wide, 68), partial(_pill, colour=colour, wide=wide))
        pen.text((x + 72, 530), word, font=font, fill=LIGHT[colour][0], anchor="lm")
        x += max(wide, round(_font(25, 560).getlength(name))) + 48
    for n in range(-(-SIZE[0] // 44)):
        pen.rectangle((n * 44, 610, n * 44 + 43, 630), fill=FRIEZE[n % 4])
    out = BytesIO()
    picture.save(out, "PNG", optimize=False, compress_level=9)
    return out.getvalue()
