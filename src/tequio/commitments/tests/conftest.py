"""What the tests of stories start from: one invented plan, read on Monday 16 March 2026."""

import datetime as dt
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.commitments.tests import make
from tequio.plans.models import Plan
from tequio.record.sequence import sequence
from tequio.vocabularies import terms


@pytest.fixture
def plan(db: None, noon: dt.datetime) -> Plan:
    """A published plan with one commitment, two rows of each part."""
    return make.made()


@pytest.fixture
def read(db: None) -> Callable[[str], str]:
    """A page as an anonymous visitor gets it; fails unless it is there."""

    def get(path: str) -> str:
        sequence()
        caches["pages"].clear()
        response = Client().get(path)
        assert response.status_code == 200, path
        return response.content.decode()

    return get


@pytest.fixture
def queries(db: None) -> Callable[[str], int]:
    """How many queries a page costs that nobody has read before, lists of terms warm."""

    def count(path: str) -> int:
        sequence()
        client = Client()
        client.get(path)
        caches["pages"].clear()
        terms.forget()
        terms.schemes()
        with CaptureQueriesContext(connection) as found:
            response = client.get(path)
        assert response.status_code == 200, path
        return len(found)

    return count


def text_of(html: str) -> str:
    """The words of a page without marks, spaces made one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>")[0])).split())


@pytest.fixture
def words(read: Callable[[str], str]) -> Callable[[str], str]:
    """The words of a page's main part."""
    return lambda path: text_of(read(path))
