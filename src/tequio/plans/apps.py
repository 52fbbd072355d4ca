from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "tequio.plans"
    verbose_name = "Planes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import navigation
        from tequio.documents.queries import register_owner
        from tequio.plans.queries import names_publicly
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("plan.published", _("Se publicó el plan"), decisive=True),
            Kind("plan.changed", _("Se cambió el plan")),
            Kind("plan.submitted", _("Se presentó el plan"), decisive=True),
            Kind("document.published", _("Se publicó un documento")),
            Kind("document.changed", _("Se corrigió la ficha de un documento")),
            Kind("document.withdrawn", _("Se retiró un documento")),
        )
        subjects.register(
            subjects.Subject("plan", _("Plan"), subjects.page("plans:plan", 0)),
            subjects.Subject("document", _("Documento del plan"), subjects.page("plans:plan", 0)),
        )
        register_owner(names_publicly)
        navigation.register(navigation.Item("plans", _("Los planes"), "plans:plans", 20))
