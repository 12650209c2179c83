"""Core's sections on the network, communication and training, inspection, and money.

Source: domain page of the programmes, §10.2: parts IV to VI, core tables 4, 5 and 6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.events.options import EVENT, TRAINED
from core.kit.language import Text
from core.kit.numbers import format_number
from core.money.options import SOURCE
from core.plugin_api.documents import Block, Cell, Figure, FigureState, Paragraph, Table
from core.plugin_api.values import ReportSection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plugin_api.values import SectionContext
    from core.register.options import Choices

# Parts of the report that stand behind those of the programmes.
AFTER_PROGRAMMES = 500
_CONTENT = Text(vi="Nội dung", en="What")
_NOW = Text(vi="Kỳ này", en="This period")
_BEFORE = Text(vi="Cùng kỳ năm trước", en="Same time last year")
_TOTAL = Text(vi="Tổng số", en="Total")
_NETWORK = (
    ("core.committees", Text(vi="Ban, nhóm đang hoạt động", en="Committees that stand")),
    ("COR-05", Text(vi="Xã có người làm công tác bảo vệ trẻ em", en="Communes with a worker")),
    ("core.collaborators", Text(vi="Cộng tác viên", en="Collaborators")),
    ("COR-06", Text(vi="Cộng tác viên bình quân một xã", en="Collaborators per commune")),
    ("core.service_points", Text(vi="Điểm dịch vụ, mô hình", en="Service points and models")),
    ("COR-08", Text(vi="Điểm công tác xã hội trường học", en="School social work points")),
)


def write_network(context: SectionContext) -> Sequence[Block]:
    """Bodies, people and points at the end of the period, beside the year before."""
    rows = tuple(
        (name, _asked(context, code), _asked(context, code, last_year=True))
        for code, name in _NETWORK
    )
    return (
        Table(
            caption=Text(vi="Tổ chức và mạng lưới", en="Organisation and network"),
            columns=(_CONTENT, _NOW, _BEFORE),
            rows=rows,
        ),
    )


def write_telling(context: SectionContext) -> Sequence[Block]:
    """Events and people reached by form, classes and persons trained by audience."""
    events, reached = context.measure("core.communication_events"), context.indicator("COR-12")
    classes, trained = context.measure("core.training_classes"), context.indicator("COR-13")
    return (
        Paragraph(
            Text(
                vi=f"Trong kỳ đã tổ chức {_vi(events)} cuộc truyền thông với {_vi(reached)} lượt "
                f"người; {_vi(classes)} lớp tập huấn với {_vi(trained)} lượt người dự.",
                en=f"In the period {_en(events)} communication events reached {_en(reached)} "
                f"people, and {_en(classes)} classes trained {_en(trained)} people.",
            ),
            (events, reached, classes, trained),
        ),
        *_table(
            Text(vi="Truyền thông theo hình thức", en="Communication by form"),
            (Text(vi="Số cuộc", en="Events"), Text(vi="Số lượt người", en="People")),
            (
                context.by("core.communication_events", "detail"),
                context.by("core.people_reached", "detail"),
            ),
            (events, reached),
            EVENT,
        ),
        *_table(
            Text(vi="Tập huấn theo đối tượng", en="Training by audience"),
            (Text(vi="Số lớp", en="Classes"), Text(vi="Số lượt người", en="People")),
            (
                context.by("core.training_classes", "detail"),
                context.by("core.persons_trained", "detail"),
            ),
            (classes, trained),
            TRAINED,
        ),
    )


def write_inspection(context: SectionContext) -> Sequence[Block]:
    """How often somebody inspected, and how many units."""
    visits, units = (
        context.measure("core.inspection_visits"),
        context.measure("core.units_inspected"),
    )
    if visits.count == 0:
        nothing = Text(
            vi="Trong kỳ chưa ghi nhận cuộc kiểm tra, giám sát nào.",
            en="No inspection was recorded in the period.",
        )
        return (Paragraph(nothing, (visits,)),)
    return (
        Paragraph(
            Text(
                vi=f"Trong kỳ đã thực hiện {_vi(visits)} cuộc kiểm tra, giám sát tại {_vi(units)} "
                "lượt đơn vị.",
                en=f"In the period {_en(visits)} inspections visited {_en(units)} units.",
            ),
            (visits, units),
        ),
    )


def write_money(context: SectionContext) -> Sequence[Block]:
    """Set aside and spent by source; what was raised; which units reach their minimum.

    What is set aside counts on the first day of its year, so that a part of the year that begins
    later shows what was spent alone.
    """
    there, spent = context.measure("core.budget_vnd"), context.measure("core.spent_vnd")
    raised, meeting = context.indicator("COR-15"), context.indicator("COR-14")
    sentences = [
        Paragraph(
            Text(
                vi=f"Kinh phí vận động được trong kỳ: {_vi(raised)} đồng.",
                en=f"Raised in the period: {_en(raised)} VND.",
            ),
            (raised,),
        )
    ]
    if meeting.state is FigureState.NUMBER:
        share, whole = format_number(meeting.numerator or 0), meeting.denominator or 0
        sentences.append(
            Paragraph(
                Text(
                    vi=f"Có {share}/{format_number(whole)} đơn vị bố trí kinh phí từ mức tối "
                    "thiểu trở lên.",
                    en=f"{share} of {whole} units set aside their minimum or more.",
                ),
                (meeting,),
            )
        )
    return (
        *sentences,
        *_table(
            Text(vi="Kinh phí theo nguồn (đồng)", en="Money by source (VND)"),
            (Text(vi="Bố trí", en="Set aside"), Text(vi="Đã chi", en="Spent")),
            (context.by("core.budget_vnd", "detail"), context.by("core.spent_vnd", "detail")),
            (there, spent),
            SOURCE,
        ),
    )


WORK_SECTIONS = (
    ReportSection(
        code="core.network",
        title=Text(vi="Tổ chức bộ máy và mạng lưới", en="Organisation and network"),
        write=write_network,
        order=10,
    ),
    ReportSection(
        code="core.telling",
        title=Text(vi="Công tác truyền thông, tập huấn", en="Communication and training"),
        write=write_telling,
        order=AFTER_PROGRAMMES,
    ),
    ReportSection(
        code="core.inspection",
        title=Text(vi="Kiểm tra, giám sát", en="Inspection and supervision"),
        write=write_inspection,
        order=AFTER_PROGRAMMES + 10,
    ),
    ReportSection(
        code="core.money",
        title=Text(vi="Kinh phí", en="Money"),
        write=write_money,
        order=AFTER_PROGRAMMES + 20,
    ),
)


def _asked(context: SectionContext, code: str, *, last_year: bool = False) -> Figure:
    ask = context.measure if code.startswith("core.") else context.indicator
    return ask(code, last_year=last_year)


def _table(
    caption: Text,
    columns: tuple[Text, ...],
    parts: tuple[Mapping[str, Figure], ...],
    totals: tuple[Figure, ...],
    choices: Choices,
) -> tuple[Table, ...]:
    """The total first, then each part in which something was counted; no table without any."""
    rows: list[tuple[Cell, ...]] = [(_TOTAL, *totals)]
    for option in choices.options:
        cells = tuple(part.get(option.value) for part in parts)
        if any(cell is not None and cell.count for cell in cells):
            rows.append((option.label, *cells))
    if len(rows) == 1:
        return ()
    return (Table(caption=caption, columns=(_CONTENT, *columns), rows=tuple(rows)),)


def _vi(figure: Figure) -> str:
    return format_number(figure.count)


def _en(figure: Figure) -> str:
    return format_number(figure.count, language="en")
