"""Scores, the order they give, commitments drafted together, and the ledger of who brought what."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation import scoring
from tequio.cocreation.actions.calls import both
from tequio.cocreation.actions.saying import need_open
from tequio.cocreation.models import (
    FIELDS,
    Call,
    Contribution,
    Credit,
    DraftVersion,
    JointDraft,
    Phase,
    Score,
    Table,
)
from tequio.cocreation.rules import sector_of
from tequio.commitments.actions.drafts import draft_of, save_section, start_commitment
from tequio.commitments.models import Commitment
from tequio.common.i18n import versions
from tequio.people.models import Account, Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.append import Actor, act


@transaction.atomic
def score(
    *, contribution: Contribution, role: Role, points: dict[str, int], by: Actor, on: dt.date | None = None
) -> Score:
    """A seat or participant gives points by the published criteria; scoring again replaces what they gave."""
    call = contribution.call
    need_open(call, Phase.PRIORITISATION, on)
    if call.scored_on is not None:
        raise ValidationError(_("La calificación ya cerró."))
    if not contribution.is_shown:
        raise ValidationError(_("Esta aportación no está a la vista."))
    keys = [row["key"] for row in call.criteria]
    if sorted(points) != sorted(keys) or any(value not in scoring.POINTS for value in points.values()):
        raise ValidationError(_("Da de 1 a 5 puntos en cada criterio."))
    found = Score.objects.select_for_update().filter(contribution=contribution, role=role).first()
    given = found or Score(call=call, jurisdiction=call.jurisdiction, contribution=contribution, role=role)
    given.call, given.contribution, given.role = call, contribution, role
    with act("score.changed" if found else "score.given", given, by=by, done=on):
        given.points = {key: int(points[key]) for key in keys}
        given.sector = sector_of(role)
        given.scored_on = on or timezone.localdate()
    return given


def result_of(call: Call) -> list[scoring.Ranked]:
    """The order that the scores give now."""
    rows = Score.objects.filter(call=call).values_list("contribution__number", "sector", "points")
    given = (scoring.Given(number or 0, sector, points) for number, sector, points in rows)
    return scoring.ranking(given, call.criteria)


@transaction.atomic
def close_scoring(*, call: Call, by: Actor, on: dt.date | None = None) -> None:
    """Freezes the order; anybody can compute it again from the scores."""
    locked = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if locked.scored_on is not None:
        raise ValidationError(_("La calificación ya cerró."))
    found = result_of(call)
    if not found:
        raise ValidationError(_("Nadie ha calificado todavía."))
    with act("process.scored", call, by=by, done=on):
        call.scored_on = on or timezone.localdate()
        call.result = [{"contribution": row.contribution, "score": row.score, "rank": row.rank} for row in found]


def _next(model: Any, jurisdiction: Jurisdiction) -> int:
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
    return int((model.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0) + 1)


@transaction.atomic
def start_draft(
    *,
    call: Call,
    title: Any,
    contributions: Iterable[Contribution],
    role: Role,
    by: Actor,
    table: Table | None = None,
    on: dt.date | None = None,
) -> JointDraft:
    """Begins a commitment from contributions, with all of them linked in the ledger. Its first version says the problem in
    the words of whoever proposed it, where there is one."""
    need_open(call, Phase.DRAFTING, on)
    several = list(contributions)
    if not several:
        raise ValidationError({"contributions": _("Elige al menos una aportación: todo compromiso viene de alguna.")})
    if not versions(title).get("es"):
        raise ValidationError({"title": _("Ponle título al borrador.")})
    if any(one.call_id != call.pk for one in several):
        raise ValidationError({"contributions": _("Alguna aportación es de otra convocatoria.")})
    here = call.jurisdiction
    draft = JointDraft(call=call, jurisdiction=here, table=table, number=_next(JointDraft, here), title=both(title))
    with act("jointdraft.started", draft, by=by, done=on):
        pass
    for one in several:
        link_credit(draft=draft, contribution=one, by=by, on=on)
    problem = next((one.problem for one in several if one.problem and one.problem.is_shown), None)
    fields: dict[str, Any] = {"title": versions(title)}
    if problem is not None:
        fields["problem"] = {"es": problem.text}
    write_version(draft=draft, fields=fields, why="", role=role, by=by, seen=0, on=on)
    return draft


@transaction.atomic
def write_version(
    *,
    draft: JointDraft,
    fields: dict[str, Any],
    why: Any,
    role: Role,
    by: Actor,
    seen: int,
    on: dt.date | None = None,
) -> DraftVersion:
    """Writes a new version. ``seen`` is the version that the writer had before them: nobody overwrites a neighbour.

    Raises ``ValidationError`` where nothing changed, somebody wrote meanwhile, or the draft is closed.
    """
    need_open(draft.call, Phase.DRAFTING, on)
    locked = JointDraft.public_rows().select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.status != JointDraft.Status.OPEN:
        raise ValidationError(_("Este borrador ya no se edita."))
    if locked.version != seen:
        raise ValidationError(
            _("Otra persona guardó una versión mientras escribías. Tu texto sigue aquí: compáralo y vuelve a guardar."),
            code="changed",
        )
    last = locked.versions.filter(number=locked.version).first()
    kept = {key: versions(fields.get(key)) for key in FIELDS}
    kept = {key: value for key, value in kept.items() if value}
    if not kept.get("title", {}).get("es"):
        raise ValidationError({"title": _("El título no puede quedar vacío.")})
    if last is not None and last.fields == kept:
        raise ValidationError(_("No cambió nada."))
    if last is not None and not versions(why).get("es"):
        raise ValidationError({"why": _("Di en una línea por qué cambia: todo el mundo lo verá.")})
    version = DraftVersion(draft=locked, number=locked.version + 1, fields=kept, why=both(why), made_by=role)
    version.made_on = on or timezone.localdate()
    with act("draftversion.written", version, by=by, done=on):
        pass
    with act("jointdraft.rewritten", locked, by=by, done=on):
        locked.version, locked.title = version.number, both(kept["title"])
    for name in ("version", "title", "rev", "tip"):
        setattr(draft, name, getattr(locked, name))
    return version


@transaction.atomic
def link_credit(*, draft: JointDraft, contribution: Contribution, by: Actor, on: dt.date | None = None) -> Credit:
    """Says in public that a contribution fed a draft; which words came from it is confirmed apart."""
    known = Credit.objects.filter(draft=draft, contribution=contribution).order_by("field").first()
    if known is not None:
        return known
    here = draft.jurisdiction
    credit = Credit(draft=draft, contribution=contribution, jurisdiction=here, number=_next(Credit, here))
    with act("credit.linked", credit, by=by, done=on):
        pass
    return credit


@transaction.atomic
def confirm_credit(
    *,
    draft: JointDraft,
    contribution: Contribution,
    field: str,
    words: str,
    role: Role,
    by: Actor,
    on: dt.date | None = None,
) -> Credit:
    """A person confirms which words of a part of the draft came from a contribution. They must stand there."""
    current = draft.versions.filter(number=draft.version).first()
    there = versions(current.fields.get(field)) if current is not None and field in FIELDS else {}
    if not words.strip() or not any(words.strip() in one for one in there.values()):
        raise ValidationError({"words": _("Esas palabras no están en esa parte del borrador.")})
    here = draft.jurisdiction
    rows = Credit.public_rows().filter(draft=draft, contribution=contribution)
    credit = rows.filter(field=field).first() or rows.filter(field="").first()
    if credit is None:
        credit = Credit(draft=draft, contribution=contribution, jurisdiction=here, number=_next(Credit, here))
    with act("credit.confirmed", credit, by=by, done=on):
        credit.field, credit.words = field, words.strip()
        credit.confirmed_by, credit.confirmed_on = role, on or timezone.localdate()
    return credit


@transaction.atomic
def make_commitment(
    *,
    draft: JointDraft,
    plan: Plan,
    code: str,
    account: Account,
    by: Actor,
    lead: Organisation | None = None,
    on: dt.date | None = None,
) -> Commitment:
    """Takes the newest version over into a draft of a commitment of ``plan``, in the form of the plan document, where the
    rest (activities, dates, indicators) is written. The draft then waits for the decision that adopts it.

    One that a decision sent back goes into the commitment it had, with its new words."""
    if draft.status != JointDraft.Status.OPEN:
        raise ValidationError(_("Este borrador ya pasó a compromiso."))
    current = draft.versions.filter(number=draft.version).first()
    if current is None:
        raise ValidationError(_("El borrador no tiene ninguna versión."))
    commitment = draft.commitment
    if commitment is None:
        title = current.fields["title"]
        commitment = start_commitment(plan=plan, code=code, title=title, account=account, lead=lead)
    elif commitment.is_public():
        raise ValidationError(_("El compromiso ya es público: sus cambios se hacen en el plan."))
    working = draft_of(commitment=commitment, account=account)
    save_section(
        draft=working,
        changes={**current.fields, "origin": "cocreated"},
        account=account,
        seen=working.revision,
    )
    with act("jointdraft.sent", draft, by=by, done=on):
        draft.status, draft.code, draft.commitment = JointDraft.Status.SENT, commitment.code, commitment
    return commitment


@transaction.atomic
def adopt(*, draft: JointDraft, decision: str, by: Actor, on: dt.date | None = None) -> None:
    """The decision with this key in the record adopted the draft."""
    if draft.status not in (JointDraft.Status.OPEN, JointDraft.Status.SENT):
        raise ValidationError(_("Este borrador ya se decidió."))
    with act("jointdraft.adopted", draft, by=by, basis=decision, done=on):
        draft.status, draft.decision = JointDraft.Status.ADOPTED, decision
        draft.adopted_on = on or timezone.localdate()


@transaction.atomic
def reject(*, draft: JointDraft, decision: str, by: Actor, on: dt.date | None = None) -> None:
    """The decision did not adopt it: it is open again, to be written better and decided again."""
    if draft.status == JointDraft.Status.ADOPTED:
        raise ValidationError(_("Este borrador ya se adoptó."))
    with act("jointdraft.rejected", draft, by=by, basis=decision, done=on):
        draft.status, draft.decision = JointDraft.Status.OPEN, decision
