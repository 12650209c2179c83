"""The table of targets: plan and result side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.kit.language import Text
from core.kit.numbers import format_number
from core.plugin_api.documents import Cell, Figure, FigureState, Table
from core.reports.document import DocumentSection, TargetLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plugin_api.values import SectionContext
    from core.registry.catalogue import Catalogue

CODE = "core.targets"
_COLUMNS = (
    Text(vi="Chỉ tiêu", en="Target"),
    Text(vi="Đơn vị tính", en="Unit"),
    Text(vi="Kế hoạch năm", en="Plan of the year"),
    Text(vi="Thực hiện trong kỳ", en="Result of the period"),
)
_ASSESSMENT = Text(vi="Đánh giá", en="Assessment")
_MET = Text(vi="Đạt", en="Met")
_NOT_MET = Text(vi="Chưa đạt", en="Not met")
_EXCEEDED = Text(vi="Vượt", en="Exceeded")
_NOT_ASSESSED = Text(vi="Chưa đánh giá", en="Not assessed")
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}


def target_section(
    context: SectionContext, lines: Sequence[TargetLine], catalogue: Catalogue, *, whole_year: bool
) -> DocumentSection | None:
    """The section, or nothing when the province has no target for a known indicator.

    The assessment stands in a report on the whole year alone: targets are for the year.
    """
    known = [line for line in lines if line.indicator in catalogue.indicators]
    if not known:
        return None
    rows = tuple(_row(context, line, catalogue, whole_year=whole_year) for line in known)
    table = Table(
        caption=Text(vi="Kết quả thực hiện các chỉ tiêu", en="Results against the targets"),
        columns=(*_COLUMNS, _ASSESSMENT) if whole_year else _COLUMNS,
        rows=rows,
    )
    title = Text(vi="Kết quả thực hiện các chỉ tiêu kế hoạch", en="Results against the plan")
    return DocumentSection(CODE, title, (table,))


def assess(line: TargetLine, figure: Figure) -> Text:
    """Met, not met or exceeded; not assessed without a number or for other operators."""
    if figure.state is not FigureState.NUMBER or figure.value is None:
        return _NOT_ASSESSED
    reached = figure.value
    if line.operator == "=" and reached > line.value:
        return _EXCEEDED
    met = {
        "=": reached == line.value,
        "maintain": reached >= line.value,
        ">=": reached >= line.value,
        "<=": reached <= line.value,
        ">": reached > line.value,
        "<": reached < line.value,
    }.get(line.operator)
    if met is None:
        return _NOT_ASSESSED
    return _MET if met else _NOT_MET


def _row(
    context: SectionContext, line: TargetLine, catalogue: Catalogue, *, whole_year: bool
) -> tuple[Cell, ...]:
    indicator = catalogue.indicators[line.indicator]
    name = indicator.name
    if line.applies_to is not None:
        name = Text(vi=f"{name.vi} ({line.applies_to.vi})", en=f"{name.en} ({line.applies_to.en})")
    sign = _SIGNS.get(line.operator, "")
    planned = Text(
        vi=sign + format_number(line.value.normalize()),
        en=sign + format_number(line.value.normalize(), language="en"),
    )
    figure = context.indicator(line.indicator)
    cells: tuple[Cell, ...] = (name, line.unit, planned, figure)
    return (*cells, assess(line, figure)) if whole_year else cells
