"""The bounds of a table are looked up by its name: two classes over one would leave one open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.db.base import Base, internal
from core.tenancy import bounds
from core.tenancy.models import AreaScoped, TenantOwned

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = "mapped_twice.thing"


def new_base() -> type[DeclarativeBase]:
    class Apart(DeclarativeBase):
        metadata = MetaData(schema="mapped_twice")
        type_annotation_map = Base.type_annotation_map

    return Apart


def map_it(base: type[DeclarativeBase]) -> type[object]:
    class Thing(TenantOwned, AreaScoped, base):  # type: ignore[misc,valid-type]
        __tablename__ = "thing"
        about: Mapped[UUID] = mapped_column(info=internal("test"))

    return Thing


@pytest.fixture
def forgotten() -> Iterator[None]:
    yield
    bounds._BY_TABLE.pop(TABLE, None)


@pytest.mark.usefixtures("forgotten")
def test_a_second_class_over_a_table_is_refused() -> None:
    first = map_it(new_base())
    assert bounds._BY_TABLE[TABLE] is first
    with pytest.raises(TypeError, match=TABLE):
        map_it(new_base())
    assert bounds._BY_TABLE[TABLE] is first
