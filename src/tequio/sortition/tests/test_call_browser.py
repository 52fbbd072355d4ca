"""The volunteers' one screen on a phone, by keyboard, in both lights and without a fault of axe."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from tequio.common.dates import add_months
from tequio.sortition import actions
from tequio.sortition.models import Volunteer
from tests.cast import SECRETARIAT, make_cast


@pytest.mark.django_db(transaction=True)
def test_the_volunteers_screen_on_a_phone(browser: Any, live_server: Any) -> None:
    today = timezone.localdate()
    call = actions.prepare_call(
        plan=make_cast().valle.plan,
        title={"es": "Convocatoria"},
        opens=today,
        closes=add_months(today, 1),
        places=2,
        alternates=1,
        term_start=add_months(today, 2),
        term_end=add_months(today, 20),
        strata=[
            {
                "key": "edad",
                "label": {"es": "Edad"},
                "categories": [{"key": "j", "label": {"es": "Joven"}, "places": 1}],
            }
        ],
    )
    actions.publish_call(call=call, by=SECRETARIAT)
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=live_server.url)
    page = context.new_page()
    faults = []
    for path in ("", "formula/", "2/", "2/participar/"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(f"/valle-del-ejemplo/comite/convocatoria/{path}")
            faults += [(path, scheme, fault["id"]) for fault in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((path, "too wide", ""))
    page.focus("#id_name")
    page.keyboard.type("Canaria")
    page.keyboard.press("Enter")
    page.wait_for_selector(".summary")
    assert page.input_value("#id_name") == "Canaria"
    page.fill("#id_phone", "33 1234 5678")
    page.select_option("#id_s_edad", "j")
    page.click("main button.btn")
    page.wait_for_selector(".panel")
    faults += [("said", fault["id"]) for fault in Axe().run(page).response["violations"]]
    context.close()
    assert faults == []
    assert list(Volunteer.objects.values_list("phone", "answers")) == [("3312345678", {"edad": "j"})]
