"""The section reads as an officer writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.plugin_api import FigureState, Table
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


def test_every_table_says_that_hiv_is_not_included(told: Callable[..., Any]) -> None:
    tables = [block for block in write(told()) if isinstance(block, Table)]
    assert len(tables) == 2
    assert all(table.note is not None and "HIV" in table.note.vi for table in tables)
