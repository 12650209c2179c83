"""The programme's section of a periodic report.

Source: domain page of the programmes, §6.7: children by group. Allowances, dossiers, care
arrangements, sponsorship and relief follow with their forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Paragraph, ReportSection, Table, Text
from core.plugin_api.wording import (
    change,
    compared,
    compared_columns,
    counted,
    labels,
    no_figure,
    number,
    plural,
)
from plugins.orphan_care import codes, indicators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api import Block, SectionContext

_CHILD = Text(vi="trẻ", en="children")
_WITHOUT_HIV = Text(
    vi="Chưa gồm trẻ em nhiễm HIV/AIDS.", en="Children with HIV/AIDS are not included."
)


def write(context: SectionContext) -> Sequence[Block]:
    """Sentences first, then the tables they rest on."""
    return (
        _in_care(context),
        _newly_detected(context),
        _table(
            context,
            indicators.IN_CARE,
            Text(vi="Trẻ em đang được quản lý, theo nhóm", en="Children in care by group"),
        ),
        _table(
            context,
            indicators.DETECTED,
            Text(vi="Trẻ em phát hiện mới trong kỳ, theo nhóm", en="Newly detected by group"),
        ),
    )


SECTION = ReportSection(
    code="orphan_care.section",
    title=Text(
        vi="Chăm sóc trẻ em mồ côi, trẻ em có hoàn cảnh đặc biệt",
        en="Care of orphaned children and children in special circumstances",
    ),
    write=write,
    order=40,
)


def _in_care(context: SectionContext) -> Paragraph:
    now = context.indicator("ORP-01")
    before = context.indicator("ORP-01", last_year=True)
    in_care = counted(now)
    if in_care is None:
        subject = Text(vi="trẻ em đang được quản lý, chăm sóc", en="children in care")
        return Paragraph(no_figure(now, subject), (now,))
    changed = change(now, before, year=context.year - 1, unit=_CHILD)
    if in_care == 0:
        nothing = Text(
            vi="Cuối kỳ, toàn tỉnh không có trẻ em thuộc các nhóm của Đề án 647 đang được quản "
            f"lý, {changed.vi}.",
            en=f"At the end of the period no child of the groups of Decision 647 is in care in the "
            f"province, {changed.en}.",
        )
        return Paragraph(nothing, (now, before))
    total = number(in_care)
    sentence = Text(
        vi=f"Toàn tỉnh quản lý {total.vi} trẻ em thuộc các nhóm của Đề án 647, {changed.vi}.",
        en=f"{total.en} {plural(in_care, 'child', 'children')} of the groups of Decision 647 "
        f"{plural(in_care, 'is', 'are')} in care in the province, {changed.en}.",
    )
    return Paragraph(sentence, (now, before))


def _newly_detected(context: SectionContext) -> Paragraph:
    now = context.indicator("ORP-05")
    before = context.indicator("ORP-05", last_year=True)
    detected = counted(now)
    if detected is None:
        subject = Text(vi="trẻ em phát hiện mới", en="newly detected children")
        return Paragraph(no_figure(now, subject), (now,))
    changed = change(now, before, year=context.year - 1, unit=_CHILD)
    if detected == 0:
        nothing = Text(
            vi=f"Trong kỳ không phát sinh trường hợp trẻ em phát hiện mới, {changed.vi}.",
            en=f"No child was newly detected in the period, {changed.en}.",
        )
        return Paragraph(nothing, (now, before))
    total = number(detected)
    sentence = Text(
        vi=f"Trong kỳ phát hiện mới {total.vi} trẻ em, {changed.vi}.",
        en=f"{total.en} {plural(detected, 'child was', 'children were')} newly detected in the "
        f"period, {changed.en}.",
    )
    return Paragraph(sentence, (now, before))


def _table(context: SectionContext, measure: str, caption: Text) -> Table:
    now = context.by(measure, "detail")
    before = context.by(measure, "detail", last_year=True)
    return Table(
        caption=caption,
        columns=compared_columns(Text(vi="Nhóm", en="Group"), year=context.year - 1),
        rows=(
            *(
                compared(name, now.get(code), before.get(code))
                for code, name in labels(codes.GROUPS).items()
            ),
            compared(
                Text(vi="Tổng số", en="All"),
                context.measure(measure),
                context.measure(measure, last_year=True),
            ),
        ),
        note=_WITHOUT_HIV,
    )
