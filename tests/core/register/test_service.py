"""The register is searched and listed within reach, and never by counting or skipping."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.exc import IntegrityError

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.kit.errors import NotFoundError
from core.kit.text import fold, vi_sort_key
from core.register.models import Child, Household
from core.register.service import (
    find_child,
    find_household,
    get_child,
    get_household,
    index_child,
    list_children,
    search_children,
    search_households,
)
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

ON = date(2018, 6, 1)
NAMES = ("Đỗ Ngọc Châu", "Đào Thị Chi", "Nguyễn Văn An", "Nguyễn Nguyên An", "Hoà Bình", "An An")


@pytest.fixture(scope="module")
def communes(database: TestDatabase) -> tuple[int, int]:
    with database.owner.connect() as connection:
        statement = select(Area.id).where(Area.level == COMMUNE, exists_on(ON)).order_by(Area.id)
        first, second = connection.scalars(statement.limit(2))
    return first, second


def new_child(session: TenantSession, commune: int, name: str | None) -> Child:
    child = Child(
        commune_id=commune,
        full_name=name,
        name_unknown=name is None,
        name_sort=vi_sort_key(name or ""),
        sex="female",
        date_of_birth=date(2010, 1, 1),
        dob_precision="day",
        ethnicity="kinh",
        birth_registration="registered",
        relation_to_head="no_household",
        residence_status="permanent",
        schooling="primary",
        registered_on=ON,
        source="survey",
        generated=True,
    )
    session.add(child)
    session.flush()
    index_child(session, child)
    return child


def new_household(session: TenantSession, commune: int, name: str) -> Household:
    household = Household(
        commune_id=commune,
        address="Ấp Một",
        head_name=name,
        head_fold=fold(name),
        poverty_status="unknown",
        residence_status="permanent",
        generated=True,
    )
    session.add(household)
    session.flush()
    return household


@pytest.fixture
def session(door: TenantDoor, communes: tuple[int, int]) -> Iterator[TenantSession]:
    """A province with six children in one commune and one in another; rolled back."""
    with door.open(1, reach=Reach.whole_tenant()) as session:
        for name in NAMES:
            new_child(session, communes[0], name)
        new_child(session, communes[1], "Đỗ Ngọc Châu")
        yield session
        session.rollback()


def names(session: TenantSession, text: str, limit: int = 10) -> list[str | None]:
    return [match.full_name for match in search_children(session, text, limit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("do chau", ["Đỗ Ngọc Châu", "Đỗ Ngọc Châu"]),
        ("CHÂU đỗ", ["Đỗ Ngọc Châu", "Đỗ Ngọc Châu"]),
        ("đào ch", ["Đào Thị Chi"]),
        ("hòa", ["Hoà Bình"]),
        ("nguyen an", ["Nguyễn Nguyên An", "Nguyễn Văn An"]),
        ("nguyen nguyen", ["Nguyễn Nguyên An", "Nguyễn Văn An"]),
        ("an", ["An An", "Nguyễn Nguyên An", "Nguyễn Văn An"]),
        ("guyen", []),
        ("%", []),
        ("", []),
        ("' OR 1=1 --", []),
        ("do chau khong", []),
        ("TE-", None),
    ],
)
def test_search_finds_beginnings_of_all_words_without_accents(
    session: TenantSession, text: str, found: list[str] | None
) -> None:
    if found is None:
        assert len(names(session, text)) == 7
    else:
        assert names(session, text) == found


def test_search_gives_each_child_once_and_no_more_than_asked(session: TenantSession) -> None:
    new_child(session, session.scalars(select(Child.commune_id)).first() or 0, "Nam Nga Ngà Ngân")
    assert len(names(session, "n", 2)) == 2
    assert len(names(session, "ng")) == 5


def test_search_by_code_finds_the_child(session: TenantSession) -> None:
    child = session.scalars(select(Child).where(Child.full_name == "Hoà Bình")).one()
    found = search_children(session, f" {child.child_code.lower()} ")
    assert [match.id for match in found] == [child.id]
    assert find_child(session, child.child_code) == child.id
    assert find_child(session, str(child.id)) == child.id
    assert find_child(session, child.child_code[:-1]) is None
    assert find_child(session, "x" * 100_000) is None


def test_search_keeps_within_the_reach(door: TenantDoor, communes: tuple[int, int]) -> None:
    with door.tenant_session(2) as session:
        near = new_child(session, communes[0], "Lò Thị Páo").id
        far = new_child(session, communes[1], "Lò Thị Páo").id
    with door.tenant_session(2, reach=Reach(communes=frozenset({communes[0]}))) as session:
        assert [match.id for match in search_children(session, "pao")] == [near]
        assert [line.id for line in list_children(session)] == [near]
        assert get_child(session, near).id == near
        assert find_child(session, str(far)) is None
        for missing in (far, uuid4()):
            with pytest.raises(NotFoundError):
                get_child(session, missing)
            with pytest.raises(NotFoundError):
                list_children(session, after=missing)
    with door.tenant_session(1) as session:
        assert search_children(session, "pao") == ()
        assert find_child(session, str(near)) is None


def test_children_are_listed_in_vietnamese_order_page_by_page(session: TenantSession) -> None:
    listed: list[str | None] = []
    after = None
    while page := list_children(session, after, 3):
        listed.extend(get_child(session, line.id).full_name for line in page)
        after = page[-1].id
    assert listed == [
        "An An",
        "Đào Thị Chi",
        "Đỗ Ngọc Châu",
        "Đỗ Ngọc Châu",
        "Hoà Bình",
        "Nguyễn Nguyên An",
        "Nguyễn Văn An",
    ]


def test_statements_never_skip_count_or_match_patterns_nor_list_names(
    session: TenantSession,
) -> None:
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement.lower())

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    try:
        first = list_children(session, None, 2)
        list_children(session, first[-1].id, 2)
        assert not any("full_name" in statement for statement in said)
        search_children(session, "nguyen an")
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert said
    for statement in said:
        assert not any(word in statement for word in (" like ", "ilike", "offset", "count("))


def test_a_new_name_replaces_the_old_words(session: TenantSession) -> None:
    child = session.scalars(select(Child).where(Child.full_name == "Hoà Bình")).one()
    child.full_name = "Lý Thu Thu"
    index_child(session, child)
    assert names(session, "hoa") == []
    assert names(session, "thu ly") == ["Lý Thu Thu"]


def test_households_are_found_by_head_and_code(
    session: TenantSession, communes: tuple[int, int]
) -> None:
    household = new_household(session, communes[0], "Đặng Văn Ư")
    new_household(session, communes[0], "Lê Đặng")
    for text in ("dang", "đặng văn", household.household_code.lower()):
        assert [match.id for match in search_households(session, text)] == [household.id]
    assert search_households(session, "van") == ()
    assert search_households(session, "") == ()
    assert find_household(session, household.household_code) == household.id
    assert get_household(session, household.id) is household
    with pytest.raises(NotFoundError):
        get_household(session, uuid4())


def test_merged_records_are_not_offered_to_forms(session: TenantSession) -> None:
    child = session.scalars(select(Child).where(Child.full_name == "Hoà Bình")).one()
    child.status, child.left_on = "duplicate", ON
    session.flush()
    assert find_child(session, child.child_code) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "moved_out"},
        {"left_on": ON},
        {"sex": "x"},
        {"full_name": None},
        {"date_of_birth": date(2018, 6, 2)},
    ],
)
def test_the_database_refuses_what_cannot_be(
    session: TenantSession, wrong: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        session.execute(
            update(Child).where(Child.tenant_id == 1, Child.full_name == "Hoà Bình").values(wrong)
        )


def test_a_child_cannot_live_in_another_tenants_household(
    door: TenantDoor, communes: tuple[int, int]
) -> None:
    with door.tenant_session(2) as session:
        household = new_household(session, communes[0], "Lò Văn Hai").id
    with door.open(1, reach=Reach.whole_tenant()) as session:
        child = new_child(session, communes[0], "Lò Thị Ba")
        child.household_id = household
        with pytest.raises(IntegrityError):
            session.flush()


def test_creation_time_is_kept(session: TenantSession) -> None:
    child = session.scalars(select(Child).where(Child.full_name == "Hoà Bình")).one()
    assert child.created_at <= datetime.now(UTC)
