"""Receipts for whoever acts: a middleware notes the acts of a request and keeps the log's signed promise for each."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.record import keyring
from tequio.record.append import acts_of_request, person_of_request
from tequio.record.core import note
from tequio.record.core.disclose import commit
from tequio.record.core.merkle import leaf_hash
from tequio.record.core.receipt import HOURS
from tequio.record.core.receipt import Receipt as Promise
from tequio.record.entry import stamp
from tequio.record.models import Act, Leaf, Receipt

NEW = "new_receipts"  # how many the person has not been told of yet, in the session
MOST = (
    200  # acts of one request that get a receipt each; a loaded plan makes thousands, and its checkpoint tells of them
)


class ReceiptsMiddleware:
    """Gives the signed-in person a receipt for each act that a form of theirs wrote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        acts, person = acts_of_request.set([]), person_of_request.set(lambda: person_of(request.user))
        try:
            response = self.get_response(request)
            written = acts_of_request.get() or []
        finally:
            acts_of_request.reset(acts)
            person_of_request.reset(person)
        if written and request.user.is_authenticated:
            given = give(request.user, written[:MOST])
            if given:
                request.session[NEW] = request.session.get(NEW, 0) + given
        return response


def person_of(account: Any) -> str:
    """Who an account is to itself, as acts commit to it: the address by which it signs in. Empty for a visitor."""
    return str(account.email) if account.is_authenticated else ""


def give(account: Any, acts: Sequence[Act]) -> int:
    """Signs and keeps a receipt for each of these acts that is really there: what was rolled back, or only tried for a
    preview, is not. Each opens the act's commitment to the person. Returns how many."""
    signers = keyring.signers()
    if not signers:
        return 0
    signer, opened = signers[0], {act.pk: act.who or (None, "") for act in acts}
    rows = [
        Receipt(
            account=account,
            act=act,
            note=note.sign(Promise(settings.RECORD_ORIGIN, bytes.fromhex(act.leaf), stamp(act.at)).text, signer),
            salt=opened[act.pk][0],
            email=opened[act.pk][1],
        )
        for act in Act.objects.filter(pk__in=list(opened)).order_by("pk")
    ]
    Receipt.objects.bulk_create(rows)
    return len(rows)


def forget_person(account: Any) -> int:
    """Deletes what opens the commitments of an account's acts: from here nobody can show any more who acted. The acts, their
    receipts and every proof stay. Returns how many."""
    return Receipt.objects.filter(account=account).exclude(salt=None).update(salt=None, email="")


def file_of(receipt: Receipt) -> str:
    """The receipt as the file that its owner keeps: the signed promise, the act's exact bytes, and what opens the act's
    commitment to them."""
    said: dict[str, Any] = {"receipt": receipt.note, "entry": bytes(receipt.act.entry).decode()}
    if receipt.salt is not None:
        said["person"] = {"salt": bytes(receipt.salt).hex(), "value": receipt.email}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Answer:
    """What became of a promise: ``position`` in the tree, or None; ``broken`` when the day is over without one; ``person`` who
    the file proves to have acted, empty where it proves nobody."""

    promise: Promise
    position: int | None
    broken: bool
    person: str = ""


def check(data: str) -> Answer:
    """Whether the log kept the promise of a receipt file. Raises ``ValidationError`` for a file that this log did not
    sign, or whose act is not the promised one."""
    try:
        said = json.loads(data)
        signed = note.Note.parse(said["receipt"])
        holds = signed.verified_by(*{epoch.key for epoch in keyring.log_keys()}, keyring.log_key())
        promise = Promise.parse(signed.text)
    except (ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("Esto no es una constancia, o su firma no vale.")) from error
    if not holds or promise.origin != settings.RECORD_ORIGIN:
        raise ValidationError(_("Esta constancia no la firmó este registro."))
    if leaf_hash(str(said.get("entry", "")).encode()) != promise.leaf:
        raise ValidationError(_("El acto del archivo no es el que la constancia promete."))
    person = _proven(said)
    place = Leaf.objects.filter(hash=promise.leaf.hex()).first()
    until = dt.datetime.fromisoformat(promise.at.replace("Z", "+00:00")) + dt.timedelta(hours=HOURS)
    return Answer(promise, place.position if place else None, place is None and timezone.now() > until, person)


def _proven(said: dict[str, Any]) -> str:
    """Who the file proves to have acted: its salt and value open the act's commitment. ``ValidationError`` where they open
    another, or none."""
    opened = said.get("person")
    if opened is None:
        return ""
    try:
        held = json.loads(said["entry"])["by"].get("person")
        value = str(opened["value"])
        holds = commit(bytes.fromhex(opened["salt"]), value) == held
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValidationError(_("Lo que el archivo dice de quién actuó no está completo.")) from error
    if not holds:
        raise ValidationError(_("Este acto no lo hizo quien el archivo dice."))
    return value
