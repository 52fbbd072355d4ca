from django.apps import AppConfig


class SortitionConfig(AppConfig):
    name = "tequio.sortition"
    verbose_name = "Sorteo del Comité"
    default_auto_field = "django.db.models.BigAutoField"
