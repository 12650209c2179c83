"""COR-10, worked by hand: cases open at the end of a period and those closed in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.cases.models import Case
from core.kit.periods import Period
from core.tenancy.reach import Reach
from tests.core.register.conftest import communes, register

if TYPE_CHECKING:
    from tests.core.register.conftest import Register

__all__ = ["communes", "register"]

# state, begun, closed
CASES = [
    ("in_progress", (2017, 3), None),
    ("closed", (2017, 3), (2017, 9)),
    ("closed", (2017, 11), (2018, 2)),
    ("received", (2018, 5), None),
    ("screened_out", (2018, 5), (2018, 5)),
]


@pytest.mark.parametrize(
    ("period", "expected"),
    # 2017: one closed, two open at its end; 2018: one closed, two open; its last quarter: two open
    [("2017", 3), ("2018", 3), ("2018-Q4", 2), ("2016", 0)],
)
def test_managed_cases_are_those_open_and_those_closed_in_the_period(
    register: Register, period: str, expected: int
) -> None:
    with register.open(Reach.counting()) as session:
        if not session.total(Case):
            session.add_all(
                Case(
                    kind="special_circumstance_support",
                    state=state,
                    commune_id=register.here,
                    received_at=datetime(*begun, 1, tzinfo=UTC),
                    begun_at=datetime(*begun, 1, tzinfo=UTC),
                    closed_at=None if closed is None else datetime(*closed, 1, tzinfo=UTC),
                    created_at=datetime(*begun, 1, tzinfo=UTC),
                    generated=True,
                )
                for state, begun, closed in CASES
            )
    register.count()
    with register.open(Reach.whole_tenant()) as session:
        figure = register.figures(session).indicator("COR-10", Period.parse(period).window)
    assert figure.count == expected
