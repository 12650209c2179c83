"""Which clocks of cases ran out: what core's alert tells of, and which deadlines are missed.

The alert itself is one of core's (``core.alerts``), raised once for the case as long as a clock of
it waits past its moment. What became of each statutory clock stands in its deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.cases import repository
from core.cases.files import clocks_now
from core.cases.options import MISSED
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

    The session must see every row (``Reach.counting``), for confidential cases have clocks too.
    """
    for line, passed in _run_out(session, now):
        yield line, min(due for _, due in passed)


def miss_deadlines(session: TenantSession, now: datetime) -> int:
    """A clock that ran out unanswered misses its deadline from now on; how many are new.

    Safe to repeat. The session must see every row, as for ``cases_run_out``.
    """
    running = repository.deadlines_run_past(session, now)
    if not running:
        return 0
    passed = {(line.id, *clock) for line, clocks in _run_out(session, now) for clock in clocks}
    missed = [row for row in running if (row.case_id, row.clock, row.due_at) in passed]
    for row in missed:
        row.status = MISSED
    session.flush()
    return len(missed)


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


def case_clocks_kind(clock: Clock) -> JobKind:
    """The job that looks at the clocks of a tenant's cases."""

    def run(job: JobRun) -> None:
        miss_deadlines(job.session, clock.now())

    return JobKind(CASE_CLOCKS, run, reach=Reach.counting())
