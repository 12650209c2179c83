"""The reporting year for programs: the same services, checks and audit as the pages."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from core.kit.errors import NotFoundError
from core.kit.periods import Period
from core.reports.models import PERIODIC, Report
from core.reports.service import find_report
from core.reports.year.confirmations import confirm, roll_up
from core.reports.year.service import day_of_units, open_for, owed_in
from core.reports.year.states import BUILD, CONFIRM
from core.reports.year.steps import Grounds, find_step, history_of, next_steps, take_step
from core.web.pages.reports import source_of
from core.web.routing import reading, writing
from core.web.work import Work

FIGURES = "core.figures.read"


class DutyLine(msgspec.Struct):
    """One report that is owed; ``last_day`` is the last day in time, null where none is stated."""

    code: str
    kind: str
    period: str
    last_day: date | None
    days_left: int | None
    state: str | None
    has_come: bool


class StepLine(msgspec.Struct):
    """One step that was taken; who is in the province's own pages."""

    step: str
    from_state: str
    to_state: str
    taken_at: datetime
    role: str | None
    reason: str | None
    letter_number: str | None
    letter_date: date | None


class ReportAnswer(msgspec.Struct):
    """A report in its latest version; ``next`` are the steps open to whoever asks."""

    period: str
    kind: str
    version: int
    state: str
    cut_off: date
    frozen_at: datetime | None
    next: list[str]
    history: list[StepLine]


class Wanted(msgspec.Struct):
    """Why a step is taken, where it asks for that."""

    reason: str = ""
    letter_number: str = ""
    letter_date: date | None = None


class UnitLine(msgspec.Struct):
    """A commune or district, and whether it stands by its figures."""

    area_id: int
    name: str
    level: str
    standing: str
    confirmed_at: datetime | None
    exception: str | None
    exception_ends_on: date | None


@reading("/reports/calendar/{year:int}", permission=FIGURES)
def calendar(work: Work, year: int) -> list[DutyLine]:
    """What is owed for the periods of a year."""
    return [
        DutyLine(
            code=owed.duty.code,
            kind=owed.duty.kind,
            period=owed.duty.period.code,
            last_day=None if owed.duty.due is None else owed.duty.due.last,
            days_left=None if owed.duty.due is None else owed.duty.due.days_left(work.today),
            state=None if owed.report is None else owed.report.state,
            has_come=owed.has_come,
        )
        for owed in owed_in(work.session, year)
    ]


@reading("/reports/{period:str}", permission=BUILD)
def one_report(work: Work, period: str, kind: str = PERIODIC) -> ReportAnswer:
    """One report with its history; 404 before somebody has opened it."""
    report = find_report(work.session, Period.parse(period), kind=kind)
    if report is None:
        raise NotFoundError
    return _answer(work, report)


@writing("/reports/{period:str}/steps/{step:str}", permission=BUILD)
def step_of_report(
    work: Work, period: str, step: str, data: Wanted, kind: str = PERIODIC
) -> ReportAnswer:
    """Take the report on; 409 says what was done meanwhile and who can help."""
    chosen = Period.parse(period)
    report = open_for(work.session, chosen, principal=work.principal, today=work.today, kind=kind)
    reached = take_step(
        work.session,
        report,
        find_step(step),
        principal=work.principal,
        now=work.now,
        source=lambda: source_of(work, chosen),
        grounds=Grounds(
            reason=data.reason, letter_number=data.letter_number, letter_date=data.letter_date
        ),
    )
    return _answer(work, reached)


@reading("/reports/{period:str}/units", permission=FIGURES)
def units(work: Work, period: str, kind: str = PERIODIC) -> list[UnitLine]:
    """The units within reach, each with its standing."""
    chosen = Period.parse(period)
    cut_off = day_of_units(work.session, kind, chosen)
    reached = work.session.reach.communes
    return [
        UnitLine(
            area_id=unit.area.id,
            name=unit.area.name,
            level=unit.area.level,
            standing=unit.state.value,
            confirmed_at=None if unit.confirmation is None else unit.confirmation.confirmed_at,
            exception=None if unit.exception is None else unit.exception.name,
            exception_ends_on=None if unit.exception is None else unit.exception.ends_on,
        )
        for unit in roll_up(work.session, kind, chosen, cut_off=cut_off, today=work.today)
        if reached is None or unit.area.id in reached
    ]


@writing("/reports/{period:str}/units/{area_id:int}/confirm", permission=CONFIRM)
def confirm_unit(work: Work, period: str, area_id: int, kind: str = PERIODIC) -> dict[str, bool]:
    """The unit stands by its figures of the period."""
    chosen = Period.parse(period)
    confirm(work.session, kind, chosen, area_id, principal=work.principal, now=work.now)
    return {"confirmed": True}


def _answer(work: Work, report: Report) -> ReportAnswer:
    return ReportAnswer(
        period=report.period_code,
        kind=report.kind,
        version=report.version,
        state=report.state,
        cut_off=report.cut_off,
        frozen_at=report.frozen_at,
        next=[step.code for step in next_steps(report, work.principal)],
        history=[
            StepLine(
                step=step.step,
                from_state=step.from_state,
                to_state=step.to_state,
                taken_at=step.taken_at,
                role=step.role,
                reason=step.reason,
                letter_number=step.letter_number,
                letter_date=step.letter_date,
            )
            for step in history_of(work.session, report)
        ],
    )


handlers = [calendar, one_report, step_of_report, units, confirm_unit]
