"""The table of the plan's activities: what was planned, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.kit.language import Text
from core.kit.numbers import format_number
from core.plugin_api.documents import Cell, Figure, FigureState, Table
from core.reports.document import ActivityLine, DocumentSection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api.values import SectionContext

CODE = "core.activities"
DONE = "core.activity_done"
_COLUMNS = (
    Text(vi="Nội dung", en="Activity"),
    Text(vi="Đơn vị tính", en="Unit"),
    Text(vi="Kế hoạch năm", en="Plan of the year"),
    Text(vi="Thực hiện trong kỳ", en="Done in the period"),
    Text(vi="Tỷ lệ so kế hoạch", en="Share of the plan"),
    Text(vi="Đơn vị chủ trì", en="Led by"),
)


def activity_section(
    context: SectionContext, lines: Sequence[ActivityLine]
) -> DocumentSection | None:
    """The section, or nothing where no plan is opened.

    Activities without a number stand in it once something was done; more than planned stays more.
    """
    done = context.by(DONE, "detail")
    shown = [line for line in lines if line.quantity is not None or line.code in done]
    if not shown:
        return None
    table = Table(
        caption=Text(vi="Kết quả thực hiện các hoạt động", en="Activities, planned and done"),
        columns=_COLUMNS,
        rows=tuple(_row(context, line, done.get(line.code)) for line in shown),
    )
    title = Text(vi="Kết quả thực hiện các hoạt động theo kế hoạch", en="Activities of the plan")
    return DocumentSection(CODE, title, (table,))


def share_done(done: int, planned: int | None) -> Text | None:
    """Done over planned in percent, cut to one decimal; nothing without a plan."""
    if not planned:
        return None
    tenths = done * 1000 // planned
    value = tenths // 10 if tenths % 10 == 0 else tenths / 10
    return Text(vi=f"{format_number(value)} %", en=f"{format_number(value, language='en')} %")


def _row(context: SectionContext, line: ActivityLine, done: Figure | None) -> tuple[Cell, ...]:
    planned = context.planned(line.code)
    figure = done or Figure(DONE, FigureState.NOT_REPORTED, detail=line.code)
    plan = (
        None
        if planned is None
        else Text(vi=format_number(planned), en=format_number(planned, language="en"))
    )
    share = share_done(figure.count, planned) if done is not None else None
    return (line.title, line.unit, plan, figure, share, line.lead)
