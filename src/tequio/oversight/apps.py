from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "tequio.oversight"
    verbose_name = "Después del plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.commitments.topics import commitment_keys
        from tequio.common import sections
        from tequio.notices import topics
        from tequio.oversight import fills, waiting
        from tequio.people import desk, pending
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("check.made", _("Se revisó cómo sigue un compromiso después del plan"), decisive=True),
            Kind("commitment.handed_over", _("Un compromiso pasó a cargo de otra institución"), decisive=True),
        )
        subjects.register(
            subjects.Subject(
                "check",
                _("Revisión después del plan"),
                subjects.page("commitments:commitment", 0),
                fields={"number": _("Número"), "commitment": _("Compromiso")},
            ),
            subjects.Subject(
                "handover",
                _("Cambio de responsable"),
                subjects.page("commitments:commitment", 0),
                fields={"number": _("Número"), "commitment": _("Compromiso")},
            ),
        )
        sections.register("commitment", "after", fills.of_commitment, 40)
        sections.register("board", "after", fills.of_board)
        pending.register(waiting.for_role)
        topics.register("check", commitment_keys)
        topics.register("handover", commitment_keys)
        desk.register(
            desk.Link(
                _("Después del plan"),
                _("Revisar cómo siguen los compromisos de planes que ya terminaron."),
                "oversight:work",
                "oversight.work",
                35,
            )
        )
