"""Work gives access to a case, and nothing else does; it ends with the next statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InvalidRequestError

from core.access.grants import give, open_work
from core.cases import referrals, repository, team
from core.cases.files import list_cases, open_file
from core.cases.models import Case
from core.cases.papers.models import CaseIntake
from core.cases.tasks import tasks_of
from core.forms.service import AnswersRefusedError, context_for
from core.kit.clock import SystemClock, local_date
from core.kit.errors import ConflictError, NotFoundError, RefusedError
from core.kit.ids import new_id
from core.tenancy.bounds import HiddenFieldError
from tests.core.cases.people import EVERYTHING

if TYPE_CHECKING:
    from uuid import UUID

    from core.testing.database import TestDatabase
    from tests.core.cases.people import Person, Province

HIV = {"subject": "hiv"}


def sees(province: Province, person: Person, case_id: UUID) -> bool:
    """Whether somebody opens a case by its id; a list must never say more."""
    with province.as_(person) as (session, _):
        opened = repository.case_by_id(session, case_id) is not None
        papers = repository.parts(session, CaseIntake, case_id)
        listed = case_id in {line.id for line in list_cases(session, None, 1000)}
    assert opened == bool(papers)
    assert opened or not listed
    return opened


def listed(province: Province, person: Person) -> set[UUID]:
    with province.as_(person) as (session, _):
        return {line.id for line in list_cases(session, None, 1000)}


@pytest.mark.parametrize(
    ("role", "ordinary", "confidential"),
    [
        (("collaborator", 0), False, False),
        (("district_officer", None), True, False),
        (("province_officer", None), True, False),
        (("province_confidential_officer", None), True, True),
    ],
)
def test_a_confidential_case_is_there_for_its_own_people_alone(
    province: Province,
    worker: Person,
    role: tuple[str, int | None],
    *,
    ordinary: bool,
    confidential: bool,
) -> None:
    """That a role's reach holds a row does not show it: pages and API ask for its right first."""
    somebody = province.person((role[0], province.communes[0] if role[1] == 0 else None))
    open_case, hidden_case = province.open(worker), province.open(worker, **HIV)
    assert sees(province, somebody, open_case) is ordinary
    assert sees(province, somebody, hidden_case) is confidential
    assert (hidden_case in listed(province, somebody)) is confidential


@pytest.mark.parametrize("role", ["province_leader", "province_admin"])
def test_who_reads_aggregates_alone_lists_no_case(
    province: Province, worker: Person, role: str
) -> None:
    somebody = province.person((role, None))
    province.open(worker)
    with province.as_(somebody) as (session, principal):
        assert not principal.may("core.case.read")
        with pytest.raises(HiddenFieldError):
            list_cases(session, None, 10)


def test_a_new_confidential_case_is_given_to_its_communes_worker_and_leader(
    province: Province, worker: Person, leader: Person
) -> None:
    elsewhere = province.person(("commune_worker", province.communes[1]))
    filed_by = province.person("collaborator")
    case_id = province.open(filed_by, **HIV)
    assert sees(province, worker, case_id)
    assert sees(province, leader, case_id)
    assert case_id in listed(province, worker)
    assert not sees(province, elsewhere, case_id)
    assert not sees(province, filed_by, case_id)


def test_a_supervisor_sees_where_a_case_stands_and_no_name_or_narrative(
    province: Province, worker: Person
) -> None:
    officer = province.person(("province_officer", None))
    case_id = province.open(worker)
    with province.as_(officer) as (session, _):
        assert {"child_name", "child_condition"} <= session.hidden_fields(CaseIntake)
        assert "child_ref" in session.hidden_fields(Case)
        file = open_file(session, case_id, province.now)
        assert file.case.state == "received"
        with pytest.raises(InvalidRequestError, match="raiseload"):
            _ = file.papers[0].row.child_name


def test_an_assignment_that_ended_shows_nothing_from_the_next_statement_on(
    province: Province, worker: Person, leader: Person
) -> None:
    case_id = province.open(worker, **HIV)
    with province.as_(worker) as (reading, _):
        assert repository.case_by_id(reading, case_id) is not None
        reading.expunge_all()
        with province.as_(leader) as (session, principal):
            case = repository.case_by_id(session, case_id)
            assert case is not None
            team.take_back(
                session, case, worker.account_id, principal=principal, now=SystemClock().now()
            )
        assert repository.case_by_id(reading, case_id) is None
        assert repository.parts(reading, CaseIntake, case_id) == []
    assert case_id not in listed(province, worker)


