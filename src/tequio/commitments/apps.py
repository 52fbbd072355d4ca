from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "tequio.commitments"
    verbose_name = "Compromisos"
    default_auto_field = "django.db.models.BigAutoField"
