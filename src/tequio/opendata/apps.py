from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "tequio.opendata"
    verbose_name = "Datos abiertos"
    default_auto_field = "django.db.models.BigAutoField"
