"""The section reads as an officer writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.plugin_api import FigureState
from plugins.child_labour import measures
from plugins.child_labour.reports import SECTION

if TYPE_CHECKING:
    from collections.abc import Callable

write: Any = SECTION.write


@pytest.mark.parametrize(
    ("cells", "before", "vi", "en"),
    [
        (
            {measures.SCREENINGS: 250, "LAB-01": 15, "LAB-04": 2},
            {"LAB-01": 18},
            (
                "Đã thực hiện 250 lượt rà soát trẻ em từ 5 đến 17 tuổi. Qua rà soát, toàn tỉnh "
                "có 15 trẻ em lao động trái quy định của pháp luật (giảm 03 trẻ so với cùng kỳ "
                "năm 2017), trong đó 02 trẻ làm công việc nặng nhọc, độc hại, nguy hiểm."
            ),
            (
                "250 screenings of children aged 5 to 17 were done. The screenings found 15 "
                "children in child labour in the province (down by 3 from the same period of "
                "2017), 2 of them in hazardous work."
            ),
        ),
        (
            {measures.SCREENINGS: 1, "LAB-01": 1},
            {},
            (
                "Đã thực hiện 01 lượt rà soát trẻ em từ 5 đến 17 tuổi. Qua rà soát, toàn tỉnh "
                "có 01 trẻ em lao động trái quy định của pháp luật (tăng 01 trẻ so với cùng kỳ "
                "năm 2017), không có trẻ làm công việc nặng nhọc, độc hại, nguy hiểm."
            ),
            (
                "1 screening of children aged 5 to 17 was done. The screenings found 1 child "
                "in child labour in the province (up by 1 from the same period of 2017), none "
                "of them in hazardous work."
            ),
        ),
        (
            {},
            {},
            (
                "Trong kỳ chưa thực hiện rà soát lao động trẻ em. Trong kỳ không phát sinh "
                "trường hợp trẻ em lao động trái quy định của pháp luật, không thay đổi so với "
                "cùng kỳ năm 2017."
            ),
            (
                "No child was screened in the period. No child in child labour was found in the "
                "period, unchanged from the same period of 2017."
            ),
        ),
    ],
)
def test_the_sentence_on_child_labour(
    told: Callable[..., Any], cells: Any, before: Any, vi: str, en: str
) -> None:
    sentence = write(told(cells=cells, before=before))[0].text
    assert (sentence.vi, sentence.en) == (vi, en)


@pytest.mark.parametrize(
    ("count", "vi"),
    [
        (7, "Có 07 trẻ em có nguy cơ lao động trái quy định cần được theo dõi, hỗ trợ."),
        (0, "Không ghi nhận trẻ em có nguy cơ lao động trái quy định."),
    ],
)
def test_the_sentence_on_risk(told: Callable[..., Any], count: int, vi: str) -> None:
    assert write(told(cells={"LAB-03": count}))[1].text.vi == vi


def test_what_is_no_number_is_never_written_as_zero(told: Callable[..., Any]) -> None:
    context = told(states={"LAB-01": FigureState.NOT_REPORTED})
    sentence = write(context)[0].text
    assert sentence.vi == "Chưa có số liệu về trẻ em lao động trái quy định trong kỳ."
