"""The private hand-over: who works here, encrypted for the lawful successor alone, apart from the public bundle.

One age file (age-encryption.org, X25519), so that the successor needs no Tequio to open it. The record says that it was
made, by which legal basis, for which key and with which SHA-256; never who is in it. Without it people are invited anew.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.people.models import Account, Person, Role
from tequio.record import log_acts
from tequio.record.sequence import sequence

FORMAT = 1
ON = "registro/accounts"


@dataclass(frozen=True)
class Handed:
    """How many people and roles a hand-over holds, and the SHA-256 of its file."""

    people: int
    roles: int
    sha256: str


def make_key(path: Path) -> str:
    """Makes the successor's key, once, readable by its owner alone; returns the public half, which may be sent openly."""
    if path.exists():
        raise ValidationError(_("Ya hay una llave en «%(path)s»: úsala, o elige otro archivo.") % {"path": path})
    identity = pyrage.x25519.Identity.generate()
    path.touch(mode=0o600)
    path.write_text(f"{identity}\n")
    return str(identity.to_public())


def hand_over(*, path: Path, recipient: str, basis: str) -> Handed:
    """Writes who works here into ``path``, encrypted for ``recipient`` (``age1…``), and an act with the legal basis.

    Names, addresses and the keys of roles; no password, passkey, session or draft. Raises ``ValidationError`` for a key
    that is none, a missing basis, or a file that is already there.
    """
    if not basis.strip():
        raise ValidationError(_("Escribe el fundamento legal de la entrega: queda en el registro."))
    if path.exists():
        raise ValidationError(_("«%(path)s» ya existe: elige otro archivo.") % {"path": path})
    try:
        to = pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError as error:
        raise ValidationError(_("Esa llave no es de age: empieza con «age1».")) from error
    people = _people()
    data = json.dumps({"format": FORMAT, "origin": settings.RECORD_ORIGIN, "people": people}, ensure_ascii=False)
    sealed = pyrage.encrypt(data.encode(), [to])
    done = Handed(len(people), sum(len(one["roles"]) for one in people), hashlib.sha256(sealed).hexdigest())
    path.touch(mode=0o600)
    path.write_bytes(sealed)
    state = {"basis": basis.strip(), "recipient": str(to), "sha256": done.sha256, "people": done.people}
    with transaction.atomic():
        log_acts.write("accounts.handed_over", ON, state)
    sequence(wait=True)
    return done


def _people() -> list[dict[str, Any]]:
    """Everybody who holds or held a role and can be reached, with the keys of their roles."""
    found = []
    rows = Person.objects.exclude(roles=None).select_related("account").order_by("pk")
    for person in rows.prefetch_related("roles__jurisdiction"):
        email = person.account.email if person.account else person.email
        if email:
            language = person.account.language if person.account else settings.LANGUAGE_CODE
            roles = sorted(role.subject_key() for role in person.roles.all())
            found.append({"name": person.name, "email": email, "language": language, "roles": roles})
    return found


@transaction.atomic
def receive(*, path: Path, key: Path) -> Handed:
    """Opens a hand-over with the successor's key and lets those people in again, each in the roles that the record knows.

    A name that the record makes public stays as the record says it. Doing it twice changes nothing. Raises
    ``ValidationError`` for a wrong key, a broken file, or one of another record; then nothing is changed.
    """
    sealed = path.read_bytes()
    try:
        identity = pyrage.x25519.Identity.from_str(key.read_text().strip())
        said = json.loads(pyrage.decrypt(sealed, [identity]))
        people = [_checked(one) for one in said["people"]]
    except (pyrage.IdentityError, pyrage.DecryptError) as error:
        raise ValidationError(_("Esa llave no abre este archivo.")) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ValidationError(_("El archivo no es una entrega completa.")) from error
    if said.get("format") != FORMAT or said.get("origin") != settings.RECORD_ORIGIN:
        raise ValidationError(_("Esa entrega es de otro registro o de otra versión."))
    known = {role.subject_key(): role for role in Role.objects.select_related("jurisdiction", "person")}
    count = 0
    for one in people:
        account = Account.objects.filter(email=one["email"]).first()
        if account is None:
            account = Account.objects.create_user(one["email"], language=one["language"])
        for role in (known[name] for name in one["roles"] if name in known):
            if role.person is None:
                continue  # since then the record says that it is vacant
            role.person.account, role.person.email = account, one["email"]
            if not role.named:
                role.person.name = one["name"]
            role.person.save(update_fields=["account", "email", "name"])
            count += 1
    return Handed(len(people), count, hashlib.sha256(sealed).hexdigest())


def _checked(one: dict[str, Any]) -> dict[str, Any]:
    """One person of the file, each value of the kind that it must be; raises ``ValueError`` or ``KeyError``."""
    email = str(one["email"]).strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValueError("email") from error
    roles = [str(name) for name in one["roles"]]
    return {"name": str(one["name"])[:150], "email": email, "language": str(one["language"])[:2], "roles": roles}
