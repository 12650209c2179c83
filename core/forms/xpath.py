"""Rules of a form as XPath 1.0 with the functions of XForms, for other programs that fill forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api.forms import Field, Form, Roster
    from core.plugin_api.rules import Compared, Constant, Rule, Term

_NOTHING = "''"
_DAYS = frozenset({"date", "datetime"})


@dataclass(frozen=True, slots=True)
class Binding:
    """One printed rule; ``prop`` is relevant, required, constraint or calculate, as in XForms."""

    path: str
    prop: str
    xpath: str


def bindings(form: Form) -> Iterator[Binding]:
    """Every rule of a form, in the order of the page; answers stand below ``/data``."""
    yield from _of_fields(_Printer(form, None), form.fields, "/data")
    for roster in form.rosters:
        at = f"/data/{roster.name}"
        if roster.relevant is not None:
            yield Binding(at, "relevant", xpath(form, roster.relevant))
        yield from _of_fields(_Printer(form, roster), roster.fields, at)


def xpath(form: Form, rule: Rule, roster: Roster | None = None) -> str:
    """One rule; in a row of a roster its own fields are the node's neighbours.

    A comparison with something unanswered is false, which plain XPath has otherwise: "not equal"
    and the equality of two answers say so.
    """
    return _Printer(form, roster).rule(rule)


def _of_fields(printer: _Printer, fields: tuple[Field, ...], at: str) -> Iterator[Binding]:
    for field in fields:
        path = f"{at}/{field.name}"
        if field.relevant is not None:
            yield Binding(path, "relevant", printer.rule(field.relevant))
        if not isinstance(field.required, bool):
            yield Binding(path, "required", printer.rule(field.required))
        elif field.required:
            yield Binding(path, "required", "true()")
        if field.checks:
            held = (printer.rule(check.rule) for check in field.checks)
            yield Binding(path, "constraint", " and ".join(held))
        if field.value is not None:
            yield Binding(path, "calculate", printer.term(field.value))


@dataclass(frozen=True, slots=True)
class _Printer:
    """Prints the rules of the form, or those of one roster's rows."""

    form: Form
    roster: Roster | None

    def rule(self, rule: Rule) -> str:
        if rule.compared is not None:
            return self._compared(rule.compared)
        parts = [self.rule(part) for part in rule.parts]
        if rule.joint == "not":
            return f"not({parts[0]})"
        if len(parts) < 2:  # noqa: PLR2004  nothing to join
            return parts[0] if parts else f"{'true' if rule.joint == 'and' else 'false'}()"
        return f"({f' {rule.joint} '.join(parts)})"

    def term(self, term: Term) -> str:
        name = str(term.value)
        below = "../" if self._in_row(name) else "/data/"
        total = (f"if(/data/{n} = {_NOTHING}, 0, /data/{n})" for n in name.split())
        printed = {
            "today": "today()",
            "count": f"count(/data/{name})",
            "sum": f"sum(/data/{name.replace('.', '/')}[. != {_NOTHING}])",
            "total": " + ".join(total),
            "answer": f"{below}{name}",
            "constant": _constant(term.value),
        }
        return printed[term.kind]

    def _compared(self, compared: Compared) -> str:
        left, right, operator = compared.left, compared.right, compared.operator
        one, other = self.term(left), self.term(right)
        if _NOTHING in {one, other}:
            return f"{one} {operator} {other}"
        if self._kind(left) == "choices":
            chosen = f"selected({one}, {other})"
            return chosen if operator == "=" else f"({one} != {_NOTHING} and not({chosen}))"
        plain = f"{self._by_days(left, right)} {operator} {self._by_days(right, left)}"
        if operator not in {"=", "!="} or (operator == "=" and right.kind != "answer"):
            return plain
        given = [f"{self.term(t)} != {_NOTHING}" for t in (left, right) if t.kind == "answer"]
        return f"({' and '.join([*given, plain])})"

    def _by_days(self, term: Term, beside: Term) -> str:
        """A day is compared as a day, and a moment as the day it is in."""
        days = any(
            self._kind(t) in _DAYS or t.kind == "today" or isinstance(t.value, date)
            for t in (term, beside)
        )
        printed = self.term(term)
        return f"date({printed})" if days and term.kind == "answer" else printed

    def _kind(self, term: Term) -> str | None:
        if term.kind != "answer":
            return None
        own = self.roster.fields if self.roster and self._in_row(str(term.value)) else None
        fields = own if own is not None else self.form.fields
        return next((field.kind for field in fields if field.name == term.value), None)

    def _in_row(self, name: str) -> bool:
        return self.roster is not None and any(f.name == name for f in self.roster.fields)


def _constant(value: Constant) -> str:
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return "'yes'" if value else "'no'"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    return str(value) if isinstance(value, int | Decimal) else _quoted(str(value))


def _quoted(text: str) -> str:
    """XPath 1.0 knows no escape: a text with both kinds of quotes is put together."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"
