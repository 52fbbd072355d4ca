from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "tequio.oversight"
    verbose_name = "Después del plan"
    default_auto_field = "django.db.models.BigAutoField"
