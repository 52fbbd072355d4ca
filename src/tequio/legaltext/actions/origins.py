"""Whose words are in a version: suggested by likeness, said by a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.legaltext import origin as words
from tequio.legaltext import queries
from tequio.legaltext.models import Expression, Lineage, Origin, Provision
from tequio.people.models import Role
from tequio.record.append import Actor, act


@dataclass(frozen=True)
class Contribution:
    """Words that somebody outside proposed for a provision: ``text`` instead of ``base``, the wording before them.

    ``key`` names the contribution for whoever keeps it; it must have come before the version was made."""

    key: str
    lineage: Lineage
    base: str
    text: str


@transaction.atomic
def suggest_origins(
    *, expression: Expression, contributions: Sequence[Contribution], known: Sequence[str] = ()
) -> list[Origin]:
    """Suggests, for staff alone, which changed words of a version the contributions had. What was decided before stays;
    suggestions that nobody decided are made anew. ``known`` are texts whose words credit nobody."""
    if not expression.is_public() or expression.supersedes is None:
        raise ValidationError(_("Primero publica la versión nueva, comparada con la anterior."))
    Expression.objects.select_for_update().get(pk=expression.pk)
    mine = Origin.objects.filter(expression=expression)
    mine.filter(verdict=Origin.Verdict.SUGGESTED, rev=0).delete()
    decided = set(mine.values_list("contribution", "path", "side", "start", "end"))
    last = mine.aggregate(n=Max("number"))["n"] or 0
    wanted = {one.lineage.pk for one in contributions}
    new = {p.lineage_id: p for p in Provision.objects.filter(expression=expression, lineage__in=wanted)}
    old = {p.lineage_id: p for p in Provision.objects.filter(expression=expression.supersedes, lineage__in=wanted)}
    by_place: dict[int, list[words.Proposal]] = defaultdict(list)
    for one in contributions:
        by_place[one.lineage.pk].append(words.Proposal(one.key, one.base, one.text))
    rows: list[Origin] = []
    for lineage in sorted(by_place):
        before, after = old.get(lineage), new.get(lineage)
        texts = (before.text if before else "", after.text if after else "")
        for credit in words.credit(*texts, by_place[lineage], known):
            place = after if credit.side == words.NEW else before
            if place is None or (credit.key, place.path, credit.side, credit.start, credit.end) in decided:
                continue
            last += 1
            rows.append(
                Origin(
                    expression=expression,
                    number=last,
                    path=place.path,
                    side=credit.side,
                    start=credit.start,
                    end=credit.end,
                    words=credit.words,
                    contribution=credit.key,
                    score=credit.score,
                )
            )
    return Origin.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def confirm_origin(*, origin: Origin, role: Role | None, by: Actor, reason: str = "") -> None:
    """A person says that the words came from there. Public from then on."""
    if origin.verdict == Origin.Verdict.CONFIRMED:
        raise ValidationError(_("Ya está confirmado."))
    with act("origin.confirmed", origin, by=by):
        _decide(origin, Origin.Verdict.CONFIRMED, role, reason)


@transaction.atomic
def reject_origin(*, origin: Origin, role: Role | None, by: Actor, reason: str = "") -> None:
    """A person says that they did not. What was confirmed before leaves the public's sight, with an act."""
    if origin.verdict == Origin.Verdict.REJECTED:
        raise ValidationError(_("Ya está descartado."))
    if not origin.rev:
        _decide(origin, Origin.Verdict.REJECTED, role, reason)
        origin.save()
        return
    if not reason.strip():
        raise ValidationError({"reason": _("Di por qué se retira lo que ya se había confirmado.")})
    with act("origin.withdrawn", origin, by=by, why=reason):
        _decide(origin, Origin.Verdict.REJECTED, role, reason)


def _decide(origin: Origin, verdict: str, role: Role | None, reason: str) -> None:
    origin.verdict, origin.decided_by = verdict, role
    origin.decided_on, origin.reason = timezone.localdate(), reason.strip()


@transaction.atomic
def credit_by_hand(
    *, expression: Expression, path: str, passage: str, contribution: str, role: Role | None, by: Actor, reason: str
) -> Origin:
    """A person names the words that came from a contribution where likeness saw nothing; a reason is needed."""
    provision = Provision.objects.filter(expression=expression, path=path).first()
    at = provision.text.find(passage.strip()) if provision and passage.strip() else -1
    if at < 0:
        raise ValidationError({"passage": _("Esas palabras no están en el texto. Cópialas tal como aparecen.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Di por qué esas palabras vienen de ahí.")})
    Expression.objects.select_for_update().get(pk=expression.pk)
    last = Origin.objects.filter(expression=expression).aggregate(n=Max("number"))["n"] or 0
    made = Origin(
        expression=expression,
        number=last + 1,
        path=path,
        start=at,
        end=at + len(passage.strip()),
        words=passage.strip(),
        contribution=contribution,
    )
    with act("origin.confirmed", made, by=by):
        _decide(made, Origin.Verdict.CONFIRMED, role, reason)
    return made


def share_of(expression: Expression) -> tuple[int, int]:
    """Of the content words that came into a version: how many have a confirmed origin, and how many there are."""
    if expression.supersedes is None:
        return 0, 0
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in Origin.objects.filter(expression=expression, verdict=Origin.Verdict.CONFIRMED, side=Origin.Side.NEW):
        spans[row.path].append((row.start, row.end))
    credited = total = 0
    for before, after in queries.reworded(expression):
        found = words.share(after.text, before.text if before else "", spans.get(after.path, ()))
        credited, total = credited + found[0], total + found[1]
    return credited, total
