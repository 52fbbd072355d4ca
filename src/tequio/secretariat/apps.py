"""How the Secretariat decides: rules, decisions, ballots, parity, minimum requirements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecretariatConfig(AppConfig):
    name = "tequio.secretariat"
    verbose_name = "Secretariado"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import sections
        from tequio.people import desk, pending
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register
        from tequio.search import sources
        from tequio.secretariat import effects, fills, finding, telling, waiting
        from tequio.secretariat.proposals import CHANGE_OF_RULES
        from tequio.secretariat.requirements import forum, published

        register(
            Kind("decisionrules.laid_down", _("Se registraron las reglas con que decide un órgano"), decisive=True),
            Kind("decisionrules.proposed", _("Se propusieron otras reglas de decisión")),
            Kind("decisionrules.adopted", _("El órgano adoptó otras reglas de decisión"), decisive=True),
            Kind("decisionrules.replaced", _("Unas reglas de decisión dejaron de regir"), decisive=True),
            Kind("decisionrules.rejected", _("El órgano no aprobó las reglas propuestas"), decisive=True),
            Kind("resolution.opened", _("Se puso un asunto a decisión")),
            Kind("resolution.put_to_vote", _("No hubo consenso: el asunto pasó a votación"), decisive=True),
            Kind("resolution.passed", _("La decisión pasó"), decisive=True),
            Kind("resolution.failed", _("La decisión no pasó"), decisive=True),
            Kind("resolution.withdrawn", _("Se retiró un asunto puesto a decisión")),
            Kind("ballot.cast", _("Un asiento votó"), decisive=True),
            Kind("ballot.noted", _("El Secretariado anotó un voto a mano alzada"), decisive=True),
            Kind("ballot.cast_in_secret", _("Un asiento votó en secreto"), decisive=True),
            Kind("ballot.changed", _("Un asiento cambió su voto"), decisive=True),
            Kind("objection.raised", _("Un asiento objetó")),
            Kind("objection.withdrawn", _("Un asiento retiró su objeción")),
            Kind("recusal.declared", _("Un asiento declaró un conflicto de interés"), decisive=True),
        )
        subjects.register(
            subjects.Subject("decisionrules", _("Reglas de decisión"), subjects.page("secretariat:rules", 0)),
            subjects.Subject("resolution", _("Decisión"), subjects.page("secretariat:decision", 0)),
            subjects.Subject("ballot", _("Voto"), subjects.page("secretariat:decision", 0)),
            subjects.Subject("objection", _("Objeción"), subjects.page("secretariat:decision", 0)),
            subjects.Subject("recusal", _("Conflicto de interés"), subjects.page("secretariat:decision", 0)),
        )
        effects.register(CHANGE_OF_RULES)
        forum.register_all()
        published.register_all()
        for page, slot, fill in (
            ("session", "after", fills.of_session),
            ("screen", "after", fills.on_screen),
            ("body", "after", fills.of_body),
            ("session_work", "after", fills.of_session_work),
        ):
            sections.register(page, slot, fill)
        pending.register(waiting.for_role)
        telling.register()
        sources.register(finding.DECISIONS)
        desk.register(
            desk.Link(
                _("Decisiones"),
                _("Poner algo a decisión en una sesión, cerrarlo, y las reglas con que se decide."),
                "secretariat:work",
                "secretariat.manage_decisions",
                26,
            )
        )
