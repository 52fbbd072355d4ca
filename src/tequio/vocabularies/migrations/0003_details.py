"""Details of rules, marks of an administrator's own terms, and the lists that need them."""

from typing import Any

from django.db import migrations, models

from tequio.vocabularies.sync import sync


def load(apps: Any, schema_editor: Any) -> None:
    sync(apps.get_model("vocabularies", "Term"))


class Migration(migrations.Migration):
    dependencies = [("vocabularies", "0002_terms")]
    operations = [
        migrations.AddField("term", "details", models.JSONField(blank=True, default=dict)),
        migrations.AddField("term", "changed_here", models.BooleanField(default=False)),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
