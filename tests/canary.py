"""Canaries: a marked word in every private column of the database, to look for in whatever leaves the installation.

``plant`` writes it into each text column that no after-image tells, straight into the tables, so what a new model adds is
guarded without a line here. ``hits`` looks for it plain, in base64 and in hexadecimal, in bytes or in a folder.
"""

import base64
import inspect
import re
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from tequio.record.models import Recorded

WORD = "Canario"
# Columns whose text is public though no after-image tells it, or whose text is no words of a person: keys, kinds, states,
# what the search index or the lists say.
PUBLIC_APPS = {"search", "vocabularies", "contenttypes", "auth", "record"}
PUBLIC = {
    "tip",  # the hash of an object's last act
    "moderation",  # who took something out of sight and why is public
    "documents.Blob.media_type",
    "documents.Capture.url",
    "documents.Capture.final_url",
    "documents.LinkCheck.url",
    "places.Municipality.name",
    "places.Municipality.state_name",
    "commitments.Support.words",  # told by the after-image of the commitment or the plan
    "commitments.Support.note",
    "plans.PlanInstitution.words",
    "people.Person.name",  # of those who act in public; their role commits to it
    "witnesses.Cosignature.line",
    "witnesses.Refusal.answer",
    # What people sent for everybody to read: an after-image commits to it, under names that its base class knows.
    *(
        f"cocreation.{name}.{field}"
        for name in ("Problem", "Contribution", "Translation")
        for field in ("title", "text")
    ),
    *(f"cocreation.Problem.{field}" for field in ("who", "since", "causes", "links", "environment", "outlook")),
    *(f"cocreation.{name}.sector" for name in ("Problem", "Contribution", "Translation", "Comment", "Member")),
    "cocreation.Comment.text",
    *(f"lawmaking.Remark.{field}" for field in ("text", "wording", "base", "sector")),
    # The text of laws; the act holds the hash of the whole.
    *(
        f"legaltext.Provision.{field}"
        for field in ("path", "unit", "kind", "label", "number_key", "heading", "text", "hash")
    ),
    *(f"legaltext.Note.{field}" for field in ("kind", "text", "gazette")),
    *(
        f"legaltext.Import.{field}" for field in ("profile", "tree", "before", "settled", "verdicts")
    ),  # what a text is written from
    *(f"legaltext.{place}" for place in ("Lineage.key", "Reference.words", "Alignment.method", "Change.also")),
    *(f"legaltext.Anchor.{field}" for field in ("quote", "prefix", "suffix")),
    "labs.Attendance.group",  # of which people are counted, never who
    # Files that a page hands out, named in the act by their hash.
    *("opinions.Result.file", "opinions.Result.axes", "sortition.Call.file"),
}
TEXT = (models.CharField, models.TextField, models.JSONField)
SHORTEST = 16  # narrower columns hold codes
SHOWN = ("shown", "published", "confirmed", "approved")  # states in which the public sees a row
PLACES = 4  # digits of a key in a narrow column
ROOM = 20  # for a key and an ending of e-mail addresses


def _is_code(field: models.Field) -> bool:
    """A column that holds one of a list, a key or a hash rather than words."""
    return bool(field.choices) or field.primary_key or isinstance(field, models.SlugField | models.FilePathField)


def _told(model: type[models.Model]) -> set[str]:
    """The columns that an after-image tells, or commits to as a value that can be erased: what those two functions name."""
    if not issubclass(model, Recorded):
        return set()
    source = inspect.getsource(model.public_state) + inspect.getsource(model.hidden_state)
    return {field.name for field in model._meta.concrete_fields if re.search(rf"\b{field.name}\b", source)}


