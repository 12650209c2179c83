"""The figures of the programme against examples counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from core.plugin_api import DataClass, FigureState
from plugins.sexual_abuse import measures

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.registry.service import Registry

INFORMED = datetime(2018, 5, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def rows(case_row: Callable[..., Any]) -> list[Any]:
    return [
        case_row(received_at=datetime(2017, 12, 31, 17, 30, tzinfo=UTC)),  # 2018 in Viet Nam
        case_row(child_safe_now=False, sex="male", estimated_age=13, setting="online", online=True),
        case_row(police_informed_at=INFORMED, sex="unknown", relation_to_child="unknown"),
        case_row(police_informed_at=INFORMED, child_safe_now=False, estimated_age=17),
        case_row(received_at=datetime(2018, 12, 31, 17, 30, tzinfo=UTC)),  # 2019 in Viet Nam
    ]


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        (measures.DETECTED, 4),
        (measures.NOT_SAFE, 2),
        (measures.POLICE_INFORMED, 2),
        (measures.ONLINE, 1),
    ],
)
def test_measures(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: int
) -> None:
    with counted(*rows) as door:
        assert door.measure(code, year).count == by_hand


def test_detected_children_by_each_breakdown(
    counted: Callable[..., Any], rows: Any, year: Any
) -> None:
    expected = {
        "sex": {"male": 1, "female": 2, "unknown": 1},
        "age_band": {"6-10": 2, "13-15": 1, "16-17": 1},
        "detail": {"family": 3, "online": 1},
    }
    with counted(*rows) as door:
        assert door.indicator("ABU-01", year).count == 4
        for breakdown, by_hand in expected.items():
            cells = door.by("ABU-01", breakdown, year)
            assert {key: f.count for key, f in cells.items() if f.count} == by_hand
        relations = door.by(measures.BY_RELATION, "detail", year)
        assert {key: f.count for key, f in relations.items() if f.count} == {
            "other_relative": 3,
            "unknown": 1,
        }


def test_nothing_is_told_below_the_province(
    counted: Callable[..., Any], rows: Any, year: Any, communes: tuple[int, ...]
) -> None:
    with counted(*rows) as door:
        figure = door.measure(measures.DETECTED, year, communes=frozenset({communes[0]}))
        assert (figure.state, figure.value) == (FigureState.SUPPRESSED, None)


def test_every_measure_of_cases_is_restricted_and_detection_is_never_scored(
    registry: Registry,
) -> None:
    contribution = next(c for c in registry.catalogue.contributions if c.owner == "sexual_abuse")
    open_to_all = {m.code for m in contribution.measures if m.sensitivity != DataClass.RESTRICTED}
    assert open_to_all == {
        measures.COMMUNITY_EVENTS,
        measures.COMMUNITY_PEOPLE,
        measures.SCHOOL_EVENTS,
        measures.SCHOOLS,
        measures.PANELS,
        measures.COMMUNES_READY,
    }
    assert registry.catalogue.indicators["ABU-01"].direction == "none"
