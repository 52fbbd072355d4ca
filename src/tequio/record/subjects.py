"""How the record's pages call the objects that acts are about, and where each has its own page."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tequio.record.verify import recorded_models


@dataclass(frozen=True)
class Subject:
    """A sort of object.

    ``label`` is its word; ``url`` gives the address of an object's own page from the jurisdiction's slug and the last
    part of its key, or an empty text; ``fields`` words for its columns beyond their verbose names.
    """

    key: str
    label: str | Promise
    url: Callable[[str, str], str] | None = None
    fields: dict[str, str | Promise] = field(default_factory=dict)


_subjects: dict[str, Subject] = {}


def page(url_name: str, *parts: int) -> Callable[[str, str], str]:
    """The address of a page that takes the jurisdiction and the named parts of the key (``mxjl0002.3``: 0 and 1)."""

    def url(jurisdiction: str, name: str) -> str:
        words = name.split(".")
        return reverse(url_name, args=[jurisdiction, *(words[part] for part in parts)])

    return url


def register(*subjects: Subject) -> None:
    """Adds sorts of objects; each app does so in ``apps.py``. What is not registered shows under its model's name."""
    _subjects.update({subject.key: subject for subject in subjects})


def all_keys() -> list[str]:
    """All sorts of objects of this installation, by their word."""
    return sorted({model.subject for model in recorded_models()}, key=label)


def label(key: str) -> str:
    """The word for a sort of object."""
    if key in _subjects:
        return str(_subjects[key].label)
    for model in recorded_models():
        if model.subject == key:
            return str(model._meta.verbose_name).capitalize()
    return {"log": _("Registro")}.get(key, key)


def url(on: str) -> str:
    """The address of an object's own page, or an empty text."""
    jurisdiction, subject, name = [*on.split("/", 2), "", ""][:3]
    found = _subjects.get(subject)
    try:
        return found.url(jurisdiction, name) if found and found.url else ""
    except (NoReverseMatch, IndexError):  # a key of another release
        return ""


def field_label(subject: str, name: str) -> str:
    """The word for a column of an after-image: the registered one, else the model's verbose name."""
    if subject in _subjects and name in _subjects[subject].fields:
        return str(_subjects[subject].fields[name])
    for model in recorded_models():
        if model.subject == subject:
            try:
                return str(model._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
            except (FieldDoesNotExist, AttributeError):
                break
    return name.replace("_", " ").capitalize()
