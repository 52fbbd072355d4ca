from django.apps import AppConfig


class CocreationConfig(AppConfig):
    name = "tequio.cocreation"
    verbose_name = "Cocreación"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.cocreation import wiring

        wiring.register()
