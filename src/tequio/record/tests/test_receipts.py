"""Receipts: whoever acts gets the log's signed promise at once, and can show it when the act is gone."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tequio.record import receipts
from tequio.record.models import Act, Leaf, Receipt
from tequio.record.sequence import sequence
from tequio.record.verify import verify
from tests.cast import Cast, people  # noqa: F401

NEW = "/valle-del-ejemplo/gestion/instituciones-nueva/"


def create(cast: Cast):
    client = cast.valle.client("secretariat")
    answer = client.post(
        NEW, {"name": "Museo del Agua", "sector": "cso", "branch": "", "slug": "", "acronym": ""}, follow=True
    )
    assert answer.status_code == 200
    return client, answer


def test_whoever_acts_gets_a_receipt_is_told_once_and_keeps_it_as_a_file(people: Cast) -> None:  # noqa: F811
    client, answer = create(people)
    (receipt,) = Receipt.objects.all()
    assert (receipt.account, receipt.act.kind) == (people.valle.accounts["secretariat"], "organisation.created")
    assert [
        "El registro firmó que anotó tu acto" in page.content.decode() for page in (answer, client.get("/mi/"))
    ] == [
        True,
        False,
    ]
    sequence()
    number = Leaf.objects.get(act=receipt.act).position
    assert f"Acto {number}" in client.get("/mi/constancias/").content.decode()
    file = client.get(f"/mi/constancias/{receipt.pk}.json")
    assert json.loads(file.content)["entry"].encode() == bytes(receipt.act.entry)
    found = receipts.check(file.content.decode())
    assert (found.position, found.broken) == (number, False)
    other = people.valle.client("lead")
    assert other.get(f"/mi/constancias/{receipt.pk}.json").status_code == 404
    assert "Museo" not in other.get("/mi/constancias/").content.decode()


@pytest.mark.tampers
def test_a_receipt_shows_that_an_act_was_taken_out_and_no_other_file_passes_for_one(people: Cast) -> None:  # noqa: F811
    create(people)
    receipt = Receipt.objects.get()
    data = receipts.file_of(receipt)
    assert receipts.check(data).broken is False  # not yet numbered, within the day
    with time_machine.travel(receipt.act.at + dt.timedelta(hours=25), tick=False):
        assert receipts.check(data).broken is True
    said = json.loads(data)
    for wrong in (
        "{}",
        "[]",
        json.dumps({**said, "entry": said["entry"].replace("Museo", "Museum")}),
        json.dumps({**said, "receipt": said["receipt"].replace("tequio receipt", "tequio recibo")}),
    ):
        with pytest.raises(ValidationError):
            receipts.check(wrong)


def test_a_form_that_is_refused_gives_no_receipt(people: Cast) -> None:  # noqa: F811
    before = Act.objects.count()
    answer = people.valle.client("secretariat").post(NEW, {"name": ""})
    assert (answer.status_code, Receipt.objects.count(), Act.objects.count()) == (422, 0, before)


def test_an_act_holds_the_person_only_as_a_commitment_that_their_receipt_opens(people: Cast) -> None:  # noqa: F811
    client, _answer = create(people)
    email = people.valle.accounts["secretariat"].email
    receipt = Receipt.objects.get()
    entry = bytes(receipt.act.entry).decode()
    by = json.loads(entry)["by"]
    assert (sorted(by), by["person"][:5], len(by["person"])) == (["org", "person", "role"], "s256:", 69)
    assert email not in entry
    data = client.get(f"/mi/constancias/{receipt.pk}.json").content.decode()
    assert receipts.check(data).person == email
    said = json.loads(data)
    for other in ({"value": "otra@ejemplo.invalid"}, {"salt": "00" * 16}, {"salt": "x"}):
        with pytest.raises(ValidationError):
            receipts.check(json.dumps(said | {"person": said["person"] | other}))
    # The same person's next act has another salt: nobody else can tell that they are one.
    client.post(NEW, {"name": "Museo del Sol", "sector": "cso", "branch": "", "slug": "", "acronym": ""})
    first, second = (json.loads(bytes(row.act.entry))["by"]["person"] for row in Receipt.objects.all())
    assert first != second


def test_what_opens_it_can_be_deleted_and_no_proof_breaks(people: Cast) -> None:  # noqa: F811
    client, _answer = create(people)
    receipt = Receipt.objects.get()
    kept = receipts.file_of(receipt)
    client.post("/mi/constancias/olvidar/")
    assert Receipt.objects.exclude(salt=None).count() == 1  # the box was not ticked
    client.post("/mi/constancias/olvidar/", {"sure": "1"})
    receipt.refresh_from_db()
    assert (receipt.salt, receipt.email, "person" in json.loads(receipts.file_of(receipt))) == (None, "", False)
    assert receipts.check(receipts.file_of(receipt)).person == ""
    assert receipts.check(kept).person != ""  # what was downloaded before still proves it
    sequence()
    assert verify(state=True) == []


def test_what_a_task_or_a_command_writes_names_nobody(people: Cast) -> None:  # noqa: F811
    create(people)
    named = [act for act in Act.objects.all() if b'"person"' in bytes(act.entry)]
    assert [act.kind for act in named] == ["organisation.created"]
    assert Act.objects.count() > 1
