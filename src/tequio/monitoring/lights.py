"""Two lights: what the institution says and what citizens verified. Nobody types a colour; it is worked out here.

The five looks (design §5): ``green`` circle, verified · ``blue`` diamond, being verified · ``amber`` triangle, in
process · ``red`` octagon, not proven · ``grey`` dashed ring, no report. The states of standards §6.2 map to them so:
verified → green; reported, under review, reopened → blue; observed, or reported as unfinished → amber; rejected → red;
pending → grey before its date and red after it.

A plan that ended, and of which the sources keep neither reports nor a committee, is not ``told``: its lights stay grey
and say so, because the silence of a source is not a failure of an institution.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tequio.common.i18n import best
from tequio.monitoring.models import STATE_LIGHT, Said, State

LIGHTS = ("green", "blue", "amber", "red", "grey")

CITIZENS = {
    "green": (_("Verificada"), _("El Comité decidió, con quórum y mayoría, que la evidencia lo demuestra.")),
    "blue": (_("En verificación"), _("Hay un reporte y el Comité lo está revisando, o reabrió su decisión.")),
    "amber": (_("En proceso"), _("Falta para terminar: hay un avance sin concluir o una observación por atender.")),
    "red": (_("No acreditada"), _("El Comité no lo encontró demostrado, o venció la fecha sin reporte.")),
    "grey": (_("Sin reporte"), _("Nadie ha informado todavía. No es lo mismo que cero.")),
}
UNTOLD = _("No consta")
UNTOLD_MEANING = _(
    "Ninguna fuente consultada dice qué reportó la institución ni qué decidió el Comité. No es lo mismo que cero."
)
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


@dataclass(frozen=True)
class Light:
    """A light: its look and its word."""

    colour: str
    word: Any


def citizen_light(
    state: str,
    due: dt.date | None,
    today: dt.date,
    legend: dict[str, Any] | None = None,
    *,
    said: str = "",
    told: bool = True,
) -> Light:
    """What citizens verified of an activity. ``due`` is None where no date is promised, or where it cannot be counted;
    ``said`` is what the institution last reported."""
    colour = STATE_LIGHT.get(State(state))
    if colour is None and not told:
        return Light("grey", UNTOLD)
    if colour is None:
        colour = "red" if due is not None and due < today else "grey"
    if state == State.REPORTED and said == Said.IN_PROCESS:
        colour = "amber"
    return Light(colour, word_for(colour, legend))


def word_for(colour: str, legend: dict[str, Any] | None = None) -> Any:
    """The word of a light: the plan's own legend, else ours."""
    own = best((legend or {}).get(colour, {}).get("word", {}))[0]
    return own or CITIZENS[colour][0]


def word_for_many(colour: str, legend: dict[str, Any] | None = None, *, told: bool = True) -> Any:
    """The word beside a count of activities with this light."""
    if colour == "grey" and not told:
        return UNTOLD
    own = best((legend or {}).get(colour, {}).get("word", {}))[0]
    return own or CITIZENS_MANY[colour]


def institution_light(said: str, *, told: bool = True) -> Light:
    """What the institution says of an activity."""
    colour = SAID_LIGHT[said]
    return Light(colour, INSTITUTION[colour] if said or told else UNTOLD)


def legend_for(legend: dict[str, Any] | None, *, told: bool = True) -> list[dict[str, Any]]:
    """The published legend of a plan: each light with word and meaning; our default where the plan has none."""
    rows = []
    for colour in LIGHTS:
        own = (legend or {}).get(colour, {})
        silent = colour == "grey" and not told
        rows.append(
            {
                "colour": colour,
                "word": UNTOLD if silent else word_for(colour, legend),
                "meaning": UNTOLD_MEANING if silent else best(own.get("meaning", {}))[0] or CITIZENS[colour][1],
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
    told: bool = True

    @property
    def has_gap(self) -> bool:
        """The institution says that it is done and citizens have not verified it."""
        return self.said == Said.COMPLETE and self.state != State.VERIFIED

    @property
    def is_owed(self) -> bool:
        """Whether it is the institution's turn: it has not said that this is done, or must correct it."""
        if self.state in (State.PENDING, State.OBSERVED, State.REJECTED):
            return True
        return self.state == State.REPORTED and self.said != Said.COMPLETE


@dataclass(frozen=True)
class Rollup:
    """Where a commitment stands: counts and weighted shares of its activities, and both lights.

    ``shares`` are whole percents of verified, in process and no progress; they sum to 100 (standards §6.3).
    """

    standings: tuple[Standing, ...]
    legend: dict[str, Any] | None = None
    told: bool = True

    @property
    def total(self) -> int:
        return len(self.standings)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many activities show each light of the citizens."""
        counts = dict.fromkeys(LIGHTS, 0)
        for standing in self.standings:
            counts[standing.citizens.colour] += 1
        return counts

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

    @cached_property
    def weighed(self) -> dict[str, Decimal]:
        """The weight of what is verified, in process and without progress."""
        groups = {"verified": Decimal(0), "in_process": Decimal(0), "no_progress": Decimal(0)}
        for s in self.standings:
            groups[GROUPS[s.citizens.colour]] += s.weight
        return groups

    @property
    def shares(self) -> dict[str, int]:
        return whole_percents(self.weighed)

    @property
    def institution(self) -> Light:
        """What the institution says of the whole: done when all is done, in process when anything is."""
        said = [s.said for s in self.standings]
        if not any(said):
            return institution_light("", told=self.told)
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
            return Light("green", best((self.legend or {}).get("green", {}).get("word", {}))[0] or _("Verificado"))
        colour = next((c for c in ("red", "amber", "blue") if counts[c]), "amber" if counts["green"] else "grey")
        if colour == "grey" and not self.told:
            return Light("grey", UNTOLD)
        return Light(colour, word_for(colour, self.legend))

    @property
    def sentence(self) -> str:
        """The gap as a number, in words."""
        if not self.total:
            return ""
        if not self.reported and not self.told:
            return str(_("Ninguna fuente dice cómo va cada actividad"))
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

    def suggestion(self, evidence: int) -> str:
        """The suggested level of completion (standards §6.3), a key of ``completion``; empty where nothing is known.

        ``evidence`` is how many pieces the institution has shown. The suggestion never replaces the evaluator's level.
        """
        if not self.total or not self.told:
            return ""
        share = self.weighed["verified"] * 100 / (sum(self.weighed.values()) or 1)
        if self.verified == self.total:
            return "complete"
        if share >= 50:
            return "substantial"
        if share > 0 or (self.reported and evidence):
            return "limited"
        return "no_evidence" if self.said_complete else "not_started"


GROUPS = {
    "green": "verified",
    "blue": "in_process",
    "amber": "in_process",
    "red": "no_progress",
    "grey": "no_progress",
}


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
