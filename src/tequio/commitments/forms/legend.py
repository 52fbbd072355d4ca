"""The words of a plan's five lights as inputs, ours beside them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.commitments.sections import default_legend
from tequio.common.forms import TextFormField
from tequio.common.i18n import best, versions

Doc = dict[str, Any]
PARTS = ("word", "meaning")
LONGEST_WORD, LONGEST_MEANING = 40, 400  # characters; a word stands beside its shape in narrow places


def fields(legend: Doc) -> tuple[dict[str, forms.Field], Doc]:
    """The inputs, and what they hold at first."""
    made: dict[str, forms.Field] = {}
    for light in default_legend():
        colour = light["colour"]
        made[f"legend_{colour}_word"] = TextFormField(label=_("Palabra"), max_length=LONGEST_WORD)
        made[f"legend_{colour}_meaning"] = TextFormField(label=_("Qué quiere decir"), max_length=LONGEST_MEANING)
    first = {
        f"legend_{light['colour']}_{part}": versions((legend.get(light["colour"]) or {}).get(part, {}))
        for light in default_legend()
        for part in PARTS
    }
    return made, first


def changes(legend: Doc, data: Doc) -> Doc:
    """The legend as it was written; what is left empty says what ours says."""
    found: Doc = {}
    for light in default_legend():
        colour = light["colour"]
        said = {part: data.get(f"legend_{colour}_{part}") for part in PARTS}
        rest = {key: value for key, value in (legend.get(colour) or {}).items() if key not in PARTS}
        row = {**rest, **{part: value for part, value in said.items() if value}}
        if row:
            found[colour] = row
    return found


class Lights:
    """How the legend looks with what was written, light by light: drawn with its word, beside ours."""

    is_legend = True

    def __init__(self, form: forms.BaseForm) -> None:
        self.form = form

    def rows(self) -> list[Doc]:
        """Each light with its inputs."""
        found = []
        for light in default_legend():
            inputs = [self.form[f"legend_{light['colour']}_{part}"] for part in PARTS]
            word, meaning = (self._typed(field) for field in inputs)
            found.append(
                {
                    "colour": light["colour"],
                    "word": word or light["word"],
                    "meaning": meaning or light["meaning"],
                    "ours": light,
                    "inputs": inputs,
                }
            )
        return found

    def _typed(self, field: Any) -> str:
        value = field.value()
        if isinstance(value, list):
            value = dict(zip(("es", "en"), (str(words or "").strip() for words in value), strict=False))
        return best(value)[0]
