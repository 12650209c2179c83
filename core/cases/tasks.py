"""A worker's tasks: what is due or overdue, of one's own cases and of the commune's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.cases import repository, team
from core.cases.files import clocks_now
from core.cases.states import ENDED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import Row

    from core.cases.clocks import Clock
    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Task:
    """One clock that waits for its answer; ``case`` is a line of the list, without names."""

    case: Row[Any]
    clock: Clock
    overdue_by: timedelta
    is_mine: bool


def tasks_of(
    session: TenantSession, principal: Principal, now: datetime, *, mine_only: bool = False
) -> tuple[Task, ...]:
    """The open clocks of cases in reach or given to the person, the most urgent first.

    At most 500 cases are looked at, those that began first.
    """
    given = team.mine(session, principal.account_id)
    lines = {line.id: line for line in repository.lines_of(session, given)} if given else {}
    if not mine_only:
        lines |= {line.id: line for line in repository.open_lines(session, MOST)}
    tell = clocks_now(session, now)
    tasks = [
        Task(line, clock, clock.overdue_by(now), line.id in given)
        for line in lines.values()
        if line.state not in ENDED
        for clock in tell(line)
        if clock.is_open
    ]
    return tuple(sorted(tasks, key=_urgency))


def overdue(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Those whose clock has run out."""
    return tuple(task for task in tasks if task.overdue_by)


def _urgency(task: Task) -> tuple[bool, Any, str]:
    """The earliest due moment first; a clock that cannot be told comes last."""
    due = task.clock.due
    return (due is None, due or task.case.begun_at, task.case.code)
