"""The section tells totals of the province, and nothing of any one child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.plugin_api import FigureState, Table, Text
from plugins.sexual_abuse import measures
from plugins.sexual_abuse.reports import SECTION

if TYPE_CHECKING:
    from collections.abc import Callable

write: Any = SECTION.write
PREVENTION = "Hoạt động phòng, chống"


@pytest.mark.parametrize(
    ("now", "before", "vi", "en"),
    [
        (
            12,
            9,
            (
                "Trong kỳ, toàn tỉnh phát hiện, tiếp nhận 12 trường hợp trẻ em bị xâm hại tình "
                "dục, tăng 03 trường hợp so với cùng kỳ năm 2017."
            ),
            (
                "In the period, 12 cases of sexually abused children were detected and "
                "received in the province, up by 3 from the same period of 2017."
            ),
        ),
        (
            1,
            1,
            (
                "Trong kỳ, toàn tỉnh phát hiện, tiếp nhận 01 trường hợp trẻ em bị xâm hại tình "
                "dục, không thay đổi so với cùng kỳ năm 2017."
            ),
            (
                "In the period, 1 case of sexually abused children was detected and received "
                "in the province, unchanged from the same period of 2017."
            ),
        ),
        (
            0,
            4,
            "Trong kỳ không phát sinh trường hợp trẻ em bị xâm hại tình dục.",
            "No case of a sexually abused child arose in the period.",
        ),
    ],
)
def test_the_sentence(told: Callable[..., Any], now: int, before: int, vi: str, en: str) -> None:
    sentence = write(told(cells={"ABU-01": now}, before={"ABU-01": before}))[0].text
    assert (sentence.vi, sentence.en) == (vi, en)


def test_without_a_case_there_is_no_table_of_cases(told: Callable[..., Any]) -> None:
    for context in (told(), told(states={"ABU-01": FigureState.NOT_REPORTED})):
        opening, prevented, table = write(context)
        assert opening.figures[0].code == "ABU-01"
        assert prevented.figures[0].code == "ABU-08"
        assert table.caption.vi == PREVENTION


def cells(total: int) -> dict[Any, int]:
    return {
        "ABU-01": total,
        measures.DETECTED: total,
        measures.BY_RELATION: total,
        (measures.DETECTED, "family"): 5,
        (measures.BY_RELATION, "neighbour"): total - 1,
    }


def captions(blocks: Any) -> list[str]:
    """Of the tables about cases; the one on prevention tells of no child."""
    tables = [block.caption.vi for block in blocks if isinstance(block, Table)]
    assert tables.pop() == PREVENTION
    return tables


def test_tables_are_told_from_five_cases_on(told: Callable[..., Any]) -> None:
    assert captions(write(told(cells=cells(4)))) == []
    assert len(captions(write(told(cells=cells(5))))) == 3


def test_shares_are_told_from_twenty_cases_on(told: Callable[..., Any]) -> None:
    assert len(captions(write(told(cells=cells(19))))) == 3
    assert len(captions(write(told(cells=cells(20))))) == 7


def test_shares_are_percentages_without_counts(told: Callable[..., Any]) -> None:
    blocks = write(told(cells=cells(32)))
    shares, relations = (
        block
        for block in blocks
        if isinstance(block, Table) and block.caption.vi.startswith("Tỷ lệ theo")
    )
    assert all(isinstance(cell, Text) for row in relations.rows for cell in row)
    assert all(isinstance(cell, Text) for row in shares.rows for cell in row)
    assert shares.rows[0][1] == Text(vi="15,6%", en="15.6%")  # 5 of 32 = 15.625


def test_age_and_sex_are_not_crossed(told: Callable[..., Any]) -> None:
    context = told(cells=cells(40))
    asked: list[set[str]] = []
    original = context.measure

    def listen(code: str, **cut: Any) -> Any:
        asked.append(set(cut))
        return original(code, **cut)

    context.measure = listen
    write(context)
    assert asked
    assert all(cut <= {"last_year"} for cut in asked)


@pytest.mark.parametrize(
    ("counts", "vi"),
    # events in communities, people there, events at schools, schools
    [
        (
            (3, 120, 2, 2),
            (
                "Tổ chức 03 cuộc truyền thông tại cộng đồng cho 120 lượt người; 02 cuộc tại 02 "
                "trường trung học cơ sở."
            ),
        ),
        (
            (1, 66, 0, 0),
            (
                "Tổ chức 01 cuộc truyền thông tại cộng đồng cho 66 lượt người; chưa tổ chức tại "
                "trường trung học cơ sở."
            ),
        ),
        (
            (0, 0, 1, 1),
            (
                "Chưa tổ chức cuộc truyền thông nào tại cộng đồng; 01 cuộc tại 01 trường trung "
                "học cơ sở."
            ),
        ),
        ((0, 0, 0, 0), "Trong kỳ chưa tổ chức cuộc truyền thông nào."),
    ],
)
def test_the_sentence_on_prevention(
    told: Callable[..., Any], counts: tuple[int, ...], vi: str
) -> None:
    codes = ("ABU-08", measures.COMMUNITY_PEOPLE, "ABU-09", measures.SCHOOLS)
    blocks = write(told(cells=dict(zip(codes, counts, strict=True))))
    assert vi in {block.text.vi for block in blocks if not isinstance(block, Table)}
