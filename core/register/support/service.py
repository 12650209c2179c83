"""A risk that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from core.kit.errors import MalformedError, NotFoundError
from core.kit.language import Text
from core.register.support.models import AtRisk

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from core.tenancy.session import TenantSession

_END_BEFORE_BEGINNING = Text(
    vi="Ngày kết thúc phải sau ngày phát hiện và không ở tương lai.",
    en="The end lies after the day it was seen and not in the future.",
)


def close_risk(
    session: TenantSession, child_id: UUID, risk_id: UUID, on: date, *, today: date
) -> AtRisk:
    """The child is at this risk no more.

    Raises:
        NotFoundError: the child has no such open record for this reader.
        MalformedError: the day does not fit.
    """
    statement = select(AtRisk).where(
        AtRisk.tenant_id == session.tenant_id,
        AtRisk.child_id == child_id,
        AtRisk.id == risk_id,
        AtRisk.closed_on.is_(None),
    )
    risk = session.scalars(statement).one_or_none()
    if risk is None:
        raise NotFoundError
    if not risk.identified_on <= on <= today:
        raise MalformedError(_END_BEFORE_BEGINNING)
    risk.closed_on = on
    session.flush()
    return risk
