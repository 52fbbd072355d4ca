"""Who watches, what they confirmed, and whether that is enough."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from tequio.common.moment import remembered
from tequio.record import keyring
from tequio.record.core.history import ChainError
from tequio.record.core.note import Verifier
from tequio.record.core.policy import NONE, Policy
from tequio.record.models import Checkpoint
from tequio.record.verify import log_key
from tequio.vocabularies import terms
from tequio.witnesses.models import Cosignature, Witness

LOOK_BACK = 200  # seals among which a confirmed one is looked for: two days at one each quarter of an hour
SECTORS_NEEDED = 2
QUORUM = "publico"


def active(day: dt.date | None = None) -> QuerySet[Witness]:
    """The witnesses of a day, today if left out."""
    day = day or timezone.localdate()
    return Witness.objects.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


def policy(witnesses: Iterable[Witness]) -> Policy:
    """Which cosignatures are enough: half of the witnesses of a sector, in two sectors that are not government.

    While only one such sector watches, that one; public bodies may watch and stand in no group, so government alone
    never makes a quorum. Without any witness outside government the quorum is ``none``, which nothing meets.
    """
    rows = list(witnesses)
    found = Policy(logs=log_verifiers(), witnesses={row.slug: row.key for row in rows})
    found.urls = {row.slug: row.url for row in rows if row.url}
    sectors: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if not terms.is_government(row.sector):
            sectors[row.sector].append(row.slug)
    for sector, members in sorted(sectors.items()):
        found.groups[f"sector-{sector.replace('_', '-')}"] = ((len(members) + 1) // 2, members)
    names = list(found.groups)
    if names:
        found.groups[QUORUM] = (min(SECTORS_NEEDED, len(names)), names)
        found.quorum = QUORUM
    return found


def log_verifiers() -> list[Verifier]:
    """Every key of the log, the one that signs now first: older seals and proofs stand under the others."""
    try:
        return [epoch.key for epoch in reversed(keyring.log_keys())] or [log_key()]
    except ChainError:
        return [log_key()]


def policy_text() -> str:
    """The policy of today as a file."""
    return policy(active().order_by("slug")).text


@remembered
def lines(checkpoint: Checkpoint) -> list[str]:
    """The cosignature lines under a seal, in the order in which they came."""
    return list(Cosignature.objects.filter(checkpoint=checkpoint).order_by("id").values_list("line", flat=True))


def newest_attested() -> Checkpoint | None:
    """The newest seal that the quorum of today confirmed."""
    return _confirmed(Checkpoint.objects.order_by("-id"), list(active()))


def first_attested(position: int) -> Checkpoint | None:
    """The first seal over the act at a position that the quorum of those who watch confirmed. It asks for no date, so that
    an old act's page does not change with each day."""
    return _confirmed(Checkpoint.objects.filter(size__gt=position).order_by("id"), _watching())


@remembered
def _watching() -> list[Witness]:
    return list(Witness.objects.filter(until=None))


def _confirmed(seals: QuerySet[Checkpoint], rows: list[Witness]) -> Checkpoint | None:
    """The first of the seals that these witnesses signed in sufficient number, looked for among so many of them."""
    if not rows:
        return None
    rule = policy(rows)
    if rule.quorum == NONE:
        return None
    keys = {row.pk: row.key for row in rows}
    signed = Prefetch("cosignatures", Cosignature.objects.filter(witness__in=rows))
    seals = seals.filter(cosignatures__witness__in=rows).distinct()[:LOOK_BACK].prefetch_related(signed)
    for seal in seals:
        if rule.holds({keys[row.witness_id] for row in seal.cosignatures.all()}):
            return seal
    return None


@dataclass(frozen=True)
class Standing:
    """A witness with the last seal that it confirmed; ``last`` is None for one that has confirmed nothing yet."""

    witness: Witness
    last: Cosignature | None
    confirms_newest: bool

    @property
    def sector(self) -> str:
        return terms.label("sector", self.witness.sector)

    @property
    def is_government(self) -> bool:
        return terms.is_government(self.witness.sector)


def standings(newest: Checkpoint | None) -> list[Standing]:
    """Every witness of today with what it confirmed last, in two queries."""
    rows = list(active().order_by("sector", "name"))
    last: dict[int, Cosignature] = {}
    for row in Cosignature.objects.filter(witness__in=rows).select_related("checkpoint").order_by("checkpoint_id"):
        last[row.witness_id] = row
    return [
        Standing(
            row, last.get(row.pk), newest is not None and row.pk in last and last[row.pk].checkpoint_id == newest.pk
        )
        for row in rows
    ]
