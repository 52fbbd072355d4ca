"""The cells of a card: one for each activity. Hundreds stand on a board, so they are written in one go."""

import datetime as dt

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.common import icons
from tequio.common.dates import in_words
from tequio.common.i18n import best
from tequio.monitoring.rows import Row

register = template.Library()


@register.filter
def inwords(day: dt.date) -> str:
    """A day in words, inside a sentence: "1 de mayo de 2023"."""
    return in_words(day)


@register.simple_tag
def cells(row: Row) -> SafeString:
    """One cell for each activity of a commitment with the citizens' light, and one for those that no source names."""
    if not row.steps and not row.unnamed:
        return SafeString()
    # The address is asked for once; only the number at its end differs.
    place = reverse("commitments:activity", args=[row.commitment.jurisdiction.slug, 0]).removesuffix("0/")
    named = format_html_join(
        "",
        '<li><a href="{}{}/" data-light="{}">{}<span class="hidden">{}: {}</span></a></li>',
        (
            (
                place,
                step.activity.number,
                step.standing.citizens.colour,
                icons.shape(step.standing.citizens.colour),
                best(step.activity.title)[0],
                step.standing.citizens.word,
            )
            for step in row.steps
        ),
    )
    rest = SafeString()
    if row.unnamed:
        words = ngettext(
            "%(n)s actividad que la fuente cuenta y no nombra",
            "%(n)s actividades que la fuente cuenta y no nombra",
            row.unnamed,
        ) % {"n": row.unnamed}
        rest = format_html(
            '<li><span class="unnamed"><span class="hidden">{}</span><span aria-hidden="true">+{}</span></span></li>',
            words,
            row.unnamed,
        )
    return format_html('<ol class="steps" aria-label="{}">{}{}</ol>', _("Actividades, una por una"), named, rest)
