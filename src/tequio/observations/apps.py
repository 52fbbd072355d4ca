from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "tequio.observations"
    verbose_name = "Observaciones"
    default_auto_field = "django.db.models.BigAutoField"
