"""Raises an alert once for each clock that runs out; safe to repeat, and it names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.cases import repository
from core.cases.deadlines import run_out
from core.cases.files import clocks_now
from core.jobs.kinds import JobKind
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Row

    from core.jobs.kinds import JobRun
    from core.kit.clock import Clock
    from core.tenancy.session import TenantSession

CASE_CLOCKS: Final = "core.case_clocks"
_AT_ONCE: Final = 10_000


def cases_run_out(session: TenantSession, now: datetime) -> Iterator[tuple[Row[Any], datetime]]:
    """The open cases with a clock that has run out unanswered, and the first such moment.

    The session must see every row, as for ``raise_alerts``.
    """
    for line, passed in _run_out(session, now):
        yield line, min(due for _, due in passed)


def raise_alerts(session: TenantSession, now: datetime) -> int:
    """Look at every open case of the tenant; how many alerts are new.

    The session must see every row (``Reach.counting``), for confidential cases have clocks too;
    an alert lies where its case lies and is read by whoever reads the case.
    """
    return sum(
        _raise(session, line, clock, due, now)
        for line, passed in _run_out(session, now)
        for clock, due in passed
    )


def _run_out(
    session: TenantSession, now: datetime
) -> Iterator[tuple[Row[Any], list[tuple[str, datetime]]]]:
    """The open cases with each clock of theirs that has run out unanswered, and when it did."""
    tell = clocks_now(session, now)
    for line in repository.open_lines(session, _AT_ONCE):
        passed = [
            (clock.code, clock.due)
            for clock in tell(line)
            if clock.is_open and clock.due is not None and clock.due < now
        ]
        if passed:
            yield line, passed


def _raise(
    session: TenantSession, line: Row[Any], clock: str, due: datetime, now: datetime
) -> bool:
    """Whether it is news; then the deadline is missed too."""
    is_new = repository.raise_alert(session, line, clock, due, now=now)
    if is_new:
        run_out(session, line.id, clock, due)
    return is_new


def case_clocks_kind(clock: Clock) -> JobKind:
    """The job that raises a tenant's alerts."""

    def run(job: JobRun) -> None:
        raise_alerts(job.session, clock.now())

    return JobKind(CASE_CLOCKS, run, reach=Reach.counting())
