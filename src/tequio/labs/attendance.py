"""Who came, by group, and which of it may be told.

Numbers under a lab's minimum are not told, and neither is what would give them away: in a list whose sum is known, one hidden
number is everybody else's difference, so others are hidden with it until those hidden together reach the minimum.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HIDDEN = -1  # in ``Stop.groups``: fewer than the minimum, or hidden with one that is


@dataclass(frozen=True)
class Dimension:
    """A way to share everybody out: its groups add up to all who came. ``whole`` is false where a person may be in several
    of its groups or in none."""

    key: str
    words: str | Promise
    groups: tuple[tuple[str, str | Promise], ...]
    whole: bool = True


DIMENSIONS = (
    Dimension(
        "gender",
        _("Género"),
        (("women", _("Mujeres")), ("men", _("Hombres")), ("other_gender", _("Otro, o no se dijo"))),
    ),
    Dimension(
        "age",
        _("Edad"),
        (
            ("age_under_18", _("Menos de 18 años")),
            ("age_18_29", _("18 a 29 años")),
            ("age_30_59", _("30 a 59 años")),
            ("age_60_up", _("60 años o más")),
            ("age_unknown", _("No se dijo")),
        ),
    ),
    Dimension(
        "priority",
        _("Grupos de atención prioritaria"),
        (
            ("indigenous", _("Personas indígenas")),
            ("disability", _("Personas con discapacidad")),
            ("migrant", _("Personas migrantes")),
            ("lgbt", _("Personas LGBTI+")),
        ),
        whole=False,
    ),
)
GROUPS: dict[str, str | Promise] = {key: words for one in DIMENSIONS for key, words in one.groups}


def told(counts: dict[str, int], total: int, minimum: int) -> dict[str, int]:
    """What may be told of the counts by group, ``HIDDEN`` in place of what may not; nothing where fewer than ``minimum``
    came. Groups that were not counted are left out."""
    if total < minimum:
        return {}
    shown: dict[str, int] = {}
    for dimension in DIMENSIONS:
        known = {key: counts[key] for key, _words in dimension.groups if key in counts}
        hidden = {key for key, count in known.items() if 0 < count < minimum}
        if dimension.whole:
            hidden = _hide_more(known, hidden, minimum)
        shown |= {key: HIDDEN if key in hidden else count for key, count in known.items()}
    return shown


def _hide_more(known: dict[str, int], hidden: set[str], minimum: int) -> set[str]:
    """Until the hidden ones are several and together as many as the minimum."""
    hidden = set(hidden)
    rest = sorted((key for key, count in known.items() if key not in hidden and count), key=lambda key: known[key])
    while hidden and rest and (len(hidden) < 2 or sum(known[key] for key in hidden) < minimum):
        hidden.add(rest.pop(0))
    return hidden
