from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "tequio.record"
    verbose_name = "Registro público"
    default_auto_field = "django.db.models.BigAutoField"
