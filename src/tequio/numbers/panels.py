"""Each figure as a panel: one sentence, a chart, its table. The same panels make the page, the downloads and the API."""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from tequio.common.bars import bars, lines
from tequio.common.dates import in_words
from tequio.common.panels import Panel
from tequio.documents.models import LinkState
from tequio.monitoring.models import STATE_LIGHT, State
from tequio.numbers.figures import BUCKETS, Health, described
from tequio.vocabularies import terms

LINK_LIGHT = {
    LinkState.OK: "green",
    LinkState.MOVED: "amber",
    LinkState.CHANGED: "amber",
    LinkState.GONE: "red",
    "": "grey",
}

UNNAMED = lazy("Las fuentes no nombran las actividades de este plan.")
SILENT = lazy("Las fuentes no dicen qué reportó cada institución ni qué decidió el Comité.")


def panels(health: Health) -> list[Panel]:
    """All panels of a plan, in order."""
    return [make(health) for make in PANELS]


def _gap(h: Health) -> Panel:
    title = _("Lo que se dice y lo que se comprobó")
    if not h.total:
        return Panel("diferencia", title, "", empty=str(UNNAMED))
    if not h.told:
        return Panel(
            "diferencia",
            title,
            "",
            empty=str(SILENT),
        )
    values = {"said": h.said, "total": h.total, "verified": h.verified}
    words = (
        _(
            "Las instituciones dicen haber cumplido %(said)s de %(total)s actividades; el Comité ha verificado %(verified)s."
        )
        % values
    )
    if h.gap:
        words += " " + ngettext("La diferencia es de %(n)s.", "La diferencia es de %(n)s.", h.gap) % {"n": h.gap}
    rows = (
        (_("Actividades del plan"), h.total),
        (_("La institución dice: cumplida"), h.said),
        (_("El Comité verificó"), h.verified),
        (_("Reportada como cumplida y sin verificar"), h.gap),
    )
    lights = ("", "", "green", "amber")
    return Panel("diferencia", title, words, (_("Qué"), _("Actividades")), rows, _bars(rows, lights, title))


def _time(h: Health) -> Panel:
    title = _("Cómo han crecido las dos cuentas")
    if not h.quarters:
        return Panel(
            "trimestres",
            title,
            "",
            empty=_silence(h, _("Todavía nadie ha reportado: no hay nada que seguir en el tiempo.")),
        )
    rows = tuple((in_words(q.day), q.said, q.verified, q.said - q.verified) for q in h.quarters)
    last = h.quarters[-1]
    words = _("Al cierre de cada trimestre. Hoy: %(said)s reportadas como cumplidas, %(verified)s verificadas.") % {
        "said": last.said,
        "verified": last.verified,
    }
    heads = (_("Al"), _("Reportadas como cumplidas"), _("Verificadas"), _("Diferencia"))
    names = [f"{q.day.month:02}/{q.day.year}" for q in h.quarters]
    chart = lines(
        names,
        [(_("Reportadas"), [q.said for q in h.quarters]), (_("Verificadas"), [q.verified for q in h.quarters])],
        title,
    )
    return Panel("trimestres", title, words, heads, rows, chart)


def _waits(h: Health) -> Panel:
    title = _("Días del reporte a la decisión")
    waiting = ""
    if h.undecided:
        n = len(h.undecided)
        waiting = ngettext(
            "%(n)s reporte espera decisión, desde hace %(days)s días.",
            "%(n)s reportes esperan decisión; el más antiguo, desde hace %(days)s días.",
            n,
        ) % {"n": n, "days": h.undecided[0]}
    if h.median_wait is None:
        return Panel(
            "espera", title, waiting, empty=_silence(h, _("El Comité todavía no ha decidido sobre ningún reporte."))
        )
    n = len(h.waits)
    words = ngettext(
        "Se ha decidido sobre %(n)s reporte, a los %(days)s días.",
        "La mitad de los %(n)s reportes decididos esperó %(days)s días o menos.",
        n,
    ) % {"n": n, "days": described(h.median_wait)}
    labels = [_("hasta %(n)s días") % {"n": high} for high in BUCKETS] + [_("más de %(n)s días") % {"n": BUCKETS[-1]}]
    rows = tuple(zip(labels, h.waits_by_length, strict=True))
    chart = _bars(rows, ("",) * len(rows), title)
    return Panel("espera", title, f"{words} {waiting}".strip(), (_("Espera"), _("Reportes")), rows, chart)


def _results(h: Health) -> Panel:
    title = _("Decisiones del Comité")
    found = h.results
    n = sum(found.values())
    if not n:
        return Panel("decisiones", title, "", empty=_silence(h, _("El Comité todavía no ha tomado ninguna decisión.")))
    order = (State.VERIFIED, State.OBSERVED, State.REJECTED, State.REOPENED)
    rows = tuple((str(state.label), found[state]) for state in order)
    words = ngettext(
        "%(n)s decisión en vigor: %(v)s «verificada».", "%(n)s decisiones en vigor: %(v)s «verificada».", n
    ) % {
        "n": n,
        "v": found[State.VERIFIED],
    }
    chart = _bars(rows, tuple(STATE_LIGHT[state] for state in order), title)
    return Panel("decisiones", title, words, (_("Resultado"), _("Decisiones")), rows, chart)


