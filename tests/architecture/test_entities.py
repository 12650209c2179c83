"""docs/entities.md: what the domain page asks for, each line held against the running program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tools.entities.checks import faults
from tools.entities.declared import chapter, chapters
from tools.entities.page import page
from tools.entities.program import running

if TYPE_CHECKING:
    from pathlib import Path

    from tools.entities.declared import Chapter
    from tools.entities.program import Program


@pytest.fixture(scope="module")
def program() -> Program:
    return running()


@pytest.fixture(scope="module")
def declared(root: Path) -> list[Chapter]:
    return chapters(root / "docs/entities")


def of_core(**said: Any) -> Chapter:
    """A chapter that says one thing of an entity, a form or a list."""
    content = {"chapter": "2", "owner": "core", "title": "Core"}
    return chapter(content | {kind: {"x": {"section": "2.1"} | one} for kind, one in said.items()})


def told(root: Path, program: Program, **said: Any) -> list[str]:
    """What is wrong with one line; that everything else has none is another matter."""
    found = faults([of_core(**said)], program, root)
    return [one for one in found if not one.startswith(("table ", "form core."))]


def test_every_line_points_to_something_and_everything_has_a_line(
    declared: list[Chapter], program: Program, root: Path
) -> None:
    assert faults(declared, program, root) == []


def test_the_document_is_up_to_date(declared: list[Chapter], program: Program, root: Path) -> None:
    written = (root / "docs/entities.md").read_text(encoding="utf-8")
    assert written == page(declared, program), "run `make docs`"


def test_every_form_of_the_page_stands_there(declared: list[Chapter]) -> None:
    """F-COR-1 to 9, F-DRW-1 to 7, F-LAB-1 to 5, F-ABU-1 to 8, F-ORP-1 to 8."""
    asked = {"COR": 9, "DRW": 7, "LAB": 5, "ABU": 8, "ORP": 8}
    there = {form.name for one in declared for form in one.of("form")}
    assert {f"F-{key}-{n}" for key, last in asked.items() for n in range(1, last + 1)} <= there


def test_a_line_of_a_table_a_column_or_a_value_that_is_not_there_is_named(
    program: Program, root: Path
) -> None:
    assert told(root, program, entity={"at": "core.childs"}) == [
        "entity x (§2.1): there is no table core.childs"
    ]
    said = {"at": "core.child", "same": ["sex"], "named": {"shoes": "shoe_size"}}
    assert told(root, program, entity=said) == [
        "entity x (§2.1): shoes: there is no shoe_size in core.child"
    ]
    offered = {"at": "core.child", "same": ["sex"], "values": {"sex": ["male", "both"]}}
    assert told(root, program, entity=offered) == [
        "entity x (§2.1): sex: there is no value 'both' for 'both'"
    ]


def test_a_line_of_a_form_a_question_or_an_offer_that_is_not_there_is_named(
    program: Program, root: Path
) -> None:
    content = {"chapter": "2", "owner": "core", "title": "Core"}

    def of(number: str, **said: Any) -> list[str]:
        one = {"section": "2.10"} | said
        found = faults([chapter(content | {"form": {number: one}})], program, root)
        return [line for line in found if line.startswith("form F-")]

    assert of("F-COR-1", at="core.activity") == [
        "form F-COR-1 (§2.10): there is no form core.activity"
    ]
    assert of("F-COR-2", at="core.activity_result") == [
        "form F-COR-2 (§2.10): the form core.activity_result has the number 'F-COR-1'"
    ]
    assert of("F-COR-1", at="core.activity_result", same=["place", "weather"]) == [
        "form F-COR-1 (§2.10): weather: there is no weather in core.activity_result"
    ]
    rules = {"Next": "offers core.child", "Shown": "tests/architecture/test_entities.py::test_no"}
    assert of("F-COR-1", at="core.activity_result", rules=rules) == [
        "form F-COR-1 (§2.10): Next: no form of it offers core.child",
        (
            "form F-COR-1 (§2.10): Shown: there is no test test_no in "
            "tests/architecture/test_entities.py"
        ),
    ]


def test_a_role_is_there_and_has_a_right_or_a_reason(program: Program, root: Path) -> None:
    content = {"chapter": "3", "owner": "drowning_prevention", "title": "Drowning"}
    roles = {
        "nurse": "enters",
        "auditor": "reads",
        "collaborator": {"does": "enters", "absent": "not yet"},
    }
    found = faults([chapter(content | {"roles": {"3.6": roles}})], program, root)
    first, second, third = (one for one in found if one.startswith("role "))
    assert first == "role nurse (§3.6): there is no such role"
    assert second == "role auditor (§3.6): drowning_prevention gives it no right"
    assert third.startswith("role collaborator (§3.6): is said to have no right, and ")


def test_what_is_absent_has_a_reason_and_is_really_absent(program: Program, root: Path) -> None:
    said = {"at": "core.child", "absent": {"shoes": " "}}
    assert told(root, program, entity=said) == [
        "entity x (§2.1): shoes: is absent without a reason"
    ]
    said = {"at": "core.child", "absent": {"sex": "not yet"}}
    assert told(root, program, entity=said) == [
        "entity x (§2.1): sex: is said to be absent and is there"
    ]
    codes = {"at": "core.cases.states:State", "absent": {"closed": "not yet"}}
    assert told(root, program, list=codes) == [
        "list x (§2.1): the value 'closed' is said to be absent and is there"
    ]
    assert told(root, program, entity={}) == [
        "entity x (§2.1): neither says where it is nor why it is absent"
    ]
    twice = {"at": "core.child", "same": ["sex", "sex"]}
    assert told(root, program, entity=twice) == ["entity x (§2.1): sex: stands there twice"]


def test_a_new_table_or_form_is_asked_for(
    declared: list[Chapter], program: Program, root: Path
) -> None:
    form = next(iter(program.forms.values()))
    larger = replace(
        program,
        tables={**program.tables, "core.shoe": frozenset({"id"}), "partner.shoe": frozenset()},
        forms={**program.forms, "orphan_care.shoes": form, "partner.shoes": form},
    )
    assert [one.partition(":")[0] for one in faults(declared, larger, root)] == [
        "table core.shoe",
        "form orphan_care.shoes",
    ]
