from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "tequio.notices"
    verbose_name = "Avisos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import schedule
        from tequio.notices import sending
        from tequio.people import desk

        schedule.each_minute("notices", sending.tick)
        hint = _("Cuántos avisos y recordatorios salieron por correo, y cuáles fueron rechazados.")
        desk.register(desk.Link(_("Correos enviados"), hint, "notices:deliveries", "notices.see_deliveries", 85))
