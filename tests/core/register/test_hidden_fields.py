"""Lists and search serve readers from whom a child's own fields are hidden: partners."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from core.access.grants import give
from core.db.base import DataClass
from core.register.models import Child
from core.register.service import list_children, search_children
from core.tenancy.reach import Reach
from tests.core.register.conftest import NOW, Register

if TYPE_CHECKING:
    from uuid import UUID

OWN = frozenset(
    f"core.child.{column.name}"
    for column in Child.__table__.columns
    if column.info["data_class"] is DataClass.PERSONAL
)


def partner(holder: UUID, *shown: str) -> Reach:
    return Reach(
        communes=frozenset(),
        holder=holder,
        partner=True,
        classes=(("core", DataClass.PERSONAL),),
        hidden=OWN - {f"core.child.{name}" for name in shown},
    )


@pytest.fixture
def enrolled(register: Register) -> tuple[UUID, UUID]:
    """A partner and the one child that is enrolled with it."""
    holder, child = uuid4(), register.child("Đinh Thị Hương")
    register.child("Đinh Thị Hường")
    with register.open() as session:
        give(
            session,
            holder,
            "enrolment",
            subject_kind="core.child",
            subject_id=child,
            by=None,
            now=NOW,
        )
    return holder, child


def test_a_partner_lists_enrolled_children_without_what_is_hidden(
    register: Register, enrolled: tuple[UUID, UUID]
) -> None:
    holder, child = enrolled
    with register.open(partner(holder)) as session:
        (line,) = list_children(session)
        assert (line.id, line.sex, line.date_of_birth, line.status) == (child, None, None, None)
        assert list_children(session, after=child) == ()


def test_a_partner_searches_by_code_alone_unless_names_are_shown(
    register: Register, enrolled: tuple[UUID, UUID]
) -> None:
    holder, child = enrolled
    with register.open(partner(holder)) as session:
        code = list_children(session)[0].child_code
        assert search_children(session, "dinh huong") == ()
        (found,) = search_children(session, code)
        assert (found.id, found.full_name) == (child, None)
