"""The ministry's board: every province × every report of a year, with the days."""

from __future__ import annotations

from litestar import Response

from core.aggregate.board import BoardState, Standing, board_years
from core.aggregate.scope import ministry_scope
from core.kit.language import Text
from core.web.actions.national import READ, read_board
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

_TONES = {
    BoardState.DUE: "warning",
    BoardState.OVERDUE: "danger",
    BoardState.SENT: "info",
    BoardState.ACCEPTED: "good",
    BoardState.RETURNED: "warning",
}


@reading("/national/board", permission=READ, writes=True)
def reports_board(work: Work, year: int | None = None) -> Response[str]:
    """Who has reported and who has not; the latest year of which anything is known, or this."""
    with ministry_scope(work.platform.ministry_engine, "which years are on the board") as session:
        years = board_years(session)
    chosen = year or (years[0] if years else work.today.year)
    shown = read_board(work, chosen)
    rows = [
        {
            "name": work.tell(row.province.name),
            "cells": [
                (work.tell(words(standing)), _TONES.get(standing.state, "neutral"))
                for standing in row.standings
            ],
        }
        for row in shown.rows
    ]
    summary = [
        (
            work.tell(period.name),
            shown.count(period, BoardState.SENT, BoardState.ACCEPTED),
            shown.count(period, BoardState.OVERDUE),
        )
        for period in shown.periods
    ]
    return page(
        work,
        "national_board.html",
        path="/national",
        year=chosen,
        years=years,
        periods=[work.tell(period.name) for period in shown.periods],
        rows=rows,
        summary=summary,
    )


def words(standing: Standing) -> Text:
    """A standing in words, with its days."""
    days = standing.days or 0
    if standing.state is BoardState.NOT_ASKED:
        return Text("Chưa có hạn", "No due day set")
    if standing.state is BoardState.NOT_DUE:
        return Text(f"Chưa đến hạn, còn {days} ngày", f"Not due, {days} days left")
    if standing.state is BoardState.DUE:
        if not days:
            return Text("Đến hạn hôm nay", "Due today")
        return Text(f"Sắp đến hạn, còn {days} ngày", f"Due in {_days(days)}")
    if standing.state is BoardState.OVERDUE:
        return Text(f"Quá hạn {days} ngày", f"Overdue by {_days(days)}")
    return _came(standing, days)


def _came(standing: Standing, days: int) -> Text:
    named = {
        BoardState.SENT: Text("Đã gửi", "Sent"),
        BoardState.ACCEPTED: Text("Đã tiếp nhận", "Accepted"),
        BoardState.RETURNED: Text("Đã trả lại", "Returned"),
    }[standing.state]
    since = Text(f"{days} ngày trước", f"{_days(days)} ago") if days else Text("hôm nay", "today")
    late = Text("", "")
    if standing.late_days:
        late = Text(f", chậm {standing.late_days} ngày", f", {_days(standing.late_days)} late")
    return Text(f"{named.vi} {since.vi}{late.vi}", f"{named.en} {since.en}{late.en}")


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


handlers = [reports_board]
