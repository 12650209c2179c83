"""The ministry's board: how each province's reports stand, with the days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from core.aggregate.provinces import Province, provinces
from core.kit.clock import local_date
from core.kit.periods import Period
from core.reports.models import PERIODIC
from core.reports.released import ReleasedFigure
from core.reports.standing import ACCEPTED, OWED, RETURNED, SENT, ReportStanding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.aggregate.scope import MinistrySession

# Source: domain page of the programmes, §2.11: the first alert is ten days ahead.
DUE_SOON_DAYS: Final = 10


class BoardState(StrEnum):
    """How a report stands; overdue is computed, never stored."""

    NOT_ASKED = "not_asked"  # no due day is known and nothing came
    NOT_DUE = "not_due"
    DUE = "due"
    OVERDUE = "overdue"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Told:
    """What the ministry was told last about one report."""

    state: str
    due_on: date | None
    since: date


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell of the board.

    ``days`` counts to the due day, from it while overdue, else since the report came to stand so;
    ``late_days`` is how long after its due day it was sent.
    """

    state: BoardState
    days: int | None = None
    due_on: date | None = None
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One province, with a standing for each period of the board."""

    province: Province
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Every province × every report of a year."""

    periods: tuple[Period, ...]
    rows: tuple[BoardRow, ...]

    def count(self, period: Period, *states: BoardState) -> int:
        """How many provinces stand so with their report on a period."""
        at = self.periods.index(period)
        return sum(row.standings[at].state in states for row in self.rows)


def board(session: MinistrySession, year: int, *, today: date, kind: str = PERIODIC) -> Board:
    """The board of one year, over the periods of which anything is known."""
    told = last_told(session, kind)
    sent = _first_sent(session, kind)
    known = {Period.parse(code) for _, code in (*told, *sent)}
    periods = tuple(
        sorted((p for p in known if p.year == year), key=lambda p: (p.window.end, p.first_month))
    )
    rows = tuple(
        BoardRow(
            province,
            tuple(
                standing(
                    told.get((province.tenant_id, period.code)),
                    sent.get((province.tenant_id, period.code)),
                    today,
                )
                for period in periods
            ),
        )
        for province in provinces(session)
    )
    return Board(periods, rows)


def board_years(session: MinistrySession, *, kind: str = PERIODIC) -> tuple[int, ...]:
    """The years of which anything is known, the latest first."""
    codes = {code for _, code in (*last_told(session, kind), *_first_sent(session, kind))}
    return tuple(sorted({Period.parse(code).year for code in codes}, reverse=True))


def standing(told: Told | None, sent_on: date | None, today: date) -> Standing:
    """How a report stands from what was told of it and the day its figures came, if they did.

    A report whose figures came counts as sent although nobody said so.
    """
    state = OWED if told is None else told.state
    due_on = None if told is None else told.due_on
    if state == OWED and sent_on is not None:
        state = SENT
    if state == OWED:
        return _owed(due_on, today)
    since = told.since if told is not None and told.state != OWED else sent_on
    came = sent_on or since
    late = (came - due_on).days if came is not None and due_on is not None else 0
    days = None if since is None else (today - since).days
    return Standing(_CAME[state], days, due_on, max(late, 0))


_CAME: Final = {
    SENT: BoardState.SENT,
    ACCEPTED: BoardState.ACCEPTED,
    RETURNED: BoardState.RETURNED,
}


def _owed(due_on: date | None, today: date) -> Standing:
    if due_on is None:
        return Standing(BoardState.NOT_ASKED)
    left = (due_on - today).days
    if left < 0:
        return Standing(BoardState.OVERDUE, -left, due_on)
    state = BoardState.DUE if left <= DUE_SOON_DAYS else BoardState.NOT_DUE
    return Standing(state, left, due_on)


def last_told(session: MinistrySession, kind: str) -> Mapping[tuple[int, str], Told]:
    """What was told last, by tenant and period."""
    rows = session.scalars(
        select(ReportStanding)
        .where(ReportStanding.kind == kind)
        .order_by(ReportStanding.told_at, ReportStanding.id)
    )
    return {
        (row.tenant_id, row.period_code): Told(row.state, row.due_on, local_date(row.told_at))
        for row in rows
    }


def _first_sent(session: MinistrySession, kind: str) -> Mapping[tuple[int, str], date]:
    """The day on which the figures of each report first came."""
    figure = ReleasedFigure
    rows = session.execute(
        select(figure.tenant_id, figure.period_code, func.min(figure.released_at))
        .where(figure.kind == kind, figure.breakdown == "")
        .group_by(figure.tenant_id, figure.period_code)
    )
    return {(tenant, code): local_date(first) for tenant, code, first in rows}
