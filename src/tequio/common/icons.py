"""Inline pictures: the shapes of lights, and signs drawn in lines. Their colours come from the stylesheet."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# s: a filled shape · o: an outlined one · k: what is drawn on it · d: dashed (parts/lights.css).
_TRIANGLE = '<path class="s" d="M12 1.6 23.4 22H.6z"/><path class="k" d="M12 9v6.5M12 18v1.6"/>'
_RING = '<circle class="o d" cx="12" cy="12" r="9.7"/>'
_SHAPES = {
    "green": '<circle class="s" cx="12" cy="12" r="11"/><path class="k" d="m6.8 12.4 3.5 3.6 7-7.6"/>',
    "blue": '<path class="s" d="M12 .8 23.2 12 12 23.2.8 12z"/><path class="k" d="M12 6.5v6l3.5 2.3"/>',
    "amber": _TRIANGLE,
    "red": '<path class="s" d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z"/><path class="k" d="m8 8 8 8m0-8-8 8"/>',
    "grey": _RING,
    # Thresholds of attainment have two more, and other names for two of the five.
    "yellow": _TRIANGLE,
    "orange": '<path class="o" d="M12 3 22 21H2z"/><path class="o" d="M12 10v5M12 17v1.5"/>',
    "over": '<path class="s" d="M12 2 22 14h-6v8H8v-8H2z"/>',
    "no_data": _RING,
}
COLOURS = tuple(_SHAPES)

_SIGNS = {
    "shield": '<path d="M12 2 4 5v6c0 5 3.5 9 8 11 4.5-2 8-6 8-11V5z"/><path d="m8.5 12 2.5 2.5 4.5-5"/>',
    "file": '<path d="M6 2h8l5 5v15H6z"/><path d="M14 2v5h5"/>',
    "link": (
        '<path d="M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1 1"/><path d="M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1-1"/>'
    ),
    "calendar": '<path d="M4 5h16v16H4zM4 10h16M8 2v5M16 2v5"/>',
    "check": '<path d="m4 12 5 6L20 6"/>',
    "cross": '<path d="m5 5 14 14M19 5 5 19"/>',
    "down": '<path d="M12 3v14m-6-6 6 6 6-6M4 21h16"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 6 6"/>',
    "person": '<circle cx="12" cy="8" r="4.5"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
    "people": (
        '<circle cx="9" cy="8" r="4"/><path d="M2 20c.6-4 3-6 7-6s6.4 2 7 6M16 4.500a4 4 0 0 1 0'
        ' 7M18.5 14.500c2 .8 3.2 2.6 3.5 5.5"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="9.5"/><path d="M12 6.500V12l4 2.5"/>',
    "warning": '<path d="M12 3 22 21H2zM12 10v5M12 17.200v1.3"/>',
    "info": '<circle cx="12" cy="12" r="9.5"/><path d="M12 11v6M12 7v1.5"/>',
    "help": (
        '<circle cx="12" cy="12" r="9.5"/><path d="M9 9.500c.3-2 1.5-3 3.1-3 1.8 0 3 1.1 3 2.7 0'
        ' 2.2-3.1 2.4-3.1 4.600M12 16.500V18"/>'
    ),
    "plus": '<path d="M12 4v16M4 12h16"/>',
    "edit": '<path d="m4 20 1-5L16 4l4 4L9 19z"/><path d="m13.5 6.5 4 4"/>',
    "bin": '<path d="M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10v7M14 10v7"/>',
    "left": '<path d="M20 12H4m7-7-7 7 7 7"/>',
    "right": '<path d="M4 12h16m-7-7 7 7-7 7"/>',
    "outside": '<path d="M14 4h6v6M20 4 10 14M17 14v6H4V7h6"/>',
    "copy": '<path d="M9 9h11v12H9z"/><path d="M15 9V3H4v12h5"/>',
    "feed": '<path d="M4 11a9 9 0 0 1 9 9M4 4a16 16 0 0 1 16 16"/><circle cx="5.5" cy="18.5" r="1.5"/>',
    "globe": (
        '<circle cx="12" cy="12" r="9.5"/><path d="M2.5 12h19M12 2.500c3.5 3 4 6 4 9.500s-.5 6.5-4'
        ' 9.500c-3.5-3-4-6-4-9.500s.5-6.5 4-9.500z"/>'
    ),
    "place": (
        '<path d="M12 22C6.5 16.5 4 13 4 9.500a8 8 0 0 1 16 0C20 13 17.5 16.5 12 22z"/><circle'
        ' cx="12" cy="9.5" r="2.8"/>'
    ),
    "money": '<path d="M2 6h20v12H2z"/><circle cx="12" cy="12" r="3"/><path d="M5.5 9v6M18.5 9v6"/>',
    "table": '<path d="M3 4h18v16H3zM3 10h18M10 4v16"/>',
    "bell": '<path d="M5 18c1.5-1.8 2-3.5 2-7.500C7 7 9 5 12 5s5 2 5 5.500c0 4 .5 5.7 2 7.500zM12 5V3M10 21h4"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V7.500a4 4 0 0 1 8 0V11"/>',
}
SIGNS = tuple(_SIGNS)


def shape(colour: str) -> SafeString:
    """The shape of a light, hidden from screen readers: the word beside it says the same."""
    return mark_safe(
        f'<svg class="shape" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{_SHAPES[colour]}</svg>'
    )


def sign(name: str) -> SafeString:
    """A sign drawn in lines, hidden from screen readers."""
    return mark_safe(
        '<svg class="sign" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2"'
        f' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{_SIGNS[name]}</svg>'
    )


def light(colour: str, word: object, *, bare: bool = False, size: str = "", url: str = "") -> SafeString:
    """A light with its word; a link where ``url`` is given. ``size`` is ``small``, ``large`` or empty."""
    names = " ".join(name for name in ("light", size, "bare" if bare else "") if name)
    if url:
        return format_html('<a class="{}" data-light="{}" href="{}">{}{}</a>', names, colour, url, shape(colour), word)
    return format_html('<span class="{}" data-light="{}">{}{}</span>', names, colour, shape(colour), word)