def private_columns() -> list[tuple[type[models.Model], models.Field]]:
    """Every text column of the product that is not public."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label in PUBLIC_APPS or not model._meta.managed:
            continue
        told = _told(model)
        for field in model._meta.concrete_fields:
            if PUBLIC & {field.name, f"{model._meta.label}.{field.name}"}:
                continue
            if field.is_relation or field.name in told or not isinstance(field, TEXT) or _is_code(field):
                continue
            if isinstance(field, models.CharField) and (field.max_length or 999) < SHORTEST:
                continue
            found.append((model, field))
    return found


def populate() -> None:
    """A row in each table that has a private column and no row: whatever a new app adds has something to hide."""
    for model in {model: None for model, _field in private_columns()}:
        if not model._default_manager.exists():
            _row(model)


def _row(model: type[models.Model]) -> models.Model:
    """A row whose values mean nothing, shown to the public where one of its columns can say so."""
    made = model()
    for field in model._meta.concrete_fields:
        if field.primary_key and not field.is_relation:
            continue
        if field.is_relation and not field.null:
            target = field.related_model
            setattr(made, field.name, target._default_manager.first() or _row(target))
        elif field.choices and not field.null:
            keys = [key for key, _words in field.flatchoices if key]
            setattr(made, field.name, next((key for key in keys if key in SHOWN), keys[0]))
        elif not (field.null or field.has_default() or getattr(field, "auto_now_add", False)):
            setattr(made, field.name, _value(field))
    return model._default_manager.bulk_create([made])[0]


def _value(field: models.Field) -> Any:
    now = timezone.now()
    kinds = (
        (models.DateTimeField, now),
        (models.DateField, now.date()),
        (models.BooleanField, True),
        (models.JSONField, {}),
    )
    numbers = (models.IntegerField, models.DecimalField, models.FloatField)
    found = [value for kind, value in kinds if isinstance(field, kind)]
    return (
        found[0]
        if found
        else 1
        if isinstance(field, numbers)
        else b"x"
        if isinstance(field, models.BinaryField)
        else "x"
    )


def plant(skip: set[str] = frozenset()) -> dict[str, str]:
    """Writes a canary of its own into each private column of every row, and says which. ``skip``: labels of columns
    (``people.Account.email``) that must stay as they are. Goes behind the record's back: mark the test ``tampers``."""
    planted = {}
    for number, (model, field) in enumerate(private_columns()):
        label = f"{model._meta.label}.{field.name}"
        if label in skip:
            continue
        word = f"{WORD}{number:03}x"
        quote = connection.ops.quote_name
        value = f"'{word}'"
        if isinstance(field, models.JSONField):
            value = f"""'{{"word": "{word}"}}'"""
        elif (field.max_length or 999) > len(word) + ROOM:  # rows that must differ do
            ending = "@e.invalid" if isinstance(field, models.EmailField) else ""
            value = f"'{word}-' || {quote(model._meta.pk.column)} || '{ending}'"
        elif (field.max_length or 999) >= len(word) + PLACES:
            value = f"'{word}' || {quote(model._meta.pk.column)}"
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {quote(model._meta.db_table)} SET {quote(field.column)} = {value}")
            if cursor.rowcount:
                planted[label] = word
    return planted


def _forms(word: str) -> list[bytes]:
    raw = word.encode()
    # Base64 of a text depends on where it begins in its group of three: the middle of each of the three is constant.
    coded = [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return [raw, raw.lower(), raw.hex().encode(), *coded]


def hits(where: Path | bytes, planted: dict[str, str]) -> list[str]:
    """``column in file`` for each canary that got out."""
    sources: Any = (
        [("", where)]
        if isinstance(where, bytes)
        else [(path.as_posix(), path.read_bytes()) for path in sorted(where.rglob("*")) if path.is_file()]
    )
    any_form = {form: column for column, word in planted.items() for form in _forms(word)}
    found = []
    for name, data in sources:
        if WORD.encode() in data or WORD.lower().encode() in data:
            found += [f"{column} in {name}" for column, word in planted.items() if word.encode() in data]
        found += [f"{column} in {name}" for form, column in any_form.items() if form in data and form.isalnum()]
    return sorted(set(found))
