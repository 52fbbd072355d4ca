"""OGP's minimum requirements and our own rules of process, evaluated from data (standards §11).

Each ``Requirement`` is a sentence that must be true; whoever has the data registers how to tell: ``register("PC-3.2",
function)``. What nobody tells of is ``unknown``, never failed. A ``Finding`` says the state, the evidence, and what to do next.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models import Body
from tequio.plans.models import Plan

MET, AT_RISK, FAILED, NOT_DUE, UNKNOWN = "met", "at_risk", "failed", "not_due", "unknown"
WORDS = {
    MET: _("Se cumple"),
    AT_RISK: _("En riesgo"),
    FAILED: _("No se cumple"),
    NOT_DUE: _("Todavía no toca"),
    UNKNOWN: _("No se sabe"),
}
COLOURS = {MET: "green", AT_RISK: "amber", FAILED: "red", NOT_DUE: "blue", UNKNOWN: "grey"}
LAST_PART = 4  # at risk when a fourth of the time, or less, is left (standards §11)


@dataclass(frozen=True)
class Evidence:
    """What a finding rests on: words and, where there is one, the address of the page that shows it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Finding:
    """The state of a requirement on a day, what shows it, and what to do next; ``due`` where there is a day."""

    state: str
    evidence: list[Evidence] = field(default_factory=list)
    next: str = ""
    due: dt.date | None = None

    @property
    def word(self) -> str | Promise:
        return WORDS[self.state]

    @property
    def colour(self) -> str:
        return COLOURS[self.state]


@dataclass(frozen=True)
class Context:
    """What requirements are evaluated of: a plan, the secretariat that answers for it, and the day."""

    plan: Plan
    body: Body | None
    today: dt.date


@dataclass(frozen=True)
class Requirement:
    """One requirement. ``group`` is ``pc`` (Participation and Co-creation Standards), ``lc`` (OGP Local's minimum, as the
    monitoring body judges it) or ``tq`` (this portal's own); ``basis`` P, R or T as in the standards."""

    key: str
    group: str
    words: str | Promise
    basis: str

    @property
    def anchor(self) -> str:
        """Its name in the address of a page."""
        return self.key.lower().replace(".", "-")


GROUPS = {
    "pc": _("Estándares de participación y cocreación de OGP"),
    "lc": _("El mínimo de OGP Local, como lo juzga el ente de monitoreo"),
    "tq": _("Reglas que este portal añade"),
}
REQUIREMENTS = (
    Requirement(
        "PC-1.1a", "pc", _("Hay un espacio de diálogo, con gobierno y sociedad civil, y su acta es pública"), "P"
    ),
    Requirement("PC-1.1b", "pc", _("Ese espacio se reúne al menos cada seis meses"), "P"),
    Requirement("PC-1.1c", "pc", _("Sus reglas básicas son públicas"), "P"),
    Requirement("PC-2.1", "pc", _("Hay un sitio público y se actualiza al menos cada cuatro meses"), "P"),
    Requirement("PC-2.2", "pc", _("Hay un repositorio con evidencia nueva cada seis meses"), "P"),
    Requirement("PC-3.1", "pc", _("El calendario y las formas de participar se anuncian 14 días antes"), "R"),
    Requirement("PC-3.2", "pc", _("Se difunde la cocreación para que llegue a quien le importa"), "R"),
    Requirement("PC-3.3", "pc", _("Hay un canal abierto para aportar, y aportan dos sectores o más"), "R"),
    Requirement("PC-4.1", "pc", _("Cada aportación recibe una respuesta con su razón"), "R"),
    Requirement("PC-5.1", "pc", _("Dos sesiones de resultados al año con sociedad civil"), "P"),
    Requirement("LC-1", "lc", _("Existe un foro"), "P"),
    Requirement("LC-2", "lc", _("El foro es multiactor"), "P"),
    Requirement("LC-3", "lc", _("El foro se reunió con actores no gubernamentales durante la cocreación"), "R"),
    Requirement("LC-4", "lc", _("Actores no gubernamentales respaldaron el plan antes de presentarlo"), "P"),
    Requirement("TQ-1", "tq", _("Paridad: sociedad civil tiene al menos la mitad de los votos en cada mesa"), "T"),
    Requirement("TQ-2", "tq", _("Cada asiento está representado en cada sesión ordinaria"), "T"),
    Requirement("TQ-3", "tq", _("Las actas se aprueban a tiempo, y sus acuerdos tienen responsable y fecha"), "T"),
    Requirement("TQ-4", "tq", _("Cada compromiso viene de una aportación y de la sesión que lo adoptó"), "T"),
    Requirement("TQ-5", "tq", _("Ninguna actividad sin fecha, responsable, producto y medio de verificación"), "T"),
    Requirement("TQ-6", "tq", _("Las fechas caben unas en otras: actividad, compromiso, plan y administración"), "T"),
    Requirement("TQ-7", "tq", _("Nadie del Comité de Seguimiento decide con un conflicto de interés"), "T"),
    Requirement("TQ-8", "tq", _("Cada compromiso dice con qué recurso cuenta, o que no tiene"), "T"),
    Requirement("TQ-9", "tq", _("Para participar solo se pide nombre, contacto y sector"), "T"),
    Requirement("TQ-10", "tq", _("Los laboratorios y la difusión llegan a los municipios y sectores previstos"), "T"),
)

Evaluate = Callable[[Context], Finding]
_evaluations: dict[str, Evaluate] = {}
SILENT = _("Este portal todavía no tiene de dónde saberlo.")


def register(key: str, evaluate: Evaluate) -> None:
    """Has a requirement told by whoever has its data; the same key again replaces it. ``LookupError`` for another key."""
    if key not in {one.key for one in REQUIREMENTS}:
        raise LookupError(f"no requirement {key!r}")
    _evaluations[key] = evaluate


def evaluate(context: Context) -> list[tuple[Requirement, Finding]]:
    """Every requirement with what is found of it today, in their order."""
    return [
        (one, _evaluations[one.key](context) if one.key in _evaluations else Finding(UNKNOWN, next=str(SILENT)))
        for one in REQUIREMENTS
    ]


def before(due: dt.date, start: dt.date, today: dt.date) -> str:
    """The state of what is not met yet and must be by ``due``, in a time that began at ``start``."""
    if today > due:
        return FAILED
    return AT_RISK if (due - today) * LAST_PART <= due - start else NOT_DUE
