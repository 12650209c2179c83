"""Columns of everything that hangs on a case: restricted, and read with the case alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, false, func
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.plugin_api import (
    AreaScoped,
    Confidential,
    Option,
    TenantOwned,
    internal,
    restricted,
    tenant_reference,
)

SCHEMA = "sexual_abuse"
# Why the database itself must read what is restricted and not sealed.
COUNTED = "the figures of the province are counted by it"
CODES = "the database holds it to its codes; statistics are cut by it"
SCOPE = "the database bounds every statement by it"
ORDER = "the rules of the forms compare it"


class Entered:
    """Who entered a row, and when; nothing of a person."""

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


class Restricted(Confidential, AreaScoped, TenantOwned):
    """A row that nobody reads without a right to the programme's restricted rows."""

    confidential_key: ClassVar[str] = "sexual_abuse"

    @declared_attr
    def commune_id(cls) -> Mapped[int]:  # noqa: N805  declared_attr is a class method
        """The commune, restricted like everything else of a case."""
        return mapped_column(
            ForeignKey("core.area.id"), info=restricted("bounds who may read it", plain=SCOPE)
        )

    created_by: Mapped[UUID | None] = mapped_column(
        sort_order=900,
        info=restricted("who answers for the entry", plain="joins the account that entered it"),
    )
    created_at: Mapped[datetime] = mapped_column(
        sort_order=901,
        server_default=func.now(),
        info=restricted("when it was entered", plain="orders the list"),
    )
    generated: Mapped[bool] = mapped_column(
        sort_order=902,
        default=False,
        server_default=false(),
        info=restricted("marks the demonstration", plain="takes the demonstration's records away"),
    )


class OfCase(Restricted):
    """A row of one case; whoever was given the case reads it."""

    granted_by: ClassVar[str] = "case_id"

    case_id: Mapped[UUID] = mapped_column(info=restricted("the case", plain=SCOPE))


class LineOfCase(OfCase):
    """A line that its writer reads too: a provider or a liaison sees its own and no other."""

    confidential_key: ClassVar[str] = "sexual_abuse.lines"
    own_column: ClassVar[str | None] = "created_by"


def of_case() -> ForeignKeyConstraint:
    """The case is one of the same tenant."""
    return tenant_reference("case_id", f"{SCHEMA}.sa_case")


def within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    return CheckConstraint(f"{column} IN ({values(options)})", name=column)


def several(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds some of the codes."""
    return CheckConstraint(f"{column} <@ ARRAY[{values(options)}]", name=column)


def values(options: Sequence[Option]) -> str:
    """The codes as a list in SQL."""
    return ", ".join(f"'{option.value}'" for option in options)
