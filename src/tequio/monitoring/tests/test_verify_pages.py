"""The committee's pages: from the report to the decision by the forms that people fill in, and who sees what when."""

import pytest
from django.urls import reverse

from tequio.commitments.models import Activity
from tequio.monitoring import actions
from tequio.monitoring.models import Committee, ConflictDeclaration, Decision, Look, Motion
from tequio.record.append import Actor
from tests.cast import Cast, cast, signed_in  # noqa: F401

BY = Actor(role="committee")
SECRET = "El canario vio la bitácora vacía"


def url(name, *args):
    return reverse(f"monitoring:{name}", args=["valle-del-ejemplo", *args])


@pytest.fixture
def place(cast: Cast):  # noqa: F811
    """Valle del Ejemplo with a second activity that Beto reported on with the log of January."""
    valle = cast.valle
    valle.second = Activity.objects.select_related("commitment__plan").get(
        commitment=valle.commitment, number=valle.activity.number + 1
    )
    actions.report_progress(
        activity=valle.second,
        said="complete",
        role=valle.roles["lead"],
        evidence=list(valle.commitment.evidence.all()),
        by=Actor(organisation="agua", role="lead"),
    )
    valle.carmen, valle.beto = valle.client("committee"), valle.client("lead")
    valle.clara_browser = signed_in(valle.clara.person.account)
    return valle


def look_data(result, reason):
    return {"result": result, "reason": reason, "opened_1": "on", "shows_1": "yes"}


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_from_the_report_to_a_public_decision_by_the_forms(place):
    n, visitor = place.second.number, signed_in(None)
    queue = text(place.carmen.get(url("queue")))
    assert "Empezar a revisar" in queue
    place.carmen.post(url("begin_review", n))
    wrong = text(place.carmen.post(url("look", n), {"result": "fulfils", "reason": SECRET}), 422)
    assert SECRET in wrong  # the form comes back filled in
    assert place.carmen.post(url("look", n), look_data("fulfils", SECRET))["Location"] == url("queue")
    public = reverse("commitments:activity", args=["valle-del-ejemplo", n])
    seen = [place.clara_browser.get(url(name, n)) for name in ("look", "review")]
    seen += [place.clara_browser.get(url("sharing")), visitor.get(public), place.client("secretariat").get(public)]
    assert [SECRET in text(page) for page in seen] == [False] * 5
    assert place.clara_browser.post(url("look", n), look_data("partly", "Falta febrero."))["Location"] == url(
        "review", n
    )
    assert SECRET in text(visitor.get(public))
    answered = place.beto.post(url("reply", n), {"reply": "Febrero ya está."})
    assert answered["Location"] == public
    assert "Febrero ya está." in text(place.clara_browser.get(url("review", n)))
    place.carmen.post(url("propose", n), {"result": "observed", "reason": "Falta un mes.", "evidence": ["1"]})
    assert "Votar" in text(place.clara_browser.get(url("review", n)))
    decided = place.clara_browser.post(url("vote", n), {"vote": "for"})
    assert decided["Location"] == url("decision", n, 1)
    page = text(visitor.get(url("decision", n, 1)))
    for words in ("Falta un mes.", "Clara (valle-del-ejemplo): a favor", "Falta febrero.", "Febrero ya está."):
        assert words in page
    assert "Anular" not in page
    secretariat = place.client("secretariat")
    assert "Anular esta decisión" in text(secretariat.get(url("decision", n, 1)))
    text(secretariat.post(url("annul", n, 1), {"reason": "Faltó la lista."}), 422)
    secretariat.post(url("annul", n, 1), {"reason": "Faltó la lista.", "sure": "on"})
    assert "Faltó la lista." in text(visitor.get(url("decision", n, 1)))
    assert Decision.objects.get(activity=place.second).annulled_on is not None


def test_a_member_in_conflict_is_told_no_in_words_and_passes_the_look_on(place):
    n = place.second.number
    refused = text(place.carmen.post(url("declare"), {}), 422)
    assert "marca «Ninguno»" in refused
    place.carmen.post(url("declare"), {"commitments": [place.commitment.pk]})
    assert ConflictDeclaration.objects.filter(none_declared=False).count() == 1
    for name in ("look", "propose", "session"):
        page = text(place.carmen.get(url(name, n)), 403)
        assert "Declaró un conflicto de interés en este compromiso." in page
    assert "No participas" in text(place.carmen.get(url("review", n)))
    place.clara_browser.post(url("begin_review", n))
    assert Look.objects.filter(activity=place.second).count() == 0  # one free member is not enough
    assert "falta 1 integrante" in text(place.clara_browser.get(url("review", n)))


def test_a_session_vote_is_written_down_with_its_minute(place):
    n = place.second.number
    assert "Faltan" not in text(place.carmen.get(url("session", n)))  # reported: nothing to decide yet, said in words
    place.carmen.post(url("begin_review", n))
    for browser in (place.carmen, place.clara_browser):
        browser.post(url("look", n), look_data("fulfils", "Ahí está."))
    votes = {f"vote_{role.number}": "for" for role in (place.roles["committee"], place.clara)}
    data = {"result": "verified", "reason": "Ahí está.", "evidence": ["1"], "on": "2026-03-16", **votes}
    assert "minuta" in text(place.carmen.post(url("session", n), data), 422).lower()
    place.carmen.post(url("session", n), {**data, "minute": "Minuta 7"})
    decision = Decision.objects.get(activity=place.second)
    assert (decision.result, decision.minute, len(decision.ballots)) == ("verified", "Minuta 7", 2)
    assert "Proponer que se reabra" in text(place.carmen.get(url("review", n)))
    place.carmen.post(url("propose", n), {"result": "reopened", "reason": "Ya no abre."})
    place.clara_browser.post(url("vote", n), {"vote": "against"})
    assert Motion.objects.get().outcome == "no_majority"


def test_the_secretariat_sets_the_committee_and_hears_what_is_wrong(place):
    secretariat = place.client("secretariat")
    members = [place.roles["committee"].pk, place.clara.pk]
    data = {"members": members, "quorum": 2, "majority": 50, "looks": 2, "look_days": 8, "reply_days": 3}
    assert "del 1 al número" not in text(secretariat.get(url("set_committee")))
    page = text(secretariat.post(url("set_committee"), {**data, "quorum": 5}), 422)
    assert "El quórum va de 1 al número de integrantes." in page
    text(secretariat.post(url("set_committee"), {**data, "looks": 1}), 422)
    assert secretariat.post(url("set_committee"), {**data, "rules_es": "Sesionamos los lunes."}).status_code == 302
    committee = Committee.objects.get(plan=place.plan)
    assert (committee.quorum, committee.look_days, committee.reply_days) == (2, 8, 3)
    page = text(signed_in(None).get(reverse("monitoring:committee", args=["valle-del-ejemplo"])))
    assert "Sesionamos los lunes." in page


def test_my_pending_holds_what_waits_for_the_role_and_says_when_nothing_does(place):
    pending = reverse("people:pending", args=["valle-del-ejemplo"])
    assert "Empezar a revisar: Publicar la bitácora 2" in text(place.carmen.get(pending))
    assert "Pendientes (" in text(place.carmen.get(pending))
    assert "Responder a la decisión del Comité: Publicar la bitácora 1" in text(place.beto.get(pending))
    assert "Te espera" in text(place.beto.get(reverse("people:desk", args=["valle-del-ejemplo"])))
    assert "Estás al día" in text(place.client("monitor").get(pending))
    actions.begin_review(activity=place.second, by=BY)
    assert "Mirar la evidencia: Publicar la bitácora 2" in text(place.carmen.get(pending))
