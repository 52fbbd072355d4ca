from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "tequio.people"
    verbose_name = "Personas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tequio.common import navigation
        from tequio.people import desk, queries
        from tequio.record import actors, subjects
        from tequio.record.kinds import Kind, register
        from tequio.vocabularies import terms

        register(
            Kind("organisation.created", _("Se registró la institución")),
            Kind("organisation.changed", _("Se cambió la ficha de la institución")),
            Kind("organisation.merged", _("Se unieron dos nombres de una institución")),
            Kind("organisation.dissolved", _("La institución se extinguió")),
            Kind("office.created", _("Se registró un cargo")),
            Kind("office.changed", _("Se cambió un cargo")),
            Kind("role.granted", _("Se otorgó un papel"), decisive=True),
            Kind("role.ended", _("Terminó un papel")),
            Kind("role.changed", _("Cambió quien ocupa un papel")),
        )
        subjects.register(
            subjects.Subject("organisation", _("Institución"), subjects.page("people:organisation", 0)),
            subjects.Subject("office", _("Cargo"), subjects.page("people:organisation", 0)),
            subjects.Subject("role", _("Papel")),
        )
        actors.register(actors.Words(lambda key: terms.label("role", key), queries.names_of))
        navigation.register(navigation.Item("people", _("Instituciones"), "people:organisations", 30))
        manage = "people.manage"
        who, bodies = _("Personas y papeles"), _("Instituciones")
        hint = _("Quién actúa por cada oficina: invitar, relevar, terminar, publicar una vacante.")
        desk.register(desk.Link(who, hint, "people:work_roles", manage, 80))
        hint = _("Registrar, corregir, unir nombres repetidos, extinguir.")
        desk.register(desk.Link(bodies, hint, "people:work_organisations", manage, 81))
