from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabsConfig(AppConfig):
    name = "tequio.labs"
    verbose_name = "Laboratorios itinerantes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import sections
        from tequio.labs import fills, finding, requirements, waiting
        from tequio.notices import topics
        from tequio.people import desk, pending
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("lab.published", _("Se publicó un laboratorio itinerante con su ruta")),
            Kind("lab.changed", _("Cambió un laboratorio itinerante")),
            Kind("stop.published", _("Se agregó una parada a la ruta de un laboratorio")),
            Kind("stop.changed", _("Cambió una parada de un laboratorio")),
            Kind("stop.cancelled", _("Se canceló una parada de un laboratorio")),
            Kind("stop.held", _("Se hizo una parada y se contó a quienes vinieron")),
            Kind("outreach.published", _("Se dijo cómo se avisará de un laboratorio")),
            Kind("outreach.counted", _("Se dijo a cuántas personas llegó el aviso de un laboratorio")),
        )
        page = subjects.page("labs:lab", 0)
        lab = {"lab": _("Laboratorio")}
        subjects.register(
            subjects.Subject("lab", _("Laboratorio itinerante"), page, fields={"call": _("Convocatoria")}),
            subjects.Subject(
                "stop", _("Parada de un laboratorio"), page, fields={**lab, "municipality": _("Municipio")}
            ),
            subjects.Subject("outreach", _("Difusión de un laboratorio"), page, fields={**lab, "stop": _("Parada")}),
        )
        requirements.register_all()
        topics.register("lab", waiting.keys, followed=True)
        topics.register("stop", waiting.keys)
        sections.register("cocreation", "after", fills.of_place)
        sections.register("process", "after", fills.of_call)
        pending.register(waiting.for_role)
        finding.register_source()
        hint = _("Ruta, difusión, hojas para imprimir, captura sin internet y asistencia.")
        desk.register(desk.Link(_("Laboratorios itinerantes"), hint, "labs:work", "labs.work", 66))
