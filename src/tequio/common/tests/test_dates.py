"""Dates as sources tell them, months and working days."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tequio.common.dates import PartialDate, PartialDateFormField, add_months, add_working_days, days_left, in_words

DAY = dt.date


def test_a_partial_date_keeps_the_precision_of_its_source_and_spans_the_days_it_may_mean() -> None:
    spans = {text: (PartialDate(text).first, PartialDate(text).last) for text in ("2021", "2021-02", "2021-02-03", "")}
    assert spans == {
        "2021": (DAY(2021, 1, 1), DAY(2021, 12, 31)),
        "2021-02": (DAY(2021, 2, 1), DAY(2021, 2, 28)),
        "2021-02-03": (DAY(2021, 2, 3), DAY(2021, 2, 3)),
        "": (None, None),
    }


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "21", "mañana", "2021-2", "2021/02/03", "2021-02-03T10:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|out of range|must be in"):
        PartialDate(text)


def test_dates_are_said_in_words_in_both_languages() -> None:
    said = {}
    for language in ("es", "en"):
        with override(language):
            said[language] = [in_words(value) for value in ("2024-09-30", "2021-09", "2021", DAY(2024, 3, 1), "", None)]
    assert said == {
        "es": ["30 de septiembre de 2024", "septiembre de 2021", "2021", "1 de marzo de 2024", "", ""],
        "en": ["30 September 2024", "September 2021", "2021", "1 March 2024", "", ""],
    }


def test_the_form_takes_the_ways_people_write_a_date() -> None:
    field = PartialDateFormField(required=False)
    typed = ["30/09/2024", "1-9-2024", " 2024-09-30 ", "2024-09", "2024", ""]
    assert [field.clean(text) for text in typed] == ["2024-09-30", "2024-09-01", "2024-09-30", "2024-09", "2024", ""]


def test_the_form_says_how_to_write_a_date_that_does_not_exist() -> None:
    with pytest.raises(ValidationError) as caught:
        PartialDateFormField().clean("31/02/2024")
    assert caught.value.messages == [
        "Escribe una fecha que exista, como 2024-09-30, o solo el mes, 2024-09, o el año, 2024."
    ]


def test_a_month_later_is_the_last_day_where_the_month_is_shorter() -> None:
    assert add_months(DAY(2024, 1, 31), 1) == DAY(2024, 2, 29)
    assert add_months(DAY(2023, 11, 30), 3) == DAY(2024, 2, 29)
    assert add_months(DAY(2024, 3, 31), -1) == DAY(2024, 2, 29)
    assert add_months(DAY(2024, 1, 15), 12) == DAY(2025, 1, 15)


@given(st.dates(DAY(1950, 1, 1), DAY(2150, 1, 1)), st.integers(-600, 600))
def test_months_move_the_month_by_so_many_and_never_past_the_day(day: dt.date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + dt.timedelta(days=1)).day == 1)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    friday = DAY(2024, 9, 13)
    assert add_working_days(friday, 1) == DAY(2024, 9, 16)
    assert add_working_days(friday, 1, {DAY(2024, 9, 16)}) == DAY(2024, 9, 17)
    assert add_working_days(friday, 10, {DAY(2024, 9, 16)}) == DAY(2024, 9, 30)
    assert add_working_days(friday, 0) == friday


def test_days_left_are_said_as_a_person_would() -> None:
    today = DAY(2024, 9, 30)
    with override("es"):
        said = [days_left(today + dt.timedelta(days=n), today) for n in (12, 1, 0, -1, -5)]
    assert said == ["quedan 12 días", "queda 1 día", "vence hoy", "venció ayer", "venció hace 5 días"]
