"""The database that every test begins with: made by the migrations, from nothing, and a copy since."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import template


@pytest.mark.django_db
def test_every_migration_of_this_code_made_the_database_that_tests_begin_with() -> None:
    """The template carries the digest of what it was made of: this code's, or it would have been made anew."""
    executor = MigrationExecutor(connection)
    assert set(executor.loader.applied_migrations) == set(executor.loader.disk_migrations)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_whatever_decides_what_a_migrated_database_holds_gives_another_template() -> None:
    there = {str(path.relative_to(template.ROOT)) for path in template.sources()}
    migrations = {str(path.relative_to(template.ROOT)) for path in Path(template.ROOT).glob("src/**/migrations/*.py")}
    assert len(migrations) > 50
    assert there >= migrations | {
        "src/tequio/vocabularies/sync.py",
        "src/tequio/vocabularies/lists/role.json",
        "src/tequio/places/data/municipalities.csv",
        "src/tequio/record/triggers.py",
        "src/tequio/search/engine.py",
        "src/tequio/common/i18n.py",
        "src/tequio/meetings/models/session.py",
        "src/tequio/config/settings.py",
        "tests/settings.py",
    }
