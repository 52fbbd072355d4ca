"""What an indicator measured: recorded after publication, corrected in the open, verified by the Committee; and formulas."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from tequio.commitments import actions, formula
from tequio.commitments.actions.drafts import draft_of
from tequio.commitments.document.difference import difference
from tequio.commitments.document.dump import dump_commitment
from tequio.commitments.forms.values import ValueForm
from tequio.commitments.measuring import doubts, lines_of
from tequio.commitments.models import Commitment, Indicator
from tequio.commitments.tests.conftest import text_of
from tequio.commitments.tests.make import BY
from tequio.common.dates import PartialDate
from tequio.plans.models import Plan
from tequio.record.append import Actor
from tequio.record.models import Act
from tests.cast import Cast, cast  # noqa: F401

HERE = "/valle-del-ejemplo"
COMMITTEE = Actor(role="committee")


def an_indicator(plan: Plan) -> Indicator:
    return Indicator.objects.select_related("commitment__jurisdiction").get(
        commitment__plan=plan, commitment__number=1, number=1
    )


def test_a_value_is_recorded_corrected_and_verified_by_acts_and_nothing_it_said_is_lost(plan: Plan) -> None:
    indicator = an_indicator(plan)
    made = actions.record_value(indicator=indicator, period="2026-02", value=Decimal("70"), by=BY, reported_by="Agua")
    assert made.number == 4
    actions.verify_value(value=made, why="Sumé la bitácora.", by=COMMITTEE)
    kept = actions.correct_value(
        value=made, period="2026-02", figure=Decimal("71.5"), why="Faltaba un día.", by=BY, reported_by="Agua"
    )
    assert (kept.value, kept.verified) == (Decimal("71.5"), False)
    line = next(line for line in lines_of(indicator.values.all()) if line.value.pk == made.pk)
    assert [(event.kind, event.value, event.why) for event in line.events] == [
        ("recorded", Decimal(70), ""),
        ("verified", Decimal(70), "Sumé la bitácora."),
        ("corrected", Decimal("71.5"), "Faltaba un día."),
    ]
    assert [before.value for before, _after in line.earlier] == [Decimal(70)]
    assert line.verified is None
    for wrong in (
        lambda: actions.correct_value(value=made, period="2026-02", figure=Decimal(9), why=" ", by=BY),
        lambda: actions.correct_value(
            value=made, period="2026-02", figure=Decimal("71.50"), why="Igual", by=BY, reported_by="Agua"
        ),
        lambda: actions.record_value(indicator=indicator, period="2026-04", value=Decimal(1), by=BY),
        lambda: actions.record_value(indicator=indicator, period="ayer", value=Decimal(1), by=BY),
        lambda: actions.record_value(indicator=indicator, period="2026", value=Decimal("NaN"), by=BY),
        lambda: actions.verify_value(value=made, why="", by=COMMITTEE),
    ):
        with pytest.raises(ValidationError):
            wrong()
    assert Act.objects.filter(on=made.subject_key()).count() == 3


def test_what_looks_wrong_is_asked_about_and_not_forbidden(plan: Plan) -> None:
    indicator, today = an_indicator(plan), timezone.localdate()

    def asked(period: str, value: str) -> list[str]:
        return [
            words.split(":")[0]
            for words in doubts(indicator, period=PartialDate(period), value=Decimal(value), today=today)
        ]

    assert asked("2026-02", "60") == []
    assert asked("2025-12", "60") == ["Ya hay un valor de diciembre de 2025"]
    assert asked("2026-02", "40") == ["Se espera que suba y baja"]
    assert asked("2026-02", "300") == [
        "Es un porcentaje y el valor no está entre 0 y 100.",
        "El valor es más de 3 veces la meta (80).",
    ]
    assert asked("2026", "70")[0].startswith("El periodo todavía no termina")


def test_a_draft_never_writes_over_values_and_they_are_no_change_of_what_was_promised(plan: Plan) -> None:
    indicator = an_indicator(plan)
    commitment = Commitment.public_rows().select_related("plan").get(pk=indicator.commitment_id)
    before = dump_commitment(commitment)
    actions.record_value(indicator=indicator, period="2026-02", value=Decimal("70"), by=BY)
    fresh = Commitment.public_rows().select_related("plan").get(pk=commitment.pk)
    assert difference(before, dump_commitment(fresh)) == []
    with pytest.raises(ValidationError, match="no hay nada que cambiar"):
        actions.change_commitment(commitment=fresh, document=before, by=BY, reason="x", requested_by="y", decision="z")
    document = {**before, "indicators": [*before["indicators"], {**before["indicators"][0], "number": 9}]}
    actions.change_commitment(
        commitment=fresh, document=document, by=BY, reason="Otro", requested_by="Comité", decision="Acuerdo 1"
    )
    assert indicator.values.count() == 4
    new = Indicator.objects.get(commitment=commitment, number=9)
    assert [(str(row.value.normalize()), row.verified, row.rev) for row in new.values.order_by("number")] == [
        ("45", False, 1),
        ("58.5", False, 1),
        ("66", False, 1),
    ]
    assert draft_of(commitment=fresh, account=None).document["code"] == commitment.code  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "symbols", "value"),
    [
        ("(a / b) × 100", ("a", "b"), "25"),
        ("a / b × 100 %", ("a", "b"), "25"),
        ("Avance = a ÷ b x 100", ("a", "b"), "25"),
        ("-a + 2 * (b - a)", ("a", "b"), "5"),
        ("50 % * b", ("b",), "2"),
        ("1,5 * a", ("a",), "1.5"),
        ("a / (b - b)", ("a", "b"), None),
        ("niños_atendidos", ("niños_atendidos",), "7"),
    ],
)
def test_a_method_is_read_as_a_formula(words: str, symbols: tuple[str, ...], value: str | None) -> None:
    found = formula.read(words)
    assert found is not None
    assert found.symbols == symbols
    values = {"a": Decimal(1), "b": Decimal(4), "niños_atendidos": Decimal(7)}
    assert found.value(values) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "words",
    [
        "Fugas reparadas entre fugas reportadas",
        "a /",
        "(a",
        "a b",
        "__import__('os')",
        "(" * 99 + "a" + ")" * 99,
        "100",
        "",
    ],
)
def test_what_is_no_formula_is_told_in_words(words: str) -> None:
    assert formula.read(words) is None


def test_the_value_is_worked_out_from_its_variables(plan: Plan) -> None:
    indicator = an_indicator(plan)
    form = ValueForm(None, indicator=indicator, evidence=[], today=timezone.localdate())
    assert form.variable_fields == []  # its method names b, which nobody declared
    indicator.variables = [{"symbol": "a", "name": {"es": "Reparadas"}}, {"symbol": "b", "name": {"es": "Reportadas"}}]

    def asked(**typed: str) -> ValueForm:
        data = QueryDict(mutable=True)
        data.update(typed)
        return ValueForm(data, indicator=indicator, evidence=[], today=timezone.localdate())

    form = asked(calcular="1", variable_0="33", variable_1="50")
    assert (form["value"].value(), form["note"].value(), dict(form.errors)) == ("66", ["a = 33; b = 50", None], {})
    assert list(asked(calcular="1", variable_0="33", variable_1="0").errors) == ["variable_1"]
    assert list(asked(calcular="1", variable_0="33").errors) == ["variable_1"]
    form = asked(period="2026-02", value="70", variable_0="33", variable_1="50")
    assert not form.is_valid()
    assert "Con esas variables la fórmula da 66." in form.errors["sure"]


def test_the_lead_records_is_asked_once_and_sees_the_light_and_the_committee_verifies(cast: Cast) -> None:  # noqa: F811
    place = cast.valle
    page, public = (
        f"{HERE}/gestion/compromisos/agua-1/indicadores/1/valores/",
        f"{HERE}/compromisos/agua-1/indicadores/1/",
    )
    lead, carmen, reader = place.client("lead"), place.client("committee"), place.client("public")
    assert "Registrar un valor" in lead.get(public).content.decode()
    assert "Registrar un valor" not in reader.get(public).content.decode()
    typed = {"period": "2026-02", "value": "140", "evidence": "1", "reported_by": "Organismo de Agua"}
    asked = lead.post(page, typed)
    assert asked.status_code == 422
    assert "no está entre 0 y 100" in asked.content.decode()
    done = lead.post(page, {**typed, "sure": "on"}, follow=True)
    assert "Guardado y público: 140 (febrero de 2026). No tiene meta: no hay con qué comparar." in done.content.decode()
    value = place.commitment.indicators.get(number=1).values.get()
    assert (
        value.evidence_words,
        value.evidence_url.endswith("/valle-del-ejemplo/compromisos/agua-1/evidencia/1/"),
    ) == (
        "Bitácora de enero",
        True,
    )
    verify = f"{page}1/verificar/"
    assert verify in carmen.get(public).content.decode()
    assert verify not in lead.get(public).content.decode()
    assert lead.get(verify).status_code == 403
    assert carmen.post(verify, {"why": ""}).status_code == 422
    assert "Sí, por el Comité" in carmen.post(verify, {"why": "La sumé."}, follow=True).content.decode()
    correct = f"{page}1/corregir/"
    assert lead.post(correct, {**typed, "value": "40"}).status_code == 422
    assert lead.post(correct, {**typed, "value": "40", "why": "Sobraba un uno."}).status_code == 302
    told = text_of(reader.get(public).content.decode())
    assert "Antes decía 140 . Se corrigió el 16 de marzo de 2026 : Sobraba un uno." in told
    assert "Sí, por el Comité" not in told
