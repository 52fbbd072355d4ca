"""Asks the witnesses that have a server to confirm the newest seal (C2SP tlog-witness, add-checkpoint)."""

import contextlib
import datetime as dt
import logging
import urllib.error
import urllib.request

from django.core.exceptions import ValidationError
from django.utils import timezone

from tequio.record import tree
from tequio.record.core.note import b64encode
from tequio.record.core.witness import LARGEST_REQUEST
from tequio.record.models import Checkpoint
from tequio.record.publish import newest
from tequio.witnesses.actions import refuse, take_cosignatures
from tequio.witnesses.models import Cosignature, Witness
from tequio.witnesses.queries import active

TIMEOUT = 5  # seconds that a witness's server has to answer
AGAIN = dt.timedelta(minutes=10)  # after which one that did not answer is asked again

log = logging.getLogger(__name__)


def push_due() -> int:
    """Asks each witness with a server that has not confirmed the newest seal; returns how many confirmed."""
    seal = newest()
    if seal is None:
        return 0
    now, confirmed = timezone.now(), 0
    done = set(Cosignature.objects.filter(checkpoint=seal).values_list("witness", flat=True))
    for witness in active().exclude(url=""):
        if witness.pk in done or (witness.tried and now - witness.tried < AGAIN and witness.tried > seal.made):
            continue
        Witness.objects.filter(pk=witness.pk).update(tried=now)
        confirmed += push(witness, seal)
    return confirmed


def push(witness: Witness, seal: Checkpoint) -> bool:
    """Asks one witness; a second time from the size that it says to know. True when it confirmed."""
    last = Cosignature.objects.filter(witness=witness).order_by("-checkpoint__size").first()
    old = last.checkpoint.size if last else 0
    for _attempt in range(2):
        status, body = _post(witness.url, request(seal, old))
        if status == 409 and body.strip().isdecimal() and 0 <= int(body) <= seal.size and int(body) != old:
            old = int(body)
            continue
        break
    if status == 200:
        try:
            return take_cosignatures(signed=seal.note + body) > 0
        except ValidationError as error:
            log.warning("witness %s answered with no cosignature of its own: %s", witness.slug, error.messages[0])
    elif status:
        refuse(witness=witness, checkpoint=seal, status=status, answer=body)
    return False


def size_seen(witness: Witness, seal: Checkpoint) -> int:
    """The largest tree of ours that a witness with a server remembers; 0 where it says none. Asking from size 0 makes it
    tell; one that has seen nothing confirms the seal instead."""
    status, body = _post(witness.url, f"old 0\n\n{seal.note}")
    if status == 200:
        with contextlib.suppress(ValidationError):
            take_cosignatures(signed=seal.note + body)
    return int(body) if status == 409 and body.strip().isdecimal() else 0


def request(seal: Checkpoint, old: int) -> str:
    """The body of an add-checkpoint request."""
    proof = tree.consistency(old, seal.size) if 0 < old < seal.size else []
    return f"old {old}\n" + "".join(f"{b64encode(node)}\n" for node in proof) + f"\n{seal.note}"


def _post(url: str, body: str) -> tuple[int, str]:
    """Status and body; status 0 where nobody answered."""
    asked = urllib.request.Request(  # noqa: S310  an address that whoever runs the installation wrote
        url.rstrip("/") + "/add-checkpoint", body.encode(), {"Content-Type": "text/plain; charset=utf-8"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=TIMEOUT) as response:
            return response.status, response.read(LARGEST_REQUEST).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(2_000).decode("utf-8", "replace")
    except (OSError, ValueError) as error:
        log.info("witness server %s did not answer: %s", url, error)
        return 0, ""
