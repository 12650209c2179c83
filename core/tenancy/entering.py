"""A new mapped row on its way past the session's flush, and the session's own all the same.

A flush sorts, compiles and fetches for rows that depend on each other; one row of a form needs
nothing of it. What the program fills in stands on the row before it leaves, what the database
fills in is read when somebody asks for it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import inspect
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Mapper, Session


class _Place(NamedTuple):
    """A column of a model, and what fills it in where the row says nothing."""

    key: str
    name: str
    make: Callable[[], Any] | None
    is_left: bool  # to the database


@cache
def goes_past(model: Any) -> bool:
    """Whether nothing of a model is done by a flush alone, such as sealing a column."""
    mapper: Mapper[Any] = inspect(model)
    return not mapper.dispatch.before_insert and not mapper.relationships


def told_by(row: Any) -> dict[str, Any]:
    """What an INSERT says of a row, by the names of the columns; the row then says it too."""
    told: dict[str, Any] = {}
    model: Any = type(row)
    said = inspect(row).dict
    for key, name, make, is_left in _places(model):
        value = said.get(key)
        if value is None:
            if is_left:
                continue
            value = None if make is None else make()
            set_committed_value(row, key, value)
        told[name] = value
    return told


def keep(session: Session, row: Any) -> None:
    """From now on the row is one that the database holds; what is set on it is a change."""
    session.expunge(row)
    make_transient_to_detached(row)
    session.add(row)


@cache
def _places(model: Any) -> tuple[_Place, ...]:
    mapper: Mapper[Any] = inspect(model)
    places = []
    for attribute in mapper.column_attrs:
        (column,) = attribute.columns
        made: Any = column.default
        make = None if made is None else _maker(made)
        is_left = made is None and column.server_default is not None
        places.append(_Place(attribute.key, column.name, make, is_left))
    return tuple(places)


def _maker(default: Any) -> Callable[[], Any]:
    if default.is_callable:
        return lambda: default.arg(None)
    if default.is_scalar:
        return lambda: default.arg
    raise TypeError(f"{default} is not worked out by the program")
