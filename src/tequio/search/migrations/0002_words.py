"""The index of words, in the way of the database in use."""

from typing import Any

from django.db import migrations

from tequio.search.engine import POSTGRES_TABLE, SQLITE_TABLE


def make(apps: Any, schema_editor: Any) -> None:
    for statement in (SQLITE_TABLE,) if schema_editor.connection.vendor == "sqlite" else POSTGRES_TABLE:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
