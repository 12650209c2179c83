"""Rules over answers: what holds, and what nothing answered means."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from core.forms.evaluate import evaluate, fields_of
from core.forms.rule_json import rule_json
from core.plugin_api.rules import TODAY, Rule, answer

TODAY_IS = date(2018, 6, 1)
ANSWERS = {
    "cause": "drowning",
    "age": 7,
    "safe": True,
    "needs": ["food", "school"],
    "on": date(2018, 5, 31),
    "at": datetime(2018, 5, 31, 18, 0, tzinfo=UTC),  # 1 June in Viet Nam
    "nothing": None,
    "none_ticked": [],
}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (answer("cause").equals("drowning"), True),
        (answer("cause").differs("drowning"), False),
        (answer("age").at_least(7) & answer("age").below(8), True),
        (answer("age").above(7) | answer("age").at_most(6), False),
        (~answer("safe").equals(True), False),
        (answer("cause").one_of("fire", "drowning"), True),
        (answer("needs").one_of("health", "food"), True),
        (answer("needs").equals("health"), False),
        (answer("needs").differs("health"), True),
        (answer("on").below(TODAY), True),
        (answer("at").equals(TODAY), True),
        (answer("at").above(answer("on")), True),
        (answer("nothing").equals(None), True),
        (answer("nothing").answered(), False),
        (answer("none_ticked").answered(), False),
        (answer("cause").answered(), True),
        (answer("nothing").equals("x"), False),
        (answer("nothing").differs("x"), False),
        (answer("nothing").below(3), False),
        (answer("nothing").equals(answer("none_ticked")), False),
        (~answer("nothing").equals("x"), True),
    ],
)
def test_rule_holds_or_not(rule: Rule, expected: bool) -> None:  # noqa: FBT001  a table
    assert evaluate(rule, ANSWERS, TODAY_IS) is expected


def test_rule_names_the_fields_it_looks_at() -> None:
    rule = answer("a").equals(answer("b")) & ~answer("c").answered()
    assert list(fields_of(rule)) == ["a", "b", "c"]


def test_rule_travels_to_the_browser_as_json() -> None:
    rule = answer("cause").equals("đuối nước") | ~answer("on").below(date(2018, 1, 2))
    assert json.loads(rule_json(rule) or "") == {
        "or": [
            {"is": [{"answer": "cause"}, "=", {"constant": "đuối nước"}]},
            {"not": [{"is": [{"answer": "on"}, "<", {"date": "2018-01-02"}]}]},
        ]
    }
    assert rule_json(answer("on").below(TODAY)) == '{"is":[{"answer":"on"},"<",{"today":true}]}'
    assert rule_json(None) is None
