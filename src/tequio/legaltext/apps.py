from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegaltextConfig(AppConfig):
    name = "tequio.legaltext"
    verbose_name = "Textos legales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.record import kinds, subjects, triggers
        from tequio.record.kinds import Kind

        triggers.register("legaltext_provision", "legaltext_lineage", "legaltext_note", "legaltext_reference")
        kinds.register(
            Kind("work.published", _("Se publicó un texto legal")),
            Kind("work.changed", _("Se corrigieron los datos de un texto legal")),
            Kind("expression.published", _("Se publicó una versión de un texto legal"), decisive=True),
            Kind("origin.confirmed", _("Se confirmó de quién vienen unas palabras de un texto"), decisive=True),
            Kind("origin.withdrawn", _("Se retiró la confirmación de quién traía unas palabras"), decisive=True),
            Kind("text-link.made", _("Se unieron dos disposiciones que dicen lo mismo")),
        )
        subjects.register(
            subjects.Subject("work", _("Texto legal"), fields={"published_on": _("Publicado aquí")}),
            subjects.Subject("expression", _("Versión de un texto legal"), fields={"work": _("Texto legal")}),
            subjects.Subject("origin", _("Palabras que vinieron de fuera")),
            subjects.Subject("text-link", _("Disposiciones que dicen lo mismo")),
        )
