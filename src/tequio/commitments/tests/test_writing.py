"""Facts about writing plans and commitments: drafts are private, changes need reasons, nothing is overwritten or lost."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from tequio.commitments import actions
from tequio.commitments.document import check
from tequio.commitments.document.ogp_csv import from_ogp_csv
from tequio.commitments.models import Activity, Commitment, Draft, RoadmapVersion
from tequio.commitments.tests.test_document_ogp_csv import row as ogp_row
from tequio.commitments.tests.test_document_ogp_csv import table as ogp_table
from tequio.plans.models import Plan
from tequio.record.append import Actor
from tequio.record.models import Act
from tests.cast import Cast, cast, signed_in  # noqa: F401

BY = Actor(organisation="secretariado", role="secretariat")
CHANGE: dict[str, Any] = {
    "by": BY,
    "reason": "Cambió el calendario.",
    "requested_by": "Organismo de Agua",
    "decision": "Sesión 4",
}


def draft_with(cast: Cast, **changes: Any) -> dict[str, Any]:  # noqa: F811
    draft = actions.draft_of(commitment=cast.valle.commitment, account=cast.valle.accounts["lead"])
    return {**draft.document, **changes}


def test_looking_at_a_draft_keeps_nothing(cast: Cast) -> None:  # noqa: F811
    actions.draft_of(commitment=cast.valle.commitment, account=cast.valle.accounts["lead"])
    assert Draft.objects.count() == 0


def test_a_draft_saved_by_another_person_meanwhile_is_not_overwritten(cast: Cast) -> None:  # noqa: F811
    said: dict[str, Any] = {"account": cast.valle.accounts["lead"], "seen": 0}
    draft = actions.draft_of(commitment=cast.valle.commitment, account=said["account"])
    actions.save_section(draft=draft, changes={"problem": {"es": "Uno"}}, **said)
    with pytest.raises(ValidationError, match="Otra persona guardó"):
        actions.save_section(draft=draft, changes={"problem": {"es": "Dos"}}, **said)
    assert Draft.objects.get().document["problem"] == {"es": "Uno"}


def test_a_draft_writes_no_act_and_changes_no_public_row(cast: Cast) -> None:  # noqa: F811
    acts = Act.objects.count()
    draft = actions.draft_of(commitment=cast.valle.commitment, account=cast.valle.accounts["lead"])
    actions.save_section(draft=draft, changes={"title": {"es": "Otro"}}, account=draft.edited_by, seen=0)  # type: ignore[arg-type]
    assert Act.objects.count() == acts
    assert str(Commitment.objects.get(pk=cast.valle.commitment.pk).title) == "Agua que se puede revisar"


def test_before_submission_a_reason_is_enough_and_no_version_is_made(cast: Cast) -> None:  # noqa: F811
    document = draft_with(cast, problem={"es": "No se sabe cuánta agua se pierde."})
    actions.change_commitment(commitment=cast.valle.commitment, document=document, by=BY, reason="Se explicó mejor.")
    assert str(Commitment.objects.get(pk=cast.valle.commitment.pk).problem) == "No se sabe cuánta agua se pierde."
    assert RoadmapVersion.objects.count() == 0


def test_after_submission_a_change_lacks_reason_requester_and_decision_all_at_once(cast: Cast) -> None:  # noqa: F811
    actions.submit_plan(plan=cast.valle.plan, on=dt.date(2026, 3, 1), by=BY)
    commitment = Commitment.objects.get(pk=cast.valle.commitment.pk)
    with pytest.raises(ValidationError) as refused:
        actions.change_commitment(commitment=commitment, document=draft_with(cast), by=BY, reason=" ")
    assert set(refused.value.error_dict) == {"reason", "requested_by", "decision"}


def test_the_signed_first_version_stays_beside_the_current_one(cast: Cast) -> None:  # noqa: F811
    actions.submit_plan(plan=cast.valle.plan, on=dt.date(2026, 3, 1), by=BY)
    commitment = Commitment.objects.get(pk=cast.valle.commitment.pk)
    document = draft_with(cast)
    document["activities"][0] = {**document["activities"][0], "due": "2027-05-31"}
    actions.change_commitment(commitment=commitment, document=document, **CHANGE)
    first, second = RoadmapVersion.objects.order_by("number")
    assert (first.document["activities"][0]["due"], second.document["activities"][0]["due"]) == (
        "2027-01-28",
        "2027-05-31",
    )
    moved = Activity.objects.get(commitment=commitment, order=1)
    assert (str(moved.due), str(moved.original_due)) == ("2027-05-31", "2027-01-28")
    assert Commitment.objects.get(pk=commitment.pk).roadmap_version == 2


def test_an_activity_left_out_is_withdrawn_and_keeps_its_address(cast: Cast) -> None:  # noqa: F811
    document = draft_with(cast)
    del document["activities"][1]
    actions.change_commitment(commitment=cast.valle.commitment, document=document, by=BY, reason="Ya no hace falta.")
    gone = Activity.objects.get(commitment=cast.valle.commitment, order=2)
    assert gone.withdrawn
    assert signed_in(None).get(f"/valle-del-ejemplo/actividades/{gone.number}/").status_code == 200


def test_a_public_indicator_may_change_but_not_vanish(cast: Cast) -> None:  # noqa: F811
    document = draft_with(cast)
    del document["indicators"]
    with pytest.raises(ValidationError, match="no quitar"):
        actions.change_commitment(commitment=cast.valle.commitment, document=document, by=BY, reason="x")


def test_a_change_that_says_the_same_is_refused(cast: Cast) -> None:  # noqa: F811
    with pytest.raises(ValidationError, match="no hay nada que cambiar"):
        actions.change_commitment(commitment=cast.valle.commitment, document=draft_with(cast), by=BY, reason="x")


def test_a_manual_of_another_version_needs_a_reason_and_leaves_the_first(cast: Cast) -> None:  # noqa: F811
    rules = [{"metric": {"es": "Se publica"}, "accepted": ["document"], "minimum": 1}]
    actions.publish_manual(plan=cast.valle.plan, rules=rules, by=BY)
    with pytest.raises(ValidationError, match="por qué cambia"):
        actions.publish_manual(plan=cast.valle.plan, rules=rules, by=BY)
    actions.publish_manual(plan=cast.valle.plan, rules=[{**rules[0], "minimum": 2}], by=BY, reason="Más rigor")
    assert [m.rules[0]["minimum"] for m in cast.valle.plan.manuals.order_by("version")] == [1, 2]


def test_a_new_plan_goes_from_draft_to_public_only_when_nothing_is_missing(cast: Cast) -> None:  # noqa: F811
    account = cast.valle.accounts["secretariat"]
    plan = actions.start_plan(jurisdiction=cast.valle.jurisdiction, number=2, title={"es": "Otro"}, account=account)
    draft = actions.plan_draft_of(plan=plan, account=account)
    with pytest.raises(ValidationError) as refused:
        actions.publish_plan(plan=plan, draft=draft, by=BY)
    assert "Falta: Visión de largo plazo." in refused.value.messages
    text = {"es": "Texto"}
    whole = {
        **dict.fromkeys(("summary", "vision", "achievements", "challenges", "plan_contribution"), text),
        "start": "2028-01-01",
        "end": "2029-12-31",
        "goals": [text],
        "institutions": [{"slug": "agua", "name": "Organismo de Agua"}],
        "forewords": [{"author": "Ana", "text": text}],
        "endorsements": [{"organisation": "Vecinas y Agua A.C.", "date": "2027-12-01"}],
        "manual": {"rules": [{"metric": text, "accepted": ["document"], "minimum": 1}]},
    }
    draft = actions.save_section(draft=draft, changes=whole, account=account, seen=draft.revision)
    actions.publish_plan(plan=plan, draft=draft, by=BY)
    assert signed_in(None).get("/valle-del-ejemplo/planes/2/").status_code == 200
    assert Draft.objects.count() == 0


def test_a_wrong_form_comes_back_filled_in_with_status_422(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("secretariat")
    answer = client.post(
        "/valle-del-ejemplo/gestion/compromisos/agua-1/parte/basics/",
        {"revision": 0, "title_es": "Un título", "start": "31/02/2026"},
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Escribe una fecha que exista" in page
    assert 'value="31/02/2026"' in page
    assert "Un título" in page


def test_an_uploaded_plan_with_faults_changes_nothing_and_says_all_of_them(cast: Cast) -> None:  # noqa: F811
    wrong = {"number": 9, "title": {"es": "x"}, "start": "2026-13-01", "comitments": [{}], "due_soon_days": "x"}
    file = SimpleUploadedFile("plan.json", json.dumps(wrong).encode())
    answer = cast.valle.client("secretariat").post("/valle-del-ejemplo/gestion/planes/cargar/", {"file": file})
    assert answer.status_code == 422
    page = answer.content.decode()
    summary = page[page.index("No se cargó nada") :]
    assert summary.startswith("No se cargó nada: hay 3 faltas"), summary[:600]
    assert not Plan.objects.filter(number=9).exists()


def test_the_spreadsheet_of_ogp_is_loaded_by_page_with_what_was_understood(cast: Cast) -> None:  # noqa: F811
    client, address = cast.valle.client("secretariat"), "/valle-del-ejemplo/gestion/planes/cargar/"
    data = ogp_table(ogp_row(**{"Action Plan Number": "7", "Action Plan ID": "AP_XX07"})).encode()
    refused = client.post(address, {"file": SimpleUploadedFile("ogp.csv", data)})
    assert (refused.status_code, "Di de qué miembro de OGP" in refused.content.decode()) == (422, True)
    answer = client.post(address, {"file": SimpleUploadedFile("ogp.csv", data), "member": "Ejemplia"})
    ((_plan, _places, remarks),) = from_ogp_csv(data.decode(), "Ejemplia")
    page = answer.content.decode()
    assert (answer.status_code, "Cargado y publicado: 1 compromisos" in page) == (200, True)
    assert [words for words in remarks if escape(words) not in page] == []


def test_the_lead_institution_writes_its_own_commitment_and_cannot_publish_it(cast: Cast) -> None:  # noqa: F811
    client = cast.valle.client("lead")
    assert client.get("/valle-del-ejemplo/gestion/compromisos/agua-1/").status_code == 200
    assert client.get("/valle-del-ejemplo/gestion/compromisos/agua-1/publicar/").status_code == 403
    assert cast.valle.client("seat_head").get("/valle-del-ejemplo/gestion/compromisos/agua-1/").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisations": [{"name": "A", "website": "javascript:alert(1)"}]},
        {"organisations": [{"name": "A", "slug": "../A b"}]},
        {"documents": [{"title": {"es": "d"}, "url": "javascript:alert(1)"}]},
        {"commitments": [{"code": "a-1", "indicators": [{"name": {"es": "i"}, "means": [{"url": "javascript:1"}]}]}]},
        {"commitments": [{"code": "a-1", "indicators": [{"name": {"es": "i"}, "thresholds": {"bands": 5}}]}]},
        {"commitments": [{"code": "a-1", "evidence": [{"title": {"es": "e"}, "activity": 9}]}]},
    ],
)
def test_what_would_stand_in_a_link_or_lead_nowhere_is_one_fault(db: None, wrong: dict[str, Any]) -> None:
    plan = {"number": 1, "title": {"es": "x"}, "start": "2026", "end": "2027", **wrong}
    assert len(check(plan)) == 1


def test_saving_a_form_keeps_what_the_form_does_not_show(cast: Cast) -> None:  # noqa: F811
    account = cast.valle.accounts["lead"]
    draft = actions.draft_of(commitment=cast.valle.commitment, account=account)
    draft.document["activities"][0] |= {
        "source_status": "complete",
        "means_of_verification": [{"type": "document", "words": {"es": "La bitácora"}}],
    }
    draft.document["indicators"][0] |= {
        "thresholds": {"preset": "simple"},
        "targets": [{"period": "2027", "value": "9", "note": "n"}],
    }
    draft.document["lead"] |= {"words": "Organismo (sic)"}
    item = {"title": {"es": "Otro título"}, "means_of_verification": [{"type": "document"}], "kind": ""}
    draft = actions.save_item(draft=draft, part="activities", place=0, item=item, account=account, seen=0)
    item = {"targets": [{"period": "2027", "value": "10"}]}
    draft = actions.save_item(draft=draft, part="indicators", place=0, item=item, account=account, seen=1)
    changes = {"lead": {"slug": "agua", "name": "Organismo de Agua"}}
    document = actions.save_section(draft=draft, changes=changes, account=account, seen=2).document
    assert document["activities"][0]["source_status"] == "complete"
    assert document["activities"][0]["means_of_verification"][0]["words"] == {"es": "La bitácora"}
    assert document["indicators"][0]["thresholds"] == {"preset": "simple"}
    assert document["indicators"][0]["targets"] == [{"period": "2027", "value": "10", "note": "n"}]
    assert document["lead"]["words"] == "Organismo (sic)"
