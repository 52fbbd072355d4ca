from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "tequio.monitoring"
    verbose_name = "Seguimiento"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.commitments import sections, sight
        from tequio.common import navigation
        from tequio.monitoring import evidence_sight, fills, queries, reminders, topics
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("committee.set", _("Se integró el Comité de Seguimiento"), decisive=True),
            Kind("conflict.declared", _("Un integrante del Comité declaró sobre conflictos de interés")),
            Kind("progress.reported", _("La institución reportó avance")),
            Kind("report.evidence_changed", _("Cambió la evidencia pública de un reporte")),
            Kind("review.begun", _("El Comité empezó a revisar")),
            Kind("look.revealed", _("Se dieron a conocer las miradas del Comité")),
            Kind("look.answered", _("La institución respondió a las miradas del Comité")),
            Kind("decision.made", _("El Comité decidió"), decisive=True),
            Kind("decision.replied", _("La institución respondió a la decisión")),
            Kind("decision.annulled", _("Se anuló una decisión"), decisive=True),
            Kind("light.set", _("Cambió el estado de la actividad"), decisive=True),
        )
        subjects.register(
            subjects.Subject("committee", _("Comité de Seguimiento"), subjects.page("monitoring:committee")),
            subjects.Subject("conflict", _("Declaración de intereses"), subjects.page("monitoring:committee")),
            subjects.Subject("track", _("Estado de una actividad"), subjects.page("commitments:activity", 0)),
            subjects.Subject("report", _("Reporte de avance"), subjects.page("commitments:activity", 0)),
            subjects.Subject("look", _("Mirada de un integrante del Comité"), subjects.page("commitments:activity", 0)),
            subjects.Subject("decision", _("Decisión del Comité"), subjects.page("commitments:activity", 0)),
        )
        sight.register(evidence_sight.follow)
        topics.register()
        reminders.register()
        navigation.register(navigation.Item("board", _("El tablero"), "monitoring:board", 10))
        for page, slot, fill in (
            ("commitment", "lights", fills.commitment_lights),
            ("commitment", "next", fills.commitment_next),
            ("commitment", "steps", fills.commitment_steps),
            ("commitment", "verifications", fills.commitment_verifications),
            ("commitment", "levels", fills.commitment_levels),
            ("activity", "lights", fills.activity_lights),
            ("activity", "next", fills.activity_next),
            ("activity", "deadline", fills.activity_deadline),
            ("activity", "history", fills.activity_history),
        ):
            sections.register(page, slot, fill)
        sections.register_lights(queries.standings)
