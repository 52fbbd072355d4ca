from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    name = "tequio.succession"
    verbose_name = "Continuidad"
    default_auto_field = "django.db.models.BigAutoField"
