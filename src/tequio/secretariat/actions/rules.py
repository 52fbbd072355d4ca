"""The rules of a body: laid down once, and from then on changed by nobody but the body itself."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.meetings.models import Body
from tequio.record.append import Actor, act
from tequio.secretariat import deciding
from tequio.secretariat.models import Decision, DecisionRules


def _read(data: dict[str, Any]) -> dict[str, Any]:
    """The rules in the one shape that is stored; ``ValidationError`` where they are none."""
    try:
        return deciding.read(data).data()
    except ValueError as error:
        raise ValidationError(_("Revisa las reglas: hay un dato que no se entiende.")) from error


@transaction.atomic
def lay_down_rules(
    *, body: Body, data: dict[str, Any], by: Actor, why: str = "", on: dt.date | None = None
) -> DecisionRules:
    """The first rules of a body, as its operating rules say them. They are in force at once.

    Raises ``ValidationError`` for a body that has rules: those change by a decision.
    """
    Body.objects.select_for_update().get(pk=body.pk)
    if DecisionRules.objects.filter(body=body).exists():
        raise ValidationError(_("Este órgano ya tiene reglas: se proponen otras y el propio órgano las decide."))
    day = on or timezone.localdate()
    rules = DecisionRules(
        body=body,
        version=1,
        data=_read(data),
        why=why.strip(),
        state=DecisionRules.State.IN_FORCE,
        proposed_on=day,
        since=day,
    )
    with act("decisionrules.laid_down", rules, by=by, why=why.strip(), done=on):
        pass
    return rules


@transaction.atomic
def propose_rules(*, body: Body, data: dict[str, Any], why: str, by: Actor, on: dt.date | None = None) -> DecisionRules:
    """Other rules, public from now on, which the body may put in force by a decision.

    Raises ``ValidationError`` without a reason, for a body without rules, and for rules that are those in force.
    """
    Body.objects.select_for_update().get(pk=body.pk)
    found = _read(data)
    now = DecisionRules.objects.filter(body=body, state=DecisionRules.State.IN_FORCE).first()
    if now is None:
        raise ValidationError(_("Este órgano todavía no tiene reglas: primero se registran las que lo rigen."))
    if now.data == found:
        raise ValidationError(_("Son las mismas reglas que ya rigen."))
    if not why.strip():
        raise ValidationError({"why": _("Explica qué cambia y por qué: es público.")})
    last = DecisionRules.objects.filter(body=body).aggregate(n=Max("version"))["n"]
    rules = DecisionRules(
        body=body,
        version=last + 1,
        data=found,
        why=why.strip(),
        state=DecisionRules.State.PROPOSED,
        proposed_on=on or timezone.localdate(),
    )
    with act("decisionrules.proposed", rules, by=by, why=why.strip(), done=on):
        pass
    return rules


def _proposed(decision: Decision) -> DecisionRules:
    """The proposal that a decision is about; ``ValidationError`` where it waits for none any more."""
    version = decision.about.rsplit(".", 1)[-1]
    rows = DecisionRules.objects.select_for_update(of=("self",)).select_related("body__jurisdiction")
    found = rows.filter(body=decision.body_id, version=version, state=DecisionRules.State.PROPOSED).first()
    if found is None or found.subject_key() != decision.about:
        raise ValidationError(_("Esas reglas ya no están propuestas."))
    return found


@transaction.atomic
def adopt_rules(*, decision: Decision, by: Actor, on: dt.date | None = None) -> DecisionRules:
    """Puts proposed rules in force because the body decided it; those before them end. Decisions that are open go on by
    the version under which they were opened."""
    day, rules = on or timezone.localdate(), _proposed(decision)
    rows = DecisionRules.objects.select_for_update(of=("self",)).select_related("body__jurisdiction")
    for old in rows.filter(body=decision.body_id, state=DecisionRules.State.IN_FORCE):
        with act("decisionrules.replaced", old, by=by, basis=decision.subject_key(), done=on):
            old.state, old.until = DecisionRules.State.REPLACED, day
    with act("decisionrules.adopted", rules, by=by, basis=decision.subject_key(), done=on):
        rules.state, rules.since = DecisionRules.State.IN_FORCE, day
    return rules


@transaction.atomic
def reject_rules(*, decision: Decision, by: Actor, on: dt.date | None = None) -> DecisionRules:
    """The body did not want the proposed rules; they stay on file."""
    rules = _proposed(decision)
    with act("decisionrules.rejected", rules, by=by, basis=decision.subject_key(), done=on):
        rules.state = DecisionRules.State.REJECTED
    return rules
