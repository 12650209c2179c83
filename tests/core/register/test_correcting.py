"""A child's own record is corrected by hand, and whatever rests on it follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.forms.errors import AnswersRefusedError
from core.kit.periods import Period
from core.register.counting.models import CircumstanceSpell
from core.register.models import Child
from core.register.service import search_children
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from tests.core.register.conftest import Register

YEAR = Period.parse("2018").window


def test_a_card_and_a_late_registration_are_entered_when_they_come(register: Register) -> None:
    child = register.child(
        date_of_birth=date(2015, 3, 1),
        birth_registration="not_registered",
        not_registered_reason="Cha mẹ đi làm xa",
    )
    register.count()
    changed = {"birth_registration": "late", "health_insurance_card": "TE1890000000001"}
    assert register.correct("child", child, **changed)
    register.count()
    with register.open(Reach.whole_tenant()) as session:
        kept = session.get_one(Child, (register.tenant, child))
        assert (kept.birth_registration, kept.not_registered_reason) == ("late", None)
        assert register.figures(session).measure("core.children_insured", YEAR).count == 1


def test_a_corrected_name_is_found_and_the_old_one_is_not(register: Register) -> None:
    child = register.child("Nguyễn Văn Sai")
    register.correct("child", child, full_name="Nguyễn Văn Đúng")
    with register.open() as session:
        assert [one.id for one in search_children(session, "nguyen van dung")] == [child]
        assert list(search_children(session, "nguyen van sai")) == []


def test_head_counts_follow_a_corrected_sex(register: Register) -> None:
    child = register.child()
    register.circumstance(child, "csc_disability")
    register.correct("child", child, sex="male")
    with register.open(Reach.counting()) as session:
        statement = select(CircumstanceSpell.sex).where(CircumstanceSpell.child_id == child)
        mine = statement.where(CircumstanceSpell.tenant_id == register.tenant)
        assert session.scalars(mine).all() == ["male"]


def test_a_child_neither_moves_nor_grows_up_by_a_correction(register: Register) -> None:
    child = register.child()
    assert not register.correct("child", child, commune_id=str(register.there))
    with pytest.raises(AnswersRefusedError) as refused:
        register.correct("child", child, date_of_birth="01/01/1999")
    assert [error.field for error in refused.value.errors] == ["date_of_birth"]


def test_a_disability_has_its_degree(register: Register) -> None:
    child = register.child()
    with pytest.raises(AnswersRefusedError) as refused:
        register.correct("child", child, disability_types=["sight"])
    assert [error.field for error in refused.value.errors] == ["disability_severity"]
    both = {"disability_types": ["sight", "mental"], "disability_severity": "severe"}
    assert register.correct("child", child, **both)
    with register.open(Reach.whole_tenant()) as session:
        kept = session.get_one(Child, (register.tenant, child))
        assert (kept.disability_types, kept.disability_severity) == (["sight", "mental"], "severe")
