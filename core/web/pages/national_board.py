"""The ministry's board: every province × every report of a year, with the days."""

from __future__ import annotations

from litestar import Response

from core.aggregate.board import BoardState, Standing, board_years
from core.aggregate.scope import ministry_scope
from core.kit.language import Language, Text
from core.kit.numbers import format_number
from core.web.actions.national import READ, read_board
from core.web.rendering import page
from core.web.routing import reading
from core.web.work import Work

_NAMES = {
    BoardState.NOT_ASKED: (Text("Chưa có hạn", "No due day"), "neutral"),
    BoardState.NOT_DUE: (Text("Chưa đến hạn", "Not due"), "neutral"),
    BoardState.DUE: (Text("Sắp đến hạn", "Due"), "warning"),
    BoardState.OVERDUE: (Text("Quá hạn", "Overdue"), "danger"),
    BoardState.SENT: (Text("Đã gửi", "Sent"), "info"),
    BoardState.ACCEPTED: (Text("Đã tiếp nhận", "Accepted"), "good"),
    BoardState.RETURNED: (Text("Đã trả lại", "Returned"), "warning"),
}
_LEFT = Text("còn {}", "{} left")
_TODAY = Text("hôm nay", "today")
_AGO = Text("cách đây {}", "{} ago")
_DAYS = {
    BoardState.NOT_ASKED: _LEFT,
    BoardState.NOT_DUE: _LEFT,
    BoardState.DUE: _LEFT,
    BoardState.OVERDUE: Text("{}", "{}"),
    BoardState.SENT: _AGO,
    BoardState.ACCEPTED: _AGO,
    BoardState.RETURNED: _AGO,
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
            "cells": [_cell(standing, work.language) for standing in row.standings],
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


def _cell(standing: Standing, language: Language) -> dict[str, str]:
    name, tone = _NAMES[standing.state]
    notes = (days_in_words(standing, language), late_in_words(standing, language))
    return {
        "state": name.read(language),
        "tone": tone,
        "note": ", ".join(note for note in notes if note),
    }


def days_in_words(standing: Standing, language: Language) -> str:
    """The days of a standing; empty without any."""
    if standing.days is None:
        return ""
    if standing.days == 0:
        return _TODAY.read(language)
    number = format_number(standing.days, language=language)
    return _DAYS[standing.state].read(language).format(_counted(number, standing.days, language))


def late_in_words(standing: Standing, language: Language) -> str:
    """How late a report was sent; empty if it was in time."""
    late = standing.late_days
    if not late:
        return ""
    counted = _counted(format_number(late, language=language), late, language)
    return Text("chậm {}", "{} late").read(language).format(counted)


def _counted(number: str, days: int, language: Language) -> str:
    if language == "vi":
        return f"{number} ngày"
    return f"{number} day" if days == 1 else f"{number} days"


handlers = [reports_board]
