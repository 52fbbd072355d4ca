"""Finds every fault of a plan document at once, each with its place and in plain words."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tequio.commitments.bands import band_of, problems
from tequio.commitments.document import fields, labels
from tequio.commitments.document.check_values import Fault, Place, decimal_of, field_faults
from tequio.commitments.document.normal import normalise, versions_of
from tequio.common.dates import PartialDate
from tequio.vocabularies import terms

__all__ = ["Fault", "Place", "check", "check_commitment"]

Doc = dict[str, Any]
SHA256 = re.compile(r"^[0-9a-f]{64}$")


def check(document: Any) -> list[Fault]:
    """All faults of a plan, in reading order; an empty list means that it can be loaded."""
    plan = normalise(document)
    place = Place("", ())
    if not isinstance(plan, dict):
        return [place.fault(_("Debe ser un plan: un objeto con número, título y compromisos."))]
    return list(_plan(plan, place))


def check_commitment(document: Doc, plan: Doc) -> list[Fault]:
    """The faults of one commitment inside a plan (dates of the plan, for containment)."""
    return list(_commitment(document, Place("", ()), plan))


def _plan(plan: Doc, place: Place) -> Iterator[Fault]:
    yield from field_faults(plan, fields.PLAN, labels.PLAN, place)
    if not isinstance(plan.get("number"), int) or plan["number"] < 1:
        yield place.into("number", labels.PLAN["number"]).fault(_("Falta el número de plan: 1, 2, 3…"))
    if not versions_of(plan.get("title")):
        yield place.into("title", labels.PLAN["title"]).fault(_("Falta el título del plan."))
    yield from _order(plan, "start", "end", labels.PLAN, place)
    yield from _within(
        plan, {"start": plan.get("term_start"), "end": plan.get("term_end")}, labels.PLAN, place, _("la administración")
    )
    yield from _phases(plan, place)
    yield from _documents(plan, place)
    yield from _manual(plan, place)
    yield from _same_organisation_twice(
        plan.get("institutions"), place.into("institutions", labels.PLAN["institutions"]), known=True
    )
    seen: dict[str, int] = {}
    commitments = plan.get("commitments", [])
    for n, item in enumerate(commitments if isinstance(commitments, list) else []):
        name = item.get("ogp_id") or item.get("code") or n + 1 if isinstance(item, dict) else n + 1
        here = Place(f"/commitments/{n}", (_("Compromiso %(name)s") % {"name": name},))
        if not isinstance(item, dict):
            yield here.fault(_("Debe ser un compromiso: un objeto con clave y título."))
            continue
        code = item.get("code")
        if not code:
            yield here.into("code", labels.COMMITMENT["code"]).fault(
                _("Falta la clave del compromiso, por ejemplo «agua-1».")
            )
        elif isinstance(code, str) and code in seen:
            yield here.into("code", labels.COMMITMENT["code"]).fault(
                _("La clave «%(code)s» ya la usa el compromiso %(n)s.") % {"code": code, "n": seen[code] + 1}
            )
        elif isinstance(code, str):
            seen[code] = n
        yield from _commitment(item, here, plan)


def _commitment(doc: Doc, place: Place, plan: Doc) -> Iterator[Fault]:
    yield from field_faults(doc, fields.COMMITMENT, labels.COMMITMENT, place)
    yield from _order(doc, "start", "end", labels.COMMITMENT, place)
    yield from _within(doc, plan, labels.COMMITMENT, place, _("el plan"))
    if doc.get("supporting"):
        yield from _same_organisation_twice(
            doc["supporting"], place.into("supporting", labels.COMMITMENT["supporting"]), known=True
        )
    for part, table in fields.PARTS.items():
        names, noun = labels.PARTS[part]
        items = doc.get(part, [])
        numbers: set[int] = set()
        for n, item in enumerate(items if isinstance(items, list) else []):
            here = place.into(f"{part}/{n}", f"{noun} {n + 1}")
            if not isinstance(item, dict):
                yield here.fault(_("Debe ser un objeto con sus campos."))
                continue
            yield from field_faults(item, table, names, here)
            number = item.get("number")
            if part != "activities" and isinstance(number, int):
                if number in numbers:
                    yield here.into("number", names["number"]).fault(
                        _("El número %(n)s está repetido.") % {"n": number}
                    )
                numbers.add(number)
    yield from _activities(doc, place)
    yield from _indicators(doc, place)
    yield from _money(doc, place)
    yield from _evidence(doc, place)


def _evidence(doc: Doc, place: Place) -> Iterator[Fault]:
    named = len(_list(doc, "activities"))
    for n, item in enumerate(_list(doc, "evidence")):
        here = place.into(f"evidence/{n}", f"{labels.PARTS['evidence'][1]} {n + 1}")
        if isinstance(item.get("activity"), int) and not 1 <= item["activity"] <= named:
            yield here.into("activity", labels.EVIDENCE["activity"]).fault(
                _("No hay una actividad %(n)s en este compromiso.") % {"n": item["activity"]}
            )
        if item.get("sha256") and not SHA256.match(str(item["sha256"])):
            yield here.into("sha256", labels.EVIDENCE["sha256"]).fault(
                _("Una huella SHA-256 tiene 64 cifras hexadecimales en minúsculas.")
            )


def _activities(doc: Doc, place: Place) -> Iterator[Fault]:
    items = _list(doc, "activities")
    weights = [(n, decimal_of(item.get("weight"))) for n, item in enumerate(items) if item.get("weight") is not None]
    known = [weight for _n, weight in weights if weight is not None]
    for n, weight in weights:
        if weight is not None and (weight < 0 or 100 < weight < 1000):  # beyond that no column holds it: said once
            here = place.into(f"activities/{n}", f"{labels.PARTS['activities'][1]} {n + 1}")
            yield here.into("weight", labels.ACTIVITY["weight"]).fault(_("Un peso va de 0 a 100."))
    if known and len(known) == len(items) and sum(known, Decimal()) != 100:
        total = format(sum(known, Decimal()).normalize(), "f")
        yield place.into("activities", labels.COMMITMENT["activities"]).fault(
            _("Los pesos suman %(total)s; deben sumar 100.") % {"total": total}
        )
    if known and len(known) < len(items):
        yield place.into("activities", labels.COMMITMENT["activities"]).fault(
            _("Unas actividades tienen peso y otras no. Pon peso a todas o a ninguna.")
        )
    indicators = {item.get("number", n) for n, item in enumerate(_list(doc, "indicators"), 1)}
    for n, item in enumerate(items):
        here = place.into(f"activities/{n}", f"{labels.PARTS['activities'][1]} {n + 1}")
        if not versions_of(item.get("title")):
            yield here.into("title", labels.ACTIVITY["title"]).fault(_("Falta el título de la actividad."))
        yield from _order(item, "start", "due", labels.ACTIVITY, here)
        yield from _within(item, doc, labels.ACTIVITY, here, _("el compromiso"), end="due")
        if isinstance(item.get("indicator"), int) and item["indicator"] not in indicators:
            yield here.into("indicator", labels.ACTIVITY["indicator"]).fault(
                _("No hay un indicador con el número %(n)s.") % {"n": item["indicator"]}
            )


def _indicators(doc: Doc, place: Place) -> Iterator[Fault]:
    for n, item in enumerate(_list(doc, "indicators")):
        here = place.into(f"indicators/{n}", f"{labels.PARTS['indicators'][1]} {n + 1}")
        if not versions_of(item.get("name")):
            yield here.into("name", labels.INDICATOR["name"]).fault(_("Falta el nombre del indicador."))
        bands = item.get("thresholds", {}).get("bands") if isinstance(item.get("thresholds"), dict) else None
        spot = here.into("thresholds", labels.INDICATOR["thresholds"])
        if bands is not None and not isinstance(bands, list):
            yield spot.fault(_("Debe ser una lista."))
        elif bands:
            yield from _bands(bands, spot)


def _bands(bands: list[Any], place: Place) -> Iterator[Fault]:
    """What is wrong with own thresholds: each band by itself, then how they fit together."""
    whole = True
    for n, band in enumerate(bands):
        here = place.into(f"bands/{n}", _("tramo %(n)s") % {"n": n + 1})
        if not isinstance(band, dict) or band.get("light") not in terms.keys("attainment"):
            whole = False
            yield here.fault(_("Di qué luz se enciende: %(list)s.") % {"list": ", ".join(terms.keys("attainment"))})
        elif any(band.get(name) not in (None, "") and decimal_of(band[name]) is None for name in ("from", "to")):
            whole = False
            yield here.fault(_("Los límites son números, por ejemplo 90."))
    for n, words in problems([band_of(band) for band in bands]) if whole else ():
        yield place.into(f"bands/{n}", _("tramo %(n)s") % {"n": n + 1}).fault(words)


def _money(doc: Doc, place: Place) -> Iterator[Fault]:
    for n, item in enumerate(_list(doc, "money")):
        here = place.into(f"money/{n}", f"{labels.PARTS['money'][1]} {n + 1}")
        for name in ("earmarked", "released", "spent"):
            amount = decimal_of(item.get(name))
            if amount is not None and amount < 0:
                yield here.into(name, labels.MONEY[name]).fault(_("Una cantidad no puede ser negativa."))
    if doc.get("unfunded") is True and _list(doc, "money"):
        yield place.into("unfunded", labels.COMMITMENT["unfunded"]).fault(
            _("Dice que no tiene recurso y también lista recursos. Quita una de las dos cosas.")
        )


def _documents(plan: Doc, place: Place) -> Iterator[Fault]:
    for n, item in enumerate(_list(plan, "documents")):
        here = place.into(f"documents/{n}", _("Documento %(n)s") % {"n": n + 1})
        yield from field_faults(item, fields.DOCUMENT, labels.EVIDENCE, here)
        if not versions_of(item.get("title")):
            yield here.fault(_("Falta el título del documento."))


def _manual(plan: Doc, place: Place) -> Iterator[Fault]:
    manual = plan.get("manual")
    if not isinstance(manual, dict):
        return
    here = place.into("manual", labels.PLAN["manual"])
    yield from field_faults(
        {key: manual[key] for key in ("in_force_from", "reason") if manual.get(key)},
        {"in_force_from": "date", "reason": "str:400"},
        {},
        here,
    )
    rules = manual.get("rules", [])
    if not isinstance(rules, list):
        yield here.fault(_("Las reglas deben ser una lista."))
        return
    for n, rule in enumerate(rules):
        line = here.into(f"rules/{n}", _("regla %(n)s") % {"n": n + 1})
        if not isinstance(rule, dict):
            yield line.fault(_("Debe ser un objeto con sus campos."))
            continue
        yield from field_faults(
            {k: v for k, v in rule.items() if k in fields.RULE and v not in ("", None)}, fields.RULE, {}, line
        )
        deadline = rule.get("deadline") or {}
        counts = [deadline.get(unit) or 0 for unit in ("days", "months")] if isinstance(deadline, dict) else [None]
        if any(not isinstance(n, int) or isinstance(n, bool) or not 0 <= n <= 3660 for n in counts):
            yield line.fault(_("El plazo debe decir cuántos días o meses son, con un número entero."))


def _phases(plan: Doc, place: Place) -> Iterator[Fault]:
    before = ""
    for n, phase in enumerate(_list(plan, "phases")):
        start = phase["start"] if isinstance(phase.get("start"), str) else ""
        if start and before and start < before:
            yield place.into(f"phases/{n}", labels.PLAN["phases"]).fault(
                _("La fase «%(phase)s» empieza antes que la anterior.")
                % {"phase": terms.label("plan_phase", phase.get("key", ""))}
            )
        before = start or before


def _same_organisation_twice(values: Any, place: Place, *, known: bool) -> Iterator[Fault]:
    seen: set[str] = set()
    for item in values if isinstance(values, list) else []:
        name = terms.fold(item["name"]) if isinstance(item, dict) and isinstance(item.get("name"), str) else ""
        if name and name in seen:
            yield place.fault(_("«%(name)s» aparece dos veces.") % {"name": item["name"]}, known=known)
        seen.add(name)


def _order(doc: Doc, start: str, end: str, names: dict[str, Any], place: Place) -> Iterator[Fault]:
    first, last = _partial(doc.get(start)), _partial(doc.get(end))
    if first and last and last.last < first.first:  # type: ignore[operator]
        yield place.into(end, names[end]).fault(
            _("Termina (%(end)s) antes de empezar (%(start)s).") % {"end": last, "start": first}, known=True
        )


def _within(doc: Doc, outer: Doc, names: dict[str, Any], place: Place, whole: str, end: str = "end") -> Iterator[Fault]:
    """Containment, read generously: an imprecise date counts as any day it may mean."""
    opens, closes = _partial(outer.get("start")), _partial(outer.get("end"))
    if opens and closes and closes.last < opens.first:  # type: ignore[operator]
        return  # the outer dates contradict themselves: said once, there
    for name in ("start", end):
        value = _partial(doc.get(name))
        if not value:
            continue
        if opens and value.last < opens.first:  # type: ignore[operator]
            yield place.into(name, names[name]).fault(
                _("%(value)s es antes de que empiece %(whole)s (%(limit)s).")
                % {"value": value, "whole": whole, "limit": opens},
                known=True,
            )
        elif closes and value.first > closes.last:  # type: ignore[operator]
            yield place.into(name, names[name]).fault(
                _("%(value)s es después de que termina %(whole)s (%(limit)s).")
                % {"value": value, "whole": whole, "limit": closes},
                known=True,
            )


def _partial(value: Any) -> PartialDate | None:
    if isinstance(value, dt.date):
        return PartialDate(value)
    try:
        return PartialDate(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _list(doc: Doc, name: str) -> list[Doc]:
    value = doc.get(name, [])
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
