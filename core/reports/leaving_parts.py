"""The parts of a breakdown as they leave the province, beside all that left before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.indicators.leaving import parts_may_leave
from core.kit.periods import Period, Window
from core.plugin_api.documents import Figure, FigureState
from core.reports.released import ReleasedFigure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.indicators.door import FigureDoor
    from core.plugin_api.figures import Breakdown, Indicator
    from core.tenancy.session import TenantSession


def leaving_parts(
    session: TenantSession,
    door: FigureDoor,
    indicator: Indicator,
    breakdown: Breakdown,
    window: Window,
) -> Iterator[tuple[str, Figure]]:
    """Each part, or each suppressed: with one part alone hidden the total would give it back."""
    before = _left_before(session, indicator, breakdown)
    shown = parts_may_leave(door, indicator, breakdown, window, before)
    for key, figure in door.by(indicator.code, breakdown, window).items():
        yield key, figure if shown else Figure(figure.code, FigureState.SUPPRESSED)


def _left_before(
    session: TenantSession, indicator: Indicator, breakdown: Breakdown
) -> Mapping[Window, Mapping[str, int]]:
    """The windows of earlier releases, each with the parts that left; none if withheld."""
    rows = session.scalars(
        select(ReleasedFigure)
        .where(
            ReleasedFigure.tenant_id == session.tenant_id,
            ReleasedFigure.indicator_code == indicator.code,
            ReleasedFigure.breakdown == breakdown,
        )
        .order_by(ReleasedFigure.released_at, ReleasedFigure.id)
    )
    found: dict[Window, dict[str, int]] = defaultdict(dict)
    for row in rows:
        window = Window(Period.parse(row.period_code).window.start, row.cut_off)
        parts = found[window]
        if row.value is not None:
            parts[row.detail] = row.value
    return found
