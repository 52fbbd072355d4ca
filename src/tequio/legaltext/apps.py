from django.apps import AppConfig


class LegaltextConfig(AppConfig):
    name = "tequio.legaltext"
    verbose_name = "Textos legales"
    default_auto_field = "django.db.models.BigAutoField"
