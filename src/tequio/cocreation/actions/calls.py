"""Calls and their tables: written, published, changed in public."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation.models import Call, FeedbackRequest, Phase, Problem, Table
from tequio.common.i18n import text, versions
from tequio.meetings.models import Body
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.append import Actor, act

CRITERIA: list[dict[str, Any]] = [
    {"key": "impact", "label": {"es": "Cuánto cambia la vida de la gente", "en": "How much it changes lives"}, "weight": 3},
    {"key": "feasible", "label": {"es": "Se puede hacer en el plazo", "en": "It can be done in time"}, "weight": 2},
    {"key": "equity", "label": {"es": "Llega primero a quien menos tiene", "en": "It reaches those with least"}, "weight": 2},
    {"key": "openness", "label": {"es": "Abre información o decisiones", "en": "It opens information or decisions"}, "weight": 2},
]  # fmt: skip


def both(value: Any) -> Any:
    """A text in two languages from a dict, a text of ours or plain Spanish."""
    found = versions(value)
    return text(found.get("es", ""), found.get("en", ""))


def checked_phases(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The phases in their order. Raises ``ValidationError`` for one that ends before it starts, or for none."""
    known = {row["key"]: row for row in rows if row.get("start") or row.get("end")}
    found, faults = [], []
    for key in Phase.values:
        if key not in known:
            continue
        start, end = known[key].get("start", ""), known[key].get("end", "")
        if not start or not end or dt.date.fromisoformat(end) < dt.date.fromisoformat(start):
            faults.append(
                _("«%(phase)s»: pon el día en que abre y el día en que cierra.") % {"phase": Phase(key).label}
            )
            continue
        found.append({"key": key, "start": start, "end": end})
    if not found and not faults:
        faults.append(_("Pon al menos una fase con sus dos días."))
    if faults:
        raise ValidationError(faults)
    return found


