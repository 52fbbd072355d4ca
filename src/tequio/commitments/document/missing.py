"""What a plan or a commitment still lacks before it may be published (standards §3, TQ-5, TQ-8)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tequio.commitments.document.labels import COMMITMENT, PLAN

Doc = dict[str, Any]


@dataclass(frozen=True)
class Missing:
    """Something to fill in. ``section`` names the form where it goes; ``item`` the number in a list, from 0."""

    section: str
    words: str
    item: int | None = None


def missing_in_plan(plan: Doc) -> list[Missing]:
    """For a plan: dates, vision, institutions, endorsement, and at least one commitment."""
    needed = {
        "basics": ("title", "start", "end", "summary"),
        "vision": ("vision", "achievements", "challenges", "goals", "plan_contribution"),
        "people": ("institutions", "forewords"),
    }
    found = [
        Missing(section, _("Falta: %(field)s.") % {"field": PLAN[name]})
        for section, names in needed.items()
        for name in names
        if not plan.get(name)
    ]
    if not any(not row.get("is_government") for row in plan.get("endorsements", [])):
        found.append(Missing("people", _("Falta el respaldo de al menos una organización que no sea de gobierno.")))
    if not plan.get("manual", {}).get("rules"):
        found.append(
            Missing("manual", _("Falta el manual de cumplimiento: sin él no hay cómo comprobar las actividades."))
        )
    return found


def missing_in_commitment(doc: Doc) -> list[Missing]:
    """For a commitment: what Form A.6 requires; no activity without date, person, product and means of verification."""
    needed = {
        "basics": ("title", "branch", "start", "end", "origin", "horizon"),
        "story": ("problem", "status_quo", "action", "contribution"),
        "people": ("lead",),
        "alignment": ("values", "policy_areas", "sector"),
    }
    found = [
        Missing(section, _("Falta: %(field)s.") % {"field": COMMITMENT[name]})
        for section, names in needed.items()
        for name in names
        if not doc.get(name)
    ]
    if not (doc.get("head_role") and doc.get("liaison_role")):
        found.append(Missing("people", _("Falta decir quién es titular y quién es enlace: las dos personas cuentan.")))
    core = {"transparency", "participation", "accountability"}
    if doc.get("values") and not core & {row.get("key") for row in doc["values"]}:
        found.append(
            Missing(
                "alignment",
                _(
                    "Falta al menos uno de los tres valores centrales: "
                    "transparencia, participación o rendición de cuentas."
                ),
            )
        )
    found += [
        Missing("alignment", _("Falta la razón de uno de los valores."))
        for row in doc.get("values", [])
        if not row.get("reason")
    ]
    if not doc.get("money") and not (doc.get("unfunded") and doc.get("unfunded_reason")):
        found.append(
            Missing("money", _("Falta decir con qué recursos se hará o, si no hay, decirlo y explicar por qué."))
        )
    found += _activities(doc) + _indicators(doc)
    return found


def _activities(doc: Doc) -> list[Missing]:
    activities = doc.get("activities", [])
    if not activities:
        return [Missing("activities", _("Falta al menos una actividad."))]
    found = []
    needed = {
        "due": _("la fecha compromiso"),
        "expected_output": _("el producto esperado"),
        "means_of_verification": _("los medios de verificación"),
    }
    for n, item in enumerate(activities):
        lacking = [words for name, words in needed.items() if not item.get(name)]
        if not item.get("responsible_role") and not item.get("responsible_words"):
            lacking.append(_("la persona responsable"))
        found += [
            Missing("activities", _("A la actividad %(n)s le falta %(what)s.") % {"n": n + 1, "what": words}, n)
            for words in lacking
        ]
    return found


def _indicators(doc: Doc) -> list[Missing]:
    indicators = doc.get("indicators", [])
    if not indicators:
        return [Missing("indicators", _("Falta al menos un indicador."))]
    found = []
    for n, item in enumerate(indicators):
        lacking = [
            words
            for name, words in (
                ("method", _("el método de cálculo")),
                ("unit", _("la unidad de medida")),
                ("frequency", _("la frecuencia")),
                ("direction", _("la tendencia esperada")),
                ("targets", _("al menos una meta")),
            )
            if not item.get(name)
        ]
        if not item.get("baseline_value") and not item.get("no_baseline_reason"):
            lacking.append(_("la línea base, o la razón de que no haya"))
        found += [
            Missing("indicators", _("Al indicador %(n)s le falta %(what)s.") % {"n": n + 1, "what": words}, n)
            for words in lacking
        ]
    return found
