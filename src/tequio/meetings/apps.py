"""Bodies and seats, sessions, agenda, attendance, minutes, agreements."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "tequio.meetings"
    verbose_name = "Sesiones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.meetings import wiring

        wiring.register()
