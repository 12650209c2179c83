"""Who leaves and what closes is written into its own record, and counts no more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.forms.errors import AnswersRefusedError
from core.kit.periods import Period
from core.organisation.models import Collaborator, Committee, CommitteeMember, ServicePoint
from core.tenancy.reach import Reach
from tests.core.organisation.test_forms import GOOD

if TYPE_CHECKING:
    from uuid import UUID

    from tests.core.register.conftest import Register

YEAR = Period.parse("2018").window


def entered(register: Register, code: str) -> UUID:
    return register.submit(code, **GOOD[code] | {"commune_id": str(register.here)})


def count(register: Register, measure: str) -> int | None:
    register.count()
    with register.open(Reach.whole_tenant()) as session:
        return register.figures(session).measure(measure, YEAR).count


def test_a_collaborator_who_leaves_is_counted_no_more(register: Register) -> None:
    person = entered(register, "collaborator")
    assert count(register, "core.collaborators") == 1
    with pytest.raises(AnswersRefusedError) as refused:
        register.correct("collaborator", person, to_date="01/05/2018")
    assert [error.field for error in refused.value.errors] == ["end_reason"]
    assert register.correct("collaborator", person, to_date="01/05/2018", end_reason="Chuyển nơi ở")
    assert count(register, "core.collaborators") == 0
    with register.open() as session:
        kept = session.get_one(Collaborator, (register.tenant, person))
        assert kept.end_reason == "Chuyển nơi ở"


def test_a_point_that_closes_is_counted_no_more(register: Register) -> None:
    point = entered(register, "service_point")
    assert count(register, "core.service_points") == 1
    register.correct("service_point", point, status="closed", inactive_from="01/04/2018")
    assert count(register, "core.service_points") == 0
    with register.open() as session:
        assert session.get_one(ServicePoint, (register.tenant, point)).status == "closed"


def test_a_member_is_added_and_the_body_keeps_its_decision(register: Register) -> None:
    body = entered(register, "committee")
    members = [{"full_name": "Nguyễn Thị Hoa", "role": "Ủy viên"}]
    assert register.correct("committee", body, members=members, decided_on="01/01/2010")
    with register.open() as session:
        statement = select(CommitteeMember).where(CommitteeMember.committee_id == body)
        (member,) = session.scalars(statement.where(CommitteeMember.tenant_id == register.tenant))
        assert member.full_name == "Nguyễn Thị Hoa"
        assert session.get_one(Committee, (register.tenant, body)).decided_on == date(2018, 1, 2)
