"""Hostile and mistaken files are refused with a sentence, or read safely."""

import re
import time

import pytest
from django.core.exceptions import ValidationError

from tequio.documents.tests import hostile
from tequio.legaltext.doubts import sentence
from tequio.legaltext.readers import read
from tequio.legaltext.tests.hostile_texts import FILES
from tequio.legaltext.tree import all_doubts, missing, plain

SLOWEST = 5.0  # seconds of work for one file on a busy machine; none needs a fifth of it


def test_there_are_enough_of_them():
    assert len(FILES) >= 60


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_with_a_sentence_or_read_safely(name):
    content, file, words = FILES[name]
    started = time.process_time()
    if words:
        with pytest.raises(ValidationError) as refused:
            read(content, file)
        (said,) = refused.value.messages
        assert re.search(words, said), said
        assert len(said) > 20
        assert said.endswith((".", ")."))
    else:
        document, source = read(content, file)
        assert missing(document, source) is None
        assert all(sentence(doubt) for doubt, _node in all_doubts(document))
    assert time.process_time() - started < SLOWEST


@pytest.mark.parametrize("name", [name for name in hostile.FILES if name not in ("text that turns its letters round",)])
def test_what_is_no_evidence_is_no_law(name):
    with pytest.raises(ValidationError) as refused:
        read(hostile.FILES[name][0], name)
    assert len(refused.value.messages[0]) > 20


def test_nothing_of_a_script_or_of_a_struck_word_comes_in():
    page, _source = read(*FILES["a page with a script in it"][:2])
    assert plain(page.nodes) == "Artículo 1. Texto.\n"
    changed, _source = read(*FILES["changes that nobody accepted"][:2])
    assert "No" not in plain(changed.nodes)
    assert ("tracked_changes", "serious") in {(doubt.code, doubt.severity) for doubt, _node in all_doubts(changed)}


def test_hidden_words_come_in_and_say_so():
    document, source = read(*FILES["hidden words"][:2])
    assert "oculto" in source
    assert "hidden_text" in {doubt.code for doubt, _node in all_doubts(document)}


def test_a_text_that_turns_its_letters_says_so():
    document, _source = read(*FILES["letters turned round"][:2])
    assert "direction_marks" in {doubt.code for doubt, _node in all_doubts(document)}
