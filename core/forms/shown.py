"""A stored record as its page shows it: every answer with its question, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from core.kit.clock import VIETNAM_TIME
from core.kit.language import Text
from core.kit.numbers import format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.kit.language import Language
    from core.plugin_api.forms import Field, Form, Kind

_YES = Text(vi="Có", en="Yes")
_NO = Text(vi="Không", en="No")
_OUT_OF_REACH = Text(vi="Ngoài địa bàn của bạn", en="Outside your area")
NAMED = frozenset({"commune", "hamlet", "child", "household", "record"})


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
    names: Mapping[Any, str],
    hidden: frozenset[str] = frozenset(),
) -> tuple[AnswerPart, ...]:
    """All answers of a record; ``names`` gives names to the ids of communes and of records.

    ``hidden`` fields were not selected; the page says of them that they are hidden.
    """
    return tuple(
        AnswerPart(
            part.title.read(language),
            tuple(
                _hidden(field, language)
                if field.name in hidden
                else _answer(field, getattr(record, field.name, None), language, names)
                for field in part.fields
            ),
        )
        for part in form.parts
    )


_UNBROKEN = frozenset({"child", "household", "integer", "decimal"})


@dataclass(frozen=True, slots=True)
class RowsShown:
    """The rows of a roster as a table: the labels of its columns, and the texts.

    Codes and amounts with their units are ``unbroken``: each stays in one line.
    """

    title: str
    columns: tuple[str, ...]
    unbroken: tuple[bool, ...]
    rows: tuple[tuple[str | None, ...], ...]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The columns as ``ui.table`` takes them."""
        told = zip(self.columns, self.unbroken, strict=True)
        return [{"label": label, "code": unbroken} for label, unbroken in told]


def shown_rows(
    form: Form,
    rows: Mapping[str, Sequence[Any]],
    language: Language,
    names: Mapping[Any, str],
    hidden: Mapping[str, frozenset[str]],
) -> tuple[RowsShown, ...]:
    """The rosters of a record; ``hidden`` are the fields that the reader may not see, by roster."""
    shown = []
    for roster in form.rosters:
        fields = [f for f in roster.fields if f.name not in hidden.get(roster.name, ())]
        lines = (
            tuple(shown_value(f, getattr(row, f.name, None), language, names) for f in fields)
            for row in rows[roster.name]
        )
        columns = tuple(field.label.read(language) for field in fields)
        unbroken = tuple(field.kind in _UNBROKEN for field in fields)
        shown.append(RowsShown(roster.title.read(language), columns, unbroken, tuple(lines)))
    return tuple(shown)


def shown_value(
    field: Field, value: Any, language: Language, names: Mapping[Any, str]
) -> str | None:
    """One typed value as people read it; ``names`` are those of communes and records, by id."""
    if value is None or value == []:
        return None
    if isinstance(value, bool):
        return (_YES if value else _NO).read(language)
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM_TIME)
        return f"{format_date(local.date(), language)} {local:%H:%M}"
    if isinstance(value, date):
        return format_date(value, language)
    if field.kind in NAMED:
        return names.get(
            value, str(value) if field.kind == "commune" else _OUT_OF_REACH.read(language)
        )
    return _words(field, value, language)


def _words(field: Field, value: Any, language: Language) -> str:
    names = {option.value: option.label.read(language) for option in field.options}
    if isinstance(value, list | tuple):
        return "; ".join(names.get(code, str(code)) for code in value)
    if field.kind in {"integer", "decimal"}:
        # A year is not an amount: 2018, not 2.018.
        bare = field.suffix is None and field.kind == "integer"
        shown = str(value) if bare else format_number(value, language=language)
        return shown if field.suffix is None else f"{shown} {field.suffix.read(language)}"
    return names.get(str(value), str(value))


def _hidden(field: Field, language: Language) -> Answer:
    return Answer(field.name, field.label.read(language), field.kind, None, None, hidden=True)


def _answer(field: Field, value: Any, language: Language, names: Mapping[Any, str]) -> Answer:
    return Answer(
        field.name,
        field.label.read(language),
        field.kind,
        shown_value(field, value, language, names),
        value,
    )
