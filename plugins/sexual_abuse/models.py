"""The records of the programme: an intake without a name or an account of the abuse."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import AreaScoped, Base, Confidential, Option, TenantOwned, restricted
from plugins.sexual_abuse import codes

SCHEMA = "sexual_abuse"
CODE_LENGTH = 12
# No letters or digits that are mistaken for one another when read out on the telephone.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def opaque_code() -> str:
    """A random code by which people speak of a case; it tells nothing."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _within(column: str, options: Sequence[Option]) -> CheckConstraint:
    """The column holds one of the codes."""
    values = ", ".join(f"'{option.value}'" for option in options)
    return CheckConstraint(f"{column} IN ({values})", name=column)


class SaCase(Confidential, AreaScoped, TenantOwned, Base):
    """One notice that a child was, or may have been, sexually abused.

    It refers to no child of the register: that a child is in this programme is itself secret.
    Source: domain page of the programmes, §5.2 and §5.3.
    """

    __tablename__ = "sa_case"
    __table_args__ = (
        UniqueConstraint("tenant_id", "opaque_code"),
        _within("channel", codes.CHANNELS),
        _within("sex", codes.SEXES),
        _within("abuse_form", codes.ABUSE_FORMS),
        _within("setting", codes.SETTINGS),
        _within("relation_to_child", codes.RELATIONS),
        CheckConstraint("estimated_age BETWEEN 0 AND 17", name="estimated_age"),
        Index(None, "tenant_id", "received_at"),
        {"schema": SCHEMA},
    )
    confidential_key: ClassVar[str] = "sexual_abuse"

    commune_id: Mapped[int] = mapped_column(
        ForeignKey("core.area.id"), info=restricted("routes the notice; bounds who may read it")
    )
    opaque_code: Mapped[str] = mapped_column(
        default=opaque_code, info=restricted("how people speak of the case; tells nothing")
    )
    received_at: Mapped[datetime] = mapped_column(
        info=restricted("starts the 12-hour clock; the period")
    )
    channel: Mapped[str] = mapped_column(info=restricted("shows which ways of reporting work"))
    sex: Mapped[str] = mapped_column(info=restricted("figures of the province by sex"))
    estimated_age: Mapped[int] = mapped_column(
        info=restricted("choice of services; figures by age")
    )
    child_safe_now: Mapped[bool] = mapped_column(info=restricted("whether to act at once"))
    abuse_form: Mapped[str] = mapped_column(info=restricted("choice of services; no description"))
    setting: Mapped[str] = mapped_column(info=restricted("shows where to prevent"))
    relation_to_child: Mapped[str] = mapped_column(
        info=restricted("whether the child can stay where it is")
    )
    online: Mapped[bool | None] = mapped_column(info=restricted("shows where to prevent"))
    police_informed_at: Mapped[datetime | None] = mapped_column(
        info=restricted("the duty to inform the police was met, and when")
    )
    hotline_ref: Mapped[str | None] = mapped_column(
        info=restricted("joins the notice with the one at hotline 111")
    )
    created_by: Mapped[UUID | None] = mapped_column(info=restricted("who answers for the entry"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=restricted("when it was entered")
    )
    generated: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        info=restricted("marks records of the demonstration"),
    )
