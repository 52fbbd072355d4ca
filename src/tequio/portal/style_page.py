"""The living style page: every part in every state, so that whoever builds a page sees what there is."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.common import icons
from tequio.common.dates import PartialDate, PartialDateFormField
from tequio.common.forms import TextFormField
from tequio.common.i18n import text
from tequio.common.parts import crumbs

LIGHTS = ("green", "blue", "amber", "red", "grey")


class Sample(forms.Form):
    """One field of each kind. Nothing is kept: the page only shows how they look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = [("executive", _("Poder Ejecutivo")), ("legislative", _("Poder Legislativo"))]
        shown: dict[str, forms.Field] = {
            "title": TextFormField(
                label=_("Título"),
                required=True,
                max_length=150,
                help_text=_("Una frase que entienda cualquier persona."),
            ),
            "due": PartialDateFormField(label=_("Fecha límite")),
            "reason": forms.CharField(label=_("Por qué"), widget=forms.Textarea({"rows": 4}), required=False),
            "people": forms.IntegerField(label=_("Cuántas personas"), min_value=0, required=False),
            "branch": forms.ChoiceField(label=_("Poder"), choices=branches),
            "kind": forms.ChoiceField(label=_("Qué quieres hacer"), choices=branches, widget=forms.RadioSelect),
            "values": forms.MultipleChoiceField(
                label=_("Valores"), choices=branches, widget=forms.CheckboxSelectMultiple, required=False
            ),
            "file": forms.FileField(
                label=_("Documento"), required=False, help_text=_("PDF, imagen u hoja de cálculo.")
            ),
            "consent": forms.BooleanField(label=_("Acepto que esto se publique"), required=True),
        }
        self.fields.update(shown)


class Link(forms.Form):
    """A row of a list of links."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = forms.CharField(label=_("Qué es"))
        self.fields["address"] = forms.URLField(label=_("Dirección"), required=False, assume_scheme="https")


def words() -> dict[str, str]:
    """The default word of each light."""
    return dict(
        zip(
            LIGHTS,
            (_("Verificada"), _("En verificación"), _("En proceso"), _("No acreditada"), _("Sin reporte")),
            strict=True,
        )
    )


def style(request: HttpRequest) -> HttpResponse:
    """Every part in every state. ``?errores=1`` shows the forms as they come back with errors."""
    word = words()
    light = {colour: {"colour": colour, "word": word[colour]} for colour in LIGHTS}
    wrong = "errores" in request.GET
    colours = ("green", "green", "green", "blue", "amber", "red", "grey")
    activities = [
        {"colour": colour, "url": "#pasos", "label": _("Actividad %(n)s: %(word)s") % {"n": n, "word": word[colour]}}
        for n, colour in enumerate(colours, start=1)
    ]
    day = dt.date(2024, 1, 15)
    spans = [
        {
            "label": _("Actividad %(n)s") % {"n": n},
            "start": day + dt.timedelta(days=40 * n),
            "end": day + dt.timedelta(days=40 * n + 75) if n != 5 else None,
            "colour": colour,
            "word": word[colour],
            "url": "#linea",
        }
        for n, colour in enumerate(colours, start=1)
    ]
    context = {
        "section": "style",
        "way": crumbs("/", _("Inicio")),
        "lights": list(light.values()),
        "light": light,
        "shapes": icons.COLOURS,
        "signs": icons.SIGNS,
        "activities": activities,
        "unnamed": [*activities[:3], {}, {}],
        "counts": [{**light[c], "count": n, "url": "#cuentas"} for c, n in zip(LIGHTS, (10, 2, 4, 1, 2), strict=True)],
        "filters": [
            {"label": _("Todo el plan"), "url": "?", "current": True, "count": 19},
            {"label": _("Poder Ejecutivo"), "url": "?poder=executive", "count": 12},
            {"label": _("Con diferencia"), "url": "?diferencia=1", "count": 4},
            {"label": _("Sin reporte"), "url": "?luz=grey", "colour": "grey"},
        ],
        "measured": [
            {"when": PartialDate("2022"), "value": Decimal("420")},
            {"when": PartialDate("2023"), "value": Decimal("810")},
            {"when": PartialDate("2024-06"), "value": Decimal("1175.5")},
        ],
        "values": [3, 5, 4, 8, 9, 12],
        "spans": spans,
        "today": day + dt.timedelta(days=190),
        "until": day + dt.timedelta(days=202),
        "partial": PartialDate("2021-09"),
        "exact": PartialDate("2024-09-30"),
        "amounts": [
            {"label": _("Aprobado"), "value": Decimal("1200000")},
            {"label": _("Modificado"), "value": Decimal("950000")},
            {"label": _("Ejercido"), "value": Decimal("612300.50")},
        ],
        "whole": Decimal("1200000"),
        "page": Paginator(range(400), 25).get_page(5),
        "before": _("Publicar las reglas de operación en el mes de marzo, con consulta a tres organizaciones."),
        "after": _("Publicar las reglas de operación en el mes de mayo, con consulta a siete organizaciones civiles."),
        "only_spanish": text(es="Este texto solo existe en español."),
        "source_text": _(
            "Un texto **largo**, con:\n\n- una lista,\n- un [enlace](https://example.org/)\n\ny dos párrafos."
        ),
        "found": [(_("Las "), False), (_("reglas"), True), (_(" de operación de los programas sociales"), False)],
        "form": Sample({"title_es": "", "due": "31/02/2024"}) if wrong else Sample(),
        "formset": forms.formset_factory(Link, extra=2)(prefix="link"),
    }
    return render(request, "portal/style.html", context)
