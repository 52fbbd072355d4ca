from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "tequio.places"
    verbose_name = "Lugares"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.places import municipalities
        from tequio.record import subjects, verify
        from tequio.record.kinds import Kind, register

        register(
            Kind("jurisdiction.created", _("Se abrió el territorio")),
            Kind("jurisdiction.changed", _("Se cambió la ficha del territorio")),
        )
        subjects.register(
            subjects.Subject("jurisdiction", _("Territorio"), subjects.page("portal:home")),
        )
        verify.more_checks.append(municipalities.check)
