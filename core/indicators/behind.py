"""The records behind a count, for those who may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.indicators.columns import MeasureColumns
from core.kit.errors import NotFoundError, RefusedError
from core.kit.language import Text
from core.tenancy.models import Confidential

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from core.kit.periods import Window
    from core.plugin_api.figures import Measure
    from core.tenancy.session import TenantSession


class NotYoursError(RefusedError):
    """The records are confidential and the reader oversees none of the kind."""

    code = "figures.records_confidential"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__(
            Text(
                vi="Hồ sơ của số liệu này được giữ kín. Người được giao quản lý hồ sơ mật của tỉnh "
                "mới mở được.",
                en="The records behind this figure are confidential; the province's confidential "
                "officer may open them.",
            )
        )


@dataclass(frozen=True, slots=True)
class Behind:
    """One record that a count holds, and the day it counts from."""

    id: UUID
    day: date
    values: Mapping[str, Any]


def records_behind(
    session: TenantSession,
    measure: Measure,
    window: Window,
    communes: frozenset[int] | None,
    *,
    shown: Sequence[str] = (),
    after: UUID | None = None,
    limit: int = 50,
) -> tuple[Behind, ...]:
    """The records that the measure counts, as far as the reader reads them, by their ids.

    ``shown`` names columns that the reader may see; the caller checks the right to the form and
    writes the audit entry.

    Raises:
        NotFoundError: there is no record ``after`` for this reader.
        NotYoursError: the reader oversees no records of this kind.
    """
    model: Any = measure.model
    if issubclass(model, Confidential):
        reach, key = session.reach, model.confidential_key
        if not (reach.every_confidential or key in reach.confidential | reach.assigned):
            raise NotYoursError
    columns = MeasureColumns(measure)
    statement = select(
        model.id, columns.day.label("day"), *(getattr(model, name) for name in shown)
    ).where(model.tenant_id == session.tenant_id, *columns.holding(window))
    if communes is not None:
        statement = statement.where(model.commune_id.in_(sorted(communes)))
    if after is not None:
        last = select(model.id).where(model.tenant_id == session.tenant_id, model.id == after)
        if session.scalar(last) is None:
            raise NotFoundError
        statement = statement.where(model.id > after)
    rows = session.execute(statement.order_by(model.id).limit(limit))
    return tuple(Behind(row[0], row[1], dict(zip(shown, row[2:], strict=True))) for row in rows)
