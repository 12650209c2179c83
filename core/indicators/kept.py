"""The ids of the records behind a count, for keeping with an approved report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.indicators.columns import MeasureColumns
from core.tenancy.session import IN_STEP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.kit.periods import Window
    from core.plugin_api.figures import Measure
    from core.tenancy.models import TenantOwned
    from core.tenancy.session import TenantSession


def ids_behind(session: TenantSession, measure: Measure, window: Window) -> Sequence[UUID]:
    """The rows that a measure counts, whoever may read them; sorted.

    For keeping alone: what is given out goes through ``readable``.
    """
    model: Any = measure.model
    statement = (
        select(model.id)
        .where(model.tenant_id == session.tenant_id, *MeasureColumns(measure).holding(window))
        .order_by(model.id)
    )
    return session.scalars(statement, execution_options={IN_STEP: True}).all()


def readable(
    session: TenantSession, model: type[TenantOwned], ids: Sequence[UUID]
) -> Sequence[UUID]:
    """Those of the records that the session's reader may read."""
    row: Any = model
    statement = select(row.id).where(row.tenant_id == session.tenant_id, row.id.in_(ids))
    return session.scalars(statement.order_by(row.id)).all()
