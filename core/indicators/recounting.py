"""Counts what is marked, so that a measure that cannot be counted holds up no other.

Its marks stay and its figures are ``not_available``: neither zero nor what they were before.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import DBAPIError

from core.indicators.count import clear_marks, hold_cells
from core.registry.calls import class_of, policy_of
from core.registry.catalogue import CORE
from core.registry.health import Failed, clear_counted, note_uncounted, uncounted
from core.registry.models import Call, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api.figures import Measure
    from core.tenancy.session import TenantSession


def clear_all_marks(session: TenantSession, measures: Sequence[Measure]) -> None:
    """Count until nothing is marked but what cannot be counted.

    All together, as long as that goes. When a statement fails, or failed last time, each measure
    of a plugin is counted by itself; core's own are not excused.

    Raises:
        TenantWallError: the session was not opened with ``Reach.counting()``.
    """
    hold_cells(session)  # before any savepoint, which would let go of it when taken back
    failed = uncounted(session)
    together = [measure for measure in measures if measure.code not in failed]
    if not _counts(session, together):
        cores = [measure for measure in measures if _owner(measure) == CORE]
        clear_marks(session, cores)
        together = [measure for measure in together if _owner(measure) != CORE]
        for measure in together:
            _count_alone(session, measure, known=False)
    for measure in measures:
        if measure.code in failed:
            _count_alone(session, measure, known=True)


def _counts(session: TenantSession, measures: Sequence[Measure]) -> bool:
    try:
        with session.begin_nested():
            clear_marks(session, measures)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return False
    return True


def _count_alone(session: TenantSession, measure: Measure, *, known: bool) -> None:
    """Count one, or note that it cannot be; a limit keeps it from taking the others' time."""
    before, began = session.statement_seconds, monotonic()
    try:
        with session.begin_nested():
            session.limit_statements(policy_of(session).limits.job_seconds)
            clear_marks(session, (measure,))
            session.limit_statements(before)
            if known:
                clear_counted(session, (measure.code,))
    except DBAPIError as error:
        session.forget_limit(before)
        if error.connection_invalidated:
            raise
        structlog.get_logger().error(
            "a measure cannot be counted", measure=measure.code, error=class_of(error)
        )
        note_uncounted(
            session,
            Failed(
                plugin=_owner(measure),
                call=Call.COUNT,
                declaration=measure.code,
                outcome=Outcome.RAISED,
                error=class_of(error),
                place=None,
                milliseconds=int((monotonic() - began) * 1000),
            ),
        )


def _owner(measure: Measure) -> str:
    return measure.code.partition(".")[0]
