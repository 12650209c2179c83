"""The restricted register of children living with HIV. Source: programmes §6.4, §6.8, §5.2."""

import secrets
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped,
    Base,
    Confidential,
    TenantOwned,
    restricted,
    sealed,
    tenant_reference,
)
from plugins.orphan_care.columns import SCHEMA, within
from plugins.orphan_care.hiv import codes

_COUNTED = "the figures of the province are counted by it"
# No letters or digits that are mistaken for one another when read out on the telephone.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def opaque_code() -> str:
    """A random code by which people speak of a case; it tells nothing."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


class HivCare(Confidential, AreaScoped, TenantOwned, Base):
    """One child living with HIV who is known to the confidential team.

    The link to the register is sealed, and the register holds none.
    """

    __tablename__ = "hiv_care"
    __table_args__ = (
        UniqueConstraint("tenant_id", "opaque_code"),
        within("sex", codes.SEXES),
        CheckConstraint("managed_until > managed_from", name="managed"),
        CheckConstraint("managed_from >= known_on", name="known"),
        Index(None, "tenant_id", "known_on"),
        {"schema": SCHEMA},
    )
    confidential_key: ClassVar[str] = "orphan_care.hiv"

    commune_id: Mapped[int] = mapped_column(
        ForeignKey("core.area.id"),
        info=restricted("bounds who may read it", plain="the database bounds statements by it"),
    )
    opaque_code: Mapped[str] = mapped_column(
        default=opaque_code,
        info=restricted("how people speak of the case", plain="must be unique; drawn at random"),
    )
    known_on: Mapped[date] = mapped_column(
        info=restricted("since when the team knows of it", plain=_COUNTED)
    )
    sex: Mapped[str] = mapped_column(info=restricted("figures of the province", plain=_COUNTED))
    managed_from: Mapped[date | None] = mapped_column(
        info=restricted("case management began", plain=_COUNTED)
    )
    managed_until: Mapped[date | None] = mapped_column(
        info=restricted("case management ended", plain=_COUNTED)
    )
    child_ref: Mapped[UUID | None] = sealed(
        restricted("the child of the register, for those who care for it"), UUID
    )
    created_by: Mapped[UUID | None] = mapped_column(
        info=restricted("who answers for the entry", plain="joins the account that entered it")
    )
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=restricted("when it was entered", plain="orders the list")
    )
    generated: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        info=restricted("marks the demonstration", plain="takes the demonstration's records away"),
    )


class HivService(Confidential, AreaScoped, TenantOwned, Base):
    """A service to a child of the restricted register; read by those who were given the child."""

    __tablename__ = "hiv_service"
    __table_args__ = (
        tenant_reference("hiv_care_id", f"{SCHEMA}.hiv_care"),
        within("kind", codes.SERVICES),
        Index(None, "tenant_id", "hiv_care_id"),
        {"schema": SCHEMA},
    )
    confidential_key: ClassVar[str] = "orphan_care.hiv"
    granted_by: ClassVar[str] = "hiv_care_id"

    commune_id: Mapped[int] = mapped_column(
        ForeignKey("core.area.id"),
        info=restricted("bounds who may read it", plain="the database bounds statements by it"),
    )
    hiv_care_id: Mapped[UUID] = mapped_column(
        info=restricted("the child", plain="the database bounds statements by it")
    )
    kind: Mapped[str] = mapped_column(info=restricted("which service", plain=_COUNTED))
    given_on: Mapped[date] = mapped_column(info=restricted("when", plain=_COUNTED))
    provider: Mapped[str | None] = sealed(restricted("who gave it"))
    created_by: Mapped[UUID | None] = mapped_column(
        info=restricted("who answers for the entry", plain="joins the account that entered it")
    )
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=restricted("when it was entered", plain="orders the list")
    )
    generated: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        info=restricted("marks the demonstration", plain="takes the demonstration's records away"),
    )
