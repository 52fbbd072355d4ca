"""Loads the municipalities of this release."""

from typing import Any

from django.db import migrations

from tequio.places.municipalities import load as load_file


def load(apps: Any, schema_editor: Any) -> None:
    load_file(apps.get_model("places", "Municipality"))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
