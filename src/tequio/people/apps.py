from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tequio.people"
    verbose_name = "Personas"
    default_auto_field = "django.db.models.BigAutoField"
