from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WitnessesConfig(AppConfig):
    name = "tequio.witnesses"
    verbose_name = "Testigos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import health, schedule
        from tequio.record import attest, subjects, verify
        from tequio.record.kinds import Kind, register
        from tequio.witnesses import alarm, checks, push, queries

        register(
            Kind("witness.joined", _("Un aliado empezó a atestiguar el registro"), decisive=True),
            Kind("witness.left", _("Un aliado dejó de atestiguar el registro"), decisive=True),
            Kind("policy.set", _("Cambió cuántos testigos bastan"), decisive=True),
        )
        subjects.register(subjects.Subject("witness", _("Testigo del registro")))
        attest.register(queries.lines, queries.newest_attested, queries.first_attested, queries.policy_text)
        if checks.cosignatures not in verify.more_checks:
            verify.more_checks.append(checks.cosignatures)
        schedule.each_minute("witnesses", push.push_due)
        schedule.each_minute("witnesses.alarm", alarm.tell_if_silent)
        health.register("witnesses", alarm.finding)