def test_a_case_is_assigned_to_whoever_works_where_it_lies(
    province: Province, worker: Person, leader: Person
) -> None:
    helper = province.person("commune_worker")
    elsewhere = province.person(("commune_worker", province.communes[1]))
    disabled = province.person("commune_worker", active=False)
    case_id = province.open(worker, **HIV)
    with province.as_(leader) as (session, principal):
        case = repository.case_by_id(session, case_id)
        assert case is not None
        for stranger in (elsewhere, disabled):
            with pytest.raises(ConflictError, match="does not work where"):
                team.assign(
                    session, case, stranger.account_id, principal=principal, now=province.now
                )
        team.take_back(
            session, case, helper.account_id, principal=principal, now=SystemClock().now()
        )
        team.assign(session, case, helper.account_id, principal=principal, now=province.now)
    assert sees(province, helper, case_id)


def test_a_worker_assigns_nobody(province: Province, worker: Person) -> None:
    case_id = province.open(worker)
    with province.as_(worker) as (session, principal):
        case = repository.case_by_id(session, case_id)
        assert case is not None
        assert not team.may_here(session, case, principal, "core.case.assign")


def test_the_work_of_somebody_who_left_is_listed_and_handed_over(
    province: Province, leader: Person, database: TestDatabase
) -> None:
    leaver = province.person("commune_worker")
    case_id = province.open(leaver, **HIV)
    heir = province.person("commune_worker")
    with database.admin.begin() as connection:
        connection.execute(
            text("UPDATE core.account SET is_active = false, disabled_at = now() WHERE id = :id"),
            {"id": leaver.account_id},
        )
    with province.as_(leader) as (session, principal):
        handing = team.to_hand_over(session, principal)
        first = next(one for one in handing if one.account_id == leaver.account_id)
        assert not first.is_active
        assert case_id in {line.id for line in first.cases}
        assert heir.account_id in first.heirs
        assert leaver.account_id not in first.heirs
        done = team.hand_over(
            session,
            leaver.account_id,
            heir.account_id,
            principal=principal,
            now=SystemClock().now(),
        )
        assert done >= 1
    assert sees(province, heir, case_id)
    assert not sees(province, leaver, case_id)
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        assert open_work(session, leaver.account_id) == ()


def test_nobody_hands_over_what_they_may_not_assign(province: Province, worker: Person) -> None:
    elsewhere = province.person(("commune_leader", province.communes[1]))
    province.open(worker, **HIV)
    with province.as_(elsewhere) as (session, principal):
        found = [one.account_id for one in team.to_hand_over(session, principal)]
        assert worker.account_id not in found
        with pytest.raises(NotFoundError):
            team.hand_over(
                session,
                worker.account_id,
                elsewhere.account_id,
                principal=principal,
                now=province.now,
            )


def refer(
    province: Province,
    sender: Person,
    case_id: UUID,
    to: Person,
    *,
    shares: list[str] | None = None,
) -> UUID:
    with province.as_(sender) as (session, principal):
        return referrals.send(
            session,
            case_id,
            {
                "to_account": str(to.account_id),
                "service": "psychological",
                "purpose": "Hỗ trợ tâm lý cho trẻ.",
                "shares": ["intake"] if shares is None else shares,
            },
            key=new_id().hex,
            principal=principal,
            context=context_for(session, principal, local_date(province.now)),
            now=province.now,
        ).record_id


def reply(
    province: Province, to: Person, referral_id: UUID, *, accept: bool, reason: str = ""
) -> None:
    with province.as_(to) as (session, principal):
        referrals.answer(
            session,
            referral_id,
            accept=accept,
            reason=reason,
            principal=principal,
            now=SystemClock().now(),
        )


@pytest.fixture
def provider(province: Province) -> Person:
    return province.person(("service_staff", province.communes[1]))


@pytest.mark.parametrize("kind", [{}, HIV])
def test_a_referral_gives_what_it_names_from_acceptance_until_its_end(
    province: Province, worker: Person, provider: Person, kind: dict[str, str]
) -> None:
    case_id = province.open(worker, **kind)
    province.step(worker, case_id, "assess_initially")
    referral_id = refer(province, worker, case_id, provider)
    with province.as_(provider) as (session, principal):
        assert [one.id for one in referrals.inbox(session, principal)] == [referral_id]
        received = referrals.open_received(session, referral_id)
        assert received.referral.purpose == "Hỗ trợ tâm lý cho trẻ."
        assert received.papers == ()
    reply(province, provider, referral_id, accept=True)
    with province.as_(provider) as (session, _):
        papers = referrals.open_received(session, referral_id).papers
        assert [paper.form.number for paper in papers] == ["Mẫu số 01"]
        assert papers[0].row.child_name == "Nguyễn Thị Mẫu"
        assert repository.case_by_id(session, case_id) is None
        session.expunge_all()
        with province.as_(worker) as (sender, principal):
            referral = referrals.of_case(sender, case_id, referral_id)
            referrals.end(sender, referral, principal=principal, now=SystemClock().now())
        with pytest.raises(NotFoundError):
            referrals.open_received(session, referral_id)
        assert repository.parts(session, CaseIntake, case_id) == []


