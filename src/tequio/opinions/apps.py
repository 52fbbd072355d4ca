from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "tequio.opinions"
    verbose_name = "Grupos de opinión"
    default_auto_field = "django.db.models.BigAutoField"
