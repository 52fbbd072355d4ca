from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tequio.documents"
    verbose_name = "Documentos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.documents import checks
        from tequio.record import verify

        if checks.files not in verify.more_checks:
            verify.more_checks.append(checks.files)
