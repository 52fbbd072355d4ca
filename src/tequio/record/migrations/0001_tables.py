import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("note", models.TextField()),
                ("made", models.DateTimeField()),
                ("time_signature", models.CharField(max_length=88)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("jurisdiction", models.CharField(blank=True, max_length=60)),
                ("kind", models.CharField(max_length=60)),
                ("on", models.CharField(max_length=200)),
                ("rev", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("entry", models.BinaryField()),
                ("leaf", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["jurisdiction", "-id"], name="act_jurisdiction")],
                "constraints": [models.UniqueConstraint(fields=("on", "rev"), name="act_on_rev")],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.CharField(max_length=200)),
                ("rev", models.PositiveIntegerField()),
                ("field", models.CharField(max_length=60)),
                ("commitment", models.CharField(max_length=80)),
                ("salt", models.BinaryField(null=True)),
                ("value", models.TextField(blank=True)),
                ("erased", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("on", "rev", "field"), name="disclosure_once")],
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="numbered", to="record.act"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("level", "index"), name="tile_place")],
            },
        ),
    ]
