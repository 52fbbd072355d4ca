"""What people write about labs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models import Call
from tequio.common.forms import TextFormField
from tequio.labs import attendance
from tequio.labs.models import Lab, Stop
from tequio.people.models import Role
from tequio.places.models import Jurisdiction, Municipality

DAY = {"type": "date"}


class ByName(forms.ModelChoiceField):
    """A choice by its name alone."""

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, "name", obj))


class LabForm(forms.Form):
    """A lab. ``why`` is asked only once it is public."""

    title = TextFormField(label=_("Nombre del laboratorio"), max_length=200, required=True)
    text = TextFormField(label=_("De qué se trata"), long=True)
    call = forms.ModelChoiceField(
        label=_("Convocatoria"),
        help_text=_("A ella llega lo que la gente escriba en las hojas."),
        queryset=Call.objects.none(),
        required=False,
    )
    promised_people = forms.IntegerField(
        label=_("¿A cuántas personas promete llegar?"),
        help_text=_("Al publicarlo ya no se cambia: se compara con las que llegaron."),
        min_value=0,
    )
    promised_places = forms.IntegerField(label=_("¿A cuántos municipios?"), min_value=0)
    minimum = forms.IntegerField(
        label=_("El número más chico que se muestra"),
        help_text=_("De cuántas personas hacia arriba se dice cuántas vinieron de cada grupo. Nunca menos de 5."),
        min_value=5,
        max_value=100,
        initial=5,
    )
    facilitators = forms.ModelMultipleChoiceField(
        label=_("Quién facilita"), queryset=Role.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(label=_("Por qué lo cambias"), help_text=_("Es público."), max_length=300)

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, is_public: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calls = Call.public_rows().filter(jurisdiction=jurisdiction)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]
        roles = Role.objects.filter(jurisdiction=jurisdiction, kind="facilitator", until=None, person__isnull=False)
        self.fields["facilitators"].queryset = roles.select_related(  # type: ignore[attr-defined]
            "person", "office", "organisation", "jurisdiction"
        )
        if not is_public:
            del self.fields["why"]


class StopForm(forms.Form):
    """A stop. ``why`` is asked only once it is public."""

    municipality = ByName(label=_("Municipio"), queryset=Municipality.objects.none(), required=False, empty_label="—")
    place = forms.CharField(
        label=_("Dónde"), help_text=_("La plaza, la escuela, la casa de cultura; con la localidad."), max_length=200
    )
    day = forms.DateField(label=_("Qué día"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    hours = forms.CharField(label=_("A qué hora"), help_text=_("Por ejemplo: 10 a 14 h"), max_length=60, required=False)
    services = forms.CharField(
        label=_("Qué ofrece"),
        help_text=_("Lengua de señas, cuidado de niñas y niños, interpretación en wixárika o náhuatl…"),
        max_length=300,
        required=False,
    )
    why = forms.CharField(label=_("Por qué cambia"), help_text=_("Es público."), max_length=300)

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, asks_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if jurisdiction.kind == Jurisdiction.Kind.STATE and jurisdiction.code:
            rows = Municipality.objects.filter(state_code=jurisdiction.code).order_by("name")
            self.fields["municipality"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]
        if not asks_why:
            del self.fields["why"]


class AttendanceForm(forms.Form):
    """How many came, in all and by group; what is left empty was not counted."""

    total = forms.IntegerField(label=_("¿Cuántas personas vinieron?"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in attendance.GROUPS.items():
            self.fields[key] = forms.IntegerField(label=str(words), min_value=0, max_value=100_000, required=False)

    def counts(self) -> dict[str, int]:
        """The groups that were counted."""
        found = {key: self.cleaned_data.get(key) for key in attendance.GROUPS}
        return {key: count for key, count in found.items() if count is not None}


class ReasonForm(forms.Form):
    """Why, in public."""

    reason = forms.CharField(label=_("Motivo"), help_text=_("Es público."), max_length=300)


class OutreachForm(forms.Form):
    """How people will be told."""

    channel = forms.CharField(
        label=_("¿Por dónde?"), help_text=_("Radio, carteles, redes, perifoneo, de casa en casa…"), max_length=120
    )
    audience = forms.CharField(label=_("¿A quién?"), max_length=200, required=False)
    day = forms.DateField(label=_("¿Cuándo?"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    promised = forms.IntegerField(label=_("¿A cuántas personas debe llegar?"), min_value=0)
    stop = forms.ModelChoiceField(
        label=_("¿Para qué parada?"), queryset=Stop.objects.none(), required=False, empty_label=_("Para todas")
    )
    url = forms.URLField(label=_("Dónde se ve"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stop"].queryset = lab.stops.select_related("municipality")  # type: ignore[attr-defined]


class ReachForm(forms.Form):
    """How many it did reach."""

    achieved = forms.IntegerField(label=_("¿A cuántas personas llegó?"), min_value=0)
    how = forms.CharField(
        label=_("¿Cómo se contó?"),
        help_text=_("Volantes repartidos, reproducciones, casas visitadas…"),
        max_length=200,
    )
    url = forms.URLField(label=_("Prueba"), max_length=500, required=False, assume_scheme="https")


class SheetsForm(forms.Form):
    """How many sheets to print."""

    count = forms.IntegerField(label=_("¿Cuántas hojas nuevas?"), min_value=1, max_value=500, initial=30)


class CaptureForm(forms.Form):
    """What a sheet says."""

    code = forms.CharField(
        label=_("Código de la hoja"),
        help_text=_("Ocho letras y números, arriba a la derecha de la hoja."),
        max_length=12,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    stop = forms.ModelChoiceField(
        label=_("¿De qué parada?"), queryset=Stop.objects.none(), required=False, empty_label="—"
    )
    title = forms.CharField(
        label=_("Lo que propone, en una línea"), max_length=200, widget=forms.TextInput(attrs={"maxlength": 200})
    )
    text = forms.CharField(
        label=_("Lo que dice la hoja"),
        help_text=_("Con sus palabras, sin corregir."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 5000}),
    )
    photo = forms.FileField(
        label=_("Foto de la hoja"),
        help_text=_("Solo la ve el equipo del laboratorio, para comparar."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )
    name = forms.CharField(label=_("Nombre, si la hoja lo trae"), max_length=120, required=False)
    named = forms.BooleanField(label=_("La hoja dice que su nombre sea público"), required=False)
    email = forms.EmailField(
        label=_("Correo, si la hoja lo trae"),
        help_text=_("Para avisarle la respuesta. Nunca se publica."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stops = lab.stops.exclude(status=Stop.Status.CANCELLED).select_related("municipality").order_by("day")
        self.fields["stop"].queryset = stops  # type: ignore[attr-defined]
