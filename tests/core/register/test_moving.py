"""A child moves, everything of the register goes along, and the old commune reads nothing more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.access.grants import hands
from core.kit.errors import MalformedError, NotFoundError
from core.kit.periods import Period
from core.register.circumstances.models import SpecialCircumstance
from core.register.circumstances.service import circumstances_of
from core.register.following.models import ChildMove
from core.register.following.moving import move_child
from core.register.hamlets.models import Hamlet
from core.register.models import Child, Household
from core.register.service import search_children
from core.register.support.models import SupportDelivery
from core.tenancy.reach import Reach
from core.tenancy.session import BY_WORK
from tests.core.register.conftest import NOW, ON, Register, overseer, worker

if TYPE_CHECKING:
    from uuid import UUID

    from core.tenancy.session import TenantSession

YEAR = Period.parse("2018").window


def move(register: Register, child: UUID, reach: Reach, **more: object) -> None:
    values = {"on": date(2018, 5, 1), "with_household": False, "to": register.there} | more
    to = values.pop("to")
    with register.open(reach) as session:
        move_child(
            session,
            child,
            to,  # type: ignore[arg-type]  # passed through
            **values,  # type: ignore[arg-type]  # passed through
            reason="family_moves",
            communes={register.here: "Đây", register.there: "Kia"},
            by=None,
            now=NOW,
            today=ON,
        )


def test_the_old_commune_keeps_no_reading_right_and_the_new_one_reads_all(
    register: Register,
) -> None:
    mine = uuid4()
    here, there = worker(register, mine), Reach(communes=frozenset({register.there}))
    child = register.child("Sùng Thị Dở")
    register.support(child, "02/02/2018")
    kept = register.submit(
        "special_circumstance",
        here,
        by=mine,
        child_id=child,
        group_code="csc_hiv",
        from_date="01/02/2018",
    )
    with register.open(here) as session:
        assert [one.id for one in circumstances_of(session, child)] == [kept]
    move(register, child, here)
    with register.open(here) as session:
        assert search_children(session, "sung do") == ()
        for model in (SupportDelivery, SpecialCircumstance, ChildMove):
            assert session.scalars(select(model).where(model.child_id == child)).all() == []
        by_id = select(SpecialCircumstance).where(SpecialCircumstance.id == kept)
        assert session.scalars(by_id, execution_options={BY_WORK: True}).all() == []
    with register.open(there) as session:
        assert [match.id for match in search_children(session, "sung do")] == [child]
        assert len(session.scalars(select(SupportDelivery)).all()) == 1
        moves = session.scalars(select(ChildMove)).all()
        assert [(one.from_commune_id, one.to_commune_id) for one in moves] == [
            (register.here, register.there)
        ]
        assert circumstances_of(session, child) == []
    with register.open(overseer()) as session:
        assert {one.commune_id for one in circumstances_of(session, child)} == {register.there}
        assert all(grant.valid_to is not None for grant in hands(session, kept))


def test_figures_follow_the_child_in_both_communes(register: Register) -> None:
    child = register.child("Giàng A Páo")
    register.circumstance(child, "csc_disability")
    register.count()

    def counted() -> list[tuple[int, int]]:
        with register.open() as session:
            door = register.figures(session)
            return [
                (
                    door.measure("core.children", YEAR, communes=frozenset({place})).count,
                    door.measure("core.circumstances", YEAR, communes=frozenset({place})).count,
                )
                for place in (register.here, register.there)
            ]

    (here, here_groups), (there, there_groups) = counted()
    move(register, child, Reach(communes=frozenset({register.here})))
    register.count()
    assert counted() == [(here - 1, here_groups - 1), (there + 1, there_groups + 1)]


def new_hamlet(session: TenantSession, commune: int) -> UUID:
    made = Hamlet(commune_id=commune, name="Ấp Một", name_fold="ap mot", created_at=NOW)
    session.add(made)
    session.flush()
    return made.id


def test_a_household_moves_with_its_children(register: Register) -> None:
    from tests.core.register.test_service import new_household

    with register.open() as session:
        home = new_household(session, register.here, "Vàng A Sinh")
        home.hamlet_id = new_hamlet(session, register.here)
        household = home.id
    one, other = (
        register.child(name, household_id=household, relation_to_head="child")
        for name in ("Vàng A Tủa", "Vàng Thị Mo")
    )
    move(register, one, Reach(communes=frozenset({register.here})), with_household=True)
    with register.open(Reach(communes=frozenset({register.there}))) as session:
        found = session.scalars(select(Child.id).where(Child.household_id == household)).all()
        assert set(found) == {one, other}
        # the hamlet is one of the commune that it left
        assert session.get_one(Household, (register.tenant, household)).hamlet_id is None


@pytest.mark.parametrize(
    "wrong", [{"to": -1}, {"on": date(2018, 6, 2)}, {"on": date(2016, 12, 31)}]
)
def test_a_move_that_does_not_fit_is_refused(register: Register, wrong: dict[str, object]) -> None:
    child = register.child("Lý Thị Mẩy")
    with pytest.raises(MalformedError):
        move(register, child, Reach.whole_tenant(), **wrong)
    with pytest.raises(NotFoundError):
        move(register, child, Reach(communes=frozenset({register.there})))
