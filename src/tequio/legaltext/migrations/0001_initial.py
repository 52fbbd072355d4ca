"""Texts, their versions and provisions; what is published of them refuses to change."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import tequio.common.i18n
from tequio.record import triggers


def guard(apps: Any, schema_editor: Any) -> None:
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0003_link_checks"),
        ("record", "0002_triggers"),
        ("people", "0002_account_without_groups"),
        ("places", "0002_municipalities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Expression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rev", models.PositiveIntegerField(default=0, editable=False)),
                ("tip", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("number", models.PositiveSmallIntegerField(verbose_name="versión")),
                ("date", models.DateField(verbose_name="fecha")),
                ("language", models.CharField(default="es", max_length=5)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("initiative", "Iniciativa"),
                            ("opinion", "Dictamen"),
                            ("decree", "Decreto"),
                            ("in_force", "Texto vigente"),
                        ],
                        default="in_force",
                        max_length=12,
                        verbose_name="etapa",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="nombre de la versión")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Borrador"), ("published", "Publicada")],
                        default="draft",
                        max_length=12,
                        verbose_name="estado",
                    ),
                ),
                ("published_on", models.DateField(blank=True, editable=False, null=True, verbose_name="publicada")),
                ("articles", models.PositiveIntegerField(default=0, editable=False, verbose_name="artículos")),
                (
                    "provisions_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="disposiciones"),
                ),
                (
                    "summary",
                    models.JSONField(blank=True, default=dict, editable=False, verbose_name="resumen de cambios"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.blob",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="legaltext.expression",
                    ),
                ),
            ],
            options={
                "ordering": ["work", "-date", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Alignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("method", models.CharField(max_length=40)),
                (
                    "new",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alignment", to="legaltext.expression"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alignments_from",
                        to="legaltext.expression",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("profile", models.CharField(default="law", max_length=20, verbose_name="qué clase de texto es")),
                ("name", models.CharField(blank=True, max_length=255)),
                ("sha256", models.CharField(max_length=64)),
                ("source", models.TextField()),
                ("tree", models.JSONField(default=dict)),
                ("before", models.JSONField(blank=True, null=True)),
                ("settled", models.JSONField(blank=True, default=list)),
                ("verdicts", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("started", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.role",
                    ),
                ),
                (
                    "expression",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft", to="legaltext.expression"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                (
                    "began",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="legaltext.expression"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Provision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("depth", models.PositiveSmallIntegerField(default=0)),
                ("path", models.CharField(max_length=200)),
                ("unit", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("label", models.CharField(blank=True, max_length=200)),
                ("number_key", models.CharField(blank=True, max_length=60)),
                ("heading", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("state", models.CharField(default="in_force", max_length=10)),
                ("hash", models.CharField(max_length=64)),
                ("start", models.PositiveIntegerField(default=0)),
                ("end", models.PositiveIntegerField(default=0)),
                (
                    "expression",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provisions",
                        to="legaltext.expression",
                    ),
                ),
                (
                    "lineage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="provisions", to="legaltext.lineage"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="legaltext.provision",
                    ),
                ),
            ],
            options={
                "ordering": ["expression", "order"],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("kind", models.CharField(default="reform", max_length=12)),
                ("text", models.TextField()),
                ("date", models.CharField(blank=True, max_length=10)),
                ("gazette", models.CharField(blank=True, max_length=40)),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="legaltext.provision"
                    ),
                ),
            ],
            options={
                "ordering": ["provision", "order"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("moved", "Cambió de lugar"),
                            ("renumbered", "Cambió de número"),
                            ("reworded", "Cambió su texto"),
                            ("split", "Se dividió"),
                            ("merged", "Se juntó"),
                            ("added", "Es nuevo"),
                            ("repealed", "Se derogó"),
                            ("removed", "Ya no está"),
                        ],
                        max_length=12,
                        verbose_name="qué cambió",
                    ),
                ),
                ("also", models.JSONField(blank=True, default=list)),
                ("score", models.PositiveSmallIntegerField(default=0)),
                (
                    "alignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="legaltext.alignment"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.role",
                    ),
                ),
                ("new", models.ManyToManyField(related_name="changes_before", to="legaltext.provision")),
                ("old", models.ManyToManyField(related_name="changes_after", to="legaltext.provision")),
            ],
            options={
                "ordering": ["alignment", "order"],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rev", models.PositiveIntegerField(default=0, editable=False)),
                ("tip", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("code", models.SlugField(max_length=80, verbose_name="clave")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("law", "Ley"),
                            ("regulation", "Reglamento"),
                            ("rules", "Reglas de operación"),
                            ("agreement", "Acuerdo"),
                            ("decree", "Decreto"),
                            ("bill", "Iniciativa"),
                            ("sentence", "Sentencia"),
                            ("other", "Otro texto"),
                        ],
                        default="law",
                        max_length=20,
                        verbose_name="qué es",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="título oficial")),
                ("plain_title", tequio.common.i18n.I18nCharField(blank=True, verbose_name="título en palabras llanas")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="número")),
                ("date", models.DateField(blank=True, null=True, verbose_name="fecha de origen")),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="otras claves")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="dónde está publicado")),
                (
                    "published_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="publicado aquí"),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="works", to="places.jurisdiction"
                    ),
                ),
            ],
            options={
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("words", models.CharField(max_length=300)),
                (
                    "lineage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_in",
                        to="legaltext.lineage",
                    ),
                ),
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="references", to="legaltext.provision"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_in",
                        to="legaltext.work",
                    ),
                ),
            ],
            options={
                "ordering": ["provision", "start"],
            },
        ),
        migrations.AddField(
            model_name="lineage",
            name="work",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lineages", to="legaltext.work"
            ),
        ),
        migrations.AddField(
            model_name="expression",
            name="work",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="expressions", to="legaltext.work"
            ),
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quote", models.TextField(blank=True)),
                ("prefix", models.CharField(blank=True, max_length=80)),
                ("suffix", models.CharField(blank=True, max_length=80)),
                ("start", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("here", "En su lugar"),
                            ("doubtful", "Quizá aquí"),
                            ("gone", "Su lugar ya no existe"),
                        ],
                        default="here",
                        max_length=10,
                    ),
                ),
                (
                    "expression",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="legaltext.expression"
                    ),
                ),
                (
                    "seen_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legaltext.expression",
                    ),
                ),
                (
                    "lineage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="legaltext.lineage"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expression", "lineage"], name="anchor_place")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rev", models.PositiveIntegerField(default=0, editable=False)),
                ("tip", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.role",
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="legaltext.lineage"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="legaltext.lineage"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("one", "other"), name="link_once")],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rev", models.PositiveIntegerField(default=0, editable=False)),
                ("tip", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("number", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=200)),
                (
                    "side",
                    models.CharField(
                        choices=[("new", "Palabras que entraron"), ("gone", "Palabras que salieron")],
                        default="new",
                        max_length=4,
                        verbose_name="qué pasó con las palabras",
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("words", models.TextField(verbose_name="palabras")),
                ("contribution", models.CharField(db_index=True, max_length=200, verbose_name="aportación")),
                ("score", models.PositiveSmallIntegerField(default=0, verbose_name="parecido")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("suggested", "Por confirmar"),
                            ("confirmed", "Confirmado"),
                            ("rejected", "Descartado"),
                        ],
                        default="suggested",
                        max_length=10,
                        verbose_name="veredicto",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decidido")),
                ("reason", models.TextField(blank=True, verbose_name="motivo")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.role",
                    ),
                ),
                (
                    "expression",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="legaltext.expression"
                    ),
                ),
            ],
            options={
                "ordering": ["expression", "number"],
                "constraints": [models.UniqueConstraint(fields=("expression", "number"), name="origin_number")],
            },
        ),
        migrations.AddIndex(
            model_name="provision",
            index=models.Index(fields=["expression", "unit"], name="provision_unit"),
        ),
        migrations.AddConstraint(
            model_name="provision",
            constraint=models.UniqueConstraint(fields=("expression", "order"), name="provision_order"),
        ),
        migrations.AddConstraint(
            model_name="provision",
            constraint=models.UniqueConstraint(fields=("expression", "path"), name="provision_path"),
        ),
        migrations.AddConstraint(
            model_name="provision",
            constraint=models.UniqueConstraint(fields=("expression", "lineage"), name="provision_lineage"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(fields=("alignment", "order"), name="change_order"),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.UniqueConstraint(fields=("jurisdiction", "code"), name="work_code"),
        ),
        migrations.AddConstraint(
            model_name="lineage",
            constraint=models.UniqueConstraint(fields=("work", "key"), name="lineage_key"),
        ),
        migrations.AddIndex(
            model_name="expression",
            index=models.Index(fields=["work", "status", "-date"], name="expression_of_work"),
        ),
        migrations.AddConstraint(
            model_name="expression",
            constraint=models.UniqueConstraint(fields=("work", "number"), name="expression_number"),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
