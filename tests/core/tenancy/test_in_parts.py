"""An answer in parts: read while the database looks for the next, and left at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import OperationalError

from core.tenancy.models import TENANT_COLUMN, Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession

OWN = Tenant.id == bindparam(TENANT_COLUMN)
FIVE = select(func.generate_series(1, 5)).where(OWN)
SLOW = select(func.pg_sleep(2)).where(OWN)


@pytest.fixture
def session(door: TenantDoor) -> Iterator[TenantSession]:
    with door.tenant_session(1, read_only=True) as opened:
        yield opened


def open_cursors(session: TenantSession) -> int:
    found = session.connection().exec_driver_sql("SELECT count(*) FROM pg_cursors")
    return int(found.scalar_one())


@pytest.mark.parametrize("ahead", [False, True])
def test_parts_are_the_whole_answer_in_its_order(session: TenantSession, *, ahead: bool) -> None:
    read = []
    with session.rows_in_parts(FIVE, 2) as parts:
        for part in parts:
            if ahead:
                parts.go_ahead()
                parts.go_ahead()
            read.append([number for (number,) in part])
    assert read == [[1, 2], [3, 4], [5]]
    assert open_cursors(session) == 0


def test_nothing_else_is_asked_before_the_part_that_is_under_way(session: TenantSession) -> None:
    with session.rows_in_parts(FIVE, 2) as parts:
        next(parts)
        assert open_cursors(session) == 1
        parts.go_ahead()
        with pytest.raises(OperationalError, match="another command"):
            open_cursors(session)
        assert list(parts) == [[(3,), (4,)], [(5,)]]


@pytest.mark.parametrize("ahead", [False, True])
def test_an_answer_that_is_left_early_leaves_nothing_open(
    session: TenantSession, *, ahead: bool
) -> None:
    with pytest.raises(ZeroDivisionError), session.rows_in_parts(FIVE, 1) as parts:  # noqa: PT012
        next(parts)
        if ahead:
            parts.go_ahead()
        raise ZeroDivisionError
    assert open_cursors(session) == 0


def test_a_part_that_takes_too_long_is_told_as_any_other_statement(session: TenantSession) -> None:
    session.limit_statements(0.1)
    with (
        pytest.raises(OperationalError, match="statement timeout"),
        session.rows_in_parts(SLOW, 1) as parts,
    ):
        next(parts)
    session.rollback()
