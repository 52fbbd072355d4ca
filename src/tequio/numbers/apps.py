from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "tequio.numbers"
    verbose_name = "Números del programa"
    default_auto_field = "django.db.models.BigAutoField"
