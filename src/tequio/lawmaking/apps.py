from django.apps import AppConfig


class LawmakingConfig(AppConfig):
    name = "tequio.lawmaking"
    verbose_name = "Leyes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.lawmaking import wiring

        wiring.register()
