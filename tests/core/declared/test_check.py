"""``annhi plugin check`` over declared plugins: the same proof, and faults with their cure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.authoring.apart import check_apart
from core.cli.authoring import _declared
from tests.core.declared.conftest import SAMPLE

if TYPE_CHECKING:
    from tests.core.declared.conftest import Changed

pytestmark = pytest.mark.slow

VISITS = Path(__file__).with_name("home_visits.toml")


@pytest.mark.parametrize("file", [SAMPLE, VISITS], ids=lambda file: file.stem)
def test_nothing_is_found_at_a_sound_file(file: Path) -> None:
    assert check_apart(None, file) == ()


def test_faults_of_the_file_are_findings_with_a_cure(changed: Changed) -> None:
    file = changed(("owner =", "onwer ="))
    found = {one.where.partition(": ")[2]: one for one in check_apart(None, file)}
    assert {one.check for one in found.values()} == {"declared.file"}
    assert found["plugin.onwer"].cure == "Did you mean 'owner'?"
    assert found["plugin.owner"].cure == "Give it."


def test_an_example_that_its_own_form_refuses_is_found(changed: Changed) -> None:
    (found,) = check_apart(None, changed(("portions = 2400", "portions = 24")))
    assert found.check == "demo.refused"
    assert "Fewer portions than children" in found.wrong


def test_a_formula_that_comes_to_something_else_is_found(changed: Changed) -> None:
    (found,) = check_apart(None, changed(('["drank", "enrolled"]', '["enrolled", "drank"]')))
    assert (found.check, found.where) == ("figures.example", "MLK-02")
    assert "comes to 123.8 when the examples are entered once, not to 80.8" in found.wrong


def test_a_text_that_was_not_translated_is_found(changed: Changed) -> None:
    same = 'vi = "Số trẻ em được cân đo", en = "Children weighed"'
    found = check_apart(
        None, changed((same, 'vi = "Children who were weighed", en = "Children who were weighed"'))
    )
    assert {one.check for one in found} == {"texts.untranslated"}


def test_an_installed_file_is_found_by_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNHI_HOME", str(tmp_path))
    monkeypatch.setenv("ANNHI_DECLARED", str(SAMPLE.parent))
    assert _declared("school_milk") == SAMPLE
    assert _declared("orphan_care") is None  # one in Python
