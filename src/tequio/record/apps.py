from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "tequio.record"
    verbose_name = "Registro público"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import navigation, schedule
        from tequio.record import publish
        from tequio.record.kinds import Kind, register

        register(
            Kind("log.started", _("Empezó el registro público")),
            Kind("key.rotated", _("Cambió la llave del registro"), decisive=True),
            Kind("state.sealed", _("Se selló el estado de todo")),
            Kind("disclosure.erased", _("Se borró un dato personal"), decisive=True),
            Kind("act.corrected", _("Se corrigió un acto anterior")),
        )
        navigation.register(navigation.Item("record", _("Registro público"), "record:acts", 90))
        schedule.each_minute("record", publish.tick)
