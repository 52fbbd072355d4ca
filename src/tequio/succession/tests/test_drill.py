"""The yearly drill: another portal from the public copy, compared, and the result on the record."""

import pytest

from tequio.record.core import canon
from tequio.record.models import Act
from tequio.succession.drill import CODE, drill, elsewhere
from tests.cast import Cast


@pytest.mark.once
def test_a_drill_brings_up_another_portal_and_leaves_its_result(people: Cast, tmp_path: object) -> None:
    done = drill()
    assert [(step.key, step.said) for step in done.steps] == [
        (key, "") for key in ("export", "verify", "restore", "identity")
    ]
    said = canon.decode(bytes(Act.objects.get(kind="drill.done").entry))["state"]
    assert (said["passed"], said["size"], said["root"]) == (True, done.size, done.root)
    assert len(said["steps"]) == 4


@pytest.mark.once
def test_what_the_other_portal_complains_of_is_the_drills_result(tmp_path: object) -> None:
    assert "call_command" in CODE
    assert "Unknown command" in elsewhere(tmp_path / "otra", ["nadie"])
