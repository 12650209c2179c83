"""Evaluates the rules of a form over checked answers."""

from __future__ import annotations

import operator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.kit.clock import local_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from core.plugin_api.rules import Compared, Rule, Term

_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(rule: Rule, answers: Mapping[str, Any], today: date) -> bool:
    """Whether a rule holds.

    A comparison with something unanswered is false, but for "is unanswered" itself. A list of
    several choices equals a value when it contains it.
    """
    if rule.compared is not None:
        return _holds(rule.compared, answers, today)
    parts = (evaluate(part, answers, today) for part in rule.parts)
    if rule.joint == "or":
        return any(parts)
    if rule.joint == "not":
        return not any(parts)
    return all(parts)


def value_of(term: Term, answers: Mapping[str, Any], today: date) -> Any:
    """What a term stands for now; ``None`` when it is not answered."""
    if term.kind == "today":
        return today
    if term.kind == "constant":
        return term.value
    if term.kind == "total":
        known = [answers.get(name) for name in str(term.value).split()]
        found = [value for value in known if value is not None]
        return sum(found) if found else None
    if term.kind in {"count", "sum"}:
        roster, _, name = str(term.value).partition(".")
        rows = answers.get(roster) or ()
        return sum(row.get(name) or 0 for row in rows) if term.kind == "sum" else len(rows)
    value = answers.get(str(term.value))
    return None if value in ("", [], ()) else value


def fields_of(rule: Rule) -> Iterator[str]:
    """The fields whose answers a rule looks at, and the rosters whose rows."""
    if rule.compared is not None:
        yield from names_in(rule.compared.left)
        yield from names_in(rule.compared.right)
    for part in rule.parts:
        yield from fields_of(part)


def names_in(term: Term) -> Iterator[str]:
    """The fields or the roster that a term looks at."""
    if term.kind == "total":
        yield from str(term.value).split()
    elif term.kind in {"answer", "count", "sum"}:
        yield str(term.value).partition(".")[0]


def _holds(compared: Compared, answers: Mapping[str, Any], today: date) -> bool:
    left = value_of(compared.left, answers, today)
    right = value_of(compared.right, answers, today)
    if left is None or right is None:
        return _about_nothing(compared, left, right)
    if isinstance(left, list | tuple):
        return (right in left) == (compared.operator == "=")
    left, right = _alike(left, right)
    if compared.operator == "=":
        return bool(left == right)
    if compared.operator == "!=":
        return bool(left != right)
    return _ORDERS[compared.operator](left, right)


def _about_nothing(compared: Compared, left: Any, right: Any) -> bool:
    """Only a rule that asks for "unanswered" by name holds of an unanswered field."""
    asks = (compared.left.kind, compared.left.value) == ("constant", None) or (
        compared.right.kind,
        compared.right.value,
    ) == ("constant", None)
    if not asks:
        return False
    if compared.operator == "=":
        return left is None and right is None
    return compared.operator == "!=" and (left is None) != (right is None)


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """A moment is compared with a day as the day it is in Viet Nam."""
    left_moment, right_moment = isinstance(left, datetime), isinstance(right, datetime)
    if left_moment and not right_moment and isinstance(right, date):
        return local_date(left), right
    if right_moment and not left_moment and isinstance(left, date):
        return left, local_date(right)
    return left, right
