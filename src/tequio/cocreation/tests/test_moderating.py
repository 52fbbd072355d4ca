"""One queue across everything that people write; what is hidden leaves its rule and reason in sight, and can come back."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.cocreation import actions, tokens
from tequio.cocreation.tests.make import CONTACT, WORDS, Story, contribution, doing
from tequio.observations import actions as observations
from tequio.people import moderated
from tequio.record.models import Act, Disclosure

J = "/valle-del-ejemplo/"
Q = J + "gestion/moderacion/"


def test_one_queue_holds_what_waits_everywhere_with_its_age(story: Story) -> None:
    contribution(story.call, text="Mi correo es vera@ejemplo.invalid, escríbanme por favor.")
    note = actions.comment(about=story.problem, text="Marquen al 33 1234 5678.", email=CONTACT)
    actions.confirm(said=note)
    said = observations.observe(
        about=story.place.commitment, text="Llamen al 33 1234 5678, no hay agua.", email=CONTACT
    )
    observations.confirm(observation=said)
    page = story.place.client("secretariat").get(Q)
    assert page.context["total"] == 3
    assert sorted(row["source"].key for row in page.context["rows"]) == ["comment", "contribution", "observation"]
    assert "Espera desde hace 0 días" in page.content.decode()
    assert story.place.client("poc").get(Q).status_code == 403
    assert story.place.client("lead").get(Q).status_code == 403


def test_hiding_needs_a_published_rule_and_a_reason_and_can_be_undone(story: Story) -> None:
    given, client = story.contribution, story.place.client("secretariat")
    with pytest.raises(ValidationError) as fault:
        actions.hide(said=given, rule="critical", reason="", **doing(story.place))
    assert set(fault.value.message_dict) == {"rule", "reason"}
    mail.outbox.clear()
    address = f"{Q}contribution/{given.number}/"
    form = {"hacer": "ocultar", "ocultar-rule": "unrelated", "ocultar-reason": "Es publicidad."}
    assert client.post(address, form).status_code == 302
    assert (mail.outbox[-1].to, "Es publicidad." in mail.outbox[-1].body) == ([CONTACT], True)
    page = Client().get(f"{J}cocreacion/aportaciones/{given.number}/").content.decode()
    assert (WORDS in page, "Es publicidad." in page) == (False, True)
    register = Client().get(J + "moderacion/").content.decode()
    assert ("Es publicidad." in register, WORDS in register, given.title in register) == (True, False, False)
    assert not Disclosure.objects.filter(on=given.subject_key(), erased=None).exists()
    assert Client().get(f"{J}cocreacion/aportaciones/{given.number}/constancia/").status_code == 404
    form = {"hacer": "deshacer", "deshacer-reason": "Sí trata del agua."}
    assert client.post(address, form).status_code == 302
    assert WORDS in Client().get(f"{J}cocreacion/aportaciones/{given.number}/").content.decode()
    assert Act.objects.filter(on=given.subject_key(), kind="contribution.restored").count() == 1


def test_an_appeal_is_decided_by_somebody_else(story: Story) -> None:
    given = story.contribution
    actions.hide(said=given, rule="unrelated", reason="No trata de esto.", **doing(story.place))
    mine = f"{J}cocreacion/mio/{tokens.sign(tokens.AUTHOR, given)}/"
    assert Client().post(mine, {"hacer": "apelar", "apelar-words": "Sí trata."}).status_code == 302
    given.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.show(said=given, reason="Yo mismo.", **doing(story.place))
    with pytest.raises(ValidationError):
        actions.review(said=given, restore=True, reason="Yo mismo.", **doing(story.place))
    client = story.place.client("facilitator")
    assert [line.about for _source, line in moderated.queue(story.place.jurisdiction)] == [str(given)]
    form = {"hacer": "revisar", "revisar-restore": "yes", "revisar-reason": "Tiene razón."}
    assert client.post(f"{Q}contribution/{given.number}/", form).status_code == 302
    assert WORDS in Client().get(f"{J}cocreacion/aportaciones/{given.number}/").content.decode()
    assert "Sí trata." not in Client().get(J + "moderacion/").content.decode()


def test_every_sort_of_thing_can_be_hidden_and_shown_again(story: Story) -> None:
    said: list[Any] = [
        actions.comment(about=story.draft, field="action", text="Falta la fecha.", email=CONTACT),
        actions.translate(
            contribution=story.contribution,
            tongue="inglés",
            title="Leaks",
            text="Publish the leaks monthly.",
            email=CONTACT,
        ),
        actions.join(
            table=story.table, name="Otra", sector="cso", organisation="Colectivo", email="otra@ejemplo.invalid"
        ),
    ]
    for one in said:
        actions.confirm(said=one)
        actions.hide(said=one, rule="personal_data", reason="Trae datos.", **doing(story.place))
        assert Client().get(J + "moderacion/").content.decode().count(str(one)) == 1
        actions.show(said=one, reason="No eran datos personales.", **doing(story.place))
        client = story.place.client("secretariat")
        assert client.get(f"{Q}{one.subject}/{one.number}/").status_code == 200
