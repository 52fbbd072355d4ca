from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegaltextConfig(AppConfig):
    name = "tequio.legaltext"
    verbose_name = "Textos legales"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import navigation
        from tequio.documents import queries as documents
        from tequio.documents import uploads
        from tequio.legaltext import finding, waiting
        from tequio.legaltext.models import Expression
        from tequio.legaltext.readers import MOST_BYTES
        from tequio.notices import topics
        from tequio.people import desk, pending
        from tequio.record import kinds, subjects, triggers
        from tequio.record.kinds import Kind
        from tequio.search import sources

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
            subjects.Subject(
                "work",
                _("Texto legal"),
                subjects.page("legaltext:work", 0),
                fields={"published_on": _("Publicado aquí"), "aliases": _("Otras claves")},
            ),
            subjects.Subject(
                "expression",
                _("Versión de un texto legal"),
                subjects.page("legaltext:expression", 0, 1),
                fields={
                    "work": _("Texto legal"),
                    "file": _("Huella del texto exacto"),
                    "supersedes": _("Se compara con"),
                    "language": _("Idioma"),
                },
            ),
            subjects.Subject(
                "origin",
                _("Palabras que vinieron de fuera"),
                fields={"expression": _("Versión"), "path": _("Disposición"), "start": _("Desde"), "end": _("Hasta")},
            ),
            subjects.Subject(
                "text-link",
                _("Disposiciones que dicen lo mismo"),
                fields={"one": _("Una"), "other": _("Otra"), "made_by": _("Quién las unió")},
            ),
        )
        documents.register_owner(
            lambda blob: Expression.objects.filter(file=blob, status=Expression.Status.PUBLISHED).exists()
        )
        uploads.take_larger(lambda: MOST_BYTES, "legaltext:new", "legaltext:version", "legaltext:table")
        topics.register("work", lambda on: [on], followed=True)
        topics.register("expression", waiting.of_version)
        pending.register(waiting.for_role)
        sources.register(finding.WORKS)
        sources.register(finding.ARTICLES)
        navigation.register(navigation.Item("texts", _("Leyes"), "legaltext:texts", 40))
        desk.register(
            desk.Link(
                _("Leyes y reglamentos"),
                _("Traer un texto, revisar lo que no quedó claro, publicar una versión."),
                "legaltext:work_texts",
                "legaltext.edit_texts",
                40,
            )
        )
