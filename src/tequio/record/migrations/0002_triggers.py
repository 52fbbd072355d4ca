"""The record's tables refuse to change or delete what they hold."""

from typing import Any

from django.db import migrations

from tequio.record import triggers


def install(apps: Any, schema_editor: Any) -> None:
    triggers.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_tables")]

    operations = [migrations.RunPython(install, remove)]
