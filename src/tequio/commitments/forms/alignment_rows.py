"""Rows of the alignment: the targets of the Sustainable Development Goals, found by number or by word."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tequio.commitments.forms.row import RowForm
from tequio.common.forms import TextFormField
from tequio.vocabularies import terms

SHOWN = 8  # targets offered where a word fits several


class TargetSearch(forms.TextInput):
    """A line to write in, with all targets offered while one writes (the list is drawn once for all rows)."""

    def __init__(self) -> None:
        super().__init__({"list": "metas-ods", "autocomplete": "off"})


class SdgField(forms.CharField):
    """A target by its number, by what the list offers ("6.4 Agua limpia"), or by a word of its goal."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=TargetSearch(), max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return terms.label("sdg_target", value) if value in terms.keys("sdg_target") else value

    def clean(self, value: Any) -> Any:
        said = str(super().clean(value))
        known = terms.keys("sdg_target")
        code = said.split(" ", 1)[0].rstrip(".:").lower()
        if not said or code in known:
            return code
        wanted = terms.fold(said)
        found = [
            key
            for key in known
            if any(wanted in terms.fold(terms.label("sdg_target", key, tongue)) for tongue in ("es", "en"))
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _t("«%(code)s» no es una meta de los ODS. Escribe su número, como 16.6, o una palabra de su objetivo.")
                % {"code": said[:60]}
            )
        offered = ", ".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
        raise ValidationError(
            _t("Varias metas dicen «%(word)s»: %(list)s. Escribe el número de la tuya.")
            % {"word": said[:60], "list": offered}
        )


class SdgRow(RowForm):
    """A target of the SDGs, whether it is the main one, and why."""

    shown = ("code", "role", "reason")
    given = ("more", "role")
    code = SdgField(label=_("Meta"), help_text=_("Su número o una palabra: 16.6, agua, instituciones."))
    role = forms.ChoiceField(label=_("Papel"), initial="secondary", required=False)
    reason = TextFormField(label=_("Por qué"), max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = terms.choices("sdg_role")()  # type: ignore[attr-defined]
