"""Two lights: what the institution says and what citizens verified. Nobody types a colour; it is worked out here.

The five looks (design §5): ``green`` circle, verified · ``blue`` diamond, being verified · ``amber`` triangle, in
process · ``red`` octagon, not proven · ``grey`` dashed ring, no report. The states of standards §6.2 map to them so:
verified → green; reported, under review, reopened → blue; observed → amber; rejected → red; pending → grey before its date
and red after it. Where all that we know is what old sources tell, an activity without report stays grey: silence of a
source is not a failure of an institution.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tequio.common.i18n import best
from tequio.monitoring.models import Said, State

LIGHTS = ("green", "blue", "amber", "red", "grey")

CITIZENS = {
    "green": (_("Verificada"), _("El Comité decidió, con quórum y mayoría, que la evidencia lo demuestra.")),
    "blue": (_("En verificación"), _("Hay un reporte y el Comité lo está revisando, o reabrió su decisión.")),
    "amber": (_("En proceso"), _("El Comité hizo una observación que falta atender.")),
    "red": (_("No acreditada"), _("El Comité no lo encontró demostrado, o venció la fecha sin reporte.")),
    "grey": (_("Sin reporte"), _("Nadie ha informado todavía. No es lo mismo que cero.")),
}
# Many things together are named in the plural.
CITIZENS_MANY = {
    "green": _("Verificadas"),
    "blue": _("En verificación"),
    "amber": _("En proceso"),
    "red": _("No acreditadas"),
    "grey": _("Sin reporte"),
}
INSTITUTION = {
    "green": _("Cumplida"),
    "amber": _("En proceso"),
    "red": _("Sin iniciar"),
    "grey": _("Sin reporte"),
}
SAID_LIGHT = {Said.COMPLETE: "green", Said.IN_PROCESS: "amber", Said.NOT_STARTED: "red", "": "grey"}
STATE_LIGHT = {
    State.VERIFIED: "green",
    State.REPORTED: "blue",
    State.UNDER_REVIEW: "blue",
    State.REOPENED: "blue",
    State.OBSERVED: "amber",
    State.REJECTED: "red",
}


@dataclass(frozen=True)
class Light:
    """A light: its look and its word."""

    colour: str
    word: Any


def citizen_light(state: str, due: dt.date | None, today: dt.date, legend: dict[str, Any] | None = None) -> Light:
    """What citizens verified of an activity. ``due`` is None where no date is promised, or where it cannot be counted."""
    colour = STATE_LIGHT.get(State(state))
    if colour is None:
        colour = "red" if due is not None and due < today else "grey"
    return Light(colour, word_for(colour, legend))


def word_for(colour: str, legend: dict[str, Any] | None = None) -> Any:
    """The word of a light: the plan's own legend, else ours."""
    own = best((legend or {}).get(colour, {}).get("word", {}))[0]
    return own or CITIZENS[colour][0]


def institution_light(said: str) -> Light:
    """What the institution says of an activity."""
    colour = SAID_LIGHT[said]
    return Light(colour, INSTITUTION[colour])