def checked_criteria(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The criteria with whole weights from 1 to 10. Raises ``ValidationError``."""
    found = []
    for row in rows:
        label = versions(row.get("label"))
        if not label.get("es"):
            continue
        weight = int(row.get("weight") or 0)
        if not 1 <= weight <= 10:
            raise ValidationError(_("El peso de cada criterio va de 1 a 10."))
        found.append({"key": row["key"], "label": label, "weight": weight})
    if not found:
        raise ValidationError(_("Hace falta al menos un criterio."))
    return found


@transaction.atomic
def create_call(
    *,
    jurisdiction: Jurisdiction,
    title: Any,
    phases: Iterable[dict[str, str]],
    summary: Any = "",
    plan: Plan | None = None,
    answer_days: int = 20,
    criteria: Iterable[dict[str, Any]] = (),
) -> Call:
    """A call in draft, private until it is published."""
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
    if not versions(title).get("es"):
        raise ValidationError({"title": _("Ponle un título.")})
    if not 1 <= answer_days <= 90:
        raise ValidationError({"answer_days": _("De 1 a 90 días hábiles.")})
    number = (Call.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0) + 1
    return Call.objects.create(
        jurisdiction=jurisdiction,
        number=number,
        plan=plan,
        title=both(title),
        summary=both(summary),
        phases=checked_phases(phases),
        answer_days=answer_days,
        criteria=checked_criteria(criteria or CRITERIA),
    )


@transaction.atomic
def change_call(
    *,
    call: Call,
    by: Actor,
    title: Any,
    summary: Any,
    phases: Iterable[dict[str, str]],
    answer_days: int,
    criteria: Iterable[dict[str, Any]],
    plan: Plan | None = None,
    why: str = "",
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """Changes a call: in private while it is a draft, afterwards in public and with a reason. Criteria and weights stay as
    they are once somebody has scored."""
    phases, criteria = checked_phases(phases), checked_criteria(criteria)
    if criteria != call.criteria and call.scores.exists():
        raise ValidationError(_("Ya hay calificaciones: los criterios y sus pesos no se cambian a la mitad."))
    if not versions(title).get("es"):
        raise ValidationError({"title": _("Ponle un título.")})
    if not 1 <= answer_days <= 90:
        raise ValidationError({"answer_days": _("De 1 a 90 días hábiles.")})

    def change() -> None:
        call.title, call.summary, call.phases = both(title), both(summary), phases
        call.answer_days, call.criteria, call.plan = answer_days, criteria, plan

    if not call.is_public():
        change()
        call.save()
        return
    if not why.strip():
        raise ValidationError({"why": _("Di por qué cambia: ya es pública.")})
    with act("process.changed", call, by=by, why=why.strip(), done=on, seen=seen):
        change()


@transaction.atomic
def publish_call(*, call: Call, by: Actor, on: dt.date | None = None) -> None:
    """Publishes a call, with its calendar, ways to take part and criteria."""
    if call.is_public():
        raise ValidationError(_("Ya es pública."))
    checked_phases(call.phases)
    with act("process.published", call, by=by, done=on):
        call.status, call.published_on = Call.Status.PUBLISHED, on or timezone.localdate()


def _next(model: Any, jurisdiction: Jurisdiction) -> int:
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
    return int((model.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0) + 1)


@transaction.atomic
def open_table(
    *,
    call: Call,
    title: Any,
    by: Actor,
    summary: Any = "",
    facilitator: Role | None = None,
    body: Body | None = None,
    problems: Iterable[Problem] = (),
    on: dt.date | None = None,
) -> Table:
    """Opens a table in a public call."""
    if not call.is_public():
        raise ValidationError(_("Publica primero la convocatoria."))
    if not versions(title).get("es"):
        raise ValidationError({"title": _("Ponle nombre a la mesa.")})
    table = Table(call=call, jurisdiction=call.jurisdiction, number=_next(Table, call.jurisdiction), title=both(title))
    table.summary, table.facilitator, table.body = both(summary), facilitator, body
    table.save()
    with act("worktable.opened", table, by=by, done=on):
        table.problems.set(problems)
    return table


@transaction.atomic
def change_table(
    *,
    table: Table,
    by: Actor,
    title: Any,
    summary: Any,
    facilitator: Role | None,
    problems: Iterable[Problem],
    body: Body | None = None,
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """Changes what a table is called, what it takes up and who facilitates it."""
    if not versions(title).get("es"):
        raise ValidationError({"title": _("Ponle nombre a la mesa.")})
    with act("worktable.changed", table, by=by, done=on, seen=seen):
        table.title, table.summary, table.facilitator = both(title), both(summary), facilitator
        table.body = body or table.body
        table.problems.set(problems)


@transaction.atomic
def add_product(*, table: Table, title: Any, url: str, by: Actor, on: dt.date | None = None) -> None:
    """Puts something that the table made beside it."""
    if not versions(title).get("es") or not url.startswith(("https://", "http://")):
        raise ValidationError(_("Pon el nombre del producto y su enlace, que empieza con https://."))
    with act("worktable.product", table, by=by, done=on):
        made = {"title": versions(title), "url": url, "on": (on or timezone.localdate()).isoformat()}
        table.products = [*table.products, made]


@transaction.atomic
def ask_expert(
    *,
    table: Table,
    question: Any,
    asked_of: str,
    by: Actor,
    due: dt.date | None = None,
    on: dt.date | None = None,
) -> FeedbackRequest:
    """The table asks somebody who knows, in public."""
    if not versions(question).get("es") or not asked_of.strip():
        raise ValidationError(_("Escribe la pregunta y a quién se le hace: institución, colegio o cargo."))
    asked = FeedbackRequest(
        table=table,
        jurisdiction=table.jurisdiction,
        number=_next(FeedbackRequest, table.jurisdiction),
        question=both(question),
        asked_of=asked_of.strip(),
        asked_on=on or timezone.localdate(),
        due=due,
    )
    with act("feedback.asked", asked, by=by, done=on):
        pass
    return asked


@transaction.atomic
def record_expert_answer(
    *, asked: FeedbackRequest, answer: Any, by: Actor, url: str = "", on: dt.date | None = None
) -> None:
    """Writes down what the expert answered, once."""
    if asked.answered_on is not None:
        raise ValidationError(_("Ya tiene respuesta."))
    if not versions(answer).get("es"):
        raise ValidationError({"answer": _("Escribe la respuesta.")})
    with act("feedback.answered", asked, by=by, done=on):
        asked.answer, asked.url, asked.answered_on = both(answer), url, on or timezone.localdate()


@transaction.atomic
def merge_problems(
    *, problem: Problem, into: Problem, why: str, by: Actor, on: dt.date | None = None, seen: int | None = None
) -> None:
    """Says in public that two problems are one: both stay readable, and what comes goes to ``into``."""
    if problem.pk == into.pk or problem.jurisdiction_id != into.jurisdiction_id:
        raise ValidationError(_("Elige otro problema del mismo territorio."))
    if problem.merged_into_id or into.merged_into_id or problem.merged.exists():
        raise ValidationError(_("Uno de los dos ya está unido a otro. Deshaz primero esa unión."))
    if not why.strip():
        raise ValidationError({"why": _("Di por qué son el mismo problema: es público.")})
    with act("problem.merged", problem, by=by, why=why.strip(), done=on, seen=seen):
        problem.merged_into, problem.merged_on = into, on or timezone.localdate()


@transaction.atomic
def unmerge_problems(*, problem: Problem, why: str, by: Actor, on: dt.date | None = None) -> None:
    """Takes a merger back, with a reason."""
    if problem.merged_into_id is None:
        raise ValidationError(_("Este problema no está unido a otro."))
    if not why.strip():
        raise ValidationError({"why": _("Di por qué se separan: es público.")})
    with act("problem.unmerged", problem, by=by, why=why.strip(), done=on):
        problem.merged_into, problem.merged_on = None, None
