"""The section reads as an officer writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.plugin_api import FigureState, Table
from plugins.orphan_care import measures
from plugins.orphan_care.reports import SECTION

if TYPE_CHECKING:
    from collections.abc import Callable

write: Any = SECTION.write


@pytest.mark.parametrize(
    ("now", "before", "vi", "en"),
    [
        (
            1240,
            1200,
            (
                "Toàn tỉnh quản lý 1.240 trẻ em thuộc các nhóm của Đề án 647, tăng 40 trẻ so "
                "với cùng kỳ năm 2017."
            ),
            (
                "1,240 children of the groups of Decision 647 are in care in the province, up "
                "by 40 from the same period of 2017."
            ),
        ),
        (
            1,
            3,
            (
                "Toàn tỉnh quản lý 01 trẻ em thuộc các nhóm của Đề án 647, giảm 02 trẻ so với "
                "cùng kỳ năm 2017."
            ),
            (
                "1 child of the groups of Decision 647 is in care in the province, down by 2 "
                "from the same period of 2017."
            ),
        ),
        (
            0,
            0,
            (
                "Cuối kỳ, toàn tỉnh không có trẻ em thuộc các nhóm của Đề án 647 đang được "
                "quản lý, không thay đổi so với cùng kỳ năm 2017."
            ),
            (
                "At the end of the period no child of the groups of Decision 647 is in care in the "
                "province, unchanged from the same period of 2017."
            ),
        ),
    ],
)
def test_the_sentence_on_children_in_care(
    told: Callable[..., Any], now: int, before: int, vi: str, en: str
) -> None:
    sentence = write(told(cells={"ORP-01": now}, before={"ORP-01": before}))[0].text
    assert (sentence.vi, sentence.en) == (vi, en)


@pytest.mark.parametrize(
    ("now", "vi"),
    [
        (6, "Trong kỳ phát hiện mới 06 trẻ em, tăng 06 trẻ so với cùng kỳ năm 2017."),
        (
            0,
            (
                "Trong kỳ không phát sinh trường hợp trẻ em phát hiện mới, không thay đổi so "
                "với cùng kỳ năm 2017."
            ),
        ),
    ],
)
def test_the_sentence_on_newly_detected_children(
    told: Callable[..., Any], now: int, vi: str
) -> None:
    assert write(told(cells={"ORP-05": now}))[1].text.vi == vi


def test_what_is_no_number_is_never_written_as_zero(told: Callable[..., Any]) -> None:
    context = told(states={"ORP-01": FigureState.NOT_REPORTED})
    sentence = write(context)[0].text
    assert sentence.vi == "Chưa có số liệu về trẻ em đang được quản lý, chăm sóc trong kỳ."


def test_every_table_of_children_says_that_hiv_is_not_included(told: Callable[..., Any]) -> None:
    tables = [block for block in write(told()) if isinstance(block, Table)]
    noted = [table.caption.vi for table in tables if table.note is not None]
    assert len(tables) == 8
    assert noted == [
        "Trẻ em đang được quản lý, theo nhóm",
        "Trẻ em đang được quản lý, theo giới tính và tuổi khi phát hiện",
        "Trẻ em phát hiện mới trong kỳ, theo nhóm",
        "Hỗ trợ, chăm sóc tại cộng đồng, theo nhóm",
    ]


@pytest.mark.parametrize(
    ("cells", "vi", "en"),
    [
        (
            {"ORP-02": 95, measures.ALLOWANCES: 120, measures.PAID_VND: 812_500_000},
            (
                "95,0% trẻ em đủ điều kiện được hỗ trợ, chăm sóc tại cộng đồng; 120 trẻ được hưởng "
                "trợ cấp hằng tháng với kinh phí 812,5 triệu đồng."
            ),
            (
                "95.0% of the eligible children are supported in the community; 120 children "
                "receive a monthly allowance, VND 812.5 million in all."
            ),
        ),
        (
            {"ORP-02": 100, measures.ALLOWANCES: 1, measures.PAID_VND: 675_000},
            (
                "100,0% trẻ em đủ điều kiện được hỗ trợ, chăm sóc tại cộng đồng; 01 trẻ được hưởng "
                "trợ cấp hằng tháng với kinh phí 0,675 triệu đồng."
            ),
            (
                "100.0% of the eligible children are supported in the community; 1 child receives "
                "a monthly allowance, VND 0.675 million in all."
            ),
        ),
        (
            {"ORP-02": 0},
            (
                "0,0% trẻ em đủ điều kiện được hỗ trợ, chăm sóc tại cộng đồng; chưa có trẻ em "
                "hưởng trợ cấp hằng tháng."
            ),
            (
                "0.0% of the eligible children are supported in the community; no child receives a "
                "monthly allowance."
            ),
        ),
    ],
)
def test_the_sentence_on_support_and_allowances(
    told: Callable[..., Any], cells: dict[str, int], vi: str, en: str
) -> None:
    sentence = write(told(cells=cells))[2].text
    assert (sentence.vi, sentence.en) == (vi, en)


def test_without_a_share_the_sentence_begins_with_the_allowances(told: Callable[..., Any]) -> None:
    context = told(
        cells={measures.ALLOWANCES: 3, measures.PAID_VND: 2_025_000},
        states={"ORP-02": FigureState.NOT_REPORTED},
    )
    assert write(context)[2].text.vi == (
        "03 trẻ được hưởng trợ cấp hằng tháng với kinh phí 2,025 triệu đồng."
    )


@pytest.mark.parametrize(
    ("begun", "guided", "vi"),
    [
        (12, 3, "Trong kỳ lập 12 hồ sơ; rà soát, hướng dẫn bổ sung 03 hồ sơ."),
        (1, 0, "Trong kỳ lập 01 hồ sơ; không có hồ sơ phải hướng dẫn bổ sung."),
        (0, 0, "Trong kỳ không phát sinh hồ sơ mới."),
    ],
)
def test_the_sentence_on_dossiers(
    told: Callable[..., Any], begun: int, guided: int, vi: str
) -> None:
    cells = {measures.DOSSIERS: begun, measures.DOSSIERS_INCOMPLETE: guided}
    assert write(told(cells=cells))[3].text.vi == vi


@pytest.mark.parametrize(
    ("given", "vi"),
    [
        (
            {"cells": {"ORP-11": 14}},
            "Toàn tỉnh quản lý trường hợp 14 trẻ em nhiễm HIV/AIDS.",
        ),
        ({"cells": {}}, "Không có trẻ em nhiễm HIV/AIDS đang được quản lý trường hợp."),
        (
            {"states": {"ORP-11": FigureState.SUPPRESSED}},
            (
                "Số liệu về trẻ em nhiễm HIV/AIDS được quản lý trường hợp không hiển thị ở phạm vi "
                "này để bảo vệ trẻ em."
            ),
        ),
    ],
)
def test_the_sentence_on_hiv(told: Callable[..., Any], given: dict[str, Any], vi: str) -> None:
    assert write(told(**given))[4].text.vi == vi
