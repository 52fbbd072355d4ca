from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tequio.search"
    verbose_name = "Búsqueda"
    default_auto_field = "django.db.models.BigAutoField"
