"""Tenants, and the mixins that bind a table to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Uuid, func
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, public, restricted

TENANT_COLUMN = "tenant_id"


class Tenant(Base):
    """The isolation unit: a province, or the ministry, which holds no child-level row.

    A reference table: every login may read which tenants there are.
    """

    __tablename__ = "tenant"
    __table_args__ = (
        CheckConstraint("kind IN ('province', 'aggregator')", name="kind"),
        {"schema": CORE_SCHEMA},
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, info=public("identifies the tenant")
    )
    slug: Mapped[str] = mapped_column(unique=True, info=public("names the tenant in commands"))
    kind: Mapped[str] = mapped_column(info=public("province or aggregator"))
    name_vi: Mapped[str] = mapped_column(info=public("shown to people"))
    name_en: Mapped[str] = mapped_column(info=public("shown to people"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=public("since when it is here")
    )


@dataclass(frozen=True, slots=True)
class TenantView:
    """A tenant as a request sees it."""

    id: int
    slug: str
    kind: str
    name_vi: str
    name_en: str


AnyTenant = Tenant | TenantView


class TenantOwned:
    """A row of one tenant: key ``(tenant_id, id)``, row security forced by the migration.

    ``sort_order`` puts the columns first, so that the key really begins with the tenant.
    """

    @declared_attr
    def tenant_id(cls) -> Mapped[int]:  # noqa: N805  declared_attr is a class method
        """The owning tenant."""
        return mapped_column(
            ForeignKey(f"{CORE_SCHEMA}.tenant.id"),
            primary_key=True,
            sort_order=-1000,
            info=internal("owner of the row"),
        )

    @declared_attr
    def id(cls) -> Mapped[UUID]:  # noqa: N805  declared_attr is a class method
        """Random, so that it tells nothing."""
        return mapped_column(
            Uuid(),
            primary_key=True,
            default=uuid4,
            sort_order=-999,
            info=internal("identifies the row; random, tells nothing"),
        )


class AreaScoped:
    """A tenant-owned row that lies in one commune; readers are bounded by it.

    ``read_with`` and ``entered_with`` are the permissions that reading and storing its rows take,
    for a table without a form. ``about_no_child`` says of a plugin's table that its rows tell of no
    child or family: of these a partner reads those in the communes of its agreement.
    """

    about_no_child: ClassVar[bool] = False
    read_with: ClassVar[str | None] = None
    entered_with: ClassVar[str | None] = None

    @declared_attr
    def commune_id(cls) -> Mapped[int]:  # noqa: N805  declared_attr is a class method
        """The commune, an area that was valid on the day the row tells of."""
        return mapped_column(
            ForeignKey(f"{CORE_SCHEMA}.area.id"), info=personal("bounds who may read the row")
        )


class Confidential:
    """A row that only readers with the right to its programme's restricted rows may read.

    ``confidential_key`` names that right; anyone who may enter such a row may write it blind.
    Who has the right for rows given to them alone reads those whose ``granted_by`` column names
    the subject of a grant: the row itself, or the case it belongs to. With an ``own_column``, who
    has not the right but was given the case reads the rows that the column names as its own: a
    provider sees its own lines of a case and no other.
    """

    confidential_key: ClassVar[str]
    granted_by: ClassVar[str] = "id"
    own_column: ClassVar[str | None] = None


class PartlyConfidential:
    """A row that may be confidential, and then says whose right it takes to read it.

    A null ``confidential_key`` is an ordinary row. ``own_column`` names whoever entered the row,
    who goes on seeing it; ``None`` where whoever entered it loses sight of it.
    """

    granted_by: ClassVar[str] = "id"
    own_column: ClassVar[str | None] = None

    @declared_attr
    def confidential_key(cls) -> Mapped[str | None]:  # noqa: N805  declared_attr is a class method
        """The key of the right, or null."""
        return mapped_column(
            info=restricted(
                "bounds who may read the row", plain="part of the bounds of every statement"
            )
        )


class ThroughItsDoor:
    """Rows that one package of core reads on everyone's behalf and gives out through its rules.

    Their columns are not bounded by the reader's classes: cells of figures, words of a search.
    ``owner_in`` names the column whose text begins with the programme that a row is a figure of.
    """

    owner_in: ClassVar[str | None] = None


class FollowsRecord(ThroughItsDoor):
    """Rows of core that each tell of one record, and exist for whoever reads that record.

    They lie where the record lies and take the right that it takes. ``programme`` is whose record
    it is: a row of a programme that does not exist for the reader does not exist either, and of
    core's a partner has none. ``child_id`` is the child of the record: a partner is told of
    enrolled children, and of what tells of no child. The door asks besides whether the record
    itself is within reach.
    """

    programme: Mapped[str] = mapped_column(
        info=internal("whose record it is: core, or a programme")
    )
    child_id: Mapped[UUID | None] = mapped_column(
        info=personal("the child of the record; bounds what a partner is told")
    )


class Released:
    """A tenant-owned figure that the province has released: the ministry's login may read it."""


def tenant_reference(column: str, target: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key to a tenant-owned table, carrying ``tenant_id`` on both sides.

    ``target`` is ``schema.table``; a key on ``id`` alone would accept another province's row,
    because the database checks keys without row security.
    """
    return ForeignKeyConstraint(
        [TENANT_COLUMN, column], [f"{target}.{TENANT_COLUMN}", f"{target}.id"], **options
    )
