"""A new decision replaces the one before it and ends its membership, whenever it is entered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.organisation.models import Committee, CommitteeMember
from core.organisation.service import committee_saved
from tests.core.organisation.test_forms import GOOD

if TYPE_CHECKING:
    from uuid import UUID

    from tests.core.register.conftest import Register

FIRST, SECOND, THIRD = "10/01/2016", "02/01/2017", "02/01/2018"


def decide(register: Register, on: str, **more: Any) -> UUID:
    answers = GOOD["committee"] | {"commune_id": str(register.here), "decided_on": on} | more
    return register.submit("committee", **answers)


def seat(register: Register, committee: UUID, since: date) -> UUID:
    with register.open() as session:
        member = CommitteeMember(
            committee_id=committee,
            commune_id=register.here,
            full_name="Nguyễn Thị Hoa",
            role="Ủy viên",
            from_date=since,
            generated=True,
        )
        session.add(member)
        session.flush()
        return member.id


def standing(register: Register, kind: str) -> list[tuple[date, str, date | None]]:
    statement = (
        select(Committee.decided_on, Committee.status, Committee.ended_on)
        .where(Committee.tenant_id == register.tenant, Committee.committee_type == kind)
        .order_by(Committee.decided_on)
    )
    with register.open() as session:
        return [(on, status, ended) for on, status, ended in session.execute(statement)]


def test_a_new_decision_closes_the_membership_before_it(register: Register) -> None:
    old = decide(register, SECOND, committee_type="steering")
    member = seat(register, old, date(2017, 1, 2))
    decide(register, THIRD, committee_type="steering")
    assert standing(register, "steering") == [
        (date(2017, 1, 2), "replaced", date(2018, 1, 2)),
        (date(2018, 1, 2), "active", None),
    ]
    with register.open() as session:
        kept = session.get_one(CommitteeMember, (register.tenant, member))
        assert (kept.from_date, kept.to_date) == (date(2017, 1, 2), date(2018, 1, 2))


def test_a_decision_entered_late_takes_its_place(register: Register) -> None:
    kind = "commune_board"
    decide(register, THIRD, committee_type=kind)
    decide(register, FIRST, committee_type=kind)
    decide(register, SECOND, committee_type=kind)
    assert standing(register, kind) == [
        (date(2016, 1, 10), "replaced", date(2017, 1, 2)),
        (date(2017, 1, 2), "replaced", date(2018, 1, 2)),
        (date(2018, 1, 2), "active", None),
    ]


def test_the_body_of_another_unit_or_level_stands(register: Register) -> None:
    kind = "intersector_group"
    decide(register, SECOND, committee_type=kind)
    decide(register, THIRD, committee_type=kind, level="district")
    decide(register, THIRD, committee_type=kind, commune_id=str(register.there))
    assert [status for _, status, _ in standing(register, kind)] == ["active"] * 3


def test_a_corrected_day_puts_the_decisions_in_their_order(register: Register) -> None:
    """The first decision was of 2018 and not of 2017, so it is the one that stands."""
    kind = "coordination_body"
    first = decide(register, SECOND, committee_type=kind)
    decide(register, "02/06/2017", committee_type=kind)
    with register.open() as session:
        wrong = session.get_one(Committee, (register.tenant, first))
        wrong.decided_on, wrong.ended_on = date(2018, 1, 2), date(2018, 1, 2)
        session.flush()
        committee_saved(session, wrong)
    assert standing(register, kind) == [
        (date(2017, 6, 2), "replaced", date(2018, 1, 2)),
        (date(2018, 1, 2), "active", None),
    ]