def _schedule(h: Health) -> Panel:
    title = _("Actividades y sus fechas")
    if not h.total:
        return Panel("fechas", title, "", empty=str(UNNAMED))
    if not h.told:
        return Panel(
            "fechas",
            title,
            "",
            empty=_("Las fuentes no dicen cuándo se entregó cada actividad: no se puede saber si va tarde."),
        )
    lights = {"overdue": "red", "due_soon": "amber", "on_time": "green", "done_on_time": "green", "done_late": "amber"}
    keys = [
        key for key in ("overdue", "due_soon", "on_time", "not_due", "done_on_time", "done_late") if h.schedule[key]
    ]
    rows = [(terms.label("schedule_state", key), h.schedule[key]) for key in keys]
    colours = [lights.get(key, "") for key in keys]
    if h.schedule[""]:
        rows.append((_("Sin fecha prometida"), h.schedule[""]))
        colours.append("grey")
    words = ngettext(
        "%(n)s de %(total)s está vencida.", "%(n)s de %(total)s están vencidas.", h.schedule["overdue"]
    ) % {
        "n": h.schedule["overdue"],
        "total": h.total,
    }
    return Panel(
        "fechas", title, words, (_("Calendario"), _("Actividades")), tuple(rows), _bars(rows, tuple(colours), title)
    )


def _evidence(h: Health) -> Panel:
    title = _("Actividades con evidencia a la vista")
    if not h.total:
        return Panel("evidencia", title, "", empty=str(UNNAMED))
    n = len(h.proven)
    words = ngettext(
        "%(n)s de %(total)s tiene al menos una pieza que cualquiera puede abrir.",
        "%(n)s de %(total)s tienen al menos una pieza que cualquiera puede abrir.",
        n,
    ) % {"n": n, "total": h.total}
    rows = ((_("Con evidencia"), n), (_("Sin evidencia"), h.total - n))
    return Panel("evidencia", title, words, (_("Qué"), _("Actividades")), rows, _bars(rows, ("green", "grey"), title))


def _links(h: Health) -> Panel:
    title = _("Enlaces de la evidencia que todavía abren")
    total = sum(h.links.values())
    if not total:
        return Panel("enlaces", title, "", empty=_("Ninguna pieza de evidencia de este plan es un enlace."))
    looked = total - h.links[""]
    opens = looked - h.links[LinkState.GONE]
    states = [(str(state.label).capitalize(), h.links[state]) for state in LinkState]
    rows = (*states, (_("Sin revisar todavía"), h.links[""]))
    words = (
        _("De %(looked)s enlaces revisados abren %(opens)s.") % {"looked": looked, "opens": opens}
        if looked
        else ngettext("%(n)s enlace espera su primera revisión.", "%(n)s enlaces esperan su primera revisión.", total)
        % {"n": total}
    )
    chart = _bars(rows, (*(LINK_LIGHT[state] for state in LinkState), "grey"), title)
    return Panel("enlaces", title, words, (_("Estado"), _("Enlaces")), rows, chart)


def _answers(h: Health) -> Panel:
    title = _("Respuestas a lo que la gente observó")
    clock = h.clock
    if not clock.total:
        return Panel("observaciones", title, "", empty=_("Nadie ha enviado observaciones sobre este plan."))
    words = ngettext(
        "De %(total)s observación, respondidas tarde o sin respuesta después de su fecha: %(late)s.",
        "De %(total)s observaciones, respondidas tarde o sin respuesta después de su fecha: %(late)s.",
        clock.total,
    ) % {"total": clock.total, "late": clock.late_in_all}
    rows = (
        (_("Respondidas a tiempo"), clock.on_time),
        (_("Respondidas tarde"), clock.late),
        (_("Esperan, dentro del plazo"), clock.waiting),
        (_("Esperan, ya fuera del plazo"), clock.overdue),
    )
    chart = _bars(rows, ("green", "amber", "grey", "red"), title)
    return Panel("observaciones", title, words, (_("Qué"), _("Observaciones")), rows, chart)


def _houses(h: Health) -> Panel:
    title = _("Institución por institución")
    if not h.total or not h.told:
        return Panel("instituciones", title, "", empty=_silence(h, str(UNNAMED)))
    heads = (
        _("Institución"),
        _("Actividades"),
        _("Reportadas como cumplidas"),
        _("Verificadas"),
        _("Diferencia"),
        _("Vencidas"),
        _("Con evidencia"),
    )
    rows = tuple(
        (
            house.name or _("La fuente no dice quién"),
            house.total,
            house.said,
            house.verified,
            house.gap,
            house.overdue,
            house.proven,
        )
        for house in h.houses
    )
    words = _("Son cuentas, no calificaciones: cada institución prometió cosas distintas.")
    chart = _bars(
        [(row[0], row[3]) for row in rows], ("green",) * len(rows), _("Actividades verificadas de cada institución")
    )
    return Panel("instituciones", title, words, heads, rows, chart)


def _silence(h: Health, otherwise: str) -> str:
    return otherwise if h.told else str(SILENT)


def _bars(rows: Any, lights: tuple[str, ...], title: str) -> SafeString:
    return bars([(str(row[0]), row[1], light) for row, light in zip(rows, lights, strict=True)], title)


PANELS: tuple[Callable[[Health], Panel], ...] = (
    *(_gap, _time, _waits, _results, _schedule, _evidence, _links, _answers, _houses),
)
