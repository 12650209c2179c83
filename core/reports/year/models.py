"""What happened to reports: each step with who took it, when and why."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.tenancy.models import TENANT_COLUMN, TenantOwned, tenant_reference


class ReportStep(TenantOwned, Base):
    """One step of a report's way; nobody's login may change or delete it.

    ``number`` counts the steps of one report: of two people who take the same one at once the
    database itself lets one win, should the lock ever be forgotten.
    """

    __tablename__ = "report_step"
    __table_args__ = (
        tenant_reference("report_id", f"{CORE_SCHEMA}.report"),
        UniqueConstraint(TENANT_COLUMN, "report_id", "number"),
        CheckConstraint("number > 0", name="number"),
        {"schema": CORE_SCHEMA},
    )

    report_id: Mapped[UUID] = mapped_column(info=internal("the report"))
    number: Mapped[int] = mapped_column(info=internal("its place among the report's steps"))
    step: Mapped[str] = mapped_column(info=internal("which step"))
    from_state: Mapped[str] = mapped_column(info=internal("how the report stood before"))
    to_state: Mapped[str] = mapped_column(info=internal("how it stood afterwards"))
    taken_at: Mapped[datetime] = mapped_column(info=internal("when"))
    taken_by: Mapped[UUID | None] = mapped_column(
        info=internal("the account that answers for it; empty: the program")
    )
    role: Mapped[str | None] = mapped_column(info=internal("in which role"))
    reason: Mapped[str | None] = mapped_column(info=internal("why, in the officer's words"))
    letter_number: Mapped[str | None] = mapped_column(
        info=internal("number and symbol of the ministry's letter")
    )
    letter_date: Mapped[date | None] = mapped_column(info=internal("day of the letter"))
