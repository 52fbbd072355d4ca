"""Rows of inputs that are added, moved and taken out (``common/forms/rows.html``, ``portal/js/rows.js``): as a formset, and
what the same buttons do without script."""

from typing import Any

from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

MOST = 200  # rows of one list
VERBS = ("agregar", "quitar", "subir", "bajar", "ver")


class BlankRows(BaseFormSet):
    """The rows of one list. Rows left blank are no entries."""

    title: str | Promise = ""
    add_words: str | Promise = ""
    row_words: str | Promise = ""
    hint: str | Promise = ""

    def initial_form_count(self) -> int:
        """None: every row may be left blank."""
        return 0

    def total_form_count(self) -> int:
        """As many as were sent; before, one for each entry and a blank one where there is none."""
        return super().total_form_count() if self.is_bound else max(len(self.initial or []), 1)


def asked(data: Any) -> bool:
    """Whether a button of the rows was pressed instead of the form's own: without script they ask the server."""
    return bool(data) and any(verb in data for verb in VERBS)


def rearranged(data: QueryDict) -> MultiValueDict[str, Any]:
    """What was sent, with the row added, taken out or moved that the pressed button says."""
    verb = next(verb for verb in VERBS if verb in data)
    if verb == "ver":
        return data
    prefix, _dash, place = str(data[verb]).partition("-")
    total = f"{prefix}-TOTAL_FORMS"
    count = int(data.get(total, 0)) if str(data.get(total, "")).isdigit() else 0
    order: list[int | None] = list(range(min(count, MOST)))
    if verb == "agregar" and len(order) < MOST:
        order.append(None)
    elif place.isdigit() and int(place) < len(order):
        here = int(place)
        if verb == "quitar":
            del order[here]
        else:
            there = here + (-1 if verb == "subir" else 1)
            if 0 <= there < len(order):
                order[here], order[there] = order[there], order[here]
    changed: MultiValueDict[str, Any] = MultiValueDict(
        {key: data.getlist(key) for key in data if key not in VERBS and not key.startswith(f"{prefix}-")}
    )
    for new, old in enumerate(order):
        start = f"{prefix}-{old}-"
        for key in data:
            if old is not None and key.startswith(start):
                changed.setlist(f"{prefix}-{new}-{key.removeprefix(start)}", data.getlist(key))
    for key in ("INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"):
        changed[f"{prefix}-{key}"] = data.get(f"{prefix}-{key}", 0)
    changed[total] = len(order)
    return changed
