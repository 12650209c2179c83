"""Enrolments: which child a partner may be shown, since when, by whose consent."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal
from core.tenancy.models import TENANT_COLUMN, AreaScoped, TenantOwned, tenant_reference


class Enrolment(AreaScoped, TenantOwned, Base):
    """A child whom a partner's project serves, with the consent that it rests on.

    Source: domain page of the programmes, §8 (F-ENH-1) and §1.8: the guardian's consent, and the
    child's own from seven years on.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        tenant_reference("agreement_id", f"{CORE_SCHEMA}.agreement"),
        tenant_reference("child_id", f"{CORE_SCHEMA}.child"),
        CheckConstraint("(left_on IS NULL) = (left_reason IS NULL)", name="left"),
        Index(None, TENANT_COLUMN, "agreement_id"),
        Index(
            "uq_enrolment_open",
            TENANT_COLUMN,
            "agreement_id",
            "child_id",
            unique=True,
            postgresql_where=column("left_on").is_(None),
        ),
        {"schema": CORE_SCHEMA},
    )

    agreement_id: Mapped[UUID] = mapped_column(info=internal("under which agreement"))
    child_id: Mapped[UUID] = mapped_column(info=personal("whom the project serves"))
    guardian_consent_on: Mapped[date] = mapped_column(info=personal("the guardian agreed"))
    child_assent_on: Mapped[date | None] = mapped_column(info=personal("the child agreed"))
    enrolled_on: Mapped[date] = mapped_column(info=personal("since when"))
    left_on: Mapped[date | None] = mapped_column(info=personal("no longer from this day on"))
    left_reason: Mapped[str | None] = mapped_column(
        info=personal("why, consent withdrawn or other")
    )
    created_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for it"))
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was entered"))
