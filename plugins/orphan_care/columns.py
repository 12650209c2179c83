"""Columns and rules that every table of the programme has."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped,
    Option,
    TenantOwned,
    internal,
    personal,
    tenant_reference,
)

SCHEMA = "orphan_care"


class Entered(AreaScoped, TenantOwned):
    """A row that somebody entered in a commune."""

    created_by: Mapped[UUID | None] = mapped_column(
        sort_order=900, info=internal("who answers for the entry")
    )
    created_at: Mapped[datetime] = mapped_column(
        sort_order=901, server_default=func.now(), info=internal("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        sort_order=902,
        default=False,
        server_default=false(),
        info=internal("marks records of the demonstration"),
    )


class AboutChild(Entered):
    """A row about one child of the register; ``of_child`` makes its key."""

    child_id: Mapped[UUID] = mapped_column(info=personal("the child it is about"))


def of_child() -> ForeignKeyConstraint:
    """The child lives in the register of the same tenant."""
    return tenant_reference("child_id", "core.child")


def within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    return CheckConstraint(f"{column} IN ({values(options)})", name=column)


def several(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds some of the codes."""
    return CheckConstraint(f"{column} <@ ARRAY[{values(options)}]", name=column)


def values(options: Sequence[Option]) -> str:
    """The codes as a list in SQL."""
    return ", ".join(f"'{option.value}'" for option in options)
