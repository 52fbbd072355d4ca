"""Two provisions of two texts that say the same."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.legaltext.models import Lineage, Link
from tequio.people.models import Role
from tequio.record.append import Actor, act


@transaction.atomic
def link(*, one: Lineage, other: Lineage, by: Actor, role: Role | None = None) -> Link:
    """Says that two provisions of different texts say the same; many may be linked with many."""
    if one.work_id == other.work_id:
        raise ValidationError(_("Elige disposiciones de dos textos distintos."))
    if not (one.work.is_public() and other.work.is_public()):
        raise ValidationError(_("Los dos textos tienen que estar publicados."))
    if Link.objects.filter(one=one, other=other).exists():
        raise ValidationError(_("Ya están unidas."))
    last = Link.objects.select_for_update().aggregate(n=Max("number"))["n"] or 0
    made = Link(number=last + 1, one=one, other=other, made_by=role)
    with act("text-link.made", made, by=by):
        pass
    return made
