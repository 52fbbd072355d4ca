from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObservationsConfig(AppConfig):
    name = "tequio.observations"
    verbose_name = "Observaciones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import schedule, sections
        from tequio.documents import queries as documents
        from tequio.monitoring.past import changes, images
        from tequio.observations import fills, moderated, owners, telling, waiting
        from tequio.observations.actions import forget
        from tequio.observations.models import Observation
        from tequio.people import desk, pending
        from tequio.people import moderated as moderation
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("observation.published", _("Alguien vio algo que no coincide con lo que se reporta")),
            Kind("observation.held", _("Se recibió una observación; el Comité mira su texto antes de que se vea")),
            Kind("observation.shown", _("El Comité miró una observación y se ve")),
            Kind("observation.flagged", _("El Secretariado pidió al Comité que mire una observación")),
            Kind("observation.hidden", _("El Comité ocultó parte de una observación"), decisive=True),
            Kind("observation.appealed", _("Quien escribió una observación pidió que se revise lo oculto")),
            Kind(
                "observation.restored",
                _("Otra persona del Comité revisó: la observación vuelve a verse"),
                decisive=True,
            ),
            Kind("observation.upheld", _("Otra persona del Comité revisó: sigue oculta"), decisive=True),
            Kind("observation.withdrawn", _("Quien escribió una observación la retiró")),
            Kind("observation.answered", _("El Comité respondió una observación"), decisive=True),
            Kind("observation.commented", _("La institución comentó una observación")),
        )
        subjects.register(
            subjects.Subject(
                "observation",
                _("Observación"),
                subjects.page("observations:observation", 0),
                fields={
                    "commented_on": _("Fecha del comentario"),
                    "commented_by": _("Quién comentó"),
                    "answered_by": _("Quién respondió"),
                    "place": _("Municipio"),
                    "number": _("Número"),
                    "language": _("Idioma"),
                },
            )
        )
        for page, slot, fill in (
            ("commitment", "after", fills.of_commitment),
            ("activity", "after", fills.of_activity),
            ("evidence", "after", fills.of_evidence),
            ("committee", "after", fills.of_committee),
        ):
            sections.register(page, slot, fill)
        pending.register(waiting.for_role)
        telling.register()
        moderation.register(moderation.Source("observation", _("Observaciones"), moderated.waiting, moderated.register))
        changes.register(
            lambda plan: images.keys_of(
                Observation.objects.filter(commitment__plan=plan, published_on__isnull=False),
                f"{plan.jurisdiction.slug}/observation/",
                "number",
            )
        )
        documents.register_owner(owners.shows)
        schedule.each_minute("observations.forget", forget)
        desk.register(
            desk.Link(
                _("Observaciones"),
                _("Lo que la gente dice que no coincide: mirar, responder, comentar."),
                "observations:work",
                "observations.work",
                30,
            )
        )
