"""Hands raised in the room: the secretariat writes down what each seat voted, and each seat can set it right."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.meetings import actions as meetings
from tequio.people.actions import grant_role, invite
from tequio.record.models import Act
from tequio.secretariat import actions, waiting
from tequio.secretariat.models import Ballot, ConflictDeclared, Matter, Objection
from tequio.secretariat.tests.stage import BY, DAY, Stage
from tests.cast import signed_in

J = "/mesa/"
ROOM = J + "gestion/decisiones/1/sala/"


@pytest.fixture
def desk(stage: Stage) -> Client:
    sofia = invite(jurisdiction=stage.jurisdiction, name="Sofía", email="sofia@ejemplo.invalid")
    grant_role(jurisdiction=stage.jurisdiction, kind="secretariat", person=sofia, named=True, since=DAY, by=BY)
    return signed_in(sofia.account)


def hands(stage: Stage, letters: str) -> dict[str, str]:
    """The form's fields for seats in their order: f, a, x; a bar for no hand."""
    said = {"f": "for", "a": "against", "x": "abstain", "-": "none"}
    holders = [*stage.heads.values()]
    pairs = zip(holders, letters, strict=False)
    return {"hacer": "manos", **{f"s{holder.seat_id}": said[letter] for holder, letter in pairs}}


def test_a_show_of_hands_is_noted_seat_by_seat_told_as_such_and_decides(stage: Stage, desk: Client) -> None:
    decision = stage.open()
    assert "A mano alzada" in desk.get(ROOM).content.decode()
    assert desk.post(ROOM, {"hacer": "manos"}).status_code == 422
    assert desk.post(ROOM, hands(stage, "ffffaffa-")).status_code == 302
    assert set(Ballot.objects.values_list("how", flat=True)) == {"room"}
    acts = Act.objects.filter(kind="ballot.noted")
    assert (acts.count(), b'"secretariat"' in bytes(acts.first().entry)) == (8, True)
    page = Client().get(J + "secretariado/decisiones/1/").content.decode()
    assert page.count("A favor (a mano alzada)") == 6
    assert "room" in b"".join(Client().get(J + "datos/votos.csv").streaming_content).decode()
    # It waits for each seat to look at it, and the seat sets it right.
    role = stage.heads["c4"].role
    assert [item.words for item in waiting.for_role(role, DAY)] == ["Revisar el voto que se anotó por tu asiento"]
    assert (
        "El Secretariado anotó a mano alzada" in stage.client("c4").get(ROOM.replace("sala", "votar")).content.decode()
    )
    actions.cast_ballot(decision=decision, choice="for", **stage.who("c4"))
    assert list(waiting.for_role(role, DAY)) == []
    # What a seat cast itself nobody else touches; noting the same again writes nothing.
    with pytest.raises(ValidationError, match="votó por su cuenta"):
        actions.note_ballots(decision=decision, choices={stage.heads["c4"].seat_id: "against"}, by=BY)
    assert actions.note_ballots(decision=decision, choices={stage.heads["c0"].seat_id: "for"}, by=BY) == []
    closed = actions.close_decision(decision=decision, by=BY)
    assert (closed.state, closed.outcome["counts"][0]["for"]) == ("passed", 5)


def test_only_whoever_may_vote_is_noted_and_one_fault_notes_nothing(stage: Stage) -> None:
    decision = stage.open()
    stage.leave("c0", "c1")
    both = {stage.heads["c1"].seat_id: "for", stage.heads["c2"].seat_id: "for"}
    with pytest.raises(ValidationError):
        actions.note_ballots(decision=decision, choices=both, by=BY)
    assert Ballot.objects.count() == 0
    heads = {"giver": stage.heads["c1"], "taker": stage.liaisons["c1"]}
    meetings.delegate(**heads, session=stage.session, by=BY)
    actions.note_ballots(decision=decision, choices=both, by=BY)
    own = Ballot.objects.get(seat=stage.heads["c1"].seat)
    assert (own.holder, own.delegation is not None) == (stage.liaisons["c1"], True)
    with pytest.raises(ValidationError):
        actions.note_ballots(decision=decision, choices={stage.heads["c2"].seat_id: "maybe"}, by=BY)


def test_a_secret_ballot_is_never_taken_by_hand_and_the_page_says_why(stage: Stage, desk: Client) -> None:
    decision = stage.open("¿Quién facilita?", matter=Matter.PERSON)
    page = desk.get(ROOM).content.decode()
    assert ("una mano alzada no es secreta" in page, 'type="radio"' in page) == (True, False)
    assert desk.post(ROOM, hands(stage, "fffffffff")).status_code == 422
    with pytest.raises(ValidationError):
        actions.note_ballots(decision=decision, choices={stage.heads["c0"].seat_id: "for"}, by=BY)
    assert Ballot.objects.count() == 0


def test_objections_and_conflicts_said_aloud_are_noted(stage: Stage, desk: Client) -> None:
    decision = stage.open(method="consensus")
    assert desk.post(ROOM, {"hacer": "objecion", "objecion-seat": "3"}).status_code == 422
    said = {"objecion-seat": "3", "objecion-reason": "Falta el dinero."}
    assert desk.post(ROOM, {"hacer": "objecion", **said}).status_code == 302
    said = {"conflicto-seat": "4", "conflicto-reason": "Soy proveedora."}
    assert desk.post(ROOM, {"hacer": "conflicto", **said}).status_code == 302
    assert (Objection.objects.get().how, ConflictDeclared.objects.get().how) == ("room", "room")
    page = Client().get(J + "secretariado/decisiones/1/").content.decode()
    assert page.count("lo anotó el Secretariado") == 2
    assert actions.close_decision(decision=decision, by=BY).outcome["reason"] == "objected"


def test_the_rooms_screen_counts_hands_and_tells_the_last_result(stage: Stage) -> None:
    screen = f"{J}sesiones/{stage.session.number}/pantalla/"
    decision = stage.open()
    actions.note_ballots(decision=decision, choices={stage.heads["c0"].seat_id: "for"}, by=BY)
    page = Client().get(screen).content.decode()
    assert ("¿Se adopta el compromiso?" in page, "Ya votó 1." in page, "hay quórum" in page) == (True, True, True)
    actions.close_decision(decision=decision, by=BY)
    assert "Lo último que se decidió" in Client().get(screen).content.decode()
