"""Rules of a form as a small typed expression tree.

A rule is data: the server evaluates it, the browser mirrors it, and it can be printed as XPath.
So it says no more than XForms can say: answers, constants, today, the number of rows of a roster
and the sum over one of their fields, comparisons, and, or, not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

Constant = str | int | bool | date | Decimal | UUID | None
Comparison = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Term:
    """Something with a value: an answer, a constant, today, or what a roster comes to.

    The value of ``count`` is the roster's name, that of ``sum`` is ``roster.field``, that of
    ``total`` names fields, with blanks between them.
    """

    kind: Literal["answer", "constant", "today", "count", "sum", "total"]
    value: Constant = None

    def equals(self, other: Constant | Term) -> Rule:
        """Both are the same."""
        return _compare(self, "=", other)

    def differs(self, other: Constant | Term) -> Rule:
        """They are not the same."""
        return _compare(self, "!=", other)

    def below(self, other: Constant | Term) -> Rule:
        """Less than the other; false while either is unanswered."""
        return _compare(self, "<", other)

    def at_most(self, other: Constant | Term) -> Rule:
        """Less than or equal to the other; false while either is unanswered."""
        return _compare(self, "<=", other)

    def above(self, other: Constant | Term) -> Rule:
        """More than the other; false while either is unanswered."""
        return _compare(self, ">", other)

    def at_least(self, other: Constant | Term) -> Rule:
        """More than or equal to the other; false while either is unanswered."""
        return _compare(self, ">=", other)

    def one_of(self, *values: Constant) -> Rule:
        """Equal to one of the values; for a field of several choices, one of them is ticked."""
        return Rule("or", tuple(_compare(self, "=", value) for value in values))

    def answered(self) -> Rule:
        """Something was answered."""
        return _compare(self, "!=", None)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of two terms."""

    left: Term
    operator: Comparison
    right: Term


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition: a comparison, or several conditions joined."""

    joint: Literal["is", "and", "or", "not"]
    parts: tuple[Rule, ...] = ()
    compared: Compared | None = None

    def __and__(self, other: Rule) -> Rule:
        return Rule("and", (self, other))

    def __or__(self, other: Rule) -> Rule:
        return Rule("or", (self, other))

    def __invert__(self) -> Rule:
        return Rule("not", (self,))


def answer(field: str) -> Term:
    """The answer to a field of the same form."""
    return Term("answer", field)


def count_of(roster: str) -> Term:
    """How many rows a roster has."""
    return Term("count", roster)


def sum_of(roster: str, field: str) -> Term:
    """The sum of a field over the rows of a roster; what is unanswered adds nothing."""
    return Term("sum", f"{roster}.{field}")


def total_of(*fields: str) -> Term:
    """The answers to some fields of the form added up; what is unanswered adds nothing."""
    return Term("total", " ".join(fields))


TODAY = Term("today")


def _compare(left: Term, operator: Comparison, right: Constant | Term) -> Rule:
    term = right if isinstance(right, Term) else Term("constant", right)
    return Rule("is", compared=Compared(left, operator, term))
