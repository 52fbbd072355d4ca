"""Articles, fracciones, paragraphs: in one version, and through all of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.legaltext.models.texts import Expression, Work


class Lineage(models.Model):
    """Who a provision is through all versions, whatever its number and words: what comments and proposals hang on.

    ``key`` is the place where it was born (``art_5``; ``art_5-v3`` when born in the third version), unique in its work
    and the same for ever: the ``wId`` of Akoma Ntoso.
    """

    work = models.ForeignKey(Work, models.PROTECT, related_name="lineages")
    key = models.CharField(max_length=200)
    began = models.ForeignKey(Expression, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "key"], name="lineage_key")]

    def __str__(self) -> str:
        return self.key


class Provision(models.Model):
    """A piece of a published version. Insert-only: triggers refuse UPDATE and DELETE.

    ``order`` is the order of reading, ``path`` its place in this version alone (``art_5__point_2``), ``hash`` the
    SHA-256 of heading and text; ``start`` and ``end`` its characters in the source it was read from. ``unit`` is the
    path of the article (or other numbered unit) that it is part of, empty for what stands outside of any.
    """

    expression = models.ForeignKey(Expression, models.PROTECT, related_name="provisions")
    order = models.PositiveIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    depth = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=200)
    unit = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=200, blank=True)
    number_key = models.CharField(max_length=60, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="in_force")
    lineage = models.ForeignKey(Lineage, models.PROTECT, related_name="provisions")
    hash = models.CharField(max_length=64)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["expression", "order"]
        constraints = [
            models.UniqueConstraint(fields=["expression", "order"], name="provision_order"),
            models.UniqueConstraint(fields=["expression", "path"], name="provision_path"),
            models.UniqueConstraint(fields=["expression", "lineage"], name="provision_lineage"),
        ]
        indexes = [models.Index(fields=["expression", "unit"], name="provision_unit")]

    def __str__(self) -> str:
        return self.label or self.path


class Note(models.Model):
    """A remark of whoever published the source ("Artículo reformado DOF 4-12-1997"): not a word of the law."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="notes")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, default="reform")
    text = models.TextField()
    date = models.CharField(max_length=10, blank=True)
    gazette = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["provision", "order"]

    def __str__(self) -> str:
        return self.text[:80]


class Reference(models.Model):
    """Where a provision names another article or text: characters ``start`` to ``end`` of its text.

    ``work`` is the text meant, ``lineage`` the provision of it where that is known here.
    """

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="references")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.CharField(max_length=300)
    work = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, related_name="named_in")
    lineage = models.ForeignKey(Lineage, models.PROTECT, null=True, blank=True, related_name="named_in")

    class Meta:
        ordering = ["provision", "start"]

    def __str__(self) -> str:
        return self.words


class Anchor(models.Model):
    """The place where somebody's comment or proposal stands: a provision, and a passage in it where ``quote`` is given.

    ``start`` is the passage's first character in the provision's text in ``expression``; ``prefix`` and ``suffix`` the
    forty characters around it. ``state`` tells how it stands in ``seen_in``, the newest version since.
    """

    class State(models.TextChoices):
        HERE = "here", _("En su lugar")
        DOUBTFUL = "doubtful", _("Quizá aquí")
        GONE = "gone", _("Su lugar ya no existe")

    lineage = models.ForeignKey(Lineage, models.PROTECT, related_name="anchors")
    expression = models.ForeignKey(Expression, models.PROTECT, related_name="anchors")
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=80, blank=True)
    suffix = models.CharField(max_length=80, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HERE)
    seen_in = models.ForeignKey(Expression, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["expression", "lineage"], name="anchor_place")]

    def __str__(self) -> str:
        return f"{self.lineage_id} {self.quote[:40]}"
