from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "tequio.plans"
    verbose_name = "Planes"
    default_auto_field = "django.db.models.BigAutoField"
