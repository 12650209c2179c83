"""What changed in the records since a report was approved: a difference, never a new number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from core.indicators.kept import readable
from core.plugin_api.documents import Figure, FigureState
from core.reports.build import compose, live_context, make_door
from core.reports.models import ReportFigure
from core.reports.section_context import PLANNED, Question, thawed
from core.reports.year.models import ReportRecords

if TYPE_CHECKING:
    from core.plugin_api.figures import Measure
    from core.reports.models import Report
    from core.reports.source import ReportSource
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure that the records would state otherwise today."""

    question: Question
    frozen: Figure
    now: Figure


def moved_since(session: TenantSession, report: Report, source: ReportSource) -> tuple[Moved, ...]:
    """The figures of an approved report that differ from the records as they are now.

    Planned quantities are not counted from records and are left out. Nothing is stored.
    """
    door = make_door(session, source)
    context = live_context(report, source, door)
    compose(session, report, source, door, context)
    rows = session.scalars(
        select(ReportFigure)
        .where(ReportFigure.tenant_id == session.tenant_id, ReportFigure.report_id == report.id)
        .order_by(ReportFigure.position)
    )
    stated = {Question(row.asked, row.code, row.span, row.part): thawed(row) for row in rows}  # type: ignore[arg-type]  # spans are checked by the database
    return tuple(
        Moved(question, frozen, now)
        for question, frozen in stated.items()
        if question.asked != PLANNED
        and (now := context.answers.get(question)) is not None
        and _numbers(now) != _numbers(frozen)
    )


def records_of(session: TenantSession, report: Report, measure: Measure) -> tuple[UUID, ...]:
    """The records behind a restricted figure when it was approved, as far as the reader may.

    A record that has gone since, or that lies outside the reader's bounds, is left out.
    """
    kept = session.scalar(
        select(ReportRecords).where(
            ReportRecords.tenant_id == session.tenant_id,
            ReportRecords.report_id == report.id,
            ReportRecords.measure == measure.code,
        )
    )
    if kept is None:
        return ()
    raw = kept.records
    ids = [UUID(bytes=raw[at : at + 16]) for at in range(0, len(raw), 16)]
    return tuple(readable(session, measure.model, ids))


def _numbers(figure: Figure) -> tuple[object, ...]:
    if figure.state is not FigureState.NUMBER:
        return (figure.state,)
    if figure.denominator is None:
        return (figure.state, figure.value)
    return (figure.state, figure.numerator, figure.denominator)