def test_a_refusal_says_why_and_closes_the_referral(
    province: Province, worker: Person, provider: Person
) -> None:
    case_id = province.open(worker, **HIV)
    referral_id = refer(province, worker, case_id, provider)
    with pytest.raises(ConflictError, match="Say why"):
        reply(province, provider, referral_id, accept=False)
    reply(province, provider, referral_id, accept=False, reason="Không có chuyên viên.")
    with pytest.raises(NotFoundError):
        reply(province, provider, referral_id, accept=True)
    with province.as_(worker) as (session, _):
        referral = referrals.of_case(session, case_id, referral_id)
        assert (referral.state, referral.answer_reason) == ("refused", "Không có chuyên viên.")


def test_a_referral_is_found_through_its_own_case_alone(
    province: Province, worker: Person, provider: Person
) -> None:
    mine, other = province.open(worker), province.open(worker)
    referral_id = refer(province, worker, other, provider)
    with province.as_(worker) as (session, _):
        assert referrals.of_case(session, other, referral_id).id == referral_id
        with pytest.raises(NotFoundError):
            referrals.of_case(session, mine, referral_id)


def test_a_referral_of_somebody_else_is_not_found(
    province: Province, worker: Person, provider: Person
) -> None:
    another = province.person(("service_staff", province.communes[0]))
    referral_id = refer(province, worker, province.open(worker), provider)
    with province.as_(another) as (session, principal):
        assert referrals.inbox(session, principal) == ()
        with pytest.raises(NotFoundError):
            referrals.open_received(session, referral_id)


def test_a_case_that_ends_takes_its_referrals_with_it(
    province: Province, worker: Person, leader: Person, provider: Person
) -> None:
    case_id = province.open(worker, **HIV)
    province.step(worker, case_id, "assess_initially")
    referral_id = refer(province, worker, case_id, provider)
    reply(province, provider, referral_id, accept=True)
    province.now = SystemClock().now()
    province.step(leader, case_id, "transfer")
    with province.as_(provider) as (session, _), pytest.raises(NotFoundError):
        referrals.open_received(session, referral_id)
    with pytest.raises(ConflictError, match="Transferred"):
        refer(province, worker, case_id, provider)


def test_a_referral_goes_to_people_of_the_province_alone(
    province: Province, worker: Person
) -> None:
    admin = province.person(("province_admin", None))
    case_id = province.open(worker)
    for stranger in (admin, worker):
        with pytest.raises(AnswersRefusedError) as caught:
            refer(province, worker, case_id, stranger)
        assert [fault.field for fault in caught.value.errors] == ["to_account"]


def test_a_receiver_refers_nothing_on(province: Province, worker: Person, provider: Person) -> None:
    case_id = province.open(worker, **HIV)
    referral_id = refer(province, worker, case_id, provider)
    reply(province, provider, referral_id, accept=True)
    with pytest.raises((NotFoundError, RefusedError)):
        refer(province, provider, case_id, worker)


def test_tasks_are_mine_or_my_communes_and_the_most_urgent_first(
    province: Province, worker: Person
) -> None:
    late = province.open(worker, received_at="05/03/2018 01:00")
    colleague = province.person("commune_worker")
    province.later(days=1)
    own = province.open(colleague)
    with province.as_(colleague) as (session, principal):
        tasks = tasks_of(session, principal, province.now)
        assert [task.clock.due for task in tasks if task.clock.due] == sorted(
            task.clock.due for task in tasks if task.clock.due
        )
        assert {True, False} == {task.is_mine for task in tasks}
        assert late in {task.case.id for task in tasks if task.overdue_by}
        mine = tasks_of(session, principal, province.now, mine_only=True)
        assert {task.case.id for task in mine} == {own}


def test_a_grant_outside_the_area_brings_the_case_into_ones_tasks(
    province: Province, worker: Person
) -> None:
    helper = province.person(("commune_worker", province.communes[1]))
    case_id = province.open(worker, **HIV)
    with province.door.tenant_session(1, reach=EVERYTHING) as session:
        give(
            session,
            helper.account_id,
            "assignment",
            subject_kind=team.CASE,
            subject_id=case_id,
            by=None,
            now=province.now,
        )
    with province.as_(helper) as (session, principal):
        assert {task.case.id for task in tasks_of(session, principal, province.now)} == {case_id}
