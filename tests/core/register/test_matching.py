"""Likely duplicates within reach, whatever a child is registered for; merging and undoing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.kit.errors import ConflictError, NotFoundError
from core.kit.text import name_tokens
from core.register.circumstances.models import SpecialCircumstance
from core.register.matching import merging
from core.register.matching.likeness import LIKELY, Person, likeness
from core.register.matching.service import likely_pairs, likely_same, new_person
from core.register.models import Child
from core.register.service import list_children, search_children
from core.register.support.models import SupportDelivery
from core.tenancy.reach import Reach
from tests.core.register.conftest import NOW, ON, Register, overseer

if TYPE_CHECKING:
    from uuid import UUID

BORN = date(2012, 3, 5)


def person(name: str, born: date = BORN, **more: object) -> Person:
    values = {"exact": True, "sex": "female"} | more
    return Person(name_tokens(name), born, **values)  # type: ignore[arg-type]  # passed through


@pytest.mark.parametrize(
    ("other", "likely"),
    [
        (person("Nguyễn Thị Hoà"), True),
        (person("Nguyen Thi Hoa"), True),
        (person("Hòa Nguyễn Thị"), True),
        (person("Nguyễn Thị Hoà", date(2012, 5, 3)), True),
        (person("Nguyễn Thị Hoà", date(2012, 3, 25)), True),
        (person("Nguyễn Thị Hoà", date(2013, 3, 5)), True),
        (person("Nguyễn Thị Hoà", date(2012, 1, 1), exact=False), True),
        (person("Nguyễn Hoà"), True),
        (person("Nguyễn Thị Hoà", date(2008, 7, 9)), False),
        (person("Nguyễn Thị Hoà", date(2008, 7, 9), mother="le thi an"), True),
        (person("Nguyễn Thị Hà"), False),
        (person("Trần Văn Bình"), False),
        (person("Nguyễn Thị Hoà", sex="male"), False),
        (person("", mother="le thi an"), True),
    ],
)
def test_likeness_is_of_names_dates_sex_and_family(other: Person, likely: bool) -> None:  # noqa: FBT001  a table
    one = person("Nguyễn Thị Hoà", mother="le thi an")
    assert (likeness(one, other) >= LIKELY) is likely
    assert likeness(one, other) == likeness(other, one)


def asked(register: Register, reach: Reach | None = None) -> list[str | None]:
    with register.open(reach) as session:
        found = likely_same(session, new_person("Vi Thi Sang", BORN, "female"))
        return [child.full_name for child in found]


def test_before_creating_likely_records_within_reach_are_shown(register: Register) -> None:
    register.child("Vi Thị Sang", date_of_birth=BORN)
    register.child("Vi Thị Sáng", date_of_birth=BORN, commune_id=register.there)
    register.child("Lò Văn Sang", date_of_birth=BORN)
    assert sorted(filter(None, asked(register))) == ["Vi Thị Sang", "Vi Thị Sáng"]
    assert asked(register, Reach(communes=frozenset({register.here}))) == ["Vi Thị Sang"]


def test_a_confidential_record_or_another_area_changes_nothing_in_the_duplicate_view(
    register: Register, statements: list[str]
) -> None:
    """The same answers in the same order by the same number of statements. Source: §1.8."""
    child = register.child("Đèo Thị Ngân", date_of_birth=BORN)
    register.child("Đèo Thị Ngân", date_of_birth=date(2012, 3, 9))
    bounded = Reach(communes=frozenset({register.here}))
    new = new_person("Deo Thi Ngan", BORN, "female")

    def answers() -> tuple[object, ...]:
        statements.clear()
        with register.open(bounded) as session:
            found = (likely_same(session, new), likely_pairs(session), list_children(session))
            found += (search_children(session, "deo ngan"),)  # type: ignore[assignment]
        return (*found, len(statements), [s.partition("FROM")[2] for s in statements])

    before = answers()
    register.circumstance(child, "csc_sexual_abuse")
    elsewhere = register.child("Đèo Thị Ngân", date_of_birth=BORN, commune_id=register.there)
    register.circumstance(elsewhere, "csc_hiv")
    assert answers() == before


def pair(register: Register, name: str) -> tuple[UUID, UUID]:
    """Two records of one child; the second has a help, a group and a confidential group."""
    survivor = register.child(name, date_of_birth=BORN)
    loser = register.child(name, date_of_birth=BORN)
    register.support(survivor, "02/02/2018")
    register.support(loser, "03/02/2018")
    register.circumstance(loser, "csc_disability")
    register.circumstance(loser, "csc_violence")
    return survivor, loser


def merge(register: Register, survivor: UUID, loser: UUID) -> UUID:
    with register.open(Reach(communes=frozenset({register.here}))) as session:
        return merging.merge(session, survivor, loser, by=uuid4(), now=NOW, today=ON).id


def pointed(register: Register, child: UUID) -> tuple[int, int]:
    """How many helps and circumstances of a child, confidential ones too."""
    with register.open(overseer()) as session:
        return tuple(  # type: ignore[return-value]  # two
            len(session.scalars(select(model.id).where(model.child_id == child)).all())
            for model in (SupportDelivery, SpecialCircumstance)
        )


def test_what_pointed_at_the_loser_follows_the_survivor_and_goes_back(register: Register) -> None:
    survivor, loser = pair(register, "Quàng Thị Xuân")
    register.count()
    made = merge(register, survivor, loser)
    assert pointed(register, survivor) == (2, 2)
    assert pointed(register, loser) == (0, 0)
    register.count()
    later = register.support(survivor, "05/05/2018")
    with register.open() as session:
        merging.undo(session, survivor, made, by=uuid4(), now=NOW)
    assert pointed(register, survivor) == (2, 0)
    assert pointed(register, loser) == (1, 2)
    register.count()
    with register.open() as session:
        assert session.get_one(SupportDelivery, (register.tenant, later)).child_id == survivor
        child = session.get_one(Child, (register.tenant, loser))
        assert (child.status, child.left_on, child.merged_into) == ("active", None, None)


def test_figures_count_a_merged_child_once(register: Register) -> None:
    survivor, loser = pair(register, "Cầm Thị Mai")
    register.count()

    def under_16() -> int:
        from core.kit.periods import Period

        with register.open() as session:
            window = Period.parse("2018").window
            return register.figures(session).measure("core.children_under_16", window).count

    before = under_16()
    made = merge(register, survivor, loser)
    register.count()
    assert under_16() == before - 1
    with register.open() as session:
        merging.undo(session, survivor, made, by=None, now=NOW)
    register.count()
    assert under_16() == before


def test_a_merged_record_is_found_and_listed_no_more(register: Register) -> None:
    survivor, loser = pair(register, "Tòng Thị Yến")
    made = merge(register, survivor, loser)
    with register.open() as session:
        assert [match.id for match in search_children(session, "tong yen")] == [survivor]
        assert loser not in {line.id for line in list_children(session)}
        merging.undo(session, survivor, made, by=None, now=NOW)
        assert len(search_children(session, "tong yen")) == 2


def test_a_merge_that_does_not_fit_is_refused(register: Register) -> None:
    survivor, loser = pair(register, "Hà Thị Liên")
    elsewhere = register.child("Hà Thị Liên", commune_id=register.there)
    with register.open() as session:
        for other, error in ((survivor, ConflictError), (elsewhere, ConflictError)):
            with pytest.raises(error):
                merging.merge(session, survivor, other, by=None, now=NOW, today=ON)
        with pytest.raises(NotFoundError):
            merging.merge(session, survivor, uuid4(), by=None, now=NOW, today=ON)
    merge(register, survivor, loser)
    with register.open() as session, pytest.raises(ConflictError):
        merging.merge(session, survivor, loser, by=None, now=NOW, today=ON)


def test_merging_says_the_same_with_and_without_a_confidential_record(register: Register) -> None:
    """Who merges learns nothing: no row of the merge is theirs to read."""
    from core.register.matching.models import MergedRow

    survivor, loser = pair(register, "Lường Thị Hạnh")
    merge(register, survivor, loser)
    for reach in (None, overseer(), Reach(communes=frozenset({register.here}))):
        with register.open(reach) as session:
            assert session.scalars(select(MergedRow)).all() == []
