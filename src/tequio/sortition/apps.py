from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SortitionConfig(AppConfig):
    name = "tequio.sortition"
    verbose_name = "Sorteo del Comité"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import schedule, sections
        from tequio.people import desk
        from tequio.people import pending as waiting
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register
        from tequio.sortition import fills, pending

        register(
            Kind("call.published", _("Se publicó una convocatoria para el Comité"), decisive=True),
            Kind("call.changed", _("Se recorrió el cierre de una convocatoria")),
            Kind("seed.committed", _("Se guardó la semilla del sorteo y se publicó su huella"), decisive=True),
            Kind("call.closed", _("Se cerró una convocatoria y se publicó su lista sin nombres"), decisive=True),
            Kind("lottery.drawn", _("Se reveló la semilla y se sorteó el Comité"), decisive=True),
            Kind("seat.drawn", _("El sorteo dio un lugar o un turno de suplente")),
            Kind("seat.asked", _("Se preguntó a la siguiente persona suplente")),
            Kind("seat.accepted", _("Una persona sorteada aceptó su lugar")),
            Kind("seat.declined", _("Una persona sorteada no aceptó su lugar")),
            Kind("seat.unanswered", _("Una persona sorteada no respondió a tiempo")),
            Kind("seat.taken", _("Una persona sorteada tomó su lugar")),
            Kind("seat.left", _("Una persona dejó su lugar en el Comité"), decisive=True),
        )
        subjects.register(
            subjects.Subject("call", _("Convocatoria del Comité"), subjects.page("sortition:call", 0)),
            subjects.Subject("seat", _("Lugar sorteado"), subjects.page("sortition:call", 0)),
        )
        sections.register("committee", "call", fills.committee_call)
        hint = _("Convocar voluntarias y voluntarios, sortear en público, llamar a suplentes, integrar el Comité.")
        desk.register(
            desk.Link(_("Convocatorias del Comité"), hint, "sortition:work_calls", "sortition.manage_calls", 60)
        )
        waiting.register(pending.items)
        schedule.each_minute("sortition", pending.each_minute)
