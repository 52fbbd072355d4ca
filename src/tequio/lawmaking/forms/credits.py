"""Naming by hand whose words are in a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.lawmaking.models import Bill, Remark
from tequio.legaltext.models import Expression, Provision

MOST = 500  # opinions to choose from


class RemarkChoice(forms.ModelChoiceField):
    """An opinion by its number, its place and its first words."""

    def label_from_instance(self, obj: Any) -> str:
        return " · ".join(filter(None, (str(obj), obj.place_label, obj.title_line)))[:120]


class CreditForm(forms.Form):
    """Which words, in which article, from which opinion, and why somebody says so."""

    remark = RemarkChoice(label=_("¿De qué opinión vienen?"), queryset=Remark.objects.none(), empty_label=None)
    place = forms.ChoiceField(label=_("¿En qué artículo están?"))
    passage = forms.CharField(
        label=_("Las palabras, como están en el texto"),
        help_text=_("Cópialas del texto nuevo."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("¿Por qué vienen de ahí?"),
        help_text=_("Es público. Por ejemplo: dice la misma idea con otras palabras."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, bill: Bill, expression: Expression | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Remark.public_rows().filter(bill=bill, sight=Remark.Sight.SHOWN).exclude(kind=Remark.Kind.REPLY)
        if expression is not None:
            rows = rows.filter(published_on__lte=expression.date)
        newest = list(rows.order_by("-number").values_list("pk", flat=True)[:MOST])
        self.fields["remark"].queryset = rows.filter(pk__in=newest).order_by("number")  # type: ignore[attr-defined]
        units = Provision.objects.filter(expression=expression).exclude(text="").order_by("order")
        names = units.values_list("path", "unit", "label")
        self.fields["place"].choices = [(path, _name(path, unit, label)) for path, unit, label in names]  # type: ignore[attr-defined]


def _name(path: str, unit: str, label: str) -> str:
    bare = label.rstrip(" .-–—:)") or path
    return bare if path == unit else f"{unit} · {bare}"
