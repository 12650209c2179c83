"""Which units stood by their figures in time: settled once a report's due day is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from core.areas.models import COMMUNE, DISTRICT
from core.kit.clock import local_date
from core.kit.language import Text
from core.plugin_api.figures import Measure
from core.plugin_api.forms import Option
from core.reports.year.calendar import duties_of
from core.reports.year.confirmations import units_on
from core.reports.year.models import ReportConfirmation, UnitPunctuality
from core.reports.year.service import day_of_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement

    from core.areas.repository import AreaView
    from core.reports.year.calendar import Duty
    from core.tenancy.session import TenantSession

_LEVELS = (
    Option(DISTRICT, Text(vi="Cấp huyện", en="District")),
    Option(COMMUNE, Text(vi="Cấp xã", en="Commune")),
)


def settle(session: TenantSession, now: datetime) -> int:
    """Write down how each unit stood with the reports that fell due; how many rows are new.

    Of this year's periods and last year's. What is written stands: who comes later came late. The
    session must see the whole tenant (``Reach.counting``).
    """
    today = local_date(now)
    duties = (*duties_of(session, today.year - 1), *duties_of(session, today.year))
    return settle_duties(session, duties, now)


def settle_duties(session: TenantSession, duties: Sequence[Duty], now: datetime) -> int:
    """The same for given duties; those that are not over, or have no due day, wait."""
    today = local_date(now)
    made = [
        row
        for duty in duties
        if duty.due is not None and duty.due.is_overdue(today)
        for row in _of_duty(session, duty, duty.due.last, now)
    ]
    session.add_all(made)
    session.flush()
    return len(made)


def _of_duty(
    session: TenantSession, duty: Duty, last: date, now: datetime
) -> Iterator[UnitPunctuality]:
    kind, period = duty.kind, duty.period
    row = UnitPunctuality
    settled = select(row.unit_id).where(
        row.tenant_id == session.tenant_id, row.kind == kind, row.period_code == period.code
    )
    known = frozenset(session.scalars(settled))
    came = _first_days(session, duty)
    units = units_on(session, day_of_units(session, kind, period))
    seats = _seats(units)
    for unit in units:
        seat = seats.get(unit.id)
        if unit.id in known or seat is None:
            continue
        yield UnitPunctuality(
            kind=kind,
            period_code=period.code,
            level=unit.level,
            unit_id=unit.id,
            commune_id=seat,
            due_on=last,
            in_time=unit.id in came and came[unit.id] <= last,
            settled_at=now,
        )


def _first_days(session: TenantSession, duty: Duty) -> dict[int, date]:
    """By unit: the day on which it stood by its figures for the first time."""
    row = ReportConfirmation
    statement = select(row.area_id, func.coalesce(row.first_at, row.confirmed_at)).where(
        row.tenant_id == session.tenant_id,
        row.kind == duty.kind,
        row.period_code == duty.period.code,
    )
    return {area: local_date(at) for area, at in session.execute(statement)}


def _seats(units: Sequence[AreaView]) -> dict[int, int]:
    """For each unit the commune in which it is counted: itself, or the first of its district."""
    communes = [unit for unit in units if unit.level == COMMUNE]
    seats = {one.parent_id: one.id for one in reversed(communes) if one.parent_id is not None}
    return seats | {one.id: one.id for one in communes}


def _measure(code: str, vi: str, en: str, where: ColumnElement[bool] | None = None) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=UnitPunctuality,
        kind="flow",
        date="due_on",
        where=where,
        detail="level",
        detail_options=_LEVELS,
        source="programmes §2.9",
    )


MEASURES = (
    _measure("core.reports_due", "Số báo cáo của đơn vị đến hạn", "Unit reports that fell due"),
    _measure(
        "core.reports_in_time",
        "Số báo cáo của đơn vị nộp đúng hạn",
        "Unit reports that came in time",
        UnitPunctuality.in_time.is_(True),
    ),
)
