"""The board: how a report stands, with the days, from what the ministry's login may read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from core.aggregate.board import BoardState, Told, board, board_years, standing
from core.aggregate.national import national
from core.aggregate.scope import ministry_scope
from core.reports.standing import ReportStanding, tell_standing

DUE = date(2018, 5, 20)
TODAY = date(2018, 5, 25)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2018, 5, 9), BoardState.NOT_DUE, 11),
        (date(2018, 5, 10), BoardState.DUE, 10),
        (date(2018, 5, 20), BoardState.DUE, 0),
        (date(2018, 5, 21), BoardState.OVERDUE, 1),
        (date(2018, 6, 20), BoardState.OVERDUE, 31),
    ],
)
def test_what_is_owed_is_counted_to_and_from_its_due_day(
    today: date, state: BoardState, days: int
) -> None:
    found = standing(Told("owed", DUE, date(2018, 1, 1)), None, today)
    assert (found.state, found.days, found.due_on) == (state, days, DUE)


@pytest.mark.parametrize(
    ("told", "state", "days", "late"),
    [
        (Told("sent", DUE, date(2018, 5, 18)), BoardState.SENT, 7, 0),
        (Told("accepted", DUE, date(2018, 5, 24)), BoardState.ACCEPTED, 1, 2),
        (Told("returned", DUE, date(2018, 5, 25)), BoardState.RETURNED, 0, 2),
        (Told("owed", DUE, date(2018, 1, 1)), BoardState.SENT, 3, 2),
        (None, BoardState.SENT, 3, 0),
    ],
)
def test_what_came_is_counted_from_the_day_it_came_to_stand_so(
    told: Told | None, state: BoardState, days: int, late: int
) -> None:
    sent_on = date(2018, 5, 18) if told and told.state == "sent" else date(2018, 5, 22)
    found = standing(told, sent_on, TODAY)
    assert (found.state, found.days, found.late_days) == (state, days, late)


def test_nothing_known_is_neither_due_nor_overdue() -> None:
    assert standing(None, None, TODAY).state is BoardState.NOT_ASKED
    assert standing(Told("owed", None, TODAY), None, TODAY).state is BoardState.NOT_ASKED


@pytest.fixture
def told(reporting: Any) -> Any:
    """Say something of a report in a province's own transaction."""

    def tell(tenant: int, state: str, period: str = "2018-H1", day: int = 1) -> None:
        with reporting.door.tenant_session(tenant) as session:
            tell_standing(
                session,
                kind="periodic",
                period_code=period,
                state=state,
                due_on=DUE,
                now=datetime(2018, 7, 10 + day, tzinfo=UTC),  # after the figures came
            )

    return tell


def test_the_board_has_every_province_and_the_last_that_was_told(reporting: Any, told: Any) -> None:
    told(1, "owed")
    told(1, "sent", day=2)
    told(2, "owed")
    told(2, "owed", period="2018")
    told(3, "owed", period="2017")
    with ministry_scope(reporting.world.database.ministry, "test") as session:
        made = board(session, 2018, today=date(2018, 6, 10))
        years = board_years(session)
    assert [period.code for period in made.periods] == ["2018-H1", "2018"]
    assert [[cell.state.value for cell in row.standings] for row in made.rows] == [
        ["sent", "not_asked"],
        ["overdue", "overdue"],
        ["not_asked", "not_asked"],
    ]
    assert made.count(made.periods[0], BoardState.SENT, BoardState.OVERDUE) == 2
    assert years == (2018, 2017)


def test_figures_of_a_returned_report_are_not_added_until_it_comes_again(
    two_released: Any, told: Any
) -> None:
    def shown() -> Any:
        with ministry_scope(two_released.world.database.ministry, "test") as session:
            row = national(session, two_released.period, ("SAM-01",)).rows[0]
        return row.figure.count, row.contributing

    told(1, "accepted", day=1)
    assert shown() == (12, 2)
    told(1, "returned", day=2)
    assert shown() == (9, 1)
    told(1, "sent", day=3)
    assert shown() == (12, 2)


def test_a_province_reads_its_own_standings_and_the_ministry_all(reporting: Any, told: Any) -> None:
    told(1, "sent")
    with reporting.door.tenant_session(2, read_only=True) as session:
        assert session.scalars(select(ReportStanding)).all() == []
    with ministry_scope(reporting.world.database.ministry, "test") as session:
        assert [row.tenant_id for row in session.scalars(select(ReportStanding))] == [1]
