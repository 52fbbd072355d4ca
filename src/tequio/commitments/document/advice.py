"""What to look at twice in a commitment. None of it keeps anything from being published (standards §9: a breach warns)."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tequio.commitments import formula
from tequio.commitments.document.check_values import decimal_of
from tequio.commitments.document.missing import Missing
from tequio.common.charts import figure
from tequio.common.i18n import versions
from tequio.vocabularies import terms

Doc = dict[str, Any]
# What each level of the logical framework is usually measured with (standards §9.1).
LEVELS: dict[str, dict[str, tuple[str, ...]]] = {
    "fin": {
        "kind": ("estrategico",),
        "dimension": ("eficacia",),
        "frequency": ("anual", "bienal", "trienal", "sexenal"),
    },
    "proposito": {
        "kind": ("estrategico",),
        "dimension": ("eficacia", "eficiencia"),
        "frequency": ("anual", "bienal"),
    },
    "componente": {
        "kind": ("estrategico", "gestion"),
        "dimension": ("eficacia", "eficiencia", "calidad"),
        "frequency": ("trimestral", "cuatrimestral", "semestral", "anual"),
    },
    "actividad": {
        "kind": ("gestion",),
        "dimension": ("eficacia", "eficiencia", "economia"),
        "frequency": ("mensual", "bimestral", "trimestral"),
    },
}
SCHEMES = {"kind": "indicator_type", "dimension": "dimension", "frequency": "frequency"}


def advice_on(doc: Doc) -> list[Missing]:
    """What to look at twice in a commitment, with the place where it is written."""
    return [
        Missing("indicators", words, n)
        for n, item in enumerate(doc.get("indicators", []))
        for words in advice_on_indicator(item)
    ]


def advice_on_indicator(item: Doc) -> list[str]:
    """The same for an indicator: symbols of its formula that nobody declared, targets against its direction, and what its level
    is usually not measured with."""
    return [*_method(item), *_targets(item), *_level(item)]


def _method(item: Doc) -> list[str]:
    words = versions(item.get("method", {})).get("es", "")
    declared = [row.get("symbol") for row in item.get("variables", []) if row.get("symbol")]
    found = formula.read(words)
    if found is None:
        if words and declared:
            return [
                _(
                    "El método no se lee como fórmula, así que el valor no se podrá calcular con sus variables. "
                    "Escríbelo como (a / b) × 100."
                )
            ]
        return []
    undeclared = [symbol for symbol in found.symbols if symbol not in declared]
    unused = [symbol for symbol in declared if symbol not in found.symbols]
    said = []
    if undeclared:
        said.append(
            _("El método usa %(symbols)s y no está entre las variables: agrégala para que se sepa qué es.")
            % {"symbols": _named(undeclared)}
        )
    if unused:
        said.append(_("La variable %(symbols)s no aparece en el método.") % {"symbols": _named(unused)})
    return said


def _named(symbols: list[Any]) -> str:
    return ", ".join(f"«{symbol}»" for symbol in symbols)


def _targets(item: Doc) -> list[str]:
    base = decimal_of(item.get("baseline_value"))
    targets: list[Decimal] = [t for row in item.get("targets", []) if (t := decimal_of(row.get("value"))) is not None]
    if base is None or not targets:
        return []
    values = {"target": figure(targets[-1]), "base": figure(base)}
    if item.get("direction") == "ascendente" and targets[-1] < base:
        return [_("Se espera que suba, y la meta (%(target)s) es menor que la línea base (%(base)s).") % values]
    if item.get("direction") == "descendente" and targets[-1] > base:
        return [_("Se espera que baje, y la meta (%(target)s) es mayor que la línea base (%(base)s).") % values]
    return []


def _level(item: Doc) -> list[str]:
    usual = LEVELS.get(item.get("level", ""), {})
    return [
        _("Para el nivel «%(level)s» no se acostumbra «%(value)s».")
        % {
            "level": terms.label("indicator_level", item["level"]),
            "value": terms.label(SCHEMES[name], item[name]),
        }
        for name, keys in usual.items()
        if item.get(name) and item[name] not in keys
    ]
