"""Which reports a province owes in a year, and by when: from its declaration, nothing invented."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import select

from core.kit.language import Text
from core.kit.periods import Period
from core.profiles import repository as profiles
from core.reports.models import PERIODIC
from core.reports.year.deadlines import DueDay, Rule
from core.reports.year.models import ReportRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.kit.periods import PeriodKind
    from core.profiles.models import ReportingObligation
    from core.profiles.repository import Setting
    from core.tenancy.session import TenantSession

# The second and the fourth quarter are in the six-month and the annual report.
# Source: the comments of AG-R1 in the programme of An Giang; domain page of the tenants, §2.
_PERIODS: Final[tuple[tuple[PeriodKind, int], ...]] = (
    ("quarter", 1),
    ("half_year", 1),
    ("quarter", 3),
    ("year", 1),
)
_THIRD_QUARTER: Final = 3
_CUT_OFF: Final = "reporting.cut_off."


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One report that is owed.

    ``due`` is empty where the document states no day, ``cut_off`` where it states no last day to
    count: then whoever opens the report gives one. ``kind`` is how the report is stored.
    """

    code: str
    name: Text
    kind: str
    period: Period
    due: DueDay | None
    cut_off: date | None = None

    @property
    def proposed_cut_off(self) -> date:
        """The stated one; else the day before the last day in time, or the period's end."""
        end = self.period.window.end
        if self.cut_off is not None:
            return self.cut_off
        if self.due is None:
            return end
        return max(self.period.window.start, min(end, self.due.last - timedelta(days=1)))

    @property
    def estimates(self) -> bool:
        """Whether the rest of the period is estimated, for it is due before the period ends."""
        return self.proposed_cut_off < self.period.window.end


def duties_of(session: TenantSession, year: int) -> tuple[Duty, ...]:
    """What is owed for the periods of a year, by the profile in force at the end of each.

    In the order of the due days, those without a day last.
    """
    found = [*_periodic(session, year), *_requested(session, year)]
    return tuple(sorted(found, key=_in_order))


def duty_for(session: TenantSession, kind: str, period: Period) -> Duty | None:
    """The duty that a report fulfils, if the calendar has it."""
    there = (d for d in duties_of(session, period.year) if (d.kind, d.period) == (kind, period))
    return next(there, None)


def due_day(period: Period, month: int, day: int, rule: Rule) -> DueDay:
    """The due day of a period: the first of that name after half of the period is over.

    An annual report of 15 November is due in its year, one of 15 January in the year after. The
    29th of February is the 28th in common years.
    """
    window = period.window
    middle = window.start + timedelta(days=window.length_days // 2)
    found = _day_in(window.start.year, month, day)
    return DueDay(found if found >= middle else _day_in(window.start.year + 1, month, day), rule)


def duties_by(
    obligations: Iterable[ReportingObligation],
    settings: Mapping[str, Setting],
    period: Period,
) -> Iterator[Duty]:
    """The duty of one period by a profile's obligations; none, or the first that states a day."""
    found = [o for o in obligations if o.kind == "report" and o.frequency == period.kind]
    dated = [_duty(o, settings, period) for o in found]
    yield from sorted(dated, key=lambda duty: duty.due is None)[:1]


def after_event(obligation: ReportingObligation, happened_on: date) -> DueDay | None:
    """The due day of what is owed so many days after an event; none if it is not such a duty."""
    if obligation.event is None or obligation.event_days is None:
        return None
    return DueDay(happened_on + timedelta(days=obligation.event_days), "on")


def event_duties(session: TenantSession, day: date) -> Sequence[ReportingObligation]:
    """The obligations of a day's profile that an event calls for."""
    profile = profiles.profile_on(session, day)
    if profile is None:
        return []
    return [o for o in profiles.obligations(session, profile.id) if o.event is not None]


def _periodic(session: TenantSession, year: int) -> Iterator[Duty]:
    for kind, number in _PERIODS:
        period = Period(year, kind, number)
        profile = profiles.profile_on(session, period.window.end)
        if profile is not None:
            settings = profiles.settings(session, profile.id, _CUT_OFF)
            yield from duties_by(profiles.obligations(session, profile.id), settings, period)


def _duty(obligation: ReportingObligation, settings: Mapping[str, Setting], period: Period) -> Duty:
    third = (period.kind, period.number) == ("quarter", _THIRD_QUARTER)
    month, day, rule = (
        (obligation.q3_due_month, obligation.q3_due_day, obligation.q3_due_rule)
        if third
        else (obligation.due_month, obligation.due_day, obligation.due_rule)
    )
    due = None
    if month is not None and day is not None:
        due = due_day(period, month, day, cast("Rule", rule or "on"))
    return Duty(
        code=obligation.code,
        name=Text(obligation.name_vi, obligation.name_en or obligation.name_vi),
        kind=PERIODIC,
        period=period,
        due=due,
        cut_off=_stated_cut_off(settings, period),
    )


def _stated_cut_off(settings: Mapping[str, Setting], period: Period) -> date | None:
    """The last day that counts, as declared: *before* a day is the day before it."""
    setting = settings.get(f"{_CUT_OFF}{period.kind}")
    if setting is None or not setting.stated:
        return None
    month, day, rule = setting.value
    return min(due_day(period, month, day, rule).last, period.window.end)


def _requested(session: TenantSession, year: int) -> Iterator[Duty]:
    rows = session.scalars(
        select(ReportRequest)
        .where(ReportRequest.tenant_id == session.tenant_id)
        .order_by(ReportRequest.due_on, ReportRequest.code)
    )
    for row in rows:
        period = Period.parse(row.period_code)
        if period.year == year:
            yield Duty(
                code=row.code,
                name=Text(row.name, row.name),
                kind=row.kind,
                period=period,
                due=DueDay(row.due_on, cast("Rule", row.due_rule)),
                cut_off=row.cut_off,
            )


def _in_order(duty: Duty) -> tuple[bool, date, str]:
    day = duty.period.window.end if duty.due is None else duty.due.last
    return duty.due is None, day, duty.code


def _day_in(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
