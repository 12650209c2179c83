"""The scope table: which rows were given to whom, until when; part of every bounded statement."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, restricted, sensitive
from core.tenancy.models import TenantOwned

# Every bounded statement compares these columns, so the database must read them.
_SCOPE = "part of the bounds of every statement"
KINDS = ("assignment", "referral", "emergency", "enrolment")


class AccessGrant(TenantOwned, Base):
    """One row (a case, a child, a record) that its holder may read while the grant lasts.

    The holder is an account, or a partner for an enrolled child. Written by ``core.access``
    alone. It lasts from ``valid_from`` until before ``valid_to``, by the database's clock at each
    statement, so that an end takes effect with the next one. A grant is never deleted: who could
    read a file, and why, stays known. Source: security rules §5.
    """

    __tablename__ = "access_grant"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="lasting"),
        Index(None, "tenant_id", "holder_id", "subject_id"),
        Index(None, "tenant_id", "subject_id"),
        {"schema": CORE_SCHEMA},
    )

    holder_id: Mapped[UUID] = mapped_column(
        info=restricted("the account or partner that may read", plain=_SCOPE)
    )
    kind: Mapped[str] = mapped_column(
        info=restricted("why: by work, referral, emergency, project", plain=_SCOPE)
    )
    subject_kind: Mapped[str] = mapped_column(
        info=restricted("what kind of row was given", plain=_SCOPE)
    )
    subject_id: Mapped[UUID] = mapped_column(
        info=restricted("the row that was given", plain=_SCOPE)
    )
    programme: Mapped[str | None] = mapped_column(
        info=restricted("bounds an enrolment to one programme; empty: any", plain=_SCOPE)
    )
    source_id: Mapped[UUID | None] = mapped_column(
        info=restricted("the agreement or referral it comes from", plain=_SCOPE)
    )
    valid_from: Mapped[datetime] = mapped_column(info=restricted("from when", plain=_SCOPE))
    valid_to: Mapped[datetime | None] = mapped_column(
        info=restricted("until before when", plain=_SCOPE)
    )
    reason: Mapped[str | None] = mapped_column(info=sensitive("what the person wrote when asked"))
    given_by: Mapped[UUID | None] = mapped_column(info=internal("who answers for the grant"))
    given_at: Mapped[datetime] = mapped_column(info=internal("when it was given"))
