"""What is written as a rule of a declared form means what the same rule means in Python."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.declared.file import FieldRow
from core.declared.reading import read_file
from core.declared.rules import RuleFault, read_rule
from core.forms.evaluate import evaluate
from core.plugin_api.rules import TODAY, answer
from tests.core.declared.conftest import SAMPLE

if TYPE_CHECKING:
    from core.plugin_api.rules import Rule

FILE = read_file(SAMPLE).file
FIELDS = {row.name: row for row in FILE.forms[0].fields}
FIELDS["agreed"] = FieldRow(name="agreed", label=FIELDS["drank"].label, kind="yes_no")


def rule(text: str) -> Rule:
    return read_rule(text, FIELDS, FILE.codes)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("drank < enrolled", answer("drank").below(answer("enrolled"))),
        ("drank<=12", answer("drank").at_most(12)),
        ("portions > -1", answer("portions").above(-1)),
        ("ends_on >= begins_on", answer("ends_on").at_least(answer("begins_on"))),
        ("ends_on = 2018-01-31", answer("ends_on").equals(date(2018, 1, 31))),
        ("ends_on != today", answer("ends_on").differs(TODAY)),
        ("agreed = yes", answer("agreed").equals(other=True)),
        ("school_kind = 'primary'", answer("school_kind").equals("primary")),
        ("school answered", answer("school").answered()),
        ("school unanswered", answer("school").equals(None)),
        (
            "drank = 1 or drank = 2 and school answered",
            answer("drank").equals(1) | (answer("drank").equals(2) & answer("school").answered()),
        ),
    ],
)
def test_a_rule_is_that_of_python(text: str, meant: Rule) -> None:
    assert rule(text) == meant


def test_a_rule_of_three_parts_is_evaluated_from_left_to_right() -> None:
    read = rule("drank > 1 and drank > 2 and drank > 3")
    held = [evaluate(read, {"drank": number}, date(2018, 1, 1)) for number in (3, 4)]
    assert held == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "drank",
        "drank <",
        "drank < < enrolled",
        "drank < enrolled and",
        "drank < enrolled enrolled",
        "drank < school",
        "drank < 2018-01-31",
        "ends_on = 2018-02-30",
        "ends_on = 3",
        "school = 'a'",
        "school_kind > 'primary'",
        "school_kind = primary",
        "agreed = maybe",
        "school_kind = 'primary'; DROP TABLE child",
        "nothing = 1",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(RuleFault, match=r".+"):
        rule(text)
