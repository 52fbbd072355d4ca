from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tequio.documents"
    verbose_name = "Documentos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import health, schedule
        from tequio.documents import actions, checks, clamd, recheck
        from tequio.record import verify

        health.register("antivirus", clamd.ask_doctor)
        schedule.each_minute("discard", actions.discard_due)
        schedule.each_minute("links", recheck.tick)
        if checks.files not in verify.more_checks:
            verify.more_checks.append(checks.files)
