"""The programme's section of a periodic report.

Source: domain page of the programmes, §4.5: children by category, age group, sex and sector.
Support, vocational classes, inspections and information stand in ``response``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Paragraph, ReportSection, Table, Text
from core.plugin_api.wording import (
    change,
    compared,
    compared_columns,
    counted,
    join,
    labels,
    no_figure,
    number,
    plural,
)
from plugins.child_labour import codes, measures, response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plugin_api import Block, Breakdown, Figure, SectionContext

_CHILD = Text(vi="trẻ", en="children")
_ALL = Text(vi="Tổng số lượt rà soát", en="All screenings")


def write(context: SectionContext) -> Sequence[Block]:
    """Sentences first, then the tables they rest on."""
    return (
        _child_labour(context),
        _at_risk(context),
        _table_of_categories(context),
        _table_of_children(context),
        response.support(context),
        response.table_of_support(context),
        response.training(context),
        response.table_of_training(context),
        response.inspections(context),
        response.table_of_inspections(context),
        response.table_of_information(context),
    )


SECTION = ReportSection(
    code="child_labour.section",
    title=Text(
        vi="Phòng ngừa, giảm thiểu lao động trẻ em",
        en="Prevention and reduction of child labour",
    ),
    write=write,
    order=20,
)


def _child_labour(context: SectionContext) -> Paragraph:
    now = context.indicator("LAB-01")
    before = context.indicator("LAB-01", last_year=True)
    hazardous = context.indicator("LAB-04")
    found = counted(now)
    if found is None:
        subject = Text(vi="trẻ em lao động trái quy định", en="children in child labour")
        return Paragraph(no_figure(now, subject), (now,))
    changed = change(now, before, year=context.year - 1, unit=_CHILD)
    screened = _screened(context.measure(measures.SCREENINGS))
    if found == 0:
        nothing = Text(
            vi=f"Trong kỳ không phát sinh trường hợp trẻ em lao động trái quy định của pháp luật, "
            f"{changed.vi}.",
            en=f"No child in child labour was found in the period, {changed.en}.",
        )
        return Paragraph(join(screened, nothing), (now, before))
    total = number(found)
    sentence = Text(
        vi=f"Qua rà soát, toàn tỉnh có {total.vi} trẻ em lao động trái quy định của pháp luật "
        f"({changed.vi}){_of_whom(hazardous).vi}.",
        en=f"The screenings found {total.en} {plural(found, 'child', 'children')} in child labour "
        f"in the province ({changed.en}){_of_whom(hazardous).en}.",
    )
    return Paragraph(join(screened, sentence), (now, before, hazardous))


def _screened(screenings: Figure) -> Text:
    count = counted(screenings)
    if count is None:
        return no_figure(screenings, Text(vi="rà soát lao động trẻ em", en="screenings"))
    if count == 0:
        return Text(
            vi="Trong kỳ chưa thực hiện rà soát lao động trẻ em.",
            en="No child was screened in the period.",
        )
    done = number(count)
    return Text(
        vi=f"Đã thực hiện {done.vi} lượt rà soát trẻ em từ 5 đến 17 tuổi.",
        en=f"{done.en} {plural(count, 'screening', 'screenings')} of children aged 5 to 17 "
        f"{plural(count, 'was', 'were')} done.",
    )


def _of_whom(hazardous: Figure) -> Text:
    """The clause on hazardous work."""
    count = counted(hazardous)
    if count is None:
        return Text(
            vi="; chưa có số liệu về công việc nặng nhọc, độc hại, nguy hiểm",
            en="; hazardous work is not yet reported",
        )
    if count == 0:
        return Text(
            vi=", không có trẻ làm công việc nặng nhọc, độc hại, nguy hiểm",
            en=", none of them in hazardous work",
        )
    size = number(count)
    return Text(
        vi=f", trong đó {size.vi} trẻ làm công việc nặng nhọc, độc hại, nguy hiểm",
        en=f", {size.en} of them in hazardous work",
    )


def _at_risk(context: SectionContext) -> Paragraph:
    now = context.indicator("LAB-03")
    count = counted(now)
    if count is None:
        subject = Text(vi="trẻ em có nguy cơ lao động trái quy định", en="children at risk")
        return Paragraph(no_figure(now, subject), (now,))
    if count == 0:
        nothing = Text(
            vi="Không ghi nhận trẻ em có nguy cơ lao động trái quy định.",
            en="No child at risk of child labour was found.",
        )
        return Paragraph(nothing, (now,))
    size = number(count)
    sentence = Text(
        vi=f"Có {size.vi} trẻ em có nguy cơ lao động trái quy định cần được theo dõi, hỗ trợ.",
        en=f"{size.en} {plural(count, 'child is', 'children are')} at risk of child labour and "
        f"{plural(count, 'needs', 'need')} support.",
    )
    return Paragraph(sentence, (now,))


def _table_of_categories(context: SectionContext) -> Table:
    now = context.by(measures.SCREENINGS, "detail")
    before = context.by(measures.SCREENINGS, "detail", last_year=True)
    return Table(
        caption=Text(vi="Kết quả rà soát theo phân loại", en="Screenings by category"),
        columns=compared_columns(Text(vi="Phân loại", en="Category"), year=context.year - 1),
        rows=(
            *(
                compared(name, now.get(code), before.get(code))
                for code, name in labels(codes.CATEGORIES).items()
            ),
            compared(
                _ALL,
                context.measure(measures.SCREENINGS),
                context.measure(measures.SCREENINGS, last_year=True),
            ),
        ),
        note=Text(
            vi="Trẻ em được rà soát nhiều lần trong kỳ được tính theo số lượt.",
            en="A child screened more than once in the period counts each time.",
        ),
    )


def _table_of_children(context: SectionContext) -> Table:
    groups: tuple[tuple[str, Breakdown, Mapping[str, Text]], ...] = (
        (measures.BY_AGE_GROUP, "detail", labels(codes.AGE_GROUPS)),
        (measures.CHILD_LABOUR, "sex", labels(codes.SEXES)),
        (measures.CHILD_LABOUR, "detail", labels(codes.SECTORS)),
    )
    rows = []
    for measure, breakdown, names in groups:
        now = context.by(measure, breakdown)
        before = context.by(measure, breakdown, last_year=True)
        rows += [compared(name, now.get(code), before.get(code)) for code, name in names.items()]
    return Table(
        caption=Text(
            vi="Trẻ em lao động trái quy định theo nhóm tuổi, giới tính, ngành",
            en="Children in child labour by age group, sex and sector",
        ),
        columns=compared_columns(Text(vi="Nhóm", en="Group"), year=context.year - 1),
        rows=tuple(rows),
    )
