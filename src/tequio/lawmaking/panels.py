"""What people brought to a bill, in figures: each with a sentence, a chart, a table and a download.

No group of people under ``LEAST`` is counted (decision 26), nor told by subtraction.
"""

from collections import Counter
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.common.bars import bars
from tequio.common.panels import Panel
from tequio.lawmaking import queries
from tequio.lawmaking.models import Bill, Fate, Remark
from tequio.lawmaking.queries import Figures
from tequio.meetings.counting import shown
from tequio.vocabularies import terms

LEAST = 5  # people of a municipality or a sector, from which on they are counted
KEYS = ("palabras", "respuestas", "dias", "municipios", "sectores")  # of the panels, in order
BUCKETS = ((7, "0–7"), (15, "8–15"), (30, "16–30"), (60, "31–60"), (10**6, "61+"))  # days to answer


def panels(bill: Bill, figures: Figures) -> list[Panel]:
    """Every panel of a bill, in order."""
    return [
        _words(figures),
        _answered(figures),
        _days(bill),
        _people(
            bill, "municipios", _("Desde qué municipios se opinó"), _("Municipio"), lambda row: str(row.place or "")
        ),
        _people(
            bill,
            "sectores",
            _("De qué sectores"),
            _("Sector"),
            lambda row: terms.label("sector", row.sector) if row.sector else "",
        ),
    ]


def _words(f: Figures) -> Panel:
    title = _("Palabras que cambiaron, y cuántas son de la gente")
    if not f.came:
        return Panel("palabras", title, "", empty=_("El texto todavía no cambia: no hay palabras que contar."))
    sentence = _("De las %(came)s palabras que cambiaron desde la iniciativa, %(n)s las propuso la gente: %(p)s %%.")
    rows = ((_("De la gente"), f.credited), (_("De nadie de fuera, o sin confirmar"), f.came - f.credited))
    return Panel(
        "palabras",
        title,
        sentence % {"came": f.came, "n": f.credited, "p": f.percent},
        (_("De quién son"), _("Palabras")),
        rows,
        bars([(rows[0][0], f.credited, "green"), (rows[1][0], f.came - f.credited, "grey")], title),
    )


def _answered(f: Figures) -> Panel:
    title = _("En qué quedó cada opinión")
    if not f.total:
        return Panel("respuestas", title, "", empty=_("Nadie ha opinado todavía."))
    sentence = ngettext(
        "Se respondió %(n)s de %(total)s; %(late)s tarde.",
        "Se respondieron %(n)s de %(total)s; %(late)s tarde.",
        f.done,
    )
    labels = Fate.Decision
    rows: list[tuple[str, int, str]] = [
        (str(labels.TAKEN.label), f.taken, "green"),
        (str(labels.PARTLY.label), f.partly, "amber"),
        (str(labels.NOT_TAKEN.label), f.not_taken, "grey"),
        (str(labels.OUT_OF_SCOPE.label), f.out_of_scope, "grey"),
        (_("Espera respuesta, en plazo"), f.waiting, "blue"),
        (_("Sin respuesta y vencida"), f.overdue, "red"),
    ]
    return Panel(
        "respuestas",
        title,
        sentence % {"n": f.done, "total": f.total, "late": f.late},
        (_("En qué quedó"), _("Opiniones")),
        tuple((words, n) for words, n, _light in rows),
        bars(rows, title),
    )


def _days(bill: Bill) -> Panel:
    title = _("Cuántos días tardó la respuesta")
    days = queries.days_to_answer(bill)
    if not days:
        return Panel("dias", title, "", empty=_("Todavía no se responde ninguna."))
    counted: Counter[str] = Counter(next(name for most, name in BUCKETS if n <= most) for n in days)
    rows = tuple((_("%(days)s días") % {"days": name}, counted[name]) for _most, name in BUCKETS)
    middle = days[len(days) // 2]
    sentence = ngettext(
        "La mitad se respondió en %(n)s día o menos.", "La mitad se respondió en %(n)s días o menos.", middle
    )
    chart = bars([(words, n, "") for words, n in rows], title)
    return Panel("dias", title, sentence % {"n": middle}, (_("Días naturales"), _("Opiniones")), rows, chart)


def _people(bill: Bill, key: str, title: str, head: str, of: Callable[[Remark], str]) -> Panel:
    """Opinions by what their authors wanted to say of themselves; groups that are too small are named together."""
    said = queries.people(bill)
    if not said:
        return Panel(key, title, "", empty=_("Nadie ha opinado todavía."))
    counts = Counter(of(row) for row in said)
    silent = counts.pop("", 0)
    if not counts:
        return Panel(key, title, "", empty=_("De quienes opinaron, nadie quiso decirlo."))
    told = shown(counts, LEAST)
    rows = sorted(told["groups"].items(), key=lambda pair: (-pair[1], pair[0]))
    table: list[tuple[str, str | int]] = [*rows]
    few = _("menos de %(n)s") % {"n": LEAST}
    table += [(name, few) for name in told["few"]]
    if silent >= LEAST:
        table.append((_("No lo dijo"), silent))
    elif silent:
        table.append((_("No lo dijo"), few))
    n = len(counts)
    sentence = {
        "municipios": ngettext("Se oyó a gente de %(n)s municipio.", "Se oyó a gente de %(n)s municipios.", n),
        "sectores": ngettext("Se oyó a gente de %(n)s sector.", "Se oyó a gente de %(n)s sectores.", n),
    }[key] % {"n": n}
    if told["few"] or 0 < silent < LEAST:
        sentence += " " + _("Donde son menos de %(n)s no se dice cuántas, para que nadie quede señalado.") % {
            "n": LEAST
        }
    return Panel(key, title, sentence, (head, _("Opiniones")), tuple(table), bars([(*row, "") for row in rows], title))
