from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "tequio.monitoring"
    verbose_name = "Seguimiento"
    default_auto_field = "django.db.models.BigAutoField"
