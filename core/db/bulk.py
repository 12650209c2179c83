"""Many rows as one statement: columns of values that PostgreSQL takes apart again.

``COPY`` is refused on tables with row security, and our logins may make no temporary table to copy
into, so rows come as arrays: ``INSERT … SELECT … FROM unnest(…)``. Each column travels as one text,
which is taken apart an order of magnitude sooner than an array that the driver writes.
"""

from __future__ import annotations

from types import NoneType
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Text, cast, func, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import TableValuedAlias
    from sqlalchemy.types import TypeEngine

_BETWEEN: Final = "\x1f"
_NULL: Final = "\x02"


def rows_of(
    columns: Mapping[str, tuple[TypeEngine[Any], Sequence[Any]]], *, name: str = "given"
) -> TableValuedAlias:
    """The rows that stand side by side in columns of equal length, as something to select from.

    Values are texts, numbers, days, truths, ids or ``None``. Before them stands a row without
    values, because an array of one empty text could not be told from an empty array: select with
    a condition that its first column is there, which must have no ``None`` of its own.

    Raises:
        ValueError: columns of unequal length, or a text with one of the two control characters
            that part values; text that a form has read has no control characters.
    """
    lengths = {len(values) for _, values in columns.values()}
    if len(lengths) > 1:
        raise ValueError("columns of unequal length are no rows")
    arrays = [
        cast(func.string_to_array(literal(_joined(values), Text()), _BETWEEN, _NULL), ARRAY(kind))
        for kind, values in columns.values()
    ]
    return func.unnest(*arrays).table_valued(*columns, name=name).render_derived()


def array_text(values: Sequence[str] | None) -> str | None:
    """Several texts as PostgreSQL writes an array of them; cast it to one where it is selected."""
    if values is None:
        return None
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


def _joined(values: Sequence[Any]) -> str:
    parts = [_NULL, *_written(values)]
    text = _BETWEEN.join(parts)
    given = parts.count(_NULL)
    if text.count(_BETWEEN) != len(parts) - 1 or text.count(_NULL) != given:
        raise ValueError("a value holds a character that parts values")
    return text


def _written(values: Sequence[Any]) -> Iterable[str]:
    """Each value as PostgreSQL reads it; what is like another is written once."""
    kinds = set(map(type, values)) - {NoneType}
    if kinds <= {str}:
        return [_NULL if value is None else value for value in values]
    if kinds == {UUID}:
        return [_NULL if value is None else value.hex for value in values]
    if len(kinds) > 1:  # what is equal may be written in two ways
        return map(_text_of, values)
    known = {value: _text_of(value) for value in set(values)}
    return [known[value] for value in values]


def _text_of(value: Any) -> str:
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
