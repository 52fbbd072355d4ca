"""Makes what sources tell in a shape of their own readable: a list of names and texts or addresses."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tequio.common.dates import in_words
from tequio.common.i18n import best

NAMES = {
    "body": _("Quién da seguimiento"),
    "composition": _("Quiénes lo forman"),
    "board": _("Tablero"),
    "board_url": _("Dirección del tablero"),
    "colours_note": _("Sobre los colores"),
    "external_evaluation": _("Evaluación externa"),
    "irm": _("Mecanismo de Revisión Independiente"),
    "by": _("De"),
    "from": _("Desde"),
    "to": _("Hasta"),
    "paid_by": _("La pagó"),
    "tender": _("Licitación"),
    "url": _("Dirección"),
    "report": _("Informe"),
    "researcher": _("Investigador"),
    "comment_windows_days": _("Días para comentar"),
    "recommendations_count": _("Recomendaciones"),
    "next_risks": _("Riesgos para lo que sigue"),
    "source": _("Fuente"),
}


def readable(value: Any) -> list[tuple[str, str]]:
    """The facts of an object in reading order, nested ones after their name; empty ones left out."""
    rows: list[tuple[str, str]] = []
    _walk(value, (), rows)
    return rows


def _walk(value: Any, path: tuple[str, ...], rows: list[tuple[str, str]]) -> None:
    if isinstance(value, dict) and not set(value) <= {"es", "en"}:
        language = "en" if (get_language() or "es").startswith("en") else "es"
        for key, item in value.items():
            stem, _sep, tongue = key.rpartition("_")
            if tongue in ("es", "en") and stem:
                # "body_es" beside "body_en": the reader's language alone.
                if tongue != language and f"{stem}_{language}" in value:
                    continue
                key = stem
            _walk(item, (*path, str(NAMES.get(key, key.replace("_", " ")))), rows)
        return
    items = value if isinstance(value, list) else [value]
    words = ", ".join(found for item in items if (found := best(item)[0]))
    if words:
        rows.append((" › ".join(path), _dated(words)))


def _dated(words: str) -> str:
    try:
        return in_words(words) if len(words) == 10 and words[4] == "-" else words
    except ValueError:
        return words
