"""Switching programmes on and off, over the real database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete

from core.kit.errors import RefusedError
from core.registry.enablement import enabled_keys, history, keys_during, switch_off, switch_on
from core.registry.errors import SwitchRefusedError, UnknownProgrammeError
from core.registry.models import ProgrammeEnablement
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.registry.service import Registry
    from core.tenancy.door import TenantDoor

MEALS = "sample_meals"
SUPPLIES = "meal_supplies"


def on(month: int) -> datetime:
    return datetime(2018, month, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_on(door: TenantDoor) -> Iterator[None]:
    yield
    for tenant in (1, 2):
        with door.tenant_session(tenant, reach=Reach.counting()) as session:
            record = ProgrammeEnablement
            session.execute(delete(record).where(record.tenant_id == tenant))


def switched(
    door: TenantDoor, registry: Registry, key: str, *, at: datetime, to: bool, tenant: int = 1
) -> bool:
    turn = switch_on if to else switch_off
    with door.tenant_session(tenant) as session:
        return turn(session, registry, key, at=at)


def keys(door: TenantDoor, at: datetime, tenant: int = 1) -> frozenset[str]:
    with door.tenant_session(tenant) as session:
        return enabled_keys(session, at)


def test_on_off_on_keeps_every_record_with_its_dates(door: TenantDoor, registry: Registry) -> None:
    assert switched(door, registry, MEALS, at=on(1), to=True)
    assert switched(door, registry, MEALS, at=on(3), to=False)
    assert switched(door, registry, MEALS, at=on(6), to=True)
    with door.tenant_session(1) as session:
        dates = [(record.valid_from, record.valid_to) for record in history(session)]
    assert dates == [(on(6), None), (on(1), on(3))]
    assert [keys(door, on(month)) for month in (2, 4, 7)] == [{MEALS}, frozenset(), {MEALS}]


def test_a_switch_holds_from_its_moment(door: TenantDoor, registry: Registry) -> None:
    switched(door, registry, MEALS, at=on(1), to=True)
    switched(door, registry, MEALS, at=on(3), to=False)
    assert keys(door, on(1)) == {MEALS}
    assert keys(door, on(3)) == frozenset()


def test_switching_twice_changes_nothing(door: TenantDoor, registry: Registry) -> None:
    assert switched(door, registry, MEALS, at=on(1), to=True)
    assert not switched(door, registry, MEALS, at=on(2), to=True)
    assert switched(door, registry, MEALS, at=on(3), to=False)
    assert not switched(door, registry, MEALS, at=on(4), to=False)
    with door.tenant_session(1) as session:
        assert len(history(session)) == 1


def test_a_programme_needs_those_it_requires_on(door: TenantDoor, registry: Registry) -> None:
    with pytest.raises(
        SwitchRefusedError, match=r"needs Children's meals \(sample\), which is off"
    ):
        switched(door, registry, SUPPLIES, at=on(1), to=True)
    switched(door, registry, MEALS, at=on(1), to=True)
    assert switched(door, registry, SUPPLIES, at=on(1), to=True)


def test_a_programme_that_another_needs_stays_on(door: TenantDoor, registry: Registry) -> None:
    switched(door, registry, MEALS, at=on(1), to=True)
    switched(door, registry, SUPPLIES, at=on(1), to=True)
    with pytest.raises(SwitchRefusedError, match=r"Meal supplies \(sample\) is on and needs it"):
        switched(door, registry, MEALS, at=on(2), to=False)
    switched(door, registry, SUPPLIES, at=on(2), to=False)
    assert switched(door, registry, MEALS, at=on(2), to=False)


def test_a_report_on_the_past_knows_what_was_on_then(door: TenantDoor, registry: Registry) -> None:
    switched(door, registry, MEALS, at=on(2), to=True)
    switched(door, registry, MEALS, at=on(4), to=False)
    with door.tenant_session(1) as session:
        during = {
            (start, end): keys_during(session, on(start), on(end))
            for start, end in ((1, 2), (1, 3), (3, 4), (3, 6), (4, 6))
        }
    assert during == {
        (1, 2): frozenset(),
        (1, 3): {MEALS},
        (3, 4): {MEALS},
        (3, 6): {MEALS},
        (4, 6): frozenset(),
    }


def test_one_province_decides_for_itself_alone(door: TenantDoor, registry: Registry) -> None:
    switched(door, registry, MEALS, at=on(1), to=True)
    assert keys(door, on(2), tenant=2) == frozenset()
    switched(door, registry, MEALS, at=on(2), to=True, tenant=2)
    switched(door, registry, MEALS, at=on(3), to=False)
    assert keys(door, on(4)) == frozenset()
    assert keys(door, on(4), tenant=2) == {MEALS}


def test_a_switch_takes_effect_on_the_next_session(door: TenantDoor, registry: Registry) -> None:
    def forms() -> list[str]:
        with door.tenant_session(1) as session:
            return list(registry.enabled(enabled_keys(session, on(5))).catalogue.forms)

    assert forms() == []
    switched(door, registry, MEALS, at=on(1), to=True)
    assert forms() == ["sample_meals.meal_round", "sample_meals.cooking_class"]
    switched(door, registry, MEALS, at=on(2), to=False)
    assert forms() == []


def test_a_failed_transaction_switches_nothing(door: TenantDoor, registry: Registry) -> None:
    def switch_and_fail() -> None:
        with door.tenant_session(1) as session:
            switch_on(session, registry, MEALS, at=on(1))
            raise RefusedError("something else in the same transaction")

    with pytest.raises(RefusedError):
        switch_and_fail()
    assert keys(door, on(2)) == frozenset()


def test_an_unknown_programme_cannot_be_switched(door: TenantDoor, registry: Registry) -> None:
    with pytest.raises(UnknownProgrammeError, match="no such programme"):
        switched(door, registry, "nowhere", at=on(1), to=True)


def test_the_reason_and_who_answers_are_kept(door: TenantDoor, registry: Registry) -> None:
    switched(door, registry, MEALS, at=on(1), to=True)
    with door.tenant_session(1) as session:
        switch_off(session, registry, MEALS, at=on(2), reason="Hết nguồn hỗ trợ")
        (record,) = history(session)
        assert (record.valid_to, record.reason) == (on(2), "Hết nguồn hỗ trợ")
