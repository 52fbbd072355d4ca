from django.apps import AppConfig


class LabsConfig(AppConfig):
    name = "tequio.labs"
    verbose_name = "Laboratorios itinerantes"
    default_auto_field = "django.db.models.BigAutoField"
