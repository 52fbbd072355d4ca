"""What the congress's people fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import text, versions
from tequio.lawmaking.actions.bills import ORDER
from tequio.lawmaking.models import Bill, Fate, Stage
from tequio.legaltext.models import Expression, Work
from tequio.vocabularies import terms

DAY = {"type": "date"}


class TextChoice(forms.ModelChoiceField):
    """A legal text by its official title."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)[:100]


class VersionChoice(forms.ModelChoiceField):
    """A version by its name and day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.date:%d/%m/%Y}"


def _both(name: str, data: dict[str, Any]) -> Any:
    return text(data.pop(f"{name}_es").strip(), data.pop(f"{name}_en").strip())


class BillForm(forms.Form):
    """Everything that is said of a bill. ``columns`` gives the cleaned values as the model's columns."""

    title = forms.CharField(label=_("Título técnico"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    number = forms.CharField(
        label=_("Número en el Congreso"), help_text=_("Como el de INFOLEJ: 7/LXIII."), max_length=40, required=False
    )
    plain_title_es = forms.CharField(
        label=_("Título en palabras llanas"),
        help_text=_("Qué cambia para la gente, en dos renglones. Sin artículos, números ni siglas."),
        max_length=140,
        required=False,
    )
    plain_title_en = forms.CharField(label=_("El título llano en inglés"), max_length=140, required=False)
    summary_es = forms.CharField(
        label=_("Qué cambia y para quién"),
        help_text=_("Cinco renglones a lo más, uno por cambio."),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    summary_en = forms.CharField(
        label=_("Lo mismo en inglés"), max_length=1200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sponsors = forms.CharField(
        label=_("Quién la propone"),
        help_text=_("Una persona en cada renglón: Nombre | Grupo parlamentario."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    commission = forms.CharField(label=_("Comisión que la estudia"), max_length=200, required=False)
    topics = forms.MultipleChoiceField(label=_("Temas"), required=False, widget=forms.SelectMultiple(attrs={"size": 6}))
    work = TextChoice(
        label=_("Su texto"),
        help_text=_("Tráelo antes en «Textos legales», como iniciativa."),
        queryset=Work.objects.none(),
        required=False,
        empty_label=_("Todavía no está"),
    )
    law = TextChoice(
        label=_("La ley que cambiaría"),
        queryset=Work.objects.none(),
        required=False,
        empty_label=_("Ninguna, o no está aquí"),
    )
    questions = forms.CharField(
        label=_("Preguntas a la gente"),
        help_text=_("Una en cada renglón. Cada respuesta se lee junto a su pregunta."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opens = forms.DateField(
        label=_("Se puede opinar desde"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    closes = forms.DateField(
        label=_("Se puede opinar hasta"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    answer_days = forms.IntegerField(label=_("Días hábiles para responder"), min_value=1, max_value=120, initial=15)
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bill: Bill, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).update(self.initial_of(bill))
        super().__init__(*args, **kwargs)
        self.bill = bill
        here = Work.objects.filter(jurisdiction=bill.jurisdiction).order_by("title")
        self.fields["work"].queryset = here  # type: ignore[attr-defined]
        self.fields["law"].queryset = here.filter(published_on__isnull=False)  # type: ignore[attr-defined]
        self.fields["topics"].choices = terms.choices("policy_area")  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(bill: Bill) -> dict[str, Any]:
        """What the form shows of a bill."""
        names = ("title", "number", "commission", "topics", "work", "law")
        shown: dict[str, Any] = {
            name: getattr(bill, name) for name in (*names, "opens", "closes", "answer_days", "rev")
        }
        for name in ("plain_title", "summary"):
            both = versions(getattr(bill, name))
            shown |= {f"{name}_es": both.get("es", ""), f"{name}_en": both.get("en", "")}
        shown["sponsors"] = "\n".join(
            " | ".join(filter(None, (row["name"], row.get("group", "")))) for row in bill.sponsors
        )
        shown["questions"] = "\n".join(versions(row["text"]).get("es", "") for row in bill.questions)
        return shown

    def clean_sponsors(self) -> list[dict[str, str]]:
        rows = [line.partition("|") for line in self.cleaned_data["sponsors"].splitlines() if line.strip()]
        return [{"name": name.strip(), "group": group.strip()} for name, _bar, group in rows if name.strip()]

    def clean_questions(self) -> list[dict[str, Any]]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        known = {versions(row["text"]).get("es", ""): row for row in self.bill.questions}
        last = max((row["n"] for row in self.bill.questions), default=0)
        found = []
        for line in lines:  # a question keeps its number while its words are the same
            if line in known:
                found.append(known[line])
            else:
                last += 1
                found.append({"n": last, "text": {"es": line}})
        return found

    @property
    def columns(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data.pop("rev")
        for name in ("plain_title", "summary"):
            data[name] = _both(name, data)
        return data


class StepForm(forms.Form):
    """The next step of a bill."""

    stage = forms.ChoiceField(
        label=_("¿A qué etapa pasó?"), choices=[(key, Stage(key).label) for key in ORDER if key != Stage.INITIATIVE]
    )
    on = forms.DateField(label=_("¿Qué día?"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    words = forms.CharField(
        label=_("Qué pasó, en una frase"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    expression = VersionChoice(
        label=_("El texto en esta etapa"),
        queryset=Expression.objects.none(),
        required=False,
        empty_label=_("El mismo de antes"),
    )
    source_url = forms.URLField(label=_("Dónde consta"), max_length=500, required=False, assume_scheme="https")
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bill: Bill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Expression.public_rows().filter(work=bill.work).order_by("-date", "-number")
        self.fields["expression"].queryset = rows  # type: ignore[attr-defined]


class FateForm(forms.Form):
    """One answer for whatever is marked."""

    decision = forms.ChoiceField(label=_("¿En qué queda?"), choices=Fate.Decision.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Por qué"),
        help_text=_("Es público y llega a cada persona. En palabras llanas."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason_en = forms.CharField(
        label=_("Lo mismo en inglés"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
