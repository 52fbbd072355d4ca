from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "tequio.commitments"
    verbose_name = "Compromisos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.commitments import fills, links, sections, topics
        from tequio.commitments.actions.discarded import purge_discarded
        from tequio.commitments.queries import names_publicly
        from tequio.common import schedule
        from tequio.documents import recheck
        from tequio.documents.queries import register_owner
        from tequio.people import desk
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("commitment.published", _("Se publicó el compromiso"), decisive=True),
            Kind("commitment.changed", _("Se cambió el compromiso"), decisive=True),
            Kind("activity.published", _("Se publicó la actividad")),
            Kind("activity.changed", _("Se cambió la actividad")),
            Kind("activity.withdrawn", _("Se retiró la actividad de la hoja de ruta")),
            Kind("indicator.published", _("Se publicó el indicador")),
            Kind("indicator.changed", _("Se cambió el indicador")),
            Kind("value.recorded", _("Se registró un valor del indicador")),
            Kind("value.corrected", _("Se corrigió un valor del indicador")),
            Kind("value.verified", _("El Comité verificó un valor del indicador")),
            Kind("money.recorded", _("Se registró un recurso")),
            Kind("money.changed", _("Se cambió un recurso")),
            Kind("evidence.submitted", _("Se entregó evidencia")),
            Kind("evidence.changed", _("Se cambió la ficha de una evidencia")),
            Kind("evidence.held_back", _("Se retiró del público una evidencia con datos personales")),
            Kind("evidence.link_checked", _("Se revisó el enlace de una evidencia")),
            Kind("manual.published", _("Se publicó el manual de cumplimiento")),
            Kind("roadmap.version_made", _("Se hizo una versión de la hoja de ruta"), decisive=True),
            Kind("pause.recorded", _("Se documentó una pausa del plazo")),
            Kind("pause.ended", _("Terminó una pausa del plazo")),
        )
        schedule.each_minute("commitments.discarded", purge_discarded)
        register_owner(names_publicly)
        recheck.register(links.SOURCE)
        sections.register("plan", "commitments", fills.plan_commitments)
        sections.register("organisation", "below", fills.organisation_commitments)
        desk.register(
            desk.Link(
                _("Compromisos"),
                _("Escribir borradores, ver qué falta y publicar."),
                "commitments:work_commitments",
                "commitments.work",
                10,
            )
        )
        desk.register(
            desk.Link(
                _("Planes"),
                _("Empezar un plan, cargarlo desde un archivo, publicarlo y presentarlo."),
                "commitments:work_plans",
                "plans.manage_plans",
                20,
            )
        )
        topics.register()
        subjects.register(
            subjects.Subject("commitment", _("Compromiso"), subjects.page("commitments:commitment", 0)),
            subjects.Subject("activity", _("Actividad"), subjects.page("commitments:activity", 0)),
            subjects.Subject("indicator", _("Indicador"), subjects.page("commitments:indicator", 0, 1)),
            subjects.Subject("value", _("Valor de un indicador"), subjects.page("commitments:indicator", 0, 1)),
            subjects.Subject("money", _("Recurso"), subjects.page("commitments:commitment", 0)),
            subjects.Subject("evidence", _("Evidencia"), subjects.page("commitments:evidence", 0, 1)),
            subjects.Subject("manual", _("Manual de cumplimiento"), subjects.page("commitments:manual", 0)),
            subjects.Subject("roadmap", _("Versión de la hoja de ruta"), subjects.page("commitments:version", 0, 1)),
            subjects.Subject("pause", _("Pausa del plazo"), subjects.page("commitments:activity", 0)),
        )
