from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "tequio.privacy"
    verbose_name = "Datos personales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import schedule
        from tequio.people import desk, pending
        from tequio.privacy import waiting
        from tequio.privacy.actions import forget
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("data-request.received", _("Alguien ejerció un derecho sobre sus datos personales")),
            Kind("data-request.decided", _("Se decidió una solicitud sobre datos personales"), decisive=True),
            Kind("data-request.withdrawn", _("Quien hizo una solicitud sobre sus datos la retiró")),
            Kind("data-terms.set", _("Se publicaron los plazos de ley sobre datos personales")),
        )
        subjects.register(
            subjects.Subject("data-request", _("Solicitud sobre datos personales"), subjects.page("privacy:overview")),
            subjects.Subject("data-terms", _("Plazos de datos personales"), subjects.page("privacy:overview")),
        )
        pending.register(waiting.for_role)
        schedule.each_minute("privacy.forget", forget)
        desk.register(
            desk.Link(
                _("Datos personales"),
                _("Decidir lo que la gente pide sobre sus propios datos, y borrar lo que deba borrarse."),
                "privacy:work",
                "privacy.decide",
                60,
            )
        )
