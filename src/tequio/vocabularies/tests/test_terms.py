"""What the lists say and how other sources' words find their term."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import translation

from tequio.vocabularies import terms
from tequio.vocabularies.models import Term
from tequio.vocabularies.names import NAMES
from tequio.vocabularies.sync import FOLDER, sync, terms_in_files

pytestmark = pytest.mark.django_db

TARGETS_PER_GOAL = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)


@pytest.fixture(autouse=True)
def _fresh_lists():
    terms.forget()
    yield
    terms.forget()


def test_the_official_list_of_targets_has_169_codes():
    codes = terms.keys("sdg_target")
    per_goal = tuple(sum(1 for code in codes if code.split(".")[0] == str(goal)) for goal in range(1, 18))
    assert (len(codes), per_goal) == (169, TARGETS_PER_GOAL)


def test_every_target_and_every_topic_belongs_to_a_known_group():
    goals, groups = set(terms.keys("sdg_goal")), set(terms.keys("policy_group"))
    assert {item.group for item in terms.terms("sdg_target")} == goals
    assert {item.group for item in terms.terms("policy_area")} == groups


def test_every_list_has_a_name_on_screen():
    assert {path.stem for path in FOLDER.glob("*.json")} == set(NAMES)


def test_keys_are_unique_short_and_machine_readable():
    for path in FOLDER.glob("*.json"):
        keys = [row["key"] for row in json.loads(path.read_text(encoding="utf-8"))]
        assert len(keys) == len(set(keys)), path.stem
        assert all(key.isascii() and " " not in key and len(key) <= 60 for key in keys), path.stem


def test_no_alias_means_two_terms_of_a_list():
    for path in FOLDER.glob("*.json"):
        seen: dict[str, str] = {}
        for row in json.loads(path.read_text(encoding="utf-8")):
            for words in {terms.fold(text) for text in row.get("aliases", [])}:
                assert seen.setdefault(words, row["key"]) == row["key"], (path.stem, words)


@pytest.mark.parametrize(
    ("scheme", "words", "key"),
    [
        ("ogp_value", "access_to_information", "transparency"),
        ("ogp_value", "civic_participation", "participation"),
        ("ogp_value", "Participación Cívica", "participation"),
        ("ogp_value", "public_accountability", "accountability"),
        ("ogp_value", "technology_and_innovation", "technology"),
        ("ogp_value", "RENDICION DE CUENTAS", "accountability"),
        ("sector", "government", "gov_other"),
        ("sector", "civil_society", "cso"),
        ("sector", "Sociedad civil", "cso"),
        ("policy_area", "Open Contracting and Procurement", "open_contracting"),
        ("policy_area", "marginalized communities", "marginalized_communities"),
        ("policy_area", "Genero", "gender"),
        ("completion", "Completed", "complete"),
        ("evidence_type", "audiovisual", "photo_video"),
        ("obligation", "DL-4", "dl_4"),
        ("sector", "unheard of", None),
        ("sector", "", None),
        ("no_such_list", "x", None),
    ],
)
def test_the_words_of_other_sources_find_their_term(scheme, words, key):
    assert terms.resolve(scheme, words) == key


def test_a_label_speaks_the_readers_language_and_an_unknown_key_is_its_own_label():
    with translation.override("es"):
        spanish = (terms.label("branch", "judicial"), terms.label("branch", "nowhere"))
    with translation.override("en"):
        english = (terms.label("branch", "judicial"), terms.label("branch", "judicial", "es"))
    assert spanish == ("Poder Judicial", "nowhere")
    assert english == ("Judicial branch", "Poder Judicial")


def test_a_warm_page_asks_the_database_nothing(django_assert_num_queries):
    terms.label("branch", "judicial")
    with django_assert_num_queries(0):
        terms.label("sector", "cso")
        terms.choices("role")()
        terms.grouped_choices("policy_area", "policy_group")()
        terms.resolve("policy_area", "Gender")


def test_an_administrators_change_shows_within_a_minute(monkeypatch):
    assert terms.label("branch", "judicial", "es") == "Poder Judicial"
    Term.objects.filter(scheme="branch", key="judicial").update(label_es="Judicatura")
    start = terms._kept_at
    monkeypatch.setattr(terms.time, "monotonic", lambda: start + terms.FRESH_SECONDS + 1)
    assert terms.label("branch", "judicial", "es") == "Judicatura"


def test_a_new_release_leaves_an_administrators_term_alone():
    Term.objects.filter(scheme="branch", key="judicial").update(label_es="Judicatura", changed_here=True)
    Term.objects.filter(scheme="branch", key="executive").update(label_es="Otra cosa")
    Term.objects.create(scheme="branch", key="own", label_es="Propia", label_en="Own", changed_here=True)
    call_command("vocabularies_sync", verbosity=0)
    found = dict(Term.objects.filter(scheme="branch").values_list("key", "label_es"))
    assert (found["judicial"], found["executive"], found["own"]) == ("Judicatura", "Poder Ejecutivo", "Propia")
    assert Term.objects.get(key="own").valid_to is None


def test_a_term_that_left_its_list_is_retired_and_still_readable():
    Term.objects.create(scheme="branch", key="gone", label_es="Antigua", label_en="Old")
    sync(Term)
    terms.forget()
    assert terms.term("branch", "gone").valid_to is not None
    assert terms.label("branch", "gone", "es") == "Antigua"
    assert "gone" in terms.keys("branch")
    assert "gone" not in [key for key, _ in terms.choices("branch")()]


def test_choices_follow_the_day():
    Term.objects.filter(scheme="branch", key="other").update(valid_to=dt.date(2024, 1, 1))
    terms.forget()
    before = [key for key, _ in terms.choices("branch", on=dt.date(2023, 12, 31))()]
    after = [key for key, _ in terms.choices("branch", on=dt.date(2024, 1, 1))()]
    assert set(before) - set(after) == {"other"}


def test_syncing_again_changes_nothing():
    before = list(Term.objects.order_by("pk").values())
    assert sync(Term) == len(terms_in_files()) == len(before)
    assert list(Term.objects.order_by("pk").values()) == before


def test_the_governments_side_is_the_four_branches_autonomous_bodies_and_the_anticorruption_institution():
    found = {key for key in terms.keys("sector") if terms.is_government(key)}
    assert found == {
        "gov_executive", "gov_legislative", "gov_judicial", "gov_municipal", "gov_other", "autonomous",
        "anticorruption",
    }  # fmt: skip


def test_the_intervals_of_every_preset_cover_each_attainment_exactly_once():
    from decimal import Decimal

    for item in terms.terms("threshold_preset"):
        for hundredths in range(0, 13000, 5):
            value, colours = Decimal(hundredths) / 100, []
            for part in item.details["intervals"]:
                low = (
                    part["from"] is None
                    or value > Decimal(part["from"])
                    or (part["from_in"] and value == Decimal(part["from"]))
                )
                high = (
                    part["to"] is None
                    or value < Decimal(part["to"])
                    or (part["to_in"] and value == Decimal(part["to"]))
                )
                if low and high:
                    colours.append(part["colour"])
            assert len(colours) == 1, (item.key, value, colours)
