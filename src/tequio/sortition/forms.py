"""Forms of the call: for the secretariat, for volunteers, and for whoever was drawn."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.common.i18n import best, versions
from tequio.people.models import Organisation
from tequio.plans.models import Plan
from tequio.sortition.models import Call

DAY = {"type": "date"}
STRATUM = re.compile(r"^(?P<es>[^:/]+?)(?:\s*/\s*(?P<en>[^:]+?))?\s*:\s*(?P<rest>.+)$")
CATEGORY = re.compile(r"^(?P<es>[^=/]+?)(?:\s*/\s*(?P<en>[^=]+?))?\s*=\s*(?P<n>\d{1,2})$")


def _key(words: str, taken: set[str]) -> str:
    """An ASCII key out of words, unlike those taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    base = key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "grupo"
    n = 2
    while key in taken or key == "number":
        key, n = f"{base}-{n}", n + 1
    taken.add(key)
    return key


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput(DAY, format="%Y-%m-%d"))


class StrataField(forms.Field):
    """Groups as people write them, one a line: ``Edad: 18 a 29 años = 2; 30 a 59 años = 2; 60 o más = 1``; English after a
    slash. Gives the strata of a call."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value

        def label(words: Any) -> str:
            return " / ".join(versions(words).values())

        return "\n".join(
            f"{label(s['label'])}: " + "; ".join(f"{label(c['label'])} = {c['places']}" for c in s["categories"])
            for s in value
        )

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        strata, taken = [], set[str]()
        for line in filter(None, (line.strip() for line in str(value or "").splitlines())):
            found = STRATUM.match(line)
            if found is None:
                raise forms.ValidationError(
                    _t("No entendí «%(line)s». Escribe, por ejemplo: Edad: 18 a 29 años = 2; 30 o más = 3")
                    % {"line": line}
                )
            categories, keys = [], set[str]()
            for part in filter(None, (part.strip() for part in found["rest"].split(";"))):
                category = CATEGORY.match(part)
                if category is None:
                    raise forms.ValidationError(
                        _t("No entendí «%(part)s»: después del nombre va «=» y el número de lugares.") % {"part": part}
                    )
                categories.append(
                    {
                        "key": _key(category["es"], keys),
                        "label": _both(category["es"], category["en"]),
                        "places": int(category["n"]),
                    }
                )
            strata.append(
                {"key": _key(found["es"], taken), "label": _both(found["es"], found["en"]), "categories": categories}
            )
        return strata


def _both(es: str, en: str | None) -> dict[str, str]:
    return {"es": es.strip(), **({"en": en.strip()} if en else {})}


class CallForm(forms.Form):
    """A call being prepared."""

    plan = forms.ModelChoiceField(label=_("Plan"), queryset=Plan.objects.none(), to_field_name="number")
    title = TextFormField(label=_("Título"), max_length=200, required=True)
    text = TextFormField(label=_("A quién invita y para qué"), long=True)
    opens = _day(_("Abre"))
    closes = _day(_("Último día para participar"), _("Se cierra al terminar ese día, en la hora local."))
    places = forms.IntegerField(label=_("Lugares"), min_value=1, max_value=100, initial=5)
    alternates = forms.IntegerField(label=_("Suplentes"), min_value=0, max_value=200, initial=5)
    strata = StrataField(
        label=_("Grupos y lugares"),
        help_text=_(
            "Uno por línea, con cuántos lugares como mínimo tendrá cada grupo. Por ejemplo: "
            "«Edad: 18 a 29 años = 2; 30 a 59 años = 2; 60 años o más = 1». Quien prefiera no decir solo puede ocupar "
            "lugares que no se reparten: conviene dejar algunos. Al publicar ya no se cambian."
        ),
        required=False,
    )
    term_start = _day(_("El encargo empieza"))
    term_end = _day(_("El encargo termina"))
    terms = TextFormField(label=_("Condiciones del encargo"), long=True)
    answer_days = forms.IntegerField(label=_("Días para aceptar el lugar"), min_value=1, max_value=60, initial=7)
    outside_source = forms.CharField(
        label=_("Dato externo del sorteo"),
        help_text=_(
            "Un número que nadie de aquí controla y se conocerá después del cierre, por ejemplo: «el premio mayor de la "
            "Lotería Nacional del 15 de mayo». Hace el sorteo más difícil de manipular."
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, jurisdiction: Any, call: Call | None = None, **kwargs: Any) -> None:
        if call is not None:
            kwargs["initial"] = {name: getattr(call, name) for name in self.base_fields if name != "plan"}
        super().__init__(*args, **kwargs)
        plans = Plan.objects.filter(jurisdiction=jurisdiction).order_by("-number")
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        if call is not None:
            del self.fields["plan"]
        else:
            self.initial.setdefault("plan", next((plan.number for plan in plans), None))


class ExtendForm(forms.Form):
    """More time for a call."""

    closes = _day(_("Nuevo último día"))
    why = forms.CharField(label=_("Motivo"), help_text=_("Se publica."), max_length=300)


class DrawForm(forms.Form):
    """The draw, with the outside value if the call promised one."""

    outside = forms.CharField(label=_("Dato externo"), max_length=120)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if call.outside_source:
            self.fields["outside"].help_text = call.outside_source
        else:
            del self.fields["outside"]


class VolunteerForm(forms.Form):
    """One screen. Name and one way to answer; the rest is for whoever wants to tell."""

    name = forms.CharField(label=_("Tu nombre"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Correo electrónico"),
        help_text=_("Te enviamos un enlace para confirmar. Si no tienes correo, deja tu teléfono."),
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.RegexField(
        regex=r"^[0-9+() .-]{8,20}$",
        label=_("Teléfono"),
        error_messages={"invalid": _("Escribe el teléfono con sus 10 dígitos.")},
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    why = forms.CharField(
        label=_("¿Por qué te interesa?"), widget=forms.Textarea({"rows": 3}), max_length=1000, required=False
    )
    # People do not see it; programs that fill in everything do.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        for stratum in call.strata:
            choices = [("", _t("Prefiero no decir"))]
            choices += [(category["key"], best(category["label"])[0]) for category in stratum["categories"]]
            self.fields[f"s_{stratum['key']}"] = forms.ChoiceField(
                label=best(stratum["label"])[0], choices=choices, required=False
            )

    def main_fields(self) -> list[Any]:
        """What everybody sees first."""
        return [self[name] for name in ("name", "email", "phone", "why")]

    def strata_fields(self) -> list[Any]:
        """The optional questions of the groups."""
        return [self[name] for name in self.fields if name.startswith("s_")]

    def answers(self) -> dict[str, str]:
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("s_") and value}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("email") and not data.get("phone") and not {"email", "phone"} & set(self.errors):
            self.add_error("email", _t("Escribe tu correo o tu teléfono: sin uno de los dos no podemos avisarte."))
        return data


class SeatForm(forms.Form):
    """The answer of somebody who was drawn."""

    answer = forms.ChoiceField(
        label=_("¿Aceptas el lugar?"),
        choices=[("accept", _("Sí, acepto")), ("decline", _("No puedo: que pase a la siguiente persona"))],
        widget=forms.RadioSelect,
    )
    named = forms.ChoiceField(
        label=_("¿Cómo quieres aparecer en la página del Comité?"),
        choices=[("yes", _("Con mi nombre")), ("", _("Sin nombre, solo como «Integrante»"))],
        widget=forms.RadioSelect,
        required=False,
    )
    email = forms.EmailField(label=_("Correo electrónico"), help_text=_("No se publica. Con él vas a entrar."))
    organisations = forms.ModelMultipleChoiceField(
        label=_("¿Trabajas o tienes un cargo en alguna de estas instituciones?"),
        help_text=_("Tienen compromisos en el plan. Déjalo sin marcar si no es tu caso."),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sure = forms.BooleanField(label=_("Declaro que lo dicho es cierto y que diré si cambia."), required=False)

    def __init__(self, *args: Any, leads: Any, has_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = leads  # type: ignore[attr-defined]
        self.fields["email"].required = False
        if has_email:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("answer") == "accept" and not data.get("sure"):
            self.add_error("sure", _t("Para aceptar, marca esta declaración."))
        return data


class TakeForm(forms.Form):
    """The committee that those who accepted become."""

    quorum = forms.IntegerField(
        label=_("Quórum"), min_value=1, help_text=_("Cuántas personas hacen falta para decidir.")
    )
    majority = forms.IntegerField(
        label=_("Mayoría"), min_value=50, max_value=99, help_text=_("Más de este porcentaje a favor.")
    )
    looks = forms.IntegerField(label=_("Miradas independientes"), min_value=2, help_text=_("Antes de cada decisión."))
    rules = TextFormField(label=_("Reglas"), long=True)
    keep = forms.MultipleChoiceField(
        label=_("Integrantes de ahora que siguen"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, members: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(role.number): role for role in members}
        if members:
            self.fields["keep"].choices = [(number, _words(role)) for number, role in self.members.items()]  # type: ignore[attr-defined]
            self.initial.setdefault("keep", list(self.members))
        else:
            del self.fields["keep"]

    def kept(self) -> list[Any]:
        return [self.members[number] for number in self.cleaned_data.get("keep", ())]


def _words(role: Any) -> str:
    return role.person.name if role.person else _t("Lugar vacante")


class WhyForm(forms.Form):
    """Why a member leaves."""

    why = forms.CharField(label=_("Motivo"), help_text=_("Se publica. Basta «motivos personales»."), max_length=300)
