"""What tests on real transactions leave behind them: the database as it was made."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from tequio.people.models import Account
from tequio.places.models import Municipality
from tequio.vocabularies.models import Term
from tests import flushing


@pytest.mark.django_db(transaction=True)
def test_what_was_loaded_stays_or_comes_back_and_nothing_else_is_left() -> None:
    def everything() -> list[object]:
        return [list(model.objects.order_by("pk").values_list()) for model in (Term, Municipality, ContentType)]

    before = everything()
    assert all(before)
    Account.objects.create_user("nadia@ejemplo.invalid")
    assert flushing.flush(connection) is False
    assert (everything() == before, Account.objects.count()) == (True, 0)
    with transaction.atomic():
        Term.objects.filter(scheme="role").delete()
        Municipality.objects.filter(code="14039").update(name="Otra")
        ContentType.objects.create(app_label="x", model="x")
    assert everything() != before
    assert flushing.flush(connection) is True
    assert everything() == before
