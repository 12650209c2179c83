"""What the section says of prevention: Safe Home, swimming, hazards and the flood season.

Source: domain page of the programmes, §3.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Paragraph, Table, Text
from core.plugin_api.wording import (
    compared,
    compared_columns,
    counted,
    join,
    labels,
    no_figure,
    number,
    percent,
    plural,
)
from plugins.drowning_prevention import codes, measures

if TYPE_CHECKING:
    from core.plugin_api import Cell, Figure, SectionContext

# The planned swim cages of An Giang's plan of 2018; without such an activity nothing is compared.
CAGES_PLANNED = "AG-A11"


def safe_home(context: SectionContext) -> Paragraph:
    """In how many communes, and how many districts or communes are safe throughout."""
    communes, whole = context.indicator("DRW-08"), context.indicator("DRW-10")
    share = percent(communes)
    if share is None or communes.numerator is None or communes.denominator is None:
        subject = Text(vi="mô hình Ngôi nhà an toàn", en="Safe Home")
        return Paragraph(no_figure(communes, subject), (communes,))
    if communes.numerator == 0:
        nothing = Text(
            vi="Trong kỳ chưa có xã, phường, thị trấn nào đánh giá Ngôi nhà an toàn.",
            en="No commune judged homes by Safe Home in the period.",
        )
        return Paragraph(nothing, (communes,))
    here, all_of_them = number(communes.numerator), number(communes.denominator)
    running = Text(
        vi=f"Đã triển khai mô hình Ngôi nhà an toàn tại {here.vi}/{all_of_them.vi} xã, phường, thị "
        f"trấn (đạt {share.vi})",
        en=f"Safe Home runs in {here.en} of {all_of_them.en} "
        f"{plural(communes.denominator, 'commune', 'communes')} ({share.en})",
    )
    safe = _whole(whole, has_districts=context.has_districts)
    return Paragraph(
        Text(vi=f"{running.vi}{safe.vi}.", en=f"{running.en}{safe.en}."), (communes, whole)
    )


def _whole(whole: Figure, *, has_districts: bool) -> Text:
    """The clause on districts, or communes, in which every household passes."""
    count = counted(whole)
    if count is None:
        return Text(
            vi="; chưa có số liệu về xã đạt 100% hộ gia đình",
            en="; communes in which every home passes are not yet reported",
        )
    size = number(count)
    if count == 0:
        where = Text(vi="huyện nào có xã", en="district has a commune")
        if not has_districts:
            where = Text(vi="xã nào", en="commune is one")
        return Text(
            vi=f"; chưa có {where.vi} đạt 100% hộ gia đình có trẻ em đạt tiêu chí",
            en=f"; no {where.en} in which every household with children passes",
        )
    if has_districts:
        return Text(
            vi=f"; trong đó {size.vi} huyện có ít nhất 01 xã đạt 100% hộ gia đình có trẻ em đạt "
            "tiêu chí",
            en=f"; {size.en} {plural(count, 'district has', 'districts have')} at least one "
            "commune in which every household with children passes",
        )
    return Text(
        vi=f"; trong đó {size.vi} xã đạt 100% hộ gia đình có trẻ em đạt tiêu chí",
        en=f"; in {size.en} {plural(count, 'commune', 'communes')} every household with children "
        "passes",
    )


def swimming(context: SectionContext) -> Paragraph:
    """Classes and children, and swim cages against the plan."""
    classes, taught = context.measure(measures.CLASSES), context.indicator("DRW-06")
    held, children = counted(classes), counted(taught)
    if held is None or children is None:
        subject = Text(vi="dạy bơi cho trẻ em", en="swimming lessons")
        return Paragraph(no_figure(classes if held is None else taught, subject), (classes, taught))
    if held == 0 and children == 0:
        lessons = Text(
            vi="Trong kỳ chưa tổ chức lớp dạy bơi cho trẻ em.",
            en="No swimming class was held in the period.",
        )
    else:
        many, learned = number(held), number(children)
        lessons = Text(
            vi=f"Tổ chức {many.vi} lớp dạy bơi; {learned.vi} trẻ em hoàn thành lớp học.",
            en=f"{many.en} swimming {plural(held, 'class was', 'classes were')} held; {learned.en} "
            f"{plural(children, 'child', 'children')} completed one.",
        )
    cages = context.indicator("DRW-07")
    return Paragraph(
        join(lessons, _cages(cages, context.planned(CAGES_PLANNED))), (classes, taught, cages)
    )


def _cages(cages: Figure, planned: int | None) -> Text:
    count = counted(cages)
    if count is None:
        return no_figure(cages, Text(vi="lồng bơi được cấp", en="swim cages delivered"))
    if count == 0 and planned is None:
        return Text(vi="Trong kỳ không cấp thêm lồng bơi.", en="No swim cage was delivered.")
    size = number(count)
    if planned is None:
        return Text(
            vi=f"Cấp phát thêm {size.vi} lồng bơi.",
            en=f"{size.en} {plural(count, 'swim cage was', 'swim cages were')} delivered.",
        )
    plan = number(planned)
    return Text(
        vi=f"Cấp phát thêm {size.vi}/{plan.vi} lồng bơi theo kế hoạch.",
        en=f"{size.en} of {plan.en} planned swim cages {plural(count, 'was', 'were')} delivered.",
    )


def flood_season(context: SectionContext) -> Paragraph:
    """Points opened and child-days, or that none was opened."""
    points, days = context.indicator("DRW-11"), context.measure(measures.CHILD_DAYS)
    opened, minded = counted(points), counted(days)
    if opened is None:
        subject = Text(vi="điểm giữ trẻ mùa lũ", en="flood-season points")
        return Paragraph(no_figure(points, subject), (points,))
    if opened == 0:
        nothing = Text(
            vi="Trong kỳ không mở điểm giữ trẻ mùa lũ.",
            en="No flood-season point was opened in the period.",
        )
        return Paragraph(nothing, (points,))
    size = number(opened)
    clause = Text(vi="; chưa có số lượt trẻ", en="; child-days are not yet reported")
    if minded is not None:
        many = number(minded)
        clause = Text(
            vi=f", giữ {many.vi} lượt trẻ em",
            en=f", which minded children on {many.en} child-{plural(minded, 'day', 'days')}",
        )
    told = Text(
        vi=f"Đã mở {size.vi} điểm giữ trẻ mùa lũ{clause.vi}.",
        en=f"{size.en} flood-season {plural(opened, 'point was', 'points were')} opened"
        f"{clause.en}.",
    )
    return Paragraph(told, (points, days))


def table_of_homes(context: SectionContext) -> Table:
    """Households with children, judged, passed; communes and districts."""
    return _compared_table(
        context,
        Text(vi="Kết quả thực hiện Ngôi nhà an toàn", en="Safe Home"),
        (
            (Text(vi="Số hộ có trẻ em", en="Households with children"), measures.HOUSEHOLDS),
            (Text(vi="Số hộ được đánh giá", en="Homes judged"), measures.HOMES_ASSESSED),
            (Text(vi="Số hộ đạt", en="Homes that passed"), measures.HOMES_PASSED),
            (
                Text(vi="Số xã đạt cộng đồng an toàn", en="Safe communities"),
                measures.SAFE_COMMUNITIES,
            ),
            (Text(vi="Số trường học", en="Schools"), measures.SCHOOLS),
            (Text(vi="Số trường đạt an toàn", en="Safe schools"), measures.SAFE_SCHOOLS),
        ),
    )


def table_of_swimming(context: SectionContext) -> Table:
    """Classes by organiser, children, safe swimmers, cages."""
    now = context.by(measures.CLASSES, "detail")
    before = context.by(measures.CLASSES, "detail", last_year=True)
    by_organiser = tuple(
        compared(
            Text(vi=f"Lớp do {name.vi.lower()} tổ chức", en=f"Classes: {name.en.lower()}"),
            now.get(code),
            before.get(code),
        )
        for code, name in labels(codes.ORGANISERS).items()
    )
    table = _compared_table(
        context,
        Text(vi="Dạy bơi an toàn cho trẻ em", en="Swimming lessons"),
        (
            (Text(vi="Số lớp dạy bơi", en="Swimming classes"), measures.CLASSES),
            (Text(vi="Số trẻ hoàn thành lớp", en="Children who completed one"), measures.TAUGHT),
            (Text(vi="Số trẻ biết bơi an toàn", en="Safe swimmers"), measures.SAFE_SWIMMERS),
            (Text(vi="Lồng bơi được cấp", en="Swim cages delivered"), measures.CAGES_DELIVERED),
            (
                Text(vi="Lồng bơi đang hoạt động", en="Swim cages operating"),
                measures.CAGES_OPERATING,
            ),
        ),
    )
    return Table(table.caption, table.columns, (*table.rows, *by_organiser))


def table_of_places(context: SectionContext) -> Table:
    """Hazard sites and the flood season."""
    return _compared_table(
        context,
        Text(vi="Điểm nguy cơ đuối nước và điểm giữ trẻ mùa lũ", en="Hazards and the flood season"),
        (
            (Text(vi="Điểm nguy cơ đã khảo sát", en="Hazard sites surveyed"), measures.HAZARDS),
            (
                Text(vi="Điểm đã cảnh báo, rào chắn", en="Hazard sites made safe"),
                measures.HAZARDS_MITIGATED,
            ),
            (Text(vi="Điểm giữ trẻ đã mở", en="Flood-season points"), measures.FLOOD_POINTS),
            (Text(vi="Số lượt trẻ được giữ", en="Child-days"), measures.CHILD_DAYS),
            (Text(vi="Trong đó: dưới 6 tuổi", en="Of these under six"), measures.SMALL_CHILD_DAYS),
        ),
    )


def _compared_table(
    context: SectionContext, caption: Text, lines: tuple[tuple[Text, str], ...]
) -> Table:
    rows: list[tuple[Cell, ...]] = [
        compared(name, context.measure(code), context.measure(code, last_year=True))
        for name, code in lines
    ]
    columns = compared_columns(Text(vi="Nội dung", en="What"), year=context.year - 1)
    return Table(caption, columns, tuple(rows))