def legend_for(legend: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The published legend of a plan: each light with word and meaning; our default where the plan has none."""
    rows = []
    for colour in LIGHTS:
        own = (legend or {}).get(colour, {})
        rows.append(
            {
                "colour": colour,
                "word": word_for(colour, legend),
                "meaning": best(own.get("meaning", {}))[0] or CITIZENS[colour][1],
            }
        )
    return rows


@dataclass(frozen=True)
class Standing:
    """Where one activity stands."""

    state: str
    said: str
    institution: Light
    citizens: Light
    weight: Decimal
    schedule: str = ""

    @property
    def has_gap(self) -> bool:
        """The institution says that it is done and citizens have not verified it."""
        return self.said == Said.COMPLETE and self.state != State.VERIFIED


@dataclass(frozen=True)
class Rollup:
    """Where a commitment (or a whole plan) stands: counts and weighted shares of its activities, and both lights.

    ``shares`` are whole percents of verified, in process and no progress; they sum to 100 (standards §6.3).
    """

    standings: tuple[Standing, ...]
    legend: dict[str, Any] | None = None

    @property
    def total(self) -> int:
        return len(self.standings)

    @property
    def counts(self) -> dict[str, int]:
        """How many activities show each light of the citizens."""
        return {colour: sum(s.citizens.colour == colour for s in self.standings) for colour in LIGHTS}

    @property
    def verified(self) -> int:
        return self.counts["green"]

    @property
    def reported(self) -> int:
        """How many the institution has reported on at all."""
        return sum(bool(s.said) for s in self.standings)

    @property
    def said_complete(self) -> int:
        return sum(s.said == Said.COMPLETE for s in self.standings)

    @property
    def gap(self) -> int:
        """How many the institution says are done and citizens have not verified."""
        return sum(s.has_gap for s in self.standings)

    @property
    def shares(self) -> dict[str, int]:
        groups = {"verified": Decimal(0), "in_process": Decimal(0), "no_progress": Decimal(0)}
        for s in self.standings:
            name = {"green": "verified", "blue": "in_process", "amber": "in_process"}.get(
                s.citizens.colour, "no_progress"
            )
            groups[name] += s.weight
        return whole_percents(groups)

    @property
    def institution(self) -> Light:
        """What the institution says of the whole: done when all is done, in process when anything is."""
        said = [s.said for s in self.standings]
        if not any(said):
            return Light("grey", INSTITUTION["grey"])
        if all(word == Said.COMPLETE for word in said):
            return Light("green", _("Cumplido"))
        if all(word in ("", Said.NOT_STARTED) for word in said):
            return Light("red", INSTITUTION["red"])
        return Light("amber", INSTITUTION["amber"])

    @property
    def citizens(self) -> Light:
        """What citizens verified of the whole. Green only when all is verified; red as soon as one is not proven."""
        counts = self.counts
        if self.total and counts["green"] == self.total:
            colour = "green"
        elif counts["red"]:
            colour = "red"
        elif counts["amber"]:
            colour = "amber"
        elif counts["blue"]:
            colour = "blue"
        elif counts["green"]:
            colour = "amber"
        else:
            colour = "grey"
        if colour == "green":
            return Light("green", _("Verificado"))
        return Light(colour, word_for(colour, self.legend))

    @property
    def sentence(self) -> str:
        """The gap as a number, in words."""
        if not self.total:
            return ""
        if not self.reported:
            return str(_("La institución no ha reportado ninguna actividad"))
        values = {"said": self.said_complete, "total": self.total, "verified": self.verified}
        if self.gap:
            return str(_("La institución reporta %(said)s de %(total)s; el Comité ha verificado %(verified)s")) % values
        if self.said_complete == 0:
            return str(_("Ninguna actividad reportada como cumplida todavía"))
        return ngettext(
            "Coinciden: %(verified)s actividad reportada y verificada",
            "Coinciden: %(verified)s actividades reportadas y verificadas",
            self.verified,
        ) % {"verified": self.verified}

    @property
    def suggestion(self) -> str:
        """The suggested level of completion (standards §6.3). It never replaces the evaluator's."""
        share = self.shares["verified"]
        if self.total and self.verified == self.total:
            return "complete"
        if share >= 50:
            return "substantial"
        if share > 0:
            return "limited"
        if self.said_complete and not self.counts["blue"] and not self.counts["amber"]:
            return "no_evidence"
        return "limited" if self.reported else "not_started"


def whole_percents(groups: dict[str, Decimal]) -> dict[str, int]:
    """Shares as whole percents that sum to 100, by the largest remainder; all zero where there is nothing."""
    total = sum(groups.values())
    if not total:
        return dict.fromkeys(groups, 0)
    exact = {name: value * 100 / total for name, value in groups.items()}
    whole = {name: int(value) for name, value in exact.items()}
    missing = 100 - sum(whole.values())
    for name in sorted(exact, key=lambda n: exact[n] - whole[n], reverse=True)[:missing]:
        whole[name] += 1
    return whole


def weights(given: Sequence[Decimal | None]) -> list[Decimal]:
    """The weight of each activity in percent: as given, else equal shares."""
    if given and all(weight is not None for weight in given):
        return [weight for weight in given if weight is not None]
    return [Decimal(100) / len(given) for _weight in given]


def together(rollups: Iterable[Rollup]) -> dict[str, int]:
    """How many activities of a whole plan show each light. Counts, never an average."""
    counts = dict.fromkeys(LIGHTS, 0)
    for rollup in rollups:
        for colour, n in rollup.counts.items():
            counts[colour] += n
    return counts
