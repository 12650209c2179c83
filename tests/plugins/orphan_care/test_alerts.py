"""Alerts of the programme, each raised once, settled by itself, told to nobody without a right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from plugins.orphan_care.benefits.models import BenefitEntitlement, BenefitPayment, Dossier
from plugins.orphan_care.care.models import CareArrangement, CareVisit, CareVisitDue
from plugins.orphan_care.models import OrphanCareRecord, OrphanVerification
from plugins.orphan_care.relief.models import DisasterChild, DisasterEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from core.register.models import Child
    from core.testing.alerts import AlertDesk

DAY = date(2018, 5, 10)
KEY = "orphan_care"
NEVER = ("collaborator", "province_leader", "inspector", "province_confidential_officer")


@pytest.fixture
def child(desk: AlertDesk, make_child: Callable[..., Child]) -> Child:
    made = make_child()
    desk.put(made)
    return made


def detected(child: Child, **given: Any) -> OrphanCareRecord:
    values = {
        "detected_on": DAY,
        "mother_status": "deceased",
        "father_status": "deceased",
        "group_code": "a",
        "sub_group": "a3_kin",
        "current_carer": "kin",
        "needs": [],
    }
    return OrphanCareRecord(commune_id=child.commune_id, child_id=child.id, **(values | given))


def entitled(child: Child, **given: Any) -> BenefitEntitlement:
    values = {
        "category": "orphan",
        "born_on": date(2010, 2, 5),
        "studying": False,
        "starts_on": date(2018, 1, 1),
        "ends_by": date(2026, 2, 5),
        "counted_until": date(2026, 2, 5),
        "decision_no": "1",
        "decided_on": date(2018, 1, 1),
        "payment_method": "cash",
        "coefficient": 1,
        "base_vnd": 270_000,
        "amount_vnd": 270_000,
    }
    return BenefitEntitlement(commune_id=child.commune_id, child_id=child.id, **(values | given))


def raised_once(desk: AlertDesk, code: str, on: date, record: UUID) -> None:
    """Raised by the first look and by no other."""
    for _ in range(2):
        desk.look(on)
    assert [one.record_id for one in desk.raised(f"{KEY}.{code}")] == [record]


def told_to(desk: AlertDesk, code: str, on: date, commune: int, *roles: str) -> list[str]:
    """Those of the roles that are told."""
    full = f"{KEY}.{code}"
    return [role for role in roles if full in desk.codes(role, on, commune=commune)]


def settled(desk: AlertDesk, code: str, on: date) -> bool:
    desk.look(on)
    return all(one.settled_at is not None for one in desk.raised(f"{KEY}.{code}"))


@pytest.mark.parametrize(
    "given",
    [{}, {"mother_status": "alive_present", "current_carer": "none"}],
    ids=["dead", "alone"],
)
def test_a_child_without_anybody_is_told_until_it_is_verified(
    desk: AlertDesk, child: Child, given: dict[str, Any]
) -> None:
    found = detected(child, **given)
    desk.put(found)
    raised_once(desk, "child_alone", DAY, found.id)
    here = child.commune_id
    may = ("commune_leader", "commune_worker")
    assert told_to(desk, "child_alone", DAY, here, *may, "district_officer", *NEVER) == [*may]
    desk.put(
        OrphanVerification(commune_id=here, detection_id=found.id, verified_on=DAY, confirmed=True)
    )
    assert settled(desk, "child_alone", DAY)


def test_a_submitted_dossier_is_told_after_the_days_set(desk: AlertDesk, child: Child) -> None:
    dossier = Dossier(
        commune_id=child.commune_id,
        child_id=child.id,
        kind="allowance",
        opened_on=DAY,
        complete=True,
        submitted_on=DAY,
    )
    desk.put(dossier)
    desk.look(DAY + timedelta(days=29))
    assert desk.raised(f"{KEY}.dossier_late") == []
    late = DAY + timedelta(days=30)
    raised_once(desk, "dossier_late", late, dossier.id)
    may = ("commune_worker", "district_officer")
    roles = (*may, "commune_leader", "finance_officer", *NEVER)
    assert told_to(desk, "dossier_late", late, child.commune_id, *roles) == [*may]
    dossier.decided_on, dossier.result, dossier.decision_no = late, "refused", "2"
    desk.put(dossier)
    assert settled(desk, "dossier_late", late)


def test_the_birthday_that_ends_an_allowance_is_told_before_it(
    desk: AlertDesk, child: Child
) -> None:
    birthday = DAY + timedelta(days=60)
    paid = entitled(child, ends_by=birthday, counted_until=birthday)
    desk.put(paid)
    desk.look(DAY - timedelta(days=1))
    assert desk.raised(f"{KEY}.benefit_ends") == []
    raised_once(desk, "benefit_ends", DAY, paid.id)
    roles = ("commune_worker", "commune_leader", "finance_officer", *NEVER)
    assert told_to(desk, "benefit_ends", DAY, child.commune_id, *roles) == ["commune_worker"]
    assert settled(desk, "benefit_ends", birthday)


def test_a_month_without_payment_is_told_to_those_who_pay_too(
    desk: AlertDesk, child: Child
) -> None:
    may, april = date(2018, 5, 2), date(2018, 4, 1)
    paid = entitled(child, starts_on=april)
    desk.put(paid)
    desk.look(date(2018, 4, 30))
    assert desk.raised(f"{KEY}.month_unpaid") == []
    raised_once(desk, "month_unpaid", may, paid.id)
    roles = ("commune_worker", "finance_officer", *NEVER)
    told = told_to(desk, "month_unpaid", may, child.commune_id, *roles)
    assert told == ["commune_worker", "finance_officer"]
    desk.put(
        BenefitPayment(
            commune_id=child.commune_id,
            entitlement_id=paid.id,
            month=april,
            amount_vnd=270_000,
            status="paid",
            paid_on=may,
        )
    )
    assert settled(desk, "month_unpaid", may)


def test_a_visit_to_a_family_is_due_until_it_is_made(desk: AlertDesk, child: Child) -> None:
    here = child.commune_id
    care = CareArrangement(
        commune_id=here,
        child_id=child.id,
        care_type="kin",
        carer_name="Người chăm sóc",
        is_relative=True,
        basis="notified",
        capacity=1,
        assessed_on=DAY,
        assessment_result="suitable",
        siblings="none",
        starts_on=DAY,
        moved_from_facility=False,
    )
    due = DAY + timedelta(days=30)
    desk.put(care)
    desk.put(CareVisitDue(commune_id=here, arrangement_id=care.id, due_on=due))
    desk.look(due - timedelta(days=1))
    assert desk.raised(f"{KEY}.visit_due") == []
    raised_once(desk, "visit_due", due, care.id)
    roles = ("commune_worker", "commune_leader", "finance_officer", *NEVER)
    assert told_to(desk, "visit_due", due, here, *roles) == ["commune_worker"]
    desk.put(
        CareVisit(
            commune_id=here,
            arrangement_id=care.id,
            due_on=due,
            visited_on=due,
            on_time=True,
            wellbeing="good",
            school="good",
            health="good",
            concerns=[],
            still_in_care=True,
        )
    )
    assert settled(desk, "visit_due", due)


def test_a_disaster_is_told_until_its_children_are_listed(
    desk: AlertDesk, communes: tuple[int, ...]
) -> None:
    here = communes[0]
    flood = DisasterEvent(
        commune_id=here,
        name="Lũ",
        kind="flood",
        happened_on=DAY,
        children_affected=3,
        households_affected=2,
        children_supported=0,
    )
    desk.put(flood)
    raised_once(desk, "disaster_unlisted", DAY, flood.id)
    may = ("commune_worker", "district_officer")
    roles = (*may, "commune_leader", "finance_officer", *NEVER)
    assert told_to(desk, "disaster_unlisted", DAY, here, *roles) == [*may]
    desk.put(DisasterChild(commune_id=here, disaster_id=flood.id, position=1, age=7, sex="male"))
    assert settled(desk, "disaster_unlisted", DAY)
