"""How things of co-creation are called in sentences, and what their public log says."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What it is, for headings and letters: «Confirma …», «Ya quedó …».
THINGS: dict[str, str | Promise] = {
    "problem": gettext_lazy("el problema que propones"),
    "contribution": gettext_lazy("tu aportación"),
    "comment": gettext_lazy("tu comentario"),
    "translation": gettext_lazy("tu traducción"),
    "tablemember": gettext_lazy("tu lugar en la mesa"),
    "backing": gettext_lazy("tu apoyo"),
}
SORTS: dict[str, str | Promise] = {
    "problem": gettext_lazy("Problemas"),
    "contribution": gettext_lazy("Aportaciones"),
    "comment": gettext_lazy("Comentarios"),
    "translation": gettext_lazy("Traducciones"),
    "tablemember": gettext_lazy("Integrantes de mesas"),
}


def line_words(line: dict[str, Any]) -> str:
    """What a line of the log of moderation says happened."""
    found: dict[str, str] = {
        "held": _("El texto espera que alguien lo mire antes de verse"),
        "hidden": _("Se ocultó el texto"),
        "shown": _("Alguien miró el texto y se ve"),
        "appealed": _("Quien lo escribió pidió que se revise"),
        "upheld": _("Otra persona lo revisó: sigue oculto"),
        "restored": _("Se revisó y vuelve a verse"),
    }
    return found.get(str(line["what"]), str(line["what"]))
