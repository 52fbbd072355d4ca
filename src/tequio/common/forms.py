"""How every form is drawn: label, hint, error, input; errors summed up at the top and linked to their fields."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import TAGS, versions


class Renderer(TemplatesSetting):
    """Draws forms with the templates under ``common/forms/``; lists of errors with ``django/forms/errors`` of this app."""

    form_template_name = "common/forms/form.html"
    field_template_name = "common/forms/field.html"
    formset_template_name = "common/forms/formset.html"


class TextWidget(forms.MultiWidget):
    """Two inputs, Spanish and English, each marked with its language."""

    template_name = "common/forms/text.html"
    use_fieldset = True

    def __init__(self, long: bool = False) -> None:
        self.long = long
        kind = forms.Textarea if long else forms.TextInput
        attrs = {"rows": 4} if long else {}
        super().__init__({key: kind({"lang": TAGS[key], **attrs}) for key in ("es", "en")})

    def decompress(self, value: Any) -> list[str]:
        found = versions(value)
        return [found.get("es", ""), found.get("en", "")]


class TextFormField(forms.MultiValueField):
    """A text in Spanish and, optionally, English; gives ``{es, en}`` without empty versions."""

    def __init__(
        self, *, long: bool = False, max_length: int | None = None, required: bool = False, **kwargs: Any
    ) -> None:
        parts = (
            forms.CharField(max_length=max_length, required=required),
            forms.CharField(max_length=max_length, required=False),
        )
        super().__init__(parts, widget=TextWidget(long), require_all_fields=False, required=required, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        return {key: words for key, words in zip(("es", "en"), data_list or (), strict=False) if words}


REQUIRED = _("Escribe este dato.")


def tell(form: Any, error: ValidationError) -> None:
    """Puts what an action refused beside the field it is about; above the form where it has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def taken(form: Any, action: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether the form is right and the action took what it says; what either refused stands on the form."""
    if not form.is_valid():
        return False
    try:
        action(form.cleaned_data)
    except ValidationError as error:
        tell(form, error)
        return False
    return True
