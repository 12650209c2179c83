"""Plan, result, estimate, share and assessment of every target and quantity, worked by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import pytest

from core.kit.language import Text
from core.kit.periods import Window
from core.plugin_api.documents import Figure, FigureState, Table
from core.plugin_api.figures import Count, Indicator, Measure, Ratio
from core.register.models import Child
from core.registry.catalogue import Catalogue, Contribution
from core.reports.document import ActivityLine, Letterhead, TargetLine
from core.reports.source import ReportSource
from core.reports.targets import ACTIVITY_RESULTS, Counted, target_section

if TYPE_CHECKING:
    from core.plugin_api.figures import Formula

NAME = Text(vi="Thử", en="Test")
YEAR = Window(date(2018, 1, 1), date(2018, 12, 31))
HALF = Counted(Window(date(2018, 1, 1), date(2018, 6, 30)), YEAR)  # 181 days of 365
WHOLE = Counted(YEAR, YEAR)


def indicator(
    code: str, formula: Formula | None, direction: Literal["up", "down", "none"] = "up"
) -> Indicator:
    return Indicator(
        code=code,
        name=Text(vi=f"Chỉ tiêu {code}", en=code),
        definition=NAME,
        unit=NAME,
        direction=direction,
        frequency=("Y",),
        formula=formula,
    )


def measure(code: str, kind: Literal["flow", "stock"]) -> Measure:
    return Measure(code=code, name=NAME, model=Child, kind=kind, date="registered_on")


CATALOGUE = Catalogue(
    (
        Contribution(
            owner="core",
            measures=(
                measure("core.events", "flow"),
                measure("core.posts", "stock"),
                measure(ACTIVITY_RESULTS, "flow"),
            ),
            indicators=(
                indicator("EVENTS", Count("core.events")),
                indicator("FEWER", Count("core.events"), "down"),
                indicator("POSTS", Count("core.posts")),
                indicator("SHARE", Ratio("core.events", "core.posts")),
                indicator("SAFE", Count("core.posts")),
                indicator("ONLY", Count("core.events"), "none"),
                indicator("UNHELD", None),
            ),
        ),
    )
)


@dataclass
class Given:
    """Figures of a report, told beforehand."""

    values: dict[str, Decimal | None] = field(default_factory=dict)

    def indicator(self, code: str) -> Figure:
        """An indicator."""
        return self._figure(code, code)

    def measure(self, code: str, *, detail: str) -> Figure:
        """One part of a measure."""
        return self._figure(code, detail)

    def _figure(self, code: str, key: str) -> Figure:
        value = self.values.get(key)
        state = FigureState.NOT_REPORTED if value is None else FigureState.NUMBER
        return Figure(code, state, value)


def rows_of(
    values: dict[str, float | None],
    counted: Counted,
    *targets: TargetLine,
    activities: tuple[ActivityLine, ...] = (),
) -> list[tuple[Any, ...]]:
    source = ReportSource(
        catalogue=CATALOGUE,
        letterhead=Letterhead(
            parent_agency=None,
            agency=NAME,
            place="Tỉnh",
            number_symbol="BC",
            addressees=(NAME,),
            recipients=(NAME,),
            signer=(NAME,),
        ),
        targets=targets,
        activities=activities,
    )
    given = Given({k: None if v is None else Decimal(str(v)) for k, v in values.items()})
    section = target_section(given, source, counted)  # type: ignore[arg-type]  # asked for these alone
    if section is None:
        return []
    return [
        tuple(_said(cell) for cell in row)
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


def _said(cell: Any) -> Any:
    if isinstance(cell, Figure):
        return cell.value if cell.value is not None else cell.state.value
    return cell.vi if isinstance(cell, Text) else cell


def target(code: str, operator: str, value: int, **more: Any) -> TargetLine:
    return TargetLine(code, operator, Decimal(value), Text("%", "%"), **more)


@pytest.mark.parametrize(
    ("line", "reached", "half", "whole"),
    [
        # 20 in 181 days go on to 20 × 365 / 181 = 40.3
        (target("EVENTS", ">=", 40), 20, ("40", "50", "Ước đạt"), ("50", "Chưa đạt")),
        (target("EVENTS", ">=", 30), 20, ("40", "66,7", "Ước vượt"), ("66,7", "Chưa đạt")),
        (target("EVENTS", "=", 60), 20, ("40", "33,3", "Ước chưa đạt"), ("33,3", "Chưa đạt")),
        (target("FEWER", "<", 30), 20, ("40", "–", "Ước chưa đạt"), ("–", "Đạt")),
        # what is there at a day stays, and so does a ratio
        (target("POSTS", ">=", 12), 12, ("12", "100", "Ước đạt"), ("100", "Đạt")),
        (target("SHARE", "maintain", 100), 97.5, ("97,5", "97,5", "Ước chưa đạt"), None),
        (target("ONLY", ">=", 5), 9, ("18", "180", "Chưa đánh giá"), ("180", "Chưa đánh giá")),
        (target("UNHELD", "=", 100), None, ("–", "–", "Chưa đánh giá"), None),
    ],
)
def test_a_target_is_a_row_with_plan_result_estimate_share_and_assessment(
    line: TargetLine, reached: float | None, half: Any, whole: Any
) -> None:
    (row,) = rows_of({line.indicator: reached}, HALF, line)
    assert row[0] == f"Chỉ tiêu {line.indicator}"
    assert row[3] == ("not_reported" if reached is None else Decimal(str(reached)))
    assert row[4:] == half
    if whole is not None:
        (row,) = rows_of({line.indicator: reached}, WHOLE, line)
        assert row[4:] == whole


def test_a_target_of_each_district_is_reached_when_all_districts_do() -> None:
    line = target("SAFE", "at_least_n_per_unit", 1, per=Text("huyện", "districts"), units=11)
    line = replace(line, unit=Text("xã", "communes"))
    (row,) = rows_of({"SAFE": 9}, WHOLE, line)
    assert row[1:] == ("huyện", "≥ 1 xã/huyện (11/11 huyện)", Decimal(9), "81,8", "Chưa đạt")
    (row,) = rows_of({"SAFE": 11}, WHOLE, line)
    assert row[-2:] == ("100", "Đạt")
    # without districts there is nothing to hold it against
    (row,) = rows_of({"SAFE": 11}, WHOLE, replace(line, units=0))
    assert row[-2:] == ("–", "Chưa đánh giá")


def test_a_planned_quantity_is_a_row_with_what_was_done() -> None:
    cages = ActivityLine("A11", Text("Lồng bơi", "Cages"), Text("lồng", "cages"), 7)
    fund = ActivityLine("A22", Text("Quỹ", "Fund"), Text("đồng", "VND"), 5_000_000_000, ">=")
    rows = rows_of({"A11": 7}, WHOLE, activities=(cages, fund))
    assert rows == [
        ("Lồng bơi", "lồng", "7", Decimal(7), "100", "Đạt"),
        ("Quỹ", "đồng", "≥ 5.000.000.000", "not_reported", "–", "Chưa đánh giá"),
    ]


def test_without_targets_and_quantities_there_is_no_section() -> None:
    assert rows_of({}, HALF) == []
    assert rows_of({}, HALF, target("NOT-99", "=", 1)) == []
