"""What each list is called on screen, and the three things a term may rest on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BASES: dict[str, str | Promise] = {
    "P": _("Publicada por OGP o por una autoridad mexicana"),
    "R": _("Práctica del programa; puede cambiar"),
    "T": _("Regla de este sistema"),
}

NAMES: dict[str, str | Promise] = {
    "sector": _("Sectores"),
    "role": _("Papeles"),
    "branch": _("Poderes y órdenes de gobierno"),
    "plan_phase": _("Fases del plan"),
    "obligation": _("Obligaciones y plazos"),
    "ogp_value": _("Valores de gobierno abierto"),
    "policy_area": _("Temas de política pública"),
    "policy_group": _("Grupos de temas"),
    "primary_sector": _("Sector principal"),
    "challenge_area": _("Áreas del Reto de Gobierno Abierto"),
    "origin": _("Origen del compromiso"),
    "novelty": _("Novedad del compromiso"),
    "horizon": _("Plazos"),
    "activity_kind": _("Tipos de actividad"),
    "evidence_type": _("Tipos de evidencia"),
    "verification_state": _("Estados de la verificación"),
    "verification_colour": _("Luces de la verificación"),
    "schedule_state": _("Estados del calendario"),
    "attainment": _("Logro de los indicadores"),
    "threshold_preset": _("Umbrales del semáforo de indicadores"),
    "indicator_level": _("Niveles del indicador"),
    "indicator_type": _("Tipos de indicador"),
    "dimension": _("Dimensiones del indicador"),
    "frequency": _("Frecuencia de medición"),
    "direction": _("Tendencia esperada"),
    "accumulation": _("Acumulación"),
    "disaggregation": _("Desagregación"),
    "completion": _("Nivel de cumplimiento"),
    "verifiability": _("Verificabilidad"),
    "og_lens": _("Enfoque de gobierno abierto"),
    "potential": _("Potencial de resultados"),
    "kind_of_change": _("Tipo de cambio"),
    "early_results": _("Primeros resultados (planes desde 2021)"),
    "early_results_old": _("Primeros resultados (planes anteriores a 2021)"),
    "continuation_decision": _("Decisión sobre la continuidad"),
    "contribution_decision": _("Respuesta a las aportaciones"),
    "response_reason": _("Motivos de las respuestas"),
    "resource_kind": _("Tipos de recursos"),
    "budget_stage": _("Momentos del gasto"),
    "budget_classification": _("Clasificaciones del gasto"),
    "budget_origin": _("Origen del recurso"),
    "sdg_goal": _("Objetivos de Desarrollo Sostenible"),
    "sdg_target": _("Metas de los Objetivos de Desarrollo Sostenible"),
    "sdg_role": _("Relación con la meta"),
}
ORDER = list(NAMES)


def name_of(scheme: str) -> str:
    """The list's name; a list that only this installation has is called by its key."""
    return str(NAMES.get(scheme, scheme))
