"""The rules of a declared form, as an officer would write them: ``drank < present``.

A condition is ``field answered``, ``field unanswered`` or ``field = value`` with one of
``= != < <= > >=``; conditions are joined by ``and`` and ``or``, of which ``and`` binds closer.
A value is another field, a number, a day as 2018-01-31, ``today``, ``yes``, ``no``, or a code in
quotes: ``'primary'``. What comes out is the same rule that a plugin in Python builds.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from core.declared.file import options_of
from core.plugin_api.rules import TODAY, Rule, Term, answer
from core.profiles.faults import expected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.declared.file import CodeList, FieldRow
    from core.plugin_api.rules import Constant

_TOKEN = re.compile(
    r"\s*(?:(?P<day>\d{4}-\d\d-\d\d)|(?P<number>-?\d+)|(?P<code>'[^']*')"
    r"|(?P<sign><=|>=|!=|=|<|>)|(?P<word>[a-z][a-z0-9_]*))"
)
_FAMILY = {
    "integer": "number",
    "decimal": "number",
    "date": "day",
    "choice": "code",
    "choices": "code",
    "yes_no": "yes or no",
}
_EXAMPLE = "write one such as: meals < children"


class RuleFault(Exception):  # noqa: N818  told at its place in the file, not raised to anybody
    """A rule that cannot be read; the sentence says what is wrong and what would be right."""


class _Token(NamedTuple):
    kind: str
    text: str


def read_rule(text: str, fields: Mapping[str, FieldRow], codes: Mapping[str, CodeList]) -> Rule:
    """The rule that a text says about the fields of one form.

    Raises:
        RuleFault: it cannot be read, names no field, or compares what does not compare.
    """
    return _Reader(_tokens(text), fields, codes).rule()


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise RuleFault(f"{text[at:].strip()[:20]!r} is no part of a rule; {_EXAMPLE}")
        kind = str(match.lastgroup)
        tokens.append(_Token(kind, match[kind]))
        at = match.end()
    return tokens


class _Reader:
    def __init__(
        self,
        tokens: list[_Token],
        fields: Mapping[str, FieldRow],
        codes: Mapping[str, CodeList],
    ) -> None:
        self._tokens = tokens
        self._fields = fields
        self._codes = codes

    def rule(self) -> Rule:
        found = self._joined()
        if self._tokens:
            raise RuleFault(f"{self._tokens[0].text!r} is one too many; join with and, or")
        return found

    def _joined(self) -> Rule:
        found = self._both()
        while self._take("or"):
            found |= self._both()
        return found

    def _both(self) -> Rule:
        found = self._condition()
        while self._take("and"):
            found &= self._condition()
        return found

    def _condition(self) -> Rule:
        row = self._field(self._next("word"))
        if self._take("answered"):
            return answer(row.name).answered()
        if self._take("unanswered"):
            return answer(row.name).equals(None)
        sign = self._next("sign")
        family = _FAMILY.get(row.kind)
        if family is None:
            raise RuleFault(f"{row.name} is a {row.kind}; ask whether it is answered or unanswered")
        if family in {"code", "yes or no"} and sign not in {"=", "!="}:
            raise RuleFault(f"{row.name} is a {row.kind}; compare it with = or !=")
        return _compare(answer(row.name), sign, self._value(row, family))

    def _value(self, row: FieldRow, family: str) -> Term | Constant:
        if not self._tokens:
            raise RuleFault(f"the rule ends too early; {_EXAMPLE}")
        token = self._tokens.pop(0)
        if token.kind == "word" and token.text in self._fields:
            other = self._fields[token.text]
            if _FAMILY.get(other.kind) != family or family == "code":
                raise RuleFault(
                    f"{row.name} cannot be compared with {other.name}; both are "
                    "numbers, or both are days"
                )
            return answer(other.name)
        found = self._constant(token, row, family)
        if found is None:
            raise RuleFault(f"{token.text} does not fit {row.name}; {self._fitting(row, family)}")
        return found

    def _constant(self, token: _Token, row: FieldRow, family: str) -> Term | Constant:
        if family == "number" and token.kind == "number":
            return int(token.text)
        if family == "day" and token.text == "today":
            return TODAY
        if family == "day" and token.kind == "day":
            try:
                return date.fromisoformat(token.text)
            except ValueError:
                return None
        if family == "yes or no" and token.text in {"yes", "no"}:
            return token.text == "yes"
        known = {option.value for option in options_of(row, self._codes)}
        return token.text.strip("'") if token.kind == "code" and token.text[1:-1] in known else None

    def _fitting(self, row: FieldRow, family: str) -> str:
        if family == "code":
            known = [f"'{option.value}'" for option in options_of(row, self._codes)]
            return f"one of {', '.join(known)}, in these quotes"
        return {
            "number": "a whole number, or a field that holds one",
            "day": "a day such as 2018-01-31, today, or a field that holds one",
            "yes or no": "yes or no",
        }[family]

    def _field(self, name: str) -> FieldRow:
        if name not in self._fields:
            raise RuleFault(f"no field {name!r} in this form; {expected(name, self._fields)}")
        return self._fields[name]

    def _take(self, word: str) -> bool:
        there = bool(self._tokens) and self._tokens[0] == _Token("word", word)
        if there:
            self._tokens.pop(0)
        return there

    def _next(self, kind: str) -> str:
        if not self._tokens or self._tokens[0].kind != kind:
            where = f"at {self._tokens[0].text!r}" if self._tokens else "at its end"
            what = "a field" if kind == "word" else "a comparison"
            raise RuleFault(f"the rule lacks {what} {where}; {_EXAMPLE}")
        return self._tokens.pop(0).text


def _compare(left: Term, sign: str, right: Term | Constant) -> Rule:
    compared = {
        "=": left.equals,
        "!=": left.differs,
        "<": left.below,
        "<=": left.at_most,
        ">": left.above,
        ">=": left.at_least,
    }
    return compared[sign](right)
