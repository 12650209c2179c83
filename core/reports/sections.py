"""Core's own sections of a periodic report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.kit.language import Text
from core.kit.numbers import format_number
from core.plugin_api.documents import Block, Figure, FigureState, Paragraph, Table
from core.plugin_api.values import ReportSection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api.values import SectionContext

CHILDREN = "core.children"

_NO_FIGURE = Text(
    vi="Chưa có số liệu về tổng số trẻ em trong sổ quản lý.",
    en="The number of children in the register is not yet reported.",
)
_NO_CHILD = Text(
    vi="Đến cuối kỳ báo cáo, sổ quản lý trẻ em của tỉnh chưa ghi nhận trẻ em nào.",
    en="At the end of the period the province's register held no child.",
)
_SEXES = {
    "male": Text(vi="Nam", en="Boys"),
    "female": Text(vi="Nữ", en="Girls"),
    "unknown": Text(vi="Chưa xác định", en="Not known"),
}


def write_children(context: SectionContext) -> Sequence[Block]:
    """How many children the register holds at the end of the period, by sex."""
    now = context.measure(CHILDREN)
    before = context.measure(CHILDREN, last_year=True)
    if now.state is not FigureState.NUMBER:
        return (Paragraph(_NO_FIGURE, (now,)),)
    if now.count == 0:
        return (Paragraph(_NO_CHILD, (now,)),)
    by_sex = context.by(CHILDREN, "sex")
    was = context.by(CHILDREN, "sex", last_year=True)
    changed = _change(now, before)
    sentence = Text(
        vi=f"Đến cuối kỳ báo cáo, toàn tỉnh có {format_number(now.count)} trẻ em được ghi trong "
        f"sổ quản lý trẻ em{changed[0]}.",
        en=f"At the end of the period the province's register held "
        f"{format_number(now.count, language='en')} "
        f"{'child' if now.count == 1 else 'children'}{changed[1]}.",
    )
    rows = [(name, by_sex.get(key), was.get(key)) for key, name in _SEXES.items() if key in by_sex]
    rows.append((Text(vi="Tổng số", en="Total"), now, before))
    table = Table(
        caption=Text(
            vi="Trẻ em trong sổ quản lý theo giới tính", en="Children in the register by sex"
        ),
        columns=(
            Text(vi="Giới tính", en="Sex"),
            Text(vi="Cuối kỳ này", en="End of this period"),
            Text(vi="Cùng kỳ năm trước", en="Same time last year"),
        ),
        rows=tuple(rows),
    )
    return (Paragraph(sentence, (now, before)), table)


def _change(now: Figure, before: Figure) -> tuple[str, str]:
    """The clause that compares with the year before, in both languages; empty without a number."""
    if before.state is not FigureState.NUMBER or before.count == 0:
        return "", ""
    difference = now.count - before.count
    if difference == 0:
        return ", không thay đổi so với cùng kỳ năm trước", ", unchanged from a year before"
    size = abs(difference)
    word = "tăng" if difference > 0 else "giảm"
    more = "more" if difference > 0 else "fewer"
    return (
        f", {word} {format_number(size)} trẻ em so với cùng kỳ năm trước",
        f", {format_number(size, language='en')} {more} than a year before",
    )


CORE_SECTIONS = (
    ReportSection(
        code="core.children_overview",
        title=Text(vi="Tình hình trẻ em", en="Children in the province"),
        write=write_children,
        order=0,
    ),
)
