from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "tequio.secretariat"
    verbose_name = "Secretariado"
    default_auto_field = "django.db.models.BigAutoField"
