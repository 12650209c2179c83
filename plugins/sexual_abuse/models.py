"""The records of the programme: an intake without a name or an account of the abuse."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, func
from sqlalchemy.orm import Mapped, mapped_column

from core.plugin_api import (
    AreaScoped,
    Base,
    Confidential,
    Option,
    TenantOwned,
    restricted,
    sealed,
)
from plugins.sexual_abuse import codes

SCHEMA = "sexual_abuse"
# Why the database itself must read what is restricted and not sealed.
_COUNTED = "the figures of the province are counted by it"
_CODES = "the database holds it to its codes; statistics are cut by it"
_SCOPE = "the database bounds every statement by it"
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

    That a child is in this programme is itself secret: its link to the register is sealed, and
    the register holds none. Source: domain page of the programmes, §5.2 and §5.3.
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
        CheckConstraint(
            "informant_consents IS TRUE OR (informant_name IS NULL AND informant_phone IS NULL "
            "AND informant_address IS NULL)",
            name="informant_consents",
        ),
        Index(None, "tenant_id", "received_at"),
        {"schema": SCHEMA},
    )
    confidential_key: ClassVar[str] = "sexual_abuse"

    commune_id: Mapped[int] = mapped_column(
        ForeignKey("core.area.id"),
        info=restricted("routes the notice; bounds who may read it", plain=_SCOPE),
    )
    opaque_code: Mapped[str] = mapped_column(
        default=opaque_code,
        info=restricted(
            "how people speak of the case; tells nothing", plain="must be unique; drawn at random"
        ),
    )
    received_at: Mapped[datetime] = mapped_column(
        info=restricted("starts the 12-hour clock; the period", plain=_COUNTED)
    )
    channel: Mapped[str] = mapped_column(
        info=restricted("shows which ways of reporting work", plain=_CODES)
    )
    sex: Mapped[str] = mapped_column(
        info=restricted("figures of the province by sex", plain=_COUNTED)
    )
    estimated_age: Mapped[int] = mapped_column(
        info=restricted("choice of services; figures by age", plain=_COUNTED)
    )
    child_safe_now: Mapped[bool] = mapped_column(
        info=restricted("whether to act at once", plain=_COUNTED)
    )
    abuse_form: Mapped[str] = mapped_column(
        info=restricted("choice of services; no description", plain=_CODES)
    )
    setting: Mapped[str] = mapped_column(info=restricted("shows where to prevent", plain=_COUNTED))
    relation_to_child: Mapped[str] = mapped_column(
        info=restricted("whether the child can stay where it is", plain=_COUNTED)
    )
    online: Mapped[bool | None] = mapped_column(
        info=restricted("shows where to prevent", plain=_COUNTED)
    )
    police_informed_at: Mapped[datetime | None] = mapped_column(
        info=restricted("the duty to inform the police was met, and when", plain=_COUNTED)
    )
    hotline_ref: Mapped[str | None] = sealed(
        restricted("joins the notice with the one at hotline 111")
    )
    child_ref: Mapped[UUID | None] = sealed(
        restricted("the child of the register, for those who protect it"), UUID
    )
    informant_consents: Mapped[bool | None] = mapped_column(
        info=restricted(
            "whether the informant agreed to be noted down",
            plain="without it the database takes nothing of an informant",
        )
    )
    informant_name: Mapped[str | None] = sealed(restricted("to ask back; to protect who told"))
    informant_phone: Mapped[str | None] = sealed(restricted("to ask back"))
    informant_address: Mapped[str | None] = sealed(restricted("to ask back"))
    created_by: Mapped[UUID | None] = mapped_column(
        info=restricted(
            "who answers for the entry", plain="joins the account that entered the notice"
        )
    )
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), info=restricted("when it was entered", plain="orders the list")
    )
    generated: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        info=restricted(
            "marks records of the demonstration", plain="takes the demonstration's records away"
        ),
    )
