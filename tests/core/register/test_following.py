"""Changes of a child and what they do; parents and what they propose; the yearly review."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.forms.errors import AnswersRefusedError
from core.kit.errors import ConflictError, MalformedError
from core.register.circumstances.groups import GROUPS, LAW_GROUPS
from core.register.family.models import ParentRecord
from core.register.family.proposals import proposed_group
from core.register.models import Child, Household
from core.register.reviewing.service import states, take
from core.tenancy.reach import Reach
from tests.core.register.conftest import NOW, ON, Register

if TYPE_CHECKING:
    from uuid import UUID


def child_of(register: Register, child: UUID) -> Child:
    with register.open() as session:
        return session.get_one(Child, (register.tenant, child))


def test_there_are_fourteen_groups_of_the_law_and_seven_are_kept_in_confidence() -> None:
    assert "".join(group.letter or "" for group in LAW_GROUPS) == "abcdđeghiklmno"
    kept = "".join(group.letter or "" for group in LAW_GROUPS if group.is_confidential)
    assert kept == "đegiklm"
    assert {group.scheme for group in GROUPS.values()} == {"LAW2016", "QD647", "P2004"}


def test_a_death_ends_the_counting_on_its_day(register: Register) -> None:
    child = register.child("Chảo A Mìn")
    register.submit(
        "status_change",
        child_id=child,
        status="deceased",
        changed_on="20/05/2018",
        death_cause="drowning",
    )
    found = child_of(register, child)
    assert (found.status, found.left_on) == ("deceased", date(2018, 5, 20))
    assert found.child_until == date(2018, 5, 20)


def test_a_death_without_a_cause_and_dropping_out_without_a_reason_are_refused(
    register: Register,
) -> None:
    child = register.child("Chảo Thị Mán")
    with pytest.raises(AnswersRefusedError) as refused:
        register.submit("status_change", child_id=child, status="deceased", changed_on="20/05/2018")
    assert [error.field for error in refused.value.errors] == ["death_cause"]
    with pytest.raises(AnswersRefusedError) as refused:
        register.submit(
            "schooling", child_id=child, schooling="dropped_out", changed_on="01/05/2018"
        )
    assert {error.field for error in refused.value.errors} == {
        "grade",
        "dropout_reason",
        "is_working",
    }


def test_whoever_comes_back_is_counted_again(register: Register) -> None:
    child = register.child("Chảo Láo Tả")
    for status, day in (("moved_out", "01/03/2018"), ("active", "01/05/2018")):
        register.submit("status_change", child_id=child, status=status, changed_on=day)
    found = child_of(register, child)
    assert (found.status, found.left_on, found.child_until) == ("active", None, date(2026, 1, 1))


def test_the_latest_change_says_where_a_child_goes_to_school(register: Register) -> None:
    child = register.child("Má Thị Di")
    for schooling, day in (("lower_secondary", "01/04/2018"), ("preschool", "01/09/2017")):
        register.submit("schooling", child_id=child, schooling=schooling, changed_on=day)
    assert child_of(register, child).schooling == "lower_secondary"


def test_poverty_is_kept_year_by_year(register: Register) -> None:
    from tests.core.register.test_service import new_household

    with register.open() as session:
        household = new_household(session, register.here, "Thào A Chú")
        code, key = household.household_code, household.id
    for year, status in ((2018, "near_poor"), (2016, "poor")):
        register.submit("poverty_year", household_id=code, year=str(year), poverty_status=status)
    with register.open() as session:
        found = session.get_one(Household, (register.tenant, key))
        assert (found.poverty_status, found.poverty_year) == ("near_poor", 2018)


def test_a_record_lies_where_its_child_lives_whatever_is_sent(register: Register) -> None:
    from core.register.support.models import SupportDelivery

    child = register.child("Lồ Thị Pà", commune_id=register.there)
    made = register.submit(
        "support_delivery",
        child_id=child,
        commune_id=register.here,
        delivered_on="01/02/2018",
        support_type="cash",
        protection_level="recovery",
    )
    with register.open() as session:
        delivery = session.get_one(SupportDelivery, (register.tenant, made))
        assert delivery.commune_id == register.there


def parent(life: str, availability: str | None = None) -> ParentRecord:
    return ParentRecord(life_status=life, availability=availability)


@pytest.mark.parametrize(
    ("mother", "father", "group"),
    [
        (parent("dead"), parent("dead"), "csc_orphan_both"),
        (parent("dead"), parent("missing"), "csc_no_support"),
        (parent("alive", "imprisoned"), parent("dead"), "csc_no_support"),
        (parent("alive", "present"), parent("dead"), None),
        (parent("alive", "works_away"), parent("alive", "present"), None),
        (parent("dead"), parent("unknown"), None),
        (parent("dead"), None, None),
    ],
)
def test_the_parents_situation_proposes_and_never_sets_a_group(
    mother: ParentRecord, father: ParentRecord | None, group: str | None
) -> None:
    assert proposed_group(mother, father) == group


def test_a_sub_group_must_be_of_its_group(register: Register) -> None:
    child = register.child("Ly Seo Sèng")
    with pytest.raises(AnswersRefusedError) as refused:
        register.circumstance(child, "csc_abandoned", sub_group_code="a3_kin")
    assert [error.field for error in refused.value.errors] == ["sub_group_code"]


def test_a_review_is_verified_confirmed_and_locked_in_this_order(register: Register) -> None:
    place = register.there
    register.child("Tẩn A Nhì", commune_id=place, date_of_birth=date(2001, 6, 1))
    reach = Reach(communes=frozenset({place}))
    step = {"by": None, "now": NOW, "today": ON}
    with register.open(reach) as session:
        with pytest.raises(ConflictError):
            take(session, place, 2017, "lock", **step)
        with pytest.raises(MalformedError):
            take(session, place, 2019, "verify", **step)
        take(session, place, 2017, "verify", **step)
        with pytest.raises(ConflictError):
            take(session, place, 2017, "verify", **step)
        take(session, place, 2017, "confirm", **step)
        take(session, place, 2017, "lock", **step)
        locked = states(session, 2017)[place]
    assert locked.state == "locked"
    assert locked.persons is not None
    assert locked.under_16 is not None
    assert locked.persons > locked.under_16
    register.child("Tẩn A Ba", commune_id=place)
    with register.open(reach) as session:
        assert states(session, 2017)[place] == locked
