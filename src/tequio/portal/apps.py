from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tequio.portal"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.portal import findable
        from tequio.record import kinds

        findable.register()
        kinds.on_sequenced.append(findable.follow)
