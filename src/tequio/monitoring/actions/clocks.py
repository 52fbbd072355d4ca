"""By when a plan's committee does what."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.monitoring.models import Clocks
from tequio.plans.models import Plan
from tequio.record.append import Actor, act

MOST_CHECKS, LONGEST = 10, 120  # checks after a plan · months after its end


@transaction.atomic
def set_clocks(
    *,
    plan: Plan,
    by: Actor,
    answer_days: int | None = None,
    sight_days: int | None = None,
    escalate_days: int | None = None,
    check_months: Iterable[int] = (),
    basis: str = "",
) -> Clocks:
    """Sets a plan's terms; what is left out follows the installation. They hold from now on: what is due already keeps its
    day. Raises ``ValidationError`` by field, and for a plan that is not public."""
    if not plan.is_public():
        raise ValidationError(_("Primero hay que publicar el plan."))
    months = sorted(set(check_months))
    faults: dict[str, str] = {}
    for name, days, most in (("answer_days", answer_days, 60), ("sight_days", sight_days, 30)):
        if days is not None and not 1 <= days <= most:
            faults[name] = _("Escribe de 1 a %(n)s días hábiles.") % {"n": most}
    if escalate_days is not None and not 1 <= escalate_days <= 180:
        faults["escalate_days"] = _("Escribe de 1 a 180 días.")
    if len(months) > MOST_CHECKS or any(not 1 <= month <= LONGEST for month in months):
        faults["check_months"] = _("Escribe hasta diez números de meses, de 1 a 120.")
    if faults:
        raise ValidationError(faults)
    clocks = Clocks.objects.filter(plan=plan).select_related("plan__jurisdiction").first() or Clocks(plan=plan)
    with act("clocks.set", clocks, by=by, basis=basis):
        clocks.answer_days, clocks.sight_days, clocks.escalate_days = answer_days, sight_days, escalate_days
        clocks.check_months = months
    return clocks
