"""What observations put into the one queue and the public register of moderation."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.moderation import rule_words
from tequio.observations import queries
from tequio.people.moderated import Moderated, Waiting
from tequio.places.models import Jurisdiction


def waiting(jurisdiction: Jurisdiction) -> Iterator[Waiting]:
    """What a member of the committee must look at or decide again."""
    for row in queries.open_for_committee(jurisdiction):
        if row.needs_a_look or row.awaits_review:
            since = row.appealed_on if row.awaits_review else row.published_on
            lines = [line for line in row.moderation if line.get("rule")]
            url = reverse("observations:handle", args=[jurisdiction.slug, row.number])
            why = rule_words(lines[-1]["rule"]) if lines else ""
            yield Waiting(str(row), url, since or dt.date.min, why)


def register(jurisdiction: Jurisdiction) -> Iterator[Moderated]:
    """Each line of the log of what was hidden at some time."""
    for row in queries.moderated(jurisdiction):
        url = reverse("observations:observation", args=[jurisdiction.slug, row.number])
        for line in row.moderation:
            what, on = line_words(line), dt.date.fromisoformat(line["on"])
            yield Moderated(str(row), url, what, on, rule_words(line.get("rule", "")), line.get("reason", ""))


def line_words(line: dict[str, Any]) -> str:
    """What a line of the log of moderation says happened."""
    photo = line.get("part") == "photo"
    found: dict[str, str] = {
        "held": _("El texto espera que alguien del Comité lo mire antes de verse"),
        "flagged": _("El Secretariado pidió al Comité que la mire"),
        "hidden": _("El Comité ocultó la foto") if photo else _("El Comité ocultó el texto"),
        "shown": _("Alguien del Comité miró la foto y se ve")
        if photo
        else _("Alguien del Comité miró el texto y se ve"),
        "appealed": _("Quien la escribió pidió que se revise"),
        "upheld": _("Otra persona del Comité la revisó: sigue oculta"),
        "restored": _("Otra persona del Comité la revisó: vuelve a verse"),
    }
    return found.get(str(line["what"]), str(line["what"]))
