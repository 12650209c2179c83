"""The tables of targets and of planned quantities: plan, result, estimate, share, assessment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from core.indicators.estimate import at_pace, estimate
from core.kit.language import Text
from core.kit.numbers import format_date, format_number
from core.plugin_api.documents import Block, Cell, Figure, FigureState, Table
from core.reports.assessment import PER_UNIT, Assessment, assess, share_of
from core.reports.document import ActivityLine, DocumentSection, TargetLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.kit.periods import Window
    from core.plugin_api.values import SectionContext
    from core.registry.catalogue import Catalogue
    from core.reports.source import ReportSource

CODE = "core.targets"
# Results of planned activities, by the activity's id; see F-COR-1.
ACTIVITY_RESULTS: Final = "core.activity_results"
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}
_SAID: Mapping[Assessment, Text] = {
    Assessment.MET: Text(vi="Đạt", en="Met"),
    Assessment.NOT_MET: Text(vi="Chưa đạt", en="Not met"),
    Assessment.EXCEEDED: Text(vi="Vượt", en="Exceeded"),
    Assessment.NOT_ASSESSABLE: Text(vi="Chưa đánh giá", en="Not assessed"),
}
_EXPECTED: Mapping[Assessment, Text] = {
    Assessment.MET: Text(vi="Ước đạt", en="Will be met"),
    Assessment.NOT_MET: Text(vi="Ước chưa đạt", en="Will not be met"),
    Assessment.EXCEEDED: Text(vi="Ước vượt", en="Will be exceeded"),
    Assessment.NOT_ASSESSABLE: Text(vi="Chưa đánh giá", en="Not assessed"),
}
_NONE = Text(vi="–", en="–")


@dataclass(frozen=True, slots=True)
class Counted:
    """The days that the report counts, and the year that the plan is for."""

    days: Window
    year: Window

    @property
    def is_whole(self) -> bool:
        """Whether the year is over, so that nothing is left to estimate."""
        return self.days.end >= self.year.end


def target_section(
    context: SectionContext, source: ReportSource, counted: Counted
) -> DocumentSection | None:
    """The section, or nothing when the province has neither a known target nor a quantity.

    Targets are for the year: before it is over, what it may come to is estimated from the days
    counted, stands in a column of its own and is what the assessment speaks of.
    """
    known = [line for line in source.targets if line.indicator in source.catalogue.indicators]
    blocks: list[Block] = []
    if known:
        rows = tuple(_target_row(context, line, source.catalogue, counted) for line in known)
        caption = Text(vi="Kết quả thực hiện các chỉ tiêu", en="Results against the targets")
        first = Text(vi="Chỉ tiêu", en="Target")
        blocks.append(_table(caption, first, rows, counted))
    if source.activities:
        rows = tuple(_activity_row(context, line, source, counted) for line in source.activities)
        caption = Text(
            vi="Kết quả thực hiện các nhiệm vụ có khối lượng", en="Results against the quantities"
        )
        blocks.append(_table(caption, Text(vi="Nhiệm vụ", en="Activity"), rows, counted))
    if not blocks:
        return None
    title = Text(vi="Kết quả thực hiện các chỉ tiêu kế hoạch", en="Results against the plan")
    return DocumentSection(CODE, title, tuple(blocks))


def said_of(
    line: TargetLine, figure: Figure, direction: Literal["up", "down", "none"], *, over: bool
) -> Text:
    """What may be said of a target; an estimate is only expected to reach it."""
    goal = _goal(line)
    if figure.state is not FigureState.NUMBER or figure.value is None or goal is None:
        return _SAID[Assessment.NOT_ASSESSABLE]
    said = assess(line.operator, goal, figure.value, direction)
    return (_SAID if over else _EXPECTED)[said]


def _table(
    caption: Text, first: Text, rows: tuple[tuple[Cell, ...], ...], counted: Counted
) -> Table:
    day, day_en = format_date(counted.days.end), format_date(counted.days.end, "en")
    done = Text(vi=f"Thực hiện đến {day}", en=f"Result until {day_en}")
    share = Text(vi="So với kế hoạch (%)", en="Of the plan (%)")
    expected = Text(vi="Ước cả năm", en="Estimate for the year")
    note = Text(
        vi=f"Ước cả năm tính theo nhịp độ thực hiện đến {day}, chưa phải số đếm; chỉ tiêu tính "
        "tại một thời điểm và tỷ lệ được giữ như hiện tại. Cột đánh giá dựa trên số ước.",
        en=f"The estimate takes the pace until {day_en}; it is not counted. Stocks and ratios are "
        "kept as they are. The assessment speaks of the estimate.",
    )
    return Table(
        caption=caption,
        columns=(
            first,
            Text(vi="Đơn vị tính", en="Unit"),
            Text(vi="Kế hoạch năm", en="Plan of the year"),
            done,
            *(() if counted.is_whole else (expected,)),
            share,
            Text(vi="Đánh giá", en="Assessment"),
        ),
        rows=rows,
        note=None if counted.is_whole else note,
        drawn=4 if counted.is_whole else 5,
    )


def _target_row(
    context: SectionContext, line: TargetLine, catalogue: Catalogue, counted: Counted
) -> tuple[Cell, ...]:
    indicator = catalogue.indicators[line.indicator]
    name = indicator.name
    if line.applies_to is not None:
        name = Text(vi=f"{name.vi} ({line.applies_to.vi})", en=f"{name.en} ({line.applies_to.en})")
    figure = context.indicator(line.indicator)
    expected = estimate(figure, indicator, catalogue, counted.days, counted.year)
    return (
        name,
        line.unit if line.per is None else line.per,
        _planned(line),
        figure,
        *_rest(line, figure, expected, indicator.direction, counted),
    )


def _activity_row(
    context: SectionContext, line: ActivityLine, source: ReportSource, counted: Counted
) -> tuple[Cell, ...]:
    figure = Figure(line.code, FigureState.NOT_REPORTED)
    if ACTIVITY_RESULTS in source.catalogue.measures:
        figure = context.measure(ACTIVITY_RESULTS, detail=line.code)
    target = TargetLine(line.code, line.operator, Decimal(line.quantity), line.unit)
    expected = at_pace(figure, counted.days, counted.year)
    rest = _rest(target, figure, expected, "up", counted)
    return (line.title, line.unit, _planned(target), figure, *rest)


def _rest(
    line: TargetLine,
    figure: Figure,
    expected: Figure,
    direction: Literal["up", "down", "none"],
    counted: Counted,
) -> tuple[Cell, ...]:
    """Estimate, share of the plan that is done, assessment."""
    said = said_of(line, expected, direction, over=counted.is_whole)
    share, goal = None, _goal(line)
    if figure.state is FigureState.NUMBER and figure.value is not None and goal is not None:
        share = share_of(line.operator, goal, figure.value)
    cells: tuple[Cell, ...] = (_NONE if share is None else _number(share), said)
    return cells if counted.is_whole else (_estimated(expected), *cells)


def _goal(line: TargetLine) -> Decimal | None:
    """What the indicator must come to: of a target per unit, as many as there are units."""
    if line.operator != PER_UNIT:
        return line.value
    return None if not line.units else Decimal(line.units)


def _planned(line: TargetLine) -> Text:
    if line.per is not None:
        each = _number(line.value)
        of = "" if line.units is None else f"{format_number(line.units)}/{line.units} {line.per.vi}"
        return Text(
            vi=f"≥ {each.vi} {line.unit.vi}/{line.per.vi}" + (f" ({of})" if of else ""),
            en=f"≥ {each.en} {line.unit.en} in each of {line.units or ''} {line.per.en}",
        )
    sign, value = _SIGNS.get(line.operator, ""), _number(line.value)
    if line.operator == "maintain":
        return Text(vi=f"Duy trì {value.vi}", en=f"Maintain {value.en}")
    return Text(vi=sign + value.vi, en=sign + value.en)


def _estimated(figure: Figure) -> Text:
    if figure.state is not FigureState.NUMBER or figure.value is None:
        return _NONE
    return _number(figure.value)


def _number(value: Decimal) -> Text:
    rounded = round(value, 1).normalize()
    return Text(vi=format_number(rounded), en=format_number(rounded, language="en"))
