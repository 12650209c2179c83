"""The records behind a figure: those that a measure counts in a window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from core.indicators.columns import day_of_column
from core.tenancy.session import IN_STEP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.kit.periods import Window
    from core.plugin_api.figures import Measure
    from core.tenancy.models import TenantOwned
    from core.tenancy.session import TenantSession


def records_behind(session: TenantSession, measure: Measure, window: Window) -> Sequence[UUID]:
    """The ids of the rows that a measure counts, whoever may read them; sorted.

    For keeping alone: what is given out goes through ``readable``.
    """
    model: Any = measure.model
    day = day_of_column(getattr(model, measure.date))
    statement = select(model.id).where(model.tenant_id == session.tenant_id, day <= window.end)
    if measure.kind == "flow":
        statement = statement.where(day >= window.start)
    if measure.until is not None:
        end = day_of_column(getattr(model, measure.until))
        statement = statement.where(or_(end.is_(None), end > window.end))
    if measure.where is not None:
        statement = statement.where(measure.where)
    ordered = statement.order_by(model.id)
    return session.scalars(ordered, execution_options={IN_STEP: True}).all()


def readable(
    session: TenantSession, model: type[TenantOwned], ids: Sequence[UUID]
) -> Sequence[UUID]:
    """Those of the records that the session's reader may read."""
    row: Any = model
    statement = select(row.id).where(row.tenant_id == session.tenant_id, row.id.in_(ids))
    return session.scalars(statement.order_by(row.id)).all()
