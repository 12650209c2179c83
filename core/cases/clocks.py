"""The clocks of a case: what is due when, answered or not, and by how much it is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from core.kit.clock import VIETNAM_TIME, local_date
from core.kit.language import Text
from core.kit.working_days import UnknownYearError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.cases.limits import Limits
    from core.kit.working_days import WorkingDays

EMERGENCY: Final = "emergency"
PLAN_DRAFT: Final = "plan_draft"
PLAN_APPROVAL: Final = "plan_approval"
REVIEW: Final = "review"
NAMES: Final[Mapping[str, Text]] = {
    EMERGENCY: Text(vi="Can thiệp khẩn cấp", en="Emergency measures"),
    PLAN_DRAFT: Text(vi="Trình kế hoạch hỗ trợ, can thiệp", en="Plan submitted"),
    PLAN_APPROVAL: Text(vi="Phê duyệt kế hoạch", en="Plan approved"),
    REVIEW: Text(vi="Rà soát, đánh giá theo kế hoạch", en="Review as planned"),
}


class Moments(Protocol):
    """What a case tells its clocks; a row of the table fits. They run from ``begun_at``."""

    begun_at: datetime
    state: str
    emergency_needed: bool | None
    emergency_at: datetime | None
    initial_assessed_at: datetime | None
    detailed_assessed_at: datetime | None
    plan_submitted_at: datetime | None
    plan_approved_at: datetime | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline; ``due`` is ``None`` when ``unknown`` says why it cannot be told."""

    code: str
    due: datetime | None
    answered_at: datetime | None = None
    unknown: Text | None = None

    def overdue_by(self, now: datetime) -> timedelta:
        """How long past its due moment it was answered, or is unanswered now; zero in time."""
        if self.due is None:
            return timedelta()
        return max((self.answered_at or now) - self.due, timedelta())

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.answered_at is None


def clocks_of(case: Moments, limits: Limits, days: WorkingDays) -> tuple[Clock, ...]:
    """Every clock that has begun, the emergency's first. A case that has ended has none running."""
    clocks = [_emergency(case, limits)] if _needs_emergency(case) else []
    began = _plan_began(case, limits)
    if began is not None:
        draft, approval = limits.plan_draft_working_days, limits.plan_approval_working_days
        clocks += [
            _counted(PLAN_DRAFT, began, draft, days, case.plan_submitted_at),
            _counted(PLAN_APPROVAL, began, approval, days, case.plan_approved_at),
        ]
    if case.review_on is not None and case.plan_approved_at is not None:
        answered = None if case.state == "in_progress" else case.plan_approved_at
        clocks.append(Clock(REVIEW, _end_of(case.review_on), answered))
    if case.state in _ENDED:
        return tuple(clock for clock in clocks if not clock.is_open)
    return tuple(clocks)


def emergency_due(begun_at: datetime, limits: Limits) -> datetime:
    """Until when emergency measures must be taken. Source: Decree 56/2017/ND-CP, Art. 26(3)."""
    return begun_at + timedelta(hours=limits.emergency_hours)


_ENDED = frozenset({"screened_out", "closed", "transferred"})


def _needs_emergency(case: Moments) -> bool:
    """From the first hour until it is assessed that there is no emergency."""
    return case.emergency_needed is not False


def _emergency(case: Moments, limits: Limits) -> Clock:
    return Clock(EMERGENCY, emergency_due(case.begun_at, limits), case.emergency_at)


def _plan_began(case: Moments, limits: Limits) -> datetime | None:
    return {
        "received": case.begun_at,
        "initial_assessed": case.initial_assessed_at,
        "detailed_assessed": case.detailed_assessed_at,
    }[limits.plan_clock_start]


def _counted(
    code: str, began: datetime, count: int, days: WorkingDays, answered_at: datetime | None
) -> Clock:
    """Due at the end of the last working day, in Viet Nam."""
    try:
        return Clock(code, _end_of(days.after(local_date(began), count)), answered_at)
    except UnknownYearError as error:
        return Clock(code, None, answered_at, error.message)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), VIETNAM_TIME)
