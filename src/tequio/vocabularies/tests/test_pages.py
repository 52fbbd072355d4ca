"""The public pages of the lists."""

import pytest

from tequio.vocabularies import terms
from tequio.vocabularies.names import NAMES

pytestmark = pytest.mark.django_db


def test_the_index_of_lists_leads_to_every_one(client):
    page = client.get("/listas/").content.decode()
    assert [scheme for scheme in NAMES if f"/listas/{scheme}/" not in page] == []


@pytest.mark.parametrize("scheme", ["policy_area", "obligation", "threshold_preset", "sdg_target", "branch"])
def test_a_list_shows_each_key_with_both_labels_and_what_it_rests_on(client, scheme):
    terms.forget()
    answer = client.get(f"/listas/{scheme}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<code>") == len(terms.keys(scheme))


def test_lists_can_be_read_in_english(client):
    assert "Publish the next plan" in client.get("/en/listas/obligation/").content.decode()


def test_an_unknown_list_is_not_found(client):
    assert client.get("/listas/nothing/").status_code == 404
