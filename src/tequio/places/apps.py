from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "tequio.places"
    verbose_name = "Lugares"
    default_auto_field = "django.db.models.BigAutoField"
