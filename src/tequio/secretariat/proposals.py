"""The one effect of decisions that is the Secretariat's own: other rules of decision."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from tequio.meetings.models import Body
from tequio.record.append import Actor
from tequio.secretariat.actions import adopt_rules, reject_rules
from tequio.secretariat.effects import Effect
from tequio.secretariat.models import Decision, DecisionRules, Matter


def _proposed(body: Body) -> list[tuple[str, str]]:
    rows = DecisionRules.objects.filter(body=body, state=DecisionRules.State.PROPOSED).select_related(
        "body__jurisdiction"
    )
    return [(row.subject_key(), str(row)) for row in rows]


def _passed(decision: Decision, by: Actor, day: dt.date) -> None:
    adopt_rules(decision=decision, by=by, on=day)


def _failed(decision: Decision, by: Actor, day: dt.date) -> None:
    reject_rules(decision=decision, by=by, on=day)


CHANGE_OF_RULES = Effect(
    "decisionrules", Matter.RULES, _("Cambiar las reglas de decisión"), _passed, _proposed, failed=_failed
)
