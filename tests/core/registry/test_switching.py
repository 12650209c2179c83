"""Switching as an officer does it: the right, the objections, the confirmation."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from core.areas.models import COMMUNE, Area
from core.identity.principal import Principal
from core.kit.errors import RefusedError
from core.registry.enablement import enabled_keys, switch_on
from core.registry.models import ProgrammeEnablement
from core.registry.switching import review, switch
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.registry.service import Registry
    from core.registry.switching import Switched
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

JANUARY = datetime(2018, 1, 1, tzinfo=UTC)
JUNE = datetime(2018, 6, 1, tzinfo=UTC)
MEALS = "sample_meals"


def officer(*permissions: str) -> Principal:
    return Principal(
        account_id=UUID(int=5),
        tenant_id=1,
        tenant_slug="tinh_mot",
        display_name="Cán bộ",
        roles=(),
        permissions=frozenset(permissions),
        reach=Reach.whole_tenant(),
    )


SWITCHES = officer("core.programme.switch")


@pytest.fixture
def meals_on(door: TenantDoor, database: TestDatabase, registry: Registry) -> Iterator[None]:
    """The programme on since January, with one record."""
    from sample_meals.models import MealRound

    with database.owner.connect() as connection:
        commune = connection.scalar(select(Area.id).where(Area.level == COMMUNE).limit(1))
    with door.tenant_session(1) as session:
        switch_on(session, registry, MEALS, at=JANUARY)
        session.add(
            MealRound(
                commune_id=commune,
                held_on=date(2018, 2, 1),
                place="school",
                children=30,
                meals=30,
                generated=True,
            )
        )
    yield
    with door.tenant_session(1, reach=Reach.counting()) as session:
        for model in (MealRound, ProgrammeEnablement):
            session.execute(delete(model).where(model.tenant_id == 1))


def turn_off(door: TenantDoor, registry: Registry, *, confirmed: bool) -> Switched:
    with door.tenant_session(1) as session:
        return switch(
            session,
            registry,
            MEALS,
            on=False,
            confirmed=confirmed,
            principal=SWITCHES,
            now=JUNE,
        )


def is_on(door: TenantDoor) -> bool:
    with door.tenant_session(1) as session:
        return MEALS in enabled_keys(session, JUNE)


def test_records_that_would_be_sealed_are_named_before_anything_changes(
    door: TenantDoor, registry: Registry, meals_on: None
) -> None:
    asked = turn_off(door, registry, confirmed=False)
    assert not asked.changed
    assert [text.en for text in asked.objections] == ["Meal rounds kept unchanged and sealed: 1."]
    assert is_on(door)


def test_after_confirmation_it_is_off_and_the_records_stay(
    door: TenantDoor, registry: Registry, meals_on: None
) -> None:
    from sample_meals.models import MealRound

    assert turn_off(door, registry, confirmed=True).changed
    assert not is_on(door)
    with door.tenant_session(1) as session:
        assert session.total(MealRound) == 1


def test_the_records_of_another_province_are_no_objection(
    door: TenantDoor, registry: Registry, meals_on: None
) -> None:
    with door.tenant_session(2) as session:
        switch_on(session, registry, MEALS, at=JANUARY)
        other = switch(
            session,
            registry,
            MEALS,
            on=False,
            confirmed=False,
            principal=SWITCHES,
            now=JUNE,
        )
        assert other.changed
        session.rollback()


def test_switching_needs_its_right(door: TenantDoor, registry: Registry) -> None:
    with (
        pytest.raises(RefusedError, match=r"'core\.programme\.switch'"),
        door.tenant_session(1) as session,
    ):
        switch(
            session,
            registry,
            MEALS,
            on=True,
            confirmed=True,
            principal=officer("core.child.read"),
            now=JUNE,
        )


def test_the_review_tells_what_a_programme_brings_and_what_locks_it(
    door: TenantDoor, registry: Registry
) -> None:
    with door.tenant_session(1) as session:
        meals, supplies = review(session, registry, JUNE)
    assert (meals.on, meals.since, meals.locked) == (False, None, None)
    assert meals.holds.en == "forms: 2, indicators: 1, report sections: 1"
    assert supplies.locked is not None
    assert supplies.locked.vi.startswith("Chưa thể bật: cần bật «Bữa ăn của trẻ em")


def test_the_review_tells_since_when_it_is_on(
    door: TenantDoor, registry: Registry, meals_on: None
) -> None:
    with door.tenant_session(1) as session:
        meals, supplies = review(session, registry, JUNE)
    assert (meals.on, meals.since) == (True, JANUARY)
    assert supplies.locked is None
