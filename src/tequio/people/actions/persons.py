"""Accounts and persons. They are private: only a name that is public through a role leaves an act."""

from allauth.account.models import EmailAddress
from django.db import transaction

from tequio.people.models import Account, Person, Role
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act


def open_account(*, email: str, language: str = "es") -> Account | None:
    """The account of an e-mail address, made if new; None where it was closed. Gives no role.

    Nobody enters with it before writing the code that is sent to the address.
    """
    email = email.strip().lower()
    verified = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    account = verified.user if verified else Account.objects.filter(email=email).first()
    if account is None:
        account = Account.objects.create_user(email, language=language[:2])
    if not verified:
        # Writing the code proves the address; the library wants a row that says whether that was done.
        EmailAddress.objects.get_or_create(user=account, email=account.email, defaults={"primary": True})
    return account if account.is_active else None


@transaction.atomic
def invite(*, jurisdiction: Jurisdiction, name: str, email: str) -> Person:
    """The person known under an e-mail address in a jurisdiction, made if new, joined to the account of that address.

    Private: no act. Signing in takes a code sent to the address, so nobody else can enter.
    """
    email = email.strip().lower()
    account = open_account(email=email)
    person = Person.objects.filter(jurisdiction=jurisdiction, email=email).first()
    if person is None and account is not None:
        person = Person.objects.filter(jurisdiction=jurisdiction, account=account).first()
    if person is None:
        person = Person.objects.create(jurisdiction=jurisdiction, name=name.strip(), email=email)
    if person.account_id is None and account is not None:
        person.account = account
        person.save(update_fields=["account"])
    return person


@transaction.atomic
def rename_person(*, person: Person, name: str, by: Actor) -> Person:
    """Writes a person's name anew. Each role that shows it gets an act; the old name stays erasable in the record."""
    person.name = name.strip()
    person.save(update_fields=["name"])
    for role in Role.public_rows().filter(person=person, named=True):
        with act("role.changed", role, by=by):
            pass
    return person
