"""The parts of a breakdown as they leave the province, beside all that left before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, select

from core.indicators.leaving import parts_may_leave
from core.kit.periods import Period, Window
from core.plugin_api.documents import Figure, FigureState
from core.reports.models import Report, ReportFigure
from core.reports.released import ReleasedFigure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from core.indicators.door import FigureDoor
    from core.plugin_api.figures import Breakdown, Indicator
    from core.tenancy.session import TenantSession

# How a frozen figure says that it leaves; the breakdown follows.
LEAVES: Final = "leaves:"


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
    """The windows of earlier releases, each with the parts that left; none if withheld.

    What was approved and waits to be sent counts as if it had left.
    """
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
        _note(found, row.period_code, row.cut_off, row.detail, row.value)
    waiting = session.execute(
        select(Report.period_code, Report.cut_off, ReportFigure.part, ReportFigure.value)
        .join(
            ReportFigure,
            and_(ReportFigure.tenant_id == Report.tenant_id, ReportFigure.report_id == Report.id),
        )
        .where(
            Report.tenant_id == session.tenant_id,
            ReportFigure.asked == f"{LEAVES}{breakdown}",
            ReportFigure.code == indicator.code,
        )
        .order_by(Report.frozen_at, Report.id)
    )
    for period_code, cut_off, detail, value in waiting:
        _note(found, period_code, cut_off, detail, value)
    return found


def _note(
    found: dict[Window, dict[str, int]],
    period_code: str,
    cut_off: date,
    detail: str,
    value: int | None,
) -> None:
    parts = found[Window(Period.parse(period_code).window.start, cut_off)]
    if value is not None:
        parts[detail] = value
