"""A member's plans out of OGP's table. The headers are OGP's; every row here is invented."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tequio.commitments.document import check
from tequio.commitments.document.ogp_csv import WrongTable, from_ogp_csv
from tequio.commitments.document.ogp_dates import ogp_date
from tequio.commitments.models import Commitment
from tequio.plans.models import Plan

pytestmark = pytest.mark.django_db
HEADS = [
    *("Commitment Unique Identifier", "Country/Locality", "Action Plan Number", "Commitment Number", "Action Plan ID"),
    *("URL", "Year Of Submission", "Action Plan End Year", "Action Plan Duration (Years)", "Commitment Title"),
    *("Short Title", "Full Text", "Start Date", "End Date", "Lead Institution", "Supporting Institution(s)"),
    *("Anti-Corruption and Integrity", "Open Data", "Access To Information", "Civic Participation"),
    *(
        "Public Accountability",
        "Technology",
        "Completion (Progress Report)",
        "Completion (End Of Term)",
        "Early Results",
    ),
]


def row(**more: str) -> dict[str, str]:
    """An invented row of an invented member."""
    return {
        "Commitment Unique Identifier": "XX0001",
        "Country/Locality": "Ejemplia",
        "Action Plan Number": "2",
        "Action Plan ID": "AP_XX02",
        "Year Of Submission": "2018",
        "Action Plan End Year": "2020",
        "Commitment Title": "Open water\r\n accounts",
        "Full Text": "The office will publish the accounts of the water of the town.",
        "Start Date": "8/22/2019",
        "End Date": "December 2019",
        "Lead Institution": "Water Office",
        "Supporting Institution(s)": "Neighbours; University",
        "Anti-Corruption and Integrity": "0",
        "Open Data": "1",
        "Access To Information": "1",
        "Civic Participation": "NR",
        "Public Accountability": "0",
        "Technology": "ND",
        "Completion (Progress Report)": "Limited",
        "Completion (End Of Term)": "NR",
        "Early Results": "NA",
        **more,
    }


def table(*rows: dict[str, str]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, HEADS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def only(**more: str) -> dict[str, Any]:
    ((plan, _places, _remarks),) = from_ogp_csv(table(row(**more)), "ejemplia")
    return plan


@pytest.mark.parametrize(
    ("words", "read", "look"),
    [
        ("8/22/2019", "2019-08-22", False),
        ("7/1/18", "2018-07-01", False),
        ("31/12/2015", "2015-12-31", False),
        ("December 2015", "2015-12", False),
        ("diciembre de 2015", "2015-12", False),
        ("31 December 2015", "2015-12-31", False),
        ("December 31st, 2015", "2015-12-31", False),
        ("2016", "2016", False),
        ("2016-05", "2016-05", False),
        ("7/15/1905", "2023", True),
        ("Permanent activity", "", True),
        ("2/30/2019", "", True),
        ("2018-2019", "", True),
        ("May or June 2019", "", True),
    ],
)
def test_each_form_of_date_is_read_as_what_it_says(words: str, read: str, look: bool) -> None:
    assert ogp_date(words) == (read, look)


def test_a_row_becomes_a_commitment_with_its_own_words_kept() -> None:
    plan = only()
    assert (plan["number"], plan["start"], plan["end"]) == (2, "2018", "2020")
    (commitment,) = plan["commitments"]
    assert commitment["title"] == {"en": "Open water accounts"}
    assert (commitment["code"], commitment["start"], commitment["start_raw"]) == ("xx0001", "2019-08-22", "8/22/2019")
    assert commitment["supporting"] == [{"name": "Neighbours"}, {"name": "University"}]
    assert commitment["values"] == [{"key": "transparency"}]
    assert commitment["policy_areas"] == ["open_data"]
    assert [(entry["words"], entry.get("low")) for entry in commitment["assessments"]] == [
        ("Limited", "limited"),
        ("No revisado (NR)", None),
    ]
    assert check(plan) == []


def test_not_available_no_data_and_not_reviewed_are_told_apart() -> None:
    (commitment,) = only()["commitments"]
    assert [flag["es"] for flag in commitment["flags"]] == [
        "No disponible (NA) en la hoja de OGP: Early Results.",
        "Sin dato (ND) en la hoja de OGP: Technology.",
        "No revisado (NR) en la hoja de OGP: Civic Participation, Completion (End Of Term).",
    ]


def test_a_year_that_a_spreadsheet_took_for_a_day_is_the_year_and_is_flagged() -> None:
    (commitment,) = only(**{"Start Date": "NA", "End Date": "7/15/1905"})["commitments"]
    assert (commitment.get("start"), commitment["end"], commitment["end_raw"]) == (None, "2023", "7/15/1905")
    assert commitment["flags"][0]["en"] == "End Date says “7/15/1905”; read as: 2023."


def test_a_text_that_only_points_elsewhere_is_no_text() -> None:
    (commitment,) = only(**{"Full Text": "See action plan for commitment text"})["commitments"]
    assert "action" not in commitment


def test_a_plan_without_a_number_takes_it_from_its_identifier() -> None:
    assert only(**{"Action Plan Number": "NA", "Action Plan ID": "AP_XX07"})["number"] == 7


def test_only_the_rows_of_the_member_are_taken_plan_by_plan() -> None:
    text = table(
        row(),
        row(**{"Commitment Unique Identifier": "XX0002"}),
        row(**{"Commitment Unique Identifier": "XX0003", "Action Plan ID": "AP_XX01", "Action Plan Number": "1"}),
        row(**{"Country/Locality": "Otra"}),
    )
    found = from_ogp_csv(text, "EJEMPLIA")
    assert [[c["ogp_id"] for c in plan["commitments"]] for plan, _p, _r in found] == [["XX0003"], ["XX0001", "XX0002"]]


def test_a_member_that_is_not_there_is_answered_with_those_that_look_like_it() -> None:
    with pytest.raises(WrongTable, match="¿Querías decir: Ejemplia"):
        from_ogp_csv(table(row()), "Ejemplo")
    with pytest.raises(WrongTable, match="falta la columna"):
        from_ogp_csv("a,b\n1,2\n", "Ejemplia")


def test_the_command_loads_a_member(tmp_path: Path) -> None:
    path = tmp_path / "ogp.csv"
    path.write_text(table(row()), encoding="utf-8-sig")
    out, new = io.StringIO(), ("--create", "Ejemplia", "--kind", "country")
    call_command("load_plan", "--ogp-csv", str(path), "--member", "Ejemplia", *new, stdout=out)
    assert (Plan.objects.get().number, Commitment.objects.get().ogp_id) == (2, "XX0001")


def test_a_fault_is_told_with_its_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "ogp.csv"
    path.write_text(table(row(**{"End Date": "1/1/2019"})))
    faults, new = io.StringIO(), ("--create", "Ejemplia", "--kind", "country")
    with pytest.raises(SystemExit):
        call_command(
            "load_plan", "--ogp-csv", str(path), "--member", "Ejemplia", *new, stdout=io.StringIO(), stderr=faults
        )
    assert faults.getvalue().splitlines() == [
        "Fila 2, columna End Date: Termina (2019-01-01) antes de empezar (2019-08-22)."
    ]
