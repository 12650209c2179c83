"""The declarative base, the naming convention, and how a column states its class and purpose."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMING_CONVENTION: Mapping[str, str] = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

CORE_SCHEMA = "core"


class DataClass(StrEnum):
    """How carefully a column must be kept; ordered from open to need-to-know.

    Source: domain page of the programmes, §1 (P, I, D, S, R).
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    RESTRICTED = "restricted"

    @property
    def rank(self) -> int:
        """Its place in the order, from 0 for public."""
        return _RANKS[self]


_RANKS = {data_class: rank for rank, data_class in enumerate(DataClass)}

Classified = dict[str, Any]


def classified(data_class: DataClass, purpose: str) -> Classified:
    """The ``info=`` of a column: its class and what it is kept for.

    Raises:
        ValueError: no purpose given; without a purpose there is no column.
    """
    if not purpose.strip():
        raise ValueError("a column needs a purpose")
    return {"data_class": data_class, "purpose": purpose}


def public(purpose: str) -> Classified:
    """Anyone may read it."""
    return classified(DataClass.PUBLIC, purpose)


def internal(purpose: str) -> Classified:
    """Staff of the tenant may read it; it tells nothing of a person."""
    return classified(DataClass.INTERNAL, purpose)


def personal(purpose: str) -> Classified:
    """It tells something of a person."""
    return classified(DataClass.PERSONAL, purpose)


def sensitive(purpose: str) -> Classified:
    """It tells something of a person that can hurt when known."""
    return classified(DataClass.SENSITIVE, purpose)


def restricted(purpose: str, *, plain: str | None = None) -> Classified:
    """Only those who work on the case may read it.

    Such a column is sealed, unless ``plain`` says why the database itself must read it.

    Raises:
        ValueError: no purpose given, or a reason without a word.
    """
    if plain is not None and not plain.strip():
        raise ValueError("a restricted column that the database reads needs a reason")
    reason = {} if plain is None else {"plain": plain}
    return classified(DataClass.RESTRICTED, purpose) | reason


class Base(DeclarativeBase):
    """Base of every table of core and of the plugins.

    Texts are ``text``, whole numbers ``bigint``, times carry their zone: under row security an
    enum, a numeric or ``lower()`` is never an index condition.
    """

    metadata = MetaData(naming_convention=dict(NAMING_CONVENTION))
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads this class attribute
        str: Text(),
        int: BigInteger(),
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
    }


Identifier = Annotated[
    UUID, mapped_column(Uuid(), info=internal("identifies the row; random, tells nothing"))
]
