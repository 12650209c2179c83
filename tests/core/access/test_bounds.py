"""The reach in the statement itself: hidden columns, programmes, grants, agreements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import bindparam, func, select, text
from sqlalchemy.exc import InvalidRequestError

from core.access.grants import end, give, hand_over, open_work
from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.db.base import DataClass
from core.kit.clock import SystemClock
from core.register.models import Child
from core.tenancy.bounds import HiddenFieldError, row_rule
from core.tenancy.guards import TenantWallError
from core.tenancy.reach import Reach
from core.tenancy.session import BY_WORK
from plugins.child_labour.models import WorkScreening

if TYPE_CHECKING:
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

PERSON, PARTNER = UUID(int=71), UUID(int=72)
NOW = SystemClock().now() - timedelta(minutes=1)
CHILDREN = select(Child.id).where(Child.tenant_id == 1)
CLASSES = (("core", DataClass.PERSONAL),)


ON = date(2018, 6, 1)


@pytest.fixture(scope="module")
def communes(database: TestDatabase) -> tuple[int, ...]:
    with database.owner.connect() as connection:
        statement = select(Area.id).where(Area.level == COMMUNE, exists_on(ON)).order_by(Area.id)
        return tuple(connection.scalars(statement.limit(2)))


@pytest.fixture
def children(door: TenantDoor, communes: tuple[int, ...]) -> tuple[UUID, UUID]:
    """One child in each of two communes."""
    with door.tenant_session(1) as session:
        rows = [
            Child(
                id=uuid4(),
                commune_id=commune,
                full_name="Kvx Thử",
                name_sort="kvx",
                sex="female",
                date_of_birth=date(2010, 1, 1),
                dob_precision="day",
                ethnicity="kinh",
                birth_registration="registered",
                relation_to_head="no_household",
                residence_status="permanent",
                health_insurance_card="AB123",
                schooling="primary",
                registered_on=date(2017, 1, 1),
                source="survey",
            )
            for commune in communes[:2]
        ]
        session.add_all(rows)
    return rows[0].id, rows[1].id


def test_a_hidden_column_is_not_selected_and_reading_it_raises(
    door: TenantDoor, children: tuple[UUID, UUID]
) -> None:
    with door.tenant_session(1, reach=Reach(None, classes=CLASSES)) as session:
        child = session.scalars(
            select(Child).where(Child.tenant_id == 1, Child.id == children[0])
        ).one()
        assert child.full_name == "Kvx Thử"
        assert "health_insurance_card" in session.hidden_fields(Child)
        with pytest.raises(InvalidRequestError, match="raiseload"):
            _ = child.health_insurance_card


@pytest.mark.parametrize(
    "statement",
    [
        select(Child.health_insurance_card).where(Child.tenant_id == 1),
        CHILDREN.where(Child.health_insurance_card.is_not(None)),
        CHILDREN.order_by(Child.health_insurance_card),
        select(func.count(Child.health_insurance_card)).where(Child.tenant_id == 1),
        select(Child.sex).where(
            Child.tenant_id == 1,
            Child.id.in_(CHILDREN.where(Child.health_insurance_card == "AB123")),
        ),
    ],
    ids=["shown", "filtered", "sorted", "counted", "in a subquery"],
)
def test_a_hidden_column_serves_no_statement(door: TenantDoor, statement: object) -> None:
    with (
        door.tenant_session(1, reach=Reach(None, classes=CLASSES)) as session,
        pytest.raises(HiddenFieldError),
    ):
        session.execute(statement)  # type: ignore[call-overload]


MADE_ONCE = select(Child.id, Child.commune_id).where(
    Child.tenant_id == bindparam("tenant_id"), Child.sex == bindparam("sex")
)


def test_a_statement_made_once_is_bounded_for_each_reader(
    door: TenantDoor, children: tuple[UUID, UUID], communes: tuple[int, ...]
) -> None:
    for reach, theirs in (
        (Reach(frozenset(communes[:1])), {children[0]}),
        (Reach(frozenset(communes[1:])), {children[1]}),
        (Reach.nothing(), set()),
        (Reach(frozenset(communes)), {*children}),
    ):
        for tenant, found in ((1, theirs), (2, set())):
            with door.tenant_session(tenant, reach=reach) as session:
                told = {row.id for row in session.rows(MADE_ONCE, sex="female")}
                assert told & {*children} == found
                every = session.execute(MADE_ONCE, {"tenant_id": tenant, "sex": "female"})
                assert told == {row.id for row in every}


def test_a_statement_made_once_tells_no_hidden_column(door: TenantDoor) -> None:
    statement = CHILDREN.where(Child.health_insurance_card == bindparam("card"))
    with door.tenant_session(1) as session:
        session.rows(statement, card="AB123")
    with (
        door.tenant_session(1, reach=Reach(None, classes=CLASSES)) as session,
        pytest.raises(HiddenFieldError),
    ):
        session.rows(statement, card="AB123")


def test_a_statement_made_once_sees_what_was_just_added(
    door: TenantDoor, children: tuple[UUID, UUID]
) -> None:
    with door.tenant_session(1) as session:
        child = session.get_one(Child, (1, children[0]))
        child.sex = "male"
        assert children[0] in {row.id for row in session.rows(MADE_ONCE, sex="male")}


def test_a_grant_opens_one_row_by_its_id_until_it_ends(
    door: TenantDoor, children: tuple[UUID, UUID]
) -> None:
    with door.tenant_session(1) as session:
        give(
            session,
            PERSON,
            "referral",
            subject_kind="core.child",
            subject_id=children[1],
            by=None,
            now=NOW,
        )
    there = CHILDREN.where(Child.id == children[1])
    reader = Reach(frozenset(), holder=PERSON)
    with door.tenant_session(1, reach=reader) as session:
        assert session.scalar(there, execution_options={BY_WORK: True}) == children[1]
        assert session.scalar(there) is None, "a list is bounded by the area alone"
        other = CHILDREN.where(Child.id == children[0])
        assert session.scalar(other, execution_options={BY_WORK: True}) is None
        with door.tenant_session(1) as another:
            end(another, subject_id=children[1], holder=PERSON, by=None, now=SystemClock().now())
        assert session.scalar(there, execution_options={BY_WORK: True}) is None


def test_a_partner_sees_enrolled_children_and_nothing_after_the_end(
    door: TenantDoor, children: tuple[UUID, UUID]
) -> None:
    with door.tenant_session(1) as session:
        give(
            session,
            PARTNER,
            "enrolment",
            subject_kind="core.child",
            subject_id=children[0],
            by=None,
            now=NOW,
            programme="child_labour",
            until=SystemClock().now() + timedelta(hours=1),
        )
    partner = Reach(frozenset(), holder=PARTNER, partner=True)
    with door.tenant_session(1, reach=partner) as session:
        assert session.scalars(CHILDREN).all() == [children[0]]
        with door.tenant_session(1) as another:
            end(another, subject_id=children[0], by=None, now=SystemClock().now())
        assert session.scalars(CHILDREN).all() == []


def test_open_work_is_handed_over_and_the_leaver_loses_sight_of_it(
    door: TenantDoor, children: tuple[UUID, UUID]
) -> None:
    heir = uuid4()
    with door.tenant_session(1) as session:
        for child in children:
            give(
                session,
                PERSON,
                "assignment",
                subject_kind="core.child",
                subject_id=child,
                by=None,
                now=NOW,
            )
        assert hand_over(session, PERSON, heir, by=heir, now=SystemClock().now()) == 2
    with door.tenant_session(1) as session:
        assert open_work(session, PERSON) == ()
        assert {work.subject_id for work in open_work(session, heir)} == set(children)


def test_a_bounded_reader_runs_no_statement_past_the_bounds(door: TenantDoor) -> None:
    table = Child.__table__
    bare = select(table.c.id).where(table.c.tenant_id == 1)
    with door.tenant_session(1, reach=Reach(frozenset({1}))) as session:
        with pytest.raises(TenantWallError, match=r"core\.child"):
            session.execute(bare)
        with pytest.raises(TenantWallError, match="textual"):
            session.execute(
                text("SELECT 1 FROM core.child WHERE tenant_id = :tenant_id"), {"tenant_id": 1}
            )


def test_a_switched_off_programme_has_no_rows(door: TenantDoor) -> None:
    assert str(row_rule(1, Reach(None, programmes=frozenset()), WorkScreening)) == "false"
    assert row_rule(1, Reach(None, programmes=frozenset({"child_labour"})), WorkScreening) is None
