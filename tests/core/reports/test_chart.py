"""When a column of a table is drawn, and how high its picture is."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from core.reports.chart import chart_of
from core.reports.laid_cell import LaidCell


def rows(count: int, name: str = "Điểm công tác xã hội trường học") -> list[tuple[LaidCell, ...]]:
    return [
        (LaidCell(f"{name} {n}"), LaidCell(str(n), "number", value=Decimal(n)))
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [2, 11, 20])
def test_a_picture_is_as_high_as_its_bars(count: int) -> None:
    chart = chart_of("So với kế hoạch (%)", 1, rows(count))
    assert chart is not None
    drawn = re.search(r'viewBox="0 0 600 (\d+)"', str(chart.svg))
    assert drawn is not None
    lowest = max(int(y) for y in re.findall(r'<rect[^>]* y="(\d+)"', str(chart.svg)))
    assert lowest < int(drawn[1]) == chart.height


def test_a_table_whose_picture_would_not_stand_on_a_page_has_none() -> None:
    assert chart_of("So với kế hoạch (%)", 1, rows(28)) is None
    long = "Hội thi viết tìm hiểu Luật Trẻ em 2016 tại các trường, lớp học linh hoạt và điểm trường"
    assert chart_of("So với kế hoạch (%)", 1, rows(19)) is not None
    assert chart_of("So với kế hoạch (%)", 1, rows(19, long)) is None


def test_a_table_without_numbers_has_none() -> None:
    empty = [(LaidCell("một"), LaidCell("–")), (LaidCell("hai"), LaidCell("–"))]
    assert chart_of("So với kế hoạch (%)", 1, empty) is None
