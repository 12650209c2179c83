"""The section reads as an officer writes: rise, fall, zero, one, and no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.plugin_api import FigureState
from plugins.drowning_prevention import measures
from plugins.drowning_prevention.reports import SECTION

if TYPE_CHECKING:
    from collections.abc import Callable

write: Any = SECTION.write

DEATHS = {
    "DRW-01": 3,
    (measures.DROWNING_DEATHS_BY_PLACE, "river_canal"): 2,
    (measures.DROWNING_DEATHS_BY_PLACE, "pond_lake"): 1,
    (measures.DROWNING_DEATHS, "6-10"): 2,
    (measures.DROWNING_DEATHS, "0-5"): 1,
}


@pytest.mark.parametrize(
    ("now", "before", "vi", "en"),
    [
        (
            DEATHS,
            {"DRW-01": 2},
            (
                "Trong kỳ, toàn tỉnh ghi nhận 03 trẻ em tử vong do đuối nước, tăng 01 trẻ so "
                "với cùng kỳ năm 2017. Các vụ việc chủ yếu xảy ra tại: sông, rạch, kênh, "
                "mương; nhóm tuổi: 6–10 tuổi."
            ),
            (
                "In the period, 3 children died by drowning in the province, up by 1 from the same "
                "period of 2017. Most happened at: river or canal; age group: 6–10 years."
            ),
        ),
        (
            {"DRW-01": 1, (measures.DROWNING_DEATHS_BY_PLACE, "sea"): 1},
            {"DRW-01": 1},
            (
                "Trong kỳ, toàn tỉnh ghi nhận 01 trẻ em tử vong do đuối nước, không thay đổi "
                "so với cùng kỳ năm 2017."
            ),
            (
                "In the period, 1 child died by drowning in the province, unchanged from the same "
                "period of 2017."
            ),
        ),
        (
            {},
            {"DRW-01": 12},
            (
                "Trong kỳ không phát sinh trường hợp trẻ em tử vong do đuối nước, giảm 12 trẻ "
                "so với cùng kỳ năm 2017."
            ),
            "No child died by drowning in the period, down by 12 from the same period of 2017.",
        ),
    ],
)
def test_the_sentence_on_drowning(
    told: Callable[..., Any], now: Any, before: Any, vi: str, en: str
) -> None:
    sentence = write(told(cells=now, before=before))[0].text
    assert (sentence.vi, sentence.en) == (vi, en)


def test_nothing_is_compared_with_a_year_without_figures(told: Callable[..., Any]) -> None:
    context = told(cells=DEATHS, state_before=FigureState.NOT_ENABLED)
    sentence = write(context)[0].text
    assert "chưa có số liệu cùng kỳ năm 2017 để so sánh" in sentence.vi
    assert "tăng" not in sentence.vi


@pytest.mark.parametrize(
    ("state", "vi"),
    [
        (FigureState.NOT_REPORTED, "Chưa có số liệu về trẻ em tử vong do đuối nước trong kỳ."),
        (
            FigureState.SUPPRESSED,
            "Số liệu về trẻ em tử vong do đuối nước không hiển thị ở phạm vi này để bảo vệ trẻ em.",
        ),
        (
            FigureState.NOT_ENABLED,
            (
                "Chương trình chưa được triển khai trong kỳ nên không có số liệu về trẻ em tử "
                "vong do đuối nước."
            ),
        ),
    ],
)
def test_what_is_no_number_is_never_written_as_zero(
    told: Callable[..., Any], state: FigureState, vi: str
) -> None:
    assert write(told(states={"DRW-01": state}))[0].text.vi == vi


def test_a_declared_nil_reads_as_nothing_arose(told: Callable[..., Any]) -> None:
    context = told(states={"DRW-01": FigureState.NIL_RETURN})
    assert write(context)[0].text.vi.startswith("Trong kỳ không phát sinh")


def test_the_sentence_on_injuries(told: Callable[..., Any]) -> None:
    cells = {
        "DRW-03": 1120,
        measures.INJURY_DEATHS: 5,
        (measures.INJURIES, "fall"): 700,
        (measures.INJURIES, "burn"): 420,
    }
    sentence = write(told(cells=cells, before={"DRW-03": 1100}))[1].text
    assert sentence.vi == (
        "Có 1.120 trẻ em bị tai nạn, thương tích (tăng 20 trẻ so với cùng kỳ năm 2017), trong đó "
        "05 trẻ em tử vong. Nguyên nhân nhiều nhất: ngã."
    )
    assert sentence.en == (
        "1,120 children were injured (up by 20 from the same period of 2017), of whom 5 died. "
        "Most frequent cause: fall."
    )


def test_the_table_sets_both_years_side_by_side(told: Callable[..., Any]) -> None:
    fall = (measures.INJURIES, "fall")
    table = write(told(cells={fall: 3}, before={fall: 5}))[2]
    row = next(row for row in table.rows if row[0].vi == "Ngã")
    assert (row[1].count, row[2].count, row[3].vi) == (3, 5, "-2")
