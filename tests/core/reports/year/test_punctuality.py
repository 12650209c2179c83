"""COR-18: which units stood by their figures in time, settled once the due day is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.areas.repository import communes_of, districts_of
from core.kit.periods import Period
from core.reports.models import PERIODIC
from core.reports.year.confirmations import confirm
from core.reports.year.models import UnitPunctuality
from core.reports.year.punctuality import settle
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable

HALF = Period.parse("2018-H1")
LAST = date(2018, 6, 14)  # "before 15 June"
# just before midnight in Viet Nam, and just after
LAST_MINUTE = datetime(2018, 6, 14, 16, 59, tzinfo=UTC)
TOO_LATE = LAST_MINUTE + timedelta(minutes=2)


@pytest.fixture
def lao_cai(reporting: Any, adopt: Callable[..., int]) -> int:
    return adopt("lao_cai", valid_from=date(2018, 1, 1))


def settled(reporting: Any, now: datetime) -> int:
    with reporting.door.tenant_session(1, reach=Reach.counting()) as session:
        return settle(session, now)


def confirmed(reporting: Any, unit: int, at: datetime) -> None:
    leader = replace(
        reporting.leader,
        roles=("commune_leader",),
        permissions=frozenset({"core.report.confirm"}),
        reach=Reach(communes=frozenset({unit})),
    )
    with reporting.door.tenant_session(1, reach=leader.reach) as session:
        confirm(session, PERIODIC, HALF, unit, principal=leader, now=at)


def test_a_unit_is_in_time_up_to_the_last_minute_and_is_judged_once(
    reporting: Any, lao_cai: int
) -> None:
    with reporting.door.tenant_session(1) as session:
        one, two, three = (c.id for c in communes_of(session, lao_cai, LAST)[:3])
        districts = {d.id for d in districts_of(session, lao_cai, LAST)}
        units = districts | {c.id for c in communes_of(session, lao_cai, LAST)}
    confirmed(reporting, one, LAST_MINUTE)
    assert settled(reporting, LAST_MINUTE) == 0  # nothing is over yet
    confirmed(reporting, one, TOO_LATE)  # once more after a change: the first time counts
    confirmed(reporting, two, TOO_LATE)
    assert settled(reporting, TOO_LATE) == len(units)
    confirmed(reporting, three, TOO_LATE + timedelta(days=1))
    assert settled(reporting, TOO_LATE + timedelta(days=2)) == 0
    with reporting.door.tenant_session(1, reach=Reach.counting()) as session:
        rows = {row.unit_id: row for row in session.scalars(select(UnitPunctuality))}
    assert rows.keys() == units
    assert {unit for unit, row in rows.items() if row.in_time} == {one}
    assert {row.due_on for row in rows.values()} == {LAST}
    assert {row.level for unit, row in rows.items() if unit in districts} == {"district"}


def test_a_district_is_counted_in_one_of_its_communes(reporting: Any, lao_cai: int) -> None:
    settled(reporting, TOO_LATE)
    with reporting.door.tenant_session(1, reach=Reach.counting()) as session:
        parent = {c.id: c.parent_id for c in communes_of(session, lao_cai, LAST)}
        rows = session.scalars(select(UnitPunctuality)).all()
    assert rows
    for row in rows:
        assert row.unit_id in {row.commune_id, parent[row.commune_id]}
