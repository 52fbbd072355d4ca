"""Loads the lists of this release."""

from typing import Any

from django.db import migrations

from tequio.vocabularies.sync import sync


def load(apps: Any, schema_editor: Any) -> None:
    sync(apps.get_model("vocabularies", "Term"))


class Migration(migrations.Migration):
    dependencies = [("vocabularies", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
