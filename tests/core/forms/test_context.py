"""Which communes may be chosen: those within reach that existed on the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from core.areas.models import PROVINCE, Area
from core.areas.repository import communes_of, exists_on
from core.forms.context import context_for
from core.profiles.models import TenantProfile

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.identity.principal import Principal
    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession

    Worker = Callable[..., Principal]

IN_2018 = date(2018, 6, 1)
IN_2026 = date(2026, 6, 1)


def province_of(session: TenantSession, code: str, day: date) -> int:
    statement = select(Area.id).where(Area.level == PROVINCE, Area.code == code, exists_on(day))
    return session.scalars(statement).one()


@pytest.fixture
def profiled(door: TenantDoor) -> TenantDoor:
    """Tenant 1 is An Giang: one profile of 2018, another since 2026."""
    with door.tenant_session(1) as session:
        session.execute(delete(TenantProfile).where(TenantProfile.tenant_id == 1))
        for code, day, last in (("89", IN_2018, date(2018, 12, 31)), ("91", IN_2026, None)):
            session.add(
                TenantProfile(
                    code=f"from_{day.year}",
                    valid_from=date(day.year, 1, 1),
                    valid_to=last,
                    legal_basis=[],
                    area_id=province_of(session, code, day),
                    source="made for this test",
                    unknown=[],
                )
            )
    return door


@pytest.mark.parametrize("day", [IN_2018, IN_2026])
def test_the_whole_tenant_means_the_communes_of_its_province_on_that_day(
    profiled: TenantDoor, worker: Worker, day: date
) -> None:
    person = worker(role="province_officer", reach=None)
    with profiled.tenant_session(1) as session:
        province = province_of(session, "89" if day == IN_2018 else "91", day)
        expected = [area.id for area in communes_of(session, province, day)]
        assert list(context_for(session, person, day).communes) == expected
        assert list(context_for(session, person, IN_2026, on=day).communes) == expected
    assert len(expected) > 100


def test_a_year_without_a_profile_goes_on_with_the_last_one(
    profiled: TenantDoor, worker: Worker
) -> None:
    person = worker(role="province_officer", reach=None)
    with profiled.tenant_session(1) as session:
        assert context_for(session, person, date(2019, 6, 1)).communes


def test_communes_of_the_time_of_districts_carry_their_district(
    profiled: TenantDoor, worker: Worker
) -> None:
    person = worker(role="province_officer", reach=None)
    with profiled.tenant_session(1) as session:
        named = context_for(session, person, IN_2018).communes.values()
        assert "Xã Mỹ Khánh, Thành phố Long Xuyên" in named
        assert not any(
            ", " in name for name in context_for(session, person, IN_2026).communes.values()
        )


def test_a_tenant_without_a_profile_has_no_communes_to_choose(
    profiled: TenantDoor, worker: Worker
) -> None:
    person = worker(tenant=2, role="province_officer", reach=None)
    with profiled.tenant_session(2) as session:
        assert context_for(session, person, IN_2018).communes == {}


def test_a_reach_is_cut_to_the_communes_that_existed(
    profiled: TenantDoor, worker: Worker, communes: tuple[int, int]
) -> None:
    person = worker()
    with profiled.tenant_session(1, reach=person.reach) as session:
        assert list(context_for(session, person, IN_2018).communes) == [communes[0]]
        assert context_for(session, person, IN_2026).communes == {}
