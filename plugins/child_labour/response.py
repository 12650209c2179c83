"""What the section says of support, vocational classes, inspections and information.

Source: domain page of the programmes, §4.5.
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
from plugins.child_labour import codes, measures

if TYPE_CHECKING:
    from core.plugin_api import Cell, SectionContext


def support(context: SectionContext) -> Paragraph:
    """How many of those found were supported."""
    share, withdrawn = context.indicator("LAB-05"), context.indicator("LAB-07")
    part = percent(share)
    if part is None or share.numerator is None or share.denominator is None:
        subject = Text(vi="trẻ em được hỗ trợ, can thiệp", en="children supported")
        return Paragraph(no_figure(share, subject), (share,))
    done, found = number(share.numerator), number(share.denominator)
    sentence = Text(
        vi=f"{done.vi}/{found.vi} trẻ (đạt {part.vi}) lao động trái quy định hoặc có nguy cơ được "
        "hỗ trợ, can thiệp.",
        en=f"{done.en} of {found.en} {plural(share.denominator, 'child', 'children')} in child "
        f"labour or at risk ({part.en}) {plural(share.numerator, 'was', 'were')} supported.",
    )
    out = counted(withdrawn)
    if not out:
        return Paragraph(sentence, (share,))
    size = number(out)
    back = Text(
        vi=f"{size.vi} trẻ đã rút khỏi lao động hoặc trở lại trường.",
        en=f"{size.en} {plural(out, 'child', 'children')} left labour or went back to school.",
    )
    return Paragraph(join(sentence, back), (share, withdrawn))


def training(context: SectionContext) -> Paragraph:
    """Vocational classes outside project communes."""
    classes, learners = context.indicator("LAB-08"), context.measure(measures.LEARNERS)
    held, taught = counted(classes), counted(learners)
    if held is None or taught is None:
        subject = Text(vi="lớp dạy nghề", en="vocational classes")
        return Paragraph(no_figure(classes if held is None else learners, subject), (classes,))
    if held == 0:
        nothing = Text(
            vi="Trong kỳ không tổ chức lớp dạy nghề tại địa bàn không thuộc dự án.",
            en="No vocational class was held outside project communes in the period.",
        )
        return Paragraph(nothing, (classes,))
    many, size = number(held), number(taught)
    sentence = Text(
        vi=f"Tổ chức {many.vi} lớp dạy nghề cho {size.vi} trẻ em bỏ học, trẻ em có nguy cơ lao "
        "động tại địa bàn không thuộc dự án.",
        en=f"{many.en} vocational {plural(held, 'class', 'classes')} for {size.en} "
        f"{plural(taught, 'child', 'children')} out of school or at risk "
        f"{plural(held, 'was', 'were')} held outside project communes.",
    )
    return Paragraph(sentence, (classes, learners))


def inspections(context: SectionContext) -> Paragraph:
    """Establishments inspected, and violations."""
    done, violations = context.indicator("LAB-09"), context.measure(measures.VIOLATIONS)
    inspected, found = counted(done), counted(violations)
    if inspected is None or found is None:
        subject = Text(vi="kiểm tra, thanh tra cơ sở", en="inspections")
        return Paragraph(no_figure(done if inspected is None else violations, subject), (done,))
    if inspected == 0:
        nothing = Text(
            vi="Trong kỳ chưa kiểm tra, thanh tra cơ sở sản xuất kinh doanh.",
            en="No establishment was inspected in the period.",
        )
        return Paragraph(nothing, (done,))
    size, wrong = number(inspected), number(found)
    checked = Text(
        vi=f"Kiểm tra, thanh tra {size.vi} cơ sở sản xuất kinh doanh",
        en=f"{size.en} {plural(inspected, 'establishment was', 'establishments were')} inspected",
    )
    if found == 0:
        clause = Text(
            vi="không phát hiện vi phạm về sử dụng lao động chưa thành niên",
            en="no violation on the work of minors was found",
        )
    else:
        clause = Text(
            vi=f"phát hiện {wrong.vi} trường hợp vi phạm về sử dụng lao động chưa thành niên",
            en=f"{wrong.en} {plural(found, 'violation', 'violations')} on the work of minors "
            f"{plural(found, 'was', 'were')} found",
        )
    told = Text(vi=f"{checked.vi}; {clause.vi}.", en=f"{checked.en}; {clause.en}.")
    return Paragraph(told, (done, violations))


def table_of_support(context: SectionContext) -> Table:
    """Support given by kind, and its cost."""
    now = context.by(measures.PACKAGES, "detail")
    before = context.by(measures.PACKAGES, "detail", last_year=True)
    rows = [
        compared(name, now.get(code), before.get(code))
        for code, name in labels(codes.PACKAGES).items()
    ]
    more = (
        (Text(vi="Kinh phí hỗ trợ (đồng)", en="Money spent (VND)"), measures.PACKAGE_COST),
        (
            Text(vi="Số hộ được hỗ trợ sinh kế", en="Households with livelihood support"),
            measures.HOUSEHOLDS_SUPPORTED,
        ),
    )
    table = _table(context, Text(vi="Hỗ trợ theo loại", en="Support by kind"), more)
    return Table(table.caption, table.columns, (*rows, *table.rows))


def table_of_training(context: SectionContext) -> Table:
    """Vocational classes outside project communes, and in them."""
    return _table(
        context,
        Text(vi="Lớp dạy nghề cho trẻ em", en="Vocational classes"),
        (
            (Text(vi="Số lớp (ngoài dự án)", en="Classes outside projects"), measures.CLASSES),
            (Text(vi="Số học viên (ngoài dự án)", en="Their learners"), measures.LEARNERS),
            (Text(vi="Số lớp thuộc dự án", en="Classes of projects"), measures.PROJECT_CLASSES),
            (Text(vi="Số học viên thuộc dự án", en="Their learners"), measures.PROJECT_LEARNERS),
        ),
    )


def table_of_inspections(context: SectionContext) -> Table:
    """Establishments, minors found, violations, handled."""
    return _table(
        context,
        Text(vi="Kiểm tra, thanh tra cơ sở", en="Inspections"),
        (
            (Text(vi="Số cơ sở được kiểm tra", en="Establishments"), measures.INSPECTIONS),
            (Text(vi="Số lao động chưa thành niên", en="Minors found"), measures.MINORS_FOUND),
            (Text(vi="Số vi phạm", en="Violations"), measures.VIOLATIONS),
            (Text(vi="Số vi phạm được xử lý", en="Violations handled"), measures.HANDLED),
        ),
    )


def table_of_information(context: SectionContext) -> Table:
    """Children and businesses that were informed, and follow-ups."""
    return _table(
        context,
        Text(vi="Truyền thông và theo dõi", en="Information and follow-up"),
        (
            (Text(vi="Số trẻ em từ 5 đến 17 tuổi", en="Children aged 5 to 17"), measures.CHILDREN),
            (Text(vi="Trẻ em được thông tin", en="Informed"), measures.INFORMED_CHILDREN),
            (Text(vi="Số cơ sở, hộ kinh doanh", en="Businesses"), measures.BUSINESSES),
            (Text(vi="Cơ sở được thông tin", en="Informed"), measures.INFORMED_BUSINESSES),
            (Text(vi="Lượt theo dõi đến hạn", en="Follow-ups due"), measures.FOLLOW_UPS_DUE),
            (Text(vi="Lượt theo dõi đúng hạn", en="In time"), measures.FOLLOW_UPS_DONE),
        ),
    )


def _table(context: SectionContext, caption: Text, lines: tuple[tuple[Text, str], ...]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        compared(name, context.measure(code), context.measure(code, last_year=True))
        for name, code in lines
    ]
    columns = compared_columns(Text(vi="Nội dung", en="What"), year=context.year - 1)
    return Table(caption, columns, tuple(rows))
