"""The figures of the programme against examples counted by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from plugins.orphan_care import measures
from plugins.orphan_care.models import OrphanCareRecord

if TYPE_CHECKING:
    from collections.abc import Callable

# detected, ended, group, sub-group
EXAMPLE = (
    (date(2016, 3, 1), None, "a", "a3_kin"),
    (date(2017, 12, 31), None, "b", "b2_in_care"),
    (date(2017, 5, 1), date(2018, 12, 31), "a", "a2_facility"),  # ended on the last day
    (date(2018, 1, 1), None, "c", "c1_other_missing"),
    (date(2018, 12, 31), None, "disaster", None),
    (date(2018, 6, 1), date(2019, 1, 1), "a", "a1_no_carer"),  # ended after the period
    (date(2019, 1, 1), None, "a", "a3_kin"),  # detected after the period
)


@pytest.fixture
def rows(communes: tuple[int, ...], make_child: Callable[..., Any]) -> list[Any]:
    child = make_child()
    records = [
        OrphanCareRecord(
            commune_id=communes[0],
            child_id=child.id,
            detected_on=detected,
            ended_on=ended,
            status="active" if ended is None else "ended",
            mother_status="deceased",
            father_status="deceased",
            group_code=group,
            sub_group=sub_group,
            current_carer="kin",
            needs=[],
        )
        for detected, ended, group, sub_group in EXAMPLE
    ]
    return [child, *records]


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("ORP-01", {"a": 2, "b": 1, "c": 1, "disaster": 1}),
        ("ORP-05", {"a": 1, "c": 1, "disaster": 1}),
        (measures.IN_CARE, {"a": 2, "b": 1, "c": 1, "disaster": 1}),
        (measures.DETECTED, {"a": 1, "c": 1, "disaster": 1}),
    ],
)
def test_figures_and_their_groups(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: dict[str, int]
) -> None:
    with counted(*rows) as door:
        cells = door.by(code, "detail", year)
        assert {key: figure.count for key, figure in cells.items() if figure.count} == by_hand
        ask = door.indicator if code.startswith("ORP") else door.measure
        assert ask(code, year).count == sum(by_hand.values())
