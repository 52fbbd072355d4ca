from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "tequio.common"
    verbose_name = "Piezas comunes"
    default_auto_field = "django.db.models.BigAutoField"
