from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "tequio.monitoring"
    verbose_name = "Seguimiento"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.commitments import sections, sight
        from tequio.common import navigation
        from tequio.monitoring import evidence_sight, fills, lights, queries, reminders, requirements, topics
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("committee.set", _("Se integró el Comité de Seguimiento"), decisive=True),
            Kind("clocks.set", _("Se fijaron los plazos de un plan"), decisive=True),
            Kind("conflict.declared", _("Alguien del Comité declaró sobre conflictos de interés")),
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
        requirements.register_all()
        subjects.register(
            subjects.Subject("committee", _("Comité de Seguimiento"), subjects.page("monitoring:committee")),
            subjects.Subject("clocks", _("Plazos del plan"), subjects.page("monitoring:committee")),
            subjects.Subject("conflict", _("Declaración de intereses"), subjects.page("monitoring:committee")),
            subjects.Subject("track", _("Estado de una actividad"), subjects.page("commitments:activity", 0)),
            subjects.Subject("report", _("Reporte de avance"), subjects.page("commitments:activity", 0)),
            subjects.Subject("look", _("Mirada de integrante del Comité"), subjects.page("commitments:activity", 0)),
            subjects.Subject("decision", _("Decisión del Comité"), subjects.page("monitoring:decision", 0, 1)),
        )
        sight.register(evidence_sight.follow)
        topics.register()
        reminders.register()
        self.committee_work()
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
        sections.register_legend(partial(lights.legend_for, None))
        self.institution_work()

    def institution_work(self) -> None:
        """The institution's desk, what waits for it, and what is done for its drafts and links."""
        from tequio.commitments import sections
        from tequio.common import schedule
        from tequio.monitoring import archiving, fills_report, pending_lead
        from tequio.monitoring.actions import purge_report_drafts
        from tequio.people import desk, pending

        pending.register(pending_lead.for_role)
        schedule.each_minute("monitoring.report_drafts", purge_report_drafts)
        schedule.each_minute("monitoring.unarchived", archiving.retry)
        sections.register("activity", "next", fills_report.report_button, 60)
        sections.register("evidence", "after", fills_report.without_copy, 10)
        sections.register("indicator", "values", fills_report.values_to_verify)
        hint = _("Decir cómo van las actividades de tu institución, con evidencia.")
        desk.register(desk.Link(_("Reportar avance"), hint, "monitoring:reports", "monitoring.work_reports", 5))

    def committee_work(self) -> None:
        """The committee's desk, what waits for its members and for institutions, and looks that nobody did in time."""
        from tequio.common import schedule
        from tequio.monitoring import pending_committee
        from tequio.monitoring.actions import move_late_looks
        from tequio.people import desk, pending
        from tequio.record.append import SYSTEM

        pending.register(pending_committee.for_committee)
        pending.register(pending_committee.for_institution)
        schedule.each_minute("monitoring.late_looks", lambda: move_late_looks(SYSTEM))
        work, setting = "monitoring.work_in_committee", "monitoring.set_committee"
        hint = _("Lo que espera al Comité: mirar evidencia, votar, decidir.")
        desk.register(desk.Link(_("Por revisar"), hint, "monitoring:queue", work, 10))
        hint = _("Quién mira qué y cómo va cada persona.")
        desk.register(desk.Link(_("Reparto"), hint, "monitoring:sharing", work, 11))
        hint = _("Con quién tienes un vínculo, o que con nadie. Es pública y lleva fecha.")
        desk.register(desk.Link(_("Declaración de intereses"), hint, "monitoring:declare", work, 12))
        hint = _("Quiénes lo forman, con qué quórum, mayoría, miradas y plazos decide.")
        desk.register(desk.Link(_("Comité de Seguimiento"), hint, "monitoring:set_committee", setting, 60))
        hint = _("Cuántos días tiene el Comité para responder, y cuándo se revisa lo que dejó un plan.")
        desk.register(desk.Link(_("Plazos del plan"), hint, "monitoring:set_clocks", setting, 61))
