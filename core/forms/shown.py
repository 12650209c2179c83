"""A stored record as its page shows it: every answer with its question, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.kit.clock import VIETNAM_TIME
from core.kit.language import Text
from core.kit.numbers import format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.kit.language import Language
    from core.plugin_api.forms import Field, Form, Kind

_YES = Text(vi="Có", en="Yes")
_NO = Text(vi="Không", en="No")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; ``text`` is ``None`` when there is none, ``value`` serves links to records.

    ``hidden`` when this reader may not see it: the answer is not known to the page either.
    """

    name: str
    label: str
    kind: Kind
    text: str | None
    value: Any
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A headed group of answers."""

    title: str
    answers: tuple[Answer, ...]


def shown_record(
    form: Form,
    record: Any,
    language: Language,
    communes: Mapping[int, str],
    hidden: frozenset[str] = frozenset(),
) -> tuple[AnswerPart, ...]:
    """All answers of a record; ``communes`` gives names to ids, an unknown one stays a number.

    ``hidden`` fields were not selected; the page says of them that they are hidden.
    """
    return tuple(
        AnswerPart(
            part.title.read(language),
            tuple(
                _hidden(field, language)
                if field.name in hidden
                else _answer(field, getattr(record, field.name, None), language, communes)
                for field in part.fields
            ),
        )
        for part in form.parts
    )


def shown_value(
    field: Field, value: Any, language: Language, communes: Mapping[int, str]
) -> str | None:
    """One typed value as people read it."""
    if value is None or value == []:
        return None
    if isinstance(value, bool):
        return (_YES if value else _NO).read(language)
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM_TIME)
        return f"{format_date(local.date(), language)} {local:%H:%M}"
    if isinstance(value, date):
        return format_date(value, language)
    if field.kind == "commune":
        return communes.get(value, str(value))
    return _words(field, value, language)


def _words(field: Field, value: Any, language: Language) -> str:
    names = {option.value: option.label.read(language) for option in field.options}
    if isinstance(value, list | tuple):
        return "; ".join(names.get(code, str(code)) for code in value)
    if field.kind == "integer":
        # A year is not an amount: 2018, not 2.018.
        shown = str(value) if field.suffix is None else format_number(value, language=language)
        return shown if field.suffix is None else f"{shown} {field.suffix.read(language)}"
    return names.get(str(value), str(value))


def _hidden(field: Field, language: Language) -> Answer:
    return Answer(field.name, field.label.read(language), field.kind, None, None, hidden=True)


def _answer(field: Field, value: Any, language: Language, communes: Mapping[int, str]) -> Answer:
    return Answer(
        field.name,
        field.label.read(language),
        field.kind,
        shown_value(field, value, language, communes),
        value,
    )
