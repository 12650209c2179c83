"""Rules printed as XPath mean what the server makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from core.forms.checking import check_answers
from core.forms.evaluate import evaluate
from core.forms.xpath import Binding, bindings, xpath
from core.plugin_api.forms import Check, Field, Roster
from core.plugin_api.rules import TODAY, answer, count_of, sum_of, total_of
from core.register.models import Child

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.forms.context import FormContext
    from core.plugin_api.forms import Form
    from core.plugin_api.rules import Rule

NOW = date(2018, 6, 1)
ANSWERS: tuple[dict[str, Any], ...] = (
    {},
    {"count": 3, "girls": 3, "title": "a", "cause": "fall", "safe": True},
    {"count": 3, "girls": 2, "title": "it's", "cause": "drowning", "needs": ["food"]},
    {"count": 0, "safe": False, "needs": ["food", "school"], "on": date(2018, 5, 31)},
    {"girls": 1, "on": NOW, "until": date(2018, 6, 2)},
    {"on": date(2018, 6, 2), "until": date(2018, 6, 2), "rows": [{"age": 3}, {"age": 4}]},
    {"count": 2, "girls": 1, "rows": [{"age": 3}, {"age": None}], "title": 'it\'s "so"'},
)
RULES: tuple[Rule, ...] = (
    answer("count").equals(3),
    answer("count").differs(3),
    answer("count").at_least(answer("girls")),
    answer("girls").equals(answer("count")),
    answer("girls").differs(answer("count")),
    ~answer("count").below(2),
    answer("title").equals("it's"),
    answer("title").equals('it\'s "so"'),
    answer("title").answered(),
    answer("cause").equals(None),
    answer("cause").one_of("fall", "drowning"),
    answer("safe").equals(False),
    answer("safe").equals(True) | answer("needs").equals("school"),
    answer("needs").differs("school"),
    answer("needs").one_of("food") & answer("count").above(0),
    answer("on").at_most(TODAY),
    answer("on").below(answer("until")),
    answer("on").equals(answer("until")),
    answer("until").above(date(2018, 6, 1)),
    count_of("rows").equals(2),
    count_of("rows").at_most(answer("count")),
    sum_of("rows", "age").above(3),
    total_of("count", "girls").at_least(4),
)


@pytest.fixture
def form(form: Form) -> Form:
    age = Field(name="age", label=form.title, kind="integer")
    rows = Roster(name="rows", title=form.title, model=Child, parent="id", fields=(age,))
    return replace(form, rosters=(rows,), compute=None)


def _document(answers: Mapping[str, Any], form: Form) -> Any:
    """The answers as a program of XForms keeps them: an element each, empty when unanswered."""
    data = etree.Element("data")
    for field in form.fields:
        etree.SubElement(data, field.name).text = _words(answers.get(field.name))
    for row in answers.get("rows", ()):
        group = etree.SubElement(data, "rows")
        etree.SubElement(group, "age").text = _words(row["age"])
    return data.getroottree()


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, list) else str(value)


def _one(value: Any) -> str:
    found = value[0] if isinstance(value, list) and value else value
    return getattr(found, "text", found) or ""


FUNCTIONS = {
    (None, "today"): lambda _: float(NOW.toordinal()),
    (None, "date"): lambda _, day: (
        float(date.fromisoformat(_one(day)).toordinal()) if _one(day) else float("nan")
    ),
    (None, "selected"): lambda _, chosen, code: _one(code) in _one(chosen).split(),
    (None, "if"): lambda _, test, one, other: other if not test else float(_one(one) or "nan"),
}


def _holds(printed: str, answers: Mapping[str, Any], form: Form) -> bool:
    # lxml's ``if`` takes its arguments as they are: turned round, the number comes first
    tree = _document(answers, form)
    return bool(tree.xpath(f"boolean({printed})", extensions=FUNCTIONS))


@pytest.mark.parametrize("rule", RULES)
def test_the_printed_rule_says_what_the_server_says(form: Form, rule: Rule) -> None:
    printed = xpath(form, rule)
    for answers in ANSWERS:
        assert _holds(printed, answers, form) == evaluate(rule, answers, NOW), (printed, answers)


def test_rules_are_printed_with_their_fields(form: Form) -> None:
    age = replace(
        form.rosters[0].fields[0],
        relevant=answer("cause").equals("fall"),
        checks=(Check(answer("age").at_most(answer("count")), form.title),),
    )
    total = Field(
        name="score",
        label=form.title,
        kind="integer",
        computed=True,
        value=total_of("count", "girls"),
    )
    part = replace(form.parts[0], fields=(*form.parts[0].fields, total))
    printed = set(
        bindings(replace(form, parts=(part,), rosters=(replace(form.rosters[0], fields=(age,)),)))
    )
    assert {
        Binding("/data/title", "required", "true()"),
        Binding("/data/girls", "constraint", "/data/girls <= /data/count"),
        Binding("/data/rows/age", "relevant", "/data/cause = 'fall'"),
        Binding("/data/rows/age", "constraint", "../age <= /data/count"),
        Binding(
            "/data/score",
            "calculate",
            "if(/data/count = '', 0, /data/count) + if(/data/girls = '', 0, /data/girls)",
        ),
    } <= printed


def test_a_value_is_worked_out_by_the_server(
    form: Form, context: FormContext, right: dict[str, object]
) -> None:
    total = Field(
        name="score", label=form.title, kind="integer", computed=True, value=sum_of("rows", "age")
    )
    part = replace(form.parts[1], fields=(*form.parts[1].fields[:-1], total))
    sums = replace(form, parts=(form.parts[0], part))
    checked = check_answers(sums, right | {"rows": [{"age": "3"}, {}, {"age": "4"}]}, context)
    assert (checked.errors, checked.values["score"]) == ((), 7)
