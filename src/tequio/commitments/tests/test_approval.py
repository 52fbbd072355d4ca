"""What is said of a plan's approval has two languages; acts from before, with one, are read as they were."""

from tequio.commitments.document import normal
from tequio.commitments.document.dump import dump
from tequio.commitments.document.load import load
from tequio.commitments.tests import make
from tequio.common.i18n import versions
from tequio.plans.models import Plan


def test_the_approval_has_two_languages_and_comes_out_as_it_went_in(db: None, noon: object) -> None:
    note = {"es": "Sesión de instalación", "en": "First session"}
    plan = make.made(make.plan(approved_on="2026-01-09", approved_note=note))
    assert (versions(plan.approval), plan.public_state()["approved_words"]) == (note, note)
    assert ("approved_note" in plan.public_state(), dump(plan)["approved_note"]) == (False, note)


def test_a_text_in_one_language_is_spanish(db: None, noon: object) -> None:
    found = load(
        normal.normalise(make.plan(approved_note="Sesión 1")), jurisdiction=make.place("valle"), by=make.BY
    ).plan
    assert found is not None
    assert versions(found.approval) == {"es": "Sesión 1"}


def test_a_row_and_an_act_from_before_keep_their_one_language(db: None) -> None:
    old = Plan(jurisdiction=make.place("valle"), number=1, slug="valle-1", approved_note="Sesión de 2019")
    assert (versions(old.approval), old.public_state()["approved_note"]) == ({"es": "Sesión de 2019"}, "Sesión de 2019")
    assert "approved_words" not in old.public_state()
