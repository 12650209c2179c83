"""How a report stands, as the ministry may know it: due day and state, and no figure."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal
from core.tenancy.models import Released, TenantOwned

if TYPE_CHECKING:
    from core.tenancy.session import TenantSession

OWED = "owed"
SENT = "sent"
ACCEPTED = "accepted"
RETURNED = "returned"


class ReportStanding(TenantOwned, Released, Base):
    """One thing that the ministry was told about a report; the last one counts.

    Nobody's login may change or delete a row. Neither texts nor figures are in it: the reason of
    a return stays in the province.
    """

    __tablename__ = "report_standing"
    __table_args__ = (
        CheckConstraint("state IN ('owed', 'sent', 'accepted', 'returned')", name="state"),
        Index(None, "tenant_id", "kind", "period_code", "told_at"),
        {"schema": CORE_SCHEMA},
    )

    kind: Mapped[str] = mapped_column(info=internal("which report of the calendar"))
    period_code: Mapped[str] = mapped_column(info=internal("the period it reports on"))
    state: Mapped[str] = mapped_column(info=internal("owed, sent, accepted or returned"))
    due_on: Mapped[date | None] = mapped_column(
        info=internal("the last day in time; empty: no day is set")
    )
    told_at: Mapped[datetime] = mapped_column(info=internal("the latest counts"))


def tell_standing(
    session: TenantSession,
    *,
    kind: str,
    period_code: str,
    state: str,
    due_on: date | None,
    now: datetime,
) -> None:
    """Let the ministry know how a report stands from now on; in the transaction of the change.

    ``due_on`` is the last day on which the report is in time: the day itself where the calendar
    says "on", the day before where it says "before".
    """
    session.add(
        ReportStanding(kind=kind, period_code=period_code, state=state, due_on=due_on, told_at=now)
    )
    session.flush()


def last_due(session: TenantSession, *, kind: str, period_code: str) -> date | None:
    """The due day that the ministry was told last; none if nothing was told or no day is set."""
    return session.scalar(
        select(ReportStanding.due_on)
        .where(
            ReportStanding.tenant_id == session.tenant_id,
            ReportStanding.kind == kind,
            ReportStanding.period_code == period_code,
        )
        .order_by(ReportStanding.told_at.desc(), ReportStanding.id.desc())
        .limit(1)
    )
