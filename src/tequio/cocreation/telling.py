"""What authors hear later: that their contribution is part of a commitment, and, from then on, when that commitment moves."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from tequio.cocreation import letters
from tequio.cocreation.models import Contribution, JointDraft
from tequio.common.i18n import best
from tequio.notices import follows
from tequio.notices.models import Follower
from tequio.record.sequence import tree_size


def tell_authors(draft: JointDraft) -> int:
    """Writes to whoever fed the draft and left an address; returns how many letters left. Where the commitment is public they
    follow it from now on, with the notices and the way out that every follower has; else from its publication."""
    rows = Contribution.objects.filter(credits__draft=draft).select_related("jurisdiction", "account").distinct()
    told = 0
    for row in rows:
        if not (row.email or row.account) or not row.is_alive:
            continue
        follow_for(row, draft)
        with translation.override(row.language):
            address = reverse("cocreation:draft", args=[row.jurisdiction.slug, draft.number]) + "#aportes"
        told += letters.tell_taken_up(row, best(draft.title, row.language)[0], address)
    return told


def follow_for(contribution: Contribution, draft: JointDraft) -> None:
    """Has its author follow the draft, and the commitment that it became: acts on both are told under both."""
    here = contribution.jurisdiction
    if contribution.account is not None:
        follower = follows.follower_of(contribution.account, here)
    else:
        last = tree_size() - 1
        follower, _new = Follower.objects.get_or_create(
            jurisdiction=here,
            email=contribution.email,
            defaults={"language": contribution.language, "cursor": last, "read_to": last},
        )
    keys = [draft.subject_key()]
    if draft.commitment is not None and draft.commitment.is_public():
        keys.append(draft.commitment.subject_key())
    for key in keys:
        try:
            follows.follow(follower=follower, key=key)
        except ValidationError:  # not numbered yet, or no longer public
            continue


def follow_published(commitment_keys: set[str]) -> int:
    """Commitments that have just been published: whoever fed their drafts follows them. Returns how many people."""
    count = 0
    for key in commitment_keys:
        place, _subject, code = key.split("/", 2)
        drafts = JointDraft.objects.filter(
            jurisdiction__slug=place, code=code, status=JointDraft.Status.ADOPTED
        ).select_related("commitment__jurisdiction", "jurisdiction")
        for draft in drafts:
            rows = Contribution.objects.filter(credits__draft=draft).select_related("jurisdiction", "account")
            for row in rows.distinct():
                if (row.email or row.account) and row.is_alive:
                    follow_for(row, draft)
                    count += 1
    return count
