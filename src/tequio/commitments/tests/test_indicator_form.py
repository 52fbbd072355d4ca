"""An indicator's sheet in rows: variables, targets, thresholds with their lights, means; and the search of SDG targets."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from tequio.commitments import actions
from tequio.commitments.attainment import Band, thresholds_of
from tequio.commitments.bands import band_of, in_figures, problems
from tequio.commitments.document.advice import advice_on_indicator
from tequio.commitments.document.check import check_commitment
from tequio.commitments.document.dump import dump_commitment
from tequio.commitments.forms import ITEM_FIELDS, SectionForm
from tequio.commitments.models import Commitment
from tequio.commitments.tests import make
from tequio.commitments.tests.make import BY
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

BANDS = [{"light": "red", "to": "60"}, {"light": "yellow", "from": "60", "to": "90"}, {"light": "green", "from": "90"}]


def form_of(document: dict[str, Any], jurisdiction: Jurisdiction, data: Any = None, **more: Any) -> SectionForm:
    names = more.pop("names", ITEM_FIELDS["indicators"])
    said: Any = {"kind": "indicators", "names": names, "document": document, "revision": 1, **more}
    return SectionForm(data, jurisdiction=jurisdiction, **said)


def sent_back(form: SectionForm, **changed: str) -> QueryDict:
    """What a browser sends of a form as it stands, with something changed."""
    data = QueryDict(mutable=True)
    for holder in (form, *(row for rows in form.rows.values() for row in rows.forms)):
        for field in holder:
            value, widget = field.value(), field.field.widget
            if hasattr(widget, "decompress"):
                parts = value if isinstance(value, list) else widget.decompress(value)
                data.update(
                    {f"{field.html_name}_{key}": words or "" for key, words in zip(("es", "en"), parts, strict=True)}
                )
            elif isinstance(value, list | tuple):
                data.setlist(field.html_name, [str(item) for item in value])
            elif value not in (None, False):
                data[field.html_name] = str(value)
    for name, rows in form.rows.items():
        data[f"{name}-TOTAL_FORMS"], data[f"{name}-INITIAL_FORMS"] = str(len(rows.forms)), "0"
    for name, value in changed.items():
        data[name] = value
    return data


def test_what_a_sheet_says_goes_through_the_form_and_comes_back_the_same(plan: Plan) -> None:
    kept = dump_commitment(Commitment.objects.get(plan=plan, number=1))["indicators"][0]
    kept |= {
        "thresholds": {"version": 2, "bands": BANDS},
        "means": [{**kept["means"][0], "url": "https://ejemplo.org/m"}],
    }
    form = form_of(kept, plan.jurisdiction)
    again = form_of(kept, plan.jurisdiction, sent_back(form))
    assert again.is_valid(), (again.errors, [r.errors for r in again.rows.values()])
    written = {name: value for name, value in again.changes().items() if value not in (None, "", [], {})}
    organisation = written.pop("responsible_unit")
    assert organisation["slug"] == kept["responsible_unit"]["slug"]
    assert written == {name: kept[name] for name in written}
    assert set(kept) - set(written) == {"number", "responsible_unit", "values"}


def test_own_thresholds_leave_no_gap_and_do_not_overlap_and_each_change_is_a_version(plan: Plan) -> None:
    form = form_of({"name": {"es": "x"}, "targets": [{"period": "2026", "value": "80"}]}, plan.jurisdiction)
    typed = {"thresholds_of": "own", "thresholds-TOTAL_FORMS": "2"}
    typed |= {"thresholds-0-light": "red", "thresholds-0-end": "60", "thresholds-1-light": "green"}
    gap = form_of({}, plan.jurisdiction, sent_back(form, **typed, **{"thresholds-1-start": "70"}))
    assert not gap.is_valid()
    assert gap.rows["thresholds"].forms[1].errors["start"] == ["Entre 60 % y 70 % no hay ninguna luz."]
    over = form_of({}, plan.jurisdiction, sent_back(form, **typed, **{"thresholds-1-start": "50"}))
    assert not over.is_valid()
    whole = form_of({}, plan.jurisdiction, sent_back(form, **typed, **{"thresholds-1-start": "60"}))
    assert whole.is_valid()
    assert whole.changes()["thresholds"] == {"bands": [{"light": "red", "to": "60"}, {"light": "green", "from": "60"}]}
    lights = next(piece for piece in whole.pieces() if getattr(piece, "is_thresholds", False))
    assert [(row["light"], row["words"], row["figures"]) for row in lights.lights()] == [
        ("red", "menos de 60 %", "menos de 48"),
        ("green", "60 % o más", "48 o más"),
    ]
    preset = form_of({}, plan.jurisdiction, sent_back(form, thresholds_of="symmetric_10"))
    assert preset.is_valid()
    assert preset.changes()["thresholds"] == {"preset": "symmetric_10"}
    commitment = Commitment.public_rows().select_related("plan").get(plan=plan, number=1)
    for n, bands in enumerate((BANDS, [*BANDS[:1], {"light": "green", "from": "60"}]), 1):
        document = dump_commitment(Commitment.objects.get(pk=commitment.pk))
        document["indicators"][0]["thresholds"] = {**document["indicators"][0].get("thresholds", {}), "bands": bands}
        actions.change_commitment(
            commitment=Commitment.public_rows().select_related("plan").get(pk=commitment.pk),
            document=document,
            by=BY,
            reason="Umbrales",
            requested_by="Agua",
            decision="Acuerdo",
        )
        kept = Commitment.objects.get(pk=commitment.pk).indicators.get(number=1).thresholds
        assert kept == {"version": n, "bands": bands}
        assert thresholds_of(kept).origin == f"Umbrales propios, versión {n}"


@pytest.mark.parametrize(
    ("bands", "wrong"),
    [
        (BANDS, []),
        ([{"light": "red", "from": "60", "to": "50"}], [(0, "Termina antes de empezar.")]),
        ([{"light": "red", "from": "9", "to": "9"}], [(0, "Termina antes de empezar.")]),
        ([{"light": "red", "to": "9", "to_in": True}, {"light": "green", "from": "9", "from_in": False}], []),
        (
            [{"light": "red", "to": "9"}, {"light": "green", "from": "9", "from_in": False}],
            [(1, "Justo en 9 % no hay ninguna luz.")],
        ),
    ],
)
def test_how_bands_fit_together(bands: list[dict[str, Any]], wrong: list[tuple[int, str]]) -> None:
    assert problems([band_of(band) for band in bands]) == wrong


def test_a_files_bands_are_checked_in_the_same_words(plan: Plan) -> None:
    document = make.commitment(1, 1)
    document["indicators"][0]["thresholds"] = {
        "bands": [{"light": "red", "to": "50"}, {"light": "green", "from": "60"}]
    }
    assert [fault.words for fault in check_commitment(document, {})] == ["Entre 50 % y 60 % no hay ninguna luz."]
    document["indicators"][0]["thresholds"] = {"bands": [{"light": "pink", "to": "50"}, {"light": "red", "from": "x"}]}
    assert [fault.place.rpartition("/")[2] for fault in check_commitment(document, {})] == ["0", "1"]


def test_a_band_in_the_indicators_own_figures() -> None:
    band = Band("yellow", Decimal(60), Decimal(90))
    target = Decimal(80)
    assert in_figures(band, target) == "de 48 a menos de 72"
    assert in_figures(band, target, direction="descendente") == "más de 88.89 y hasta 133.33"
    assert in_figures(band, target, method="from_baseline", baseline=Decimal(40)) == "de 64 a menos de 76"
    assert in_figures(band, target, method="from_baseline", baseline=Decimal(120)) == "más de 84 y hasta 96"
    assert in_figures(band, Decimal(0)) == ""


def test_advice_names_the_symbols_that_nobody_declared_and_what_a_level_is_not_measured_with(plan: Plan) -> None:
    sheet = make.indicator()
    assert advice_on_indicator(sheet) == [
        "El método usa «b» y no está entre las variables: agrégala para que se sepa qué es."
    ]
    both = [{"symbol": "a"}, {"symbol": "b"}]
    assert advice_on_indicator({**sheet, "variables": both}) == []
    said = advice_on_indicator({**sheet, "variables": both, "level": "fin", "direction": "descendente"})
    assert [words.split(" ", 2)[0] for words in said] == ["Se", "Para", "Para"]
    words = advice_on_indicator({**sheet, "method": {"es": "Reparadas entre reportadas"}})
    assert words[0].startswith("El método no se lee como fórmula")


def test_an_sdg_target_is_found_by_number_or_by_word_and_has_its_reason(plan: Plan) -> None:
    names = ("sdg_targets",)
    said: Any = {"names": names, "kind": "commitment"}

    def asked(code: str) -> SectionForm:
        data = QueryDict(mutable=True)
        data.update({"revision": "1", "sdg_targets-TOTAL_FORMS": "2", "sdg_targets-INITIAL_FORMS": "0"})
        data.update(
            {"sdg_targets-0-code": "16.6", "sdg_targets-0-role": "main", "sdg_targets-0-reason_es": "Se rinde cuentas."}
        )
        data.update({"sdg_targets-1-code": code, "sdg_targets-1-role": "secondary"})
        return form_of({}, plan.jurisdiction, data, **said)

    first = {"code": "16.6", "role": "main", "reason": {"es": "Se rinde cuentas."}}
    for code in ("6.4 Agua limpia y saneamiento", "6.4"):
        form = asked(code)
        assert form.is_valid(), form.rows["sdg_targets"].errors
        assert form.changes() == {"sdg_targets": [first, {"code": "6.4", "role": "secondary"}]}
    assert asked("").changes() == {"sdg_targets": [first]} if asked("").is_valid() else False
    many = asked("agua limpia")
    assert not many.is_valid()
    assert many.rows["sdg_targets"].forms[1].errors["code"][0].startswith("Varias metas dicen «agua limpia»: 6.1, 6.2")
    assert not asked("dragones").is_valid()
