"""Inline pictures: the five shapes of a light, and a few signs. Colours come from ``currentColor`` and ``--p``."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_SHAPES = {
    "green": '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="m6.8 12.4 3.5 3.6 7-7.6" fill="none" stroke="var(--p)" stroke-width="2.6"/>',
    "blue": '<path d="M12 .8 23.2 12 12 23.2.8 12z" fill="currentColor"/><path d="M12 6.5v6l3.5 2.3" fill="none" stroke="var(--p)" stroke-width="2.4"/>',
    "amber": '<path d="M12 1.6 23.4 22H.6z" fill="currentColor"/><path d="M12 9v6.5M12 18v1.6" stroke="var(--p)" stroke-width="2.6"/>',
    "red": '<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9z" fill="currentColor"/><path d="m8 8 8 8m0-8-8 8" stroke="var(--p)" stroke-width="2.6"/>',
    "grey": '<circle cx="12" cy="12" r="9.7" fill="none" stroke="currentColor" stroke-width="2.6" stroke-dasharray="4 3.2"/>',
}
_SHAPES |= {
    "yellow": _SHAPES["amber"],
    "no_data": _SHAPES["grey"],
    "orange": '<path d="M12 1.6 23.4 22H.6z" fill="none" stroke="currentColor" stroke-width="2.6"/><path d="M12 9v6.5M12 18v1.6" stroke="currentColor" stroke-width="2.6"/>',
    "over": '<path d="M12 2 22 14h-6v8H8v-8H2z" fill="currentColor"/>',
}
_SIGNS = {
    "shield": '<path d="M12 2 4 5v6c0 5 3.5 9 8 11 4.5-2 8-6 8-11V5z"/><path d="m8.5 12 2.5 2.5 4.500-5"/>',
    "file": '<path d="M6 2h8l5 5v15H6z"/><path d="M14 2v5h5"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1 1"/><path d="M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1-1"/>',
    "calendar": '<path d="M4 5h16v16H4zM4 10h16M8 2v5M16 2v5"/>',
    "check": '<path d="m4 12 5 6L20 6"/>',
    "cross": '<path d="m5 5 14 14M19 5 5 19"/>',
    "down": '<path d="M12 3v14m-6-6 6 6 6-6M4 21h16"/>',
}


def shape(colour: str) -> SafeString:
    """The shape of a light, hidden from screen readers: the word beside it says the same."""
    return mark_safe(f'<svg viewBox="0 0 24 24" aria-hidden="true">{_SHAPES[colour]}</svg>')  # noqa: S308  our own constant


def sign(name: str) -> SafeString:
    """A sign drawn in lines."""
    return mark_safe(  # noqa: S308  our own constant
        '<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">'
        f"{_SIGNS[name]}</svg>"
    )


def light(colour: str, word: object, *, bare: bool = False) -> SafeString:
    """A light with its word."""
    return format_html(
        '<span class="light{}" data-light="{}">{}{}</span>', " bare" if bare else "", colour, shape(colour), word
    )
