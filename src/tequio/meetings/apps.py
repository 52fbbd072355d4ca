from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "tequio.meetings"
    verbose_name = "Sesiones"
    default_auto_field = "django.db.models.BigAutoField"
