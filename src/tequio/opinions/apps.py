from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "tequio.opinions"
    verbose_name = "Grupos de opinión"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import schedule, sections
        from tequio.opinions import fills, finding, moderation, waiting
        from tequio.opinions.actions import each_minute
        from tequio.people import desk, moderated, pending
        from tequio.record import subjects
        from tequio.record.kinds import Kind, register

        register(
            Kind("conversation.published", _("Se abrió una pregunta para que la gente vote")),
            Kind("conversation.extended", _("Se dio más tiempo para votar")),
            Kind("conversation.closed", _("Se cerró una votación de frases"), decisive=True),
            Kind("statement.published", _("Se publicó una frase para votar")),
            Kind("statement.refused", _("No se publicó una frase, por una regla de moderación")),
            Kind("statement.hidden", _("Se ocultó una frase, por una regla de moderación"), decisive=True),
            Kind("statement.restored", _("Se devolvió una frase a la vista")),
            Kind("opinions.counted", _("Se contaron los votos y se publicaron los grupos"), decisive=True),
        )
        page = subjects.page("opinions:conversation", 0)
        subjects.register(
            subjects.Subject("conversation", _("Pregunta para votar"), page),
            subjects.Subject("statement", _("Frase"), page, fields={"conversation": _("Pregunta")}),
            subjects.Subject("opinions", _("Resultado de una votación"), page, fields={"conversation": _("Pregunta")}),
        )
        moderated.register(
            moderated.Source("statement", _("Frases para votar"), moderation.waiting, moderation.register)
        )
        pending.register(waiting.for_role)
        finding.register_source()
        schedule.each_minute("opinions", each_minute)
        sections.register("cocreation", "after", fills.of_place)
        sections.register("process", "after", fills.of_object)
        hint = _("Preguntar con frases cortas, mirar lo que la gente propone, cerrar y publicar los grupos.")
        desk.register(desk.Link(_("Grupos de opinión"), hint, "opinions:work", "opinions.moderate", 65))
