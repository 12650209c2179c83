"""What the register's tables have in common."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003  SQLAlchemy reads the annotations
from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003  SQLAlchemy reads the annotations

from sqlalchemy import Boolean, CheckConstraint, DateTime, Text, Uuid, false, func
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.db.base import CORE_SCHEMA, internal, personal
from core.tenancy.models import AreaScoped, TenantOwned, tenant_reference

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ForeignKeyConstraint

# Keys made by core.kit.text are ASCII and are compared by bytes, whatever the database's collation.
BY_BYTES = Text(collation="C")
CHILD_TABLE = f"{CORE_SCHEMA}.child"


def within(column: str, codes: Collection[str]) -> CheckConstraint:
    """The column holds one of the codes, or nothing where it may be empty."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def several(column: str, codes: Collection[str]) -> CheckConstraint:
    """The column holds some of the codes, or nothing where it may be empty."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} <@ ARRAY[{listed}]", name=column)


def of_child() -> ForeignKeyConstraint:
    """The key of a row about a child."""
    return tenant_reference("child_id", CHILD_TABLE)


class Kept(TenantOwned):
    """A row that somebody entered for the whole tenant."""

    @declared_attr
    def generated(cls) -> Mapped[bool]:  # noqa: N805  declared_attr is a class method
        """Whether it is of a demonstration."""
        return mapped_column(
            Boolean(),
            default=False,
            server_default=false(),
            info=internal("generated for a demonstration, not of a person"),
        )

    @declared_attr
    def created_at(cls) -> Mapped[datetime]:  # noqa: N805  declared_attr is a class method
        """When it was entered."""
        return mapped_column(
            DateTime(timezone=True),
            server_default=func.now(),
            info=internal("when it was entered"),
        )

    @declared_attr
    def created_by(cls) -> Mapped[UUID | None]:  # noqa: N805  declared_attr is a class method
        """Who entered it."""
        return mapped_column(Uuid(), nullable=True, info=internal("who answers for it"))


class Entered(AreaScoped, Kept):
    """A row that somebody entered; what is wrong in it is corrected by a later row."""


class AboutChild(Entered):
    """An entered row about one child; it lies in the commune where the child lives now.

    It goes along when the child moves, so that the old commune keeps no reading right, and
    follows the survivor when the child's record is merged into another.
    """

    @declared_attr
    def child_id(cls) -> Mapped[UUID]:  # noqa: N805  declared_attr is a class method
        """The child."""
        return mapped_column(Uuid(), info=personal("whom it is about"))
