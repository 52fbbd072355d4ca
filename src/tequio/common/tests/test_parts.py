"""Parts of pages: lights, steps, chips, meters, pages, charts."""

import datetime as dt
import re

from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from tequio.common import icons
from tequio.common.charts import line_chart, spark, timeline
from tequio.common.dates import PartialDate
from tequio.common.paging import page_of


def draw(source: str, **context: object) -> str:
    return Template("{% load tequio %}" + source).render(Context(context))


def bare(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_light_has_its_own_shape_beside_its_word() -> None:
    five = {colour: str(icons.shape(colour)) for colour in ("green", "blue", "amber", "red", "grey")}
    assert len(set(five.values())) == 5
    assert draw("{% light 'green' 'Verificada' %}") == (
        f'<span class="light" data-light="green">{five["green"]}Verificada</span>'
    )


def test_a_light_may_lead_somewhere() -> None:
    assert draw("{% light 'red' 'No' size='small' url='/a/' %}").startswith(
        '<a class="light small" data-light="red" href="/a/">'
    )


def test_steps_tell_each_activity_to_who_cannot_see_it_and_leave_unnamed_ones_unlit() -> None:
    rows = [{"colour": "green", "label": "Padrón: verificada", "url": "/1/"}, {"colour": "grey", "label": "Taller"}, {}]
    html = draw("{% steps rows %}", rows=rows)
    assert re.findall(r'<(a|span class="cell"|span class="unnamed")', html) == [
        "a",
        'span class="cell"',
        'span class="unnamed"',
    ]
    assert bare(html) == "1 Padrón: verificada 2 Taller 3"


def test_a_chip_says_which_filter_is_on() -> None:
    html = draw(
        "{% chips rows label='Filtros' %}",
        rows=[{"label": "Todo", "url": "?", "current": True}, {"label": "A", "url": "?a=1"}],
    )
    assert html == (
        '<nav class="chips" aria-label="Filtros"><a href="?" aria-current="true">Todo</a><a href="?a=1">A</a></nav>'
    )


def test_nothing_started_is_not_drawn_as_a_first_step_done() -> None:
    cells = {
        (low, high): re.findall(r'<i class="(\w*)">', draw("{% meter low high 'x' %}", low=low, high=high))
        for low, high in (("not_started", ""), ("limited", ""), ("limited", "complete"), ("complete", ""))
    }
    assert cells == {
        ("not_started", ""): ["none", "", "", ""],
        ("limited", ""): ["on", "on", "", ""],
        ("limited", "complete"): ["on", "on", "range", "range"],
        ("complete", ""): ["on"] * 4,
    }


def test_links_between_pages_keep_the_filters_of_the_list() -> None:
    request = RequestFactory().get("/lista/?poder=executive&pagina=5")
    page = Paginator(range(400), 25).get_page(5)
    html = Template('{% include "common/parts/pages.html" %}').render(Context({"page": page, "request": request}))
    assert re.findall(r'href="([^"]+)"', html) == [f"?pagina={n}&amp;poder=executive" for n in (4, 1, 4, 5, 6, 16, 6)]


def test_changing_a_filter_goes_back_to_the_first_page_and_an_empty_value_takes_it_away() -> None:
    request = RequestFactory().get("/lista/?poder=executive&pagina=5")
    context = {"request": request}
    assert draw("{% here luz='red' %}", **context) == "?luz=red&amp;poder=executive"
    assert draw("{% here poder='' %}", **context) == "/lista/"


def test_a_page_beyond_the_last_is_the_last() -> None:
    request = RequestFactory().get("/", {"pagina": "99"})
    assert page_of(request, list(range(30))).number == 2


def test_a_chart_of_values_carries_the_same_values_in_a_table() -> None:
    rows = [{"when": PartialDate("2023"), "value": "810"}, {"when": PartialDate("2024-06"), "value": "1175.5"}]
    html = line_chart(rows, title="Personas", unit="personas", target=1200)
    cells = re.findall(r'<td data-label="[^"]+">([^<]+)</td>', html)
    assert cells == ["2023", "810", "junio de 2024", "1\u202f175.5"]
    assert html.count('class="dot"') == 2
    assert "style=" not in html


def test_a_chart_without_values_is_not_drawn() -> None:
    assert [line_chart([], title="x"), spark([]), timeline([], title="x")] == ["", "", ""]


def test_the_timeline_draws_what_has_dates_and_lists_all() -> None:
    rows = [
        {
            "label": "Uno",
            "start": dt.date(2024, 1, 1),
            "end": dt.date(2024, 6, 30),
            "colour": "green",
            "word": "Verificada",
            "url": "/1/",
        },
        {"label": "Dos", "start": None, "end": dt.date(2024, 12, 31), "colour": "grey", "word": "Sin reporte"},
        {"label": "Tres", "start": None, "end": None, "colour": "grey", "word": "Sin reporte"},
    ]
    html = timeline(rows, title="En el tiempo", today=dt.date(2024, 7, 1))
    assert html.count("<rect ") == 2
    assert html.count('class="today"') == 1
    assert [bare(row) for row in re.findall(r"<tr>(.*?)</tr>", html)][1:] == [
        "Uno 1 de enero de 2024 30 de junio de 2024 Verificada",
        "Dos — 31 de diciembre de 2024 Sin reporte",
        "Tres — — Sin reporte",
    ]
