"""Codes and recovery codes work once, also for those who are quick."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pyotp
import pytest
from sqlalchemy import text

from core.identity.models import Stage
from core.identity.recovery import CODES, codes_left, make_recovery_codes
from core.identity.roles import ROLES
from core.identity.second_factor import (
    STEP,
    awaited,
    begin_enrolment,
    confirm_enrolment,
    give_up_factor,
    matching_step,
    use_code,
)
from core.kit.errors import ConflictError
from tests.core.identity.conftest import NOW, TENANT

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase
    from tests.core.identity.conftest import Staff

# Source: RFC 6238, appendix B (SHA-1; the last six of its eight digits).
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def _enrolled(door: TenantDoor, account: UUID, at: datetime = NOW) -> pyotp.TOTP:
    with door.tenant_session(TENANT) as session:
        app = pyotp.TOTP(begin_enrolment(session, account, "login", now=at).secret)
        assert confirm_enrolment(session, account, app.at(at), now=at)
    return app


def _use(door: TenantDoor, account: UUID, code: str, at: datetime) -> bool:
    with door.tenant_session(TENANT) as session:
        return use_code(session, account, code, now=at)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = NOW.fromtimestamp(seconds, tz=NOW.tzinfo)
    assert matching_step(RFC_SECRET, code, at) == seconds // 30


@pytest.mark.parametrize("away", [-2, -1, 0, 1, 2])
def test_a_clock_may_be_one_step_off(door: TenantDoor, staff: Staff, away: int) -> None:
    account = staff.account()
    app = _enrolled(door, account, NOW - timedelta(hours=1))
    assert _use(door, account, app.at(NOW + away * STEP), NOW) is (abs(away) <= 1)


def test_a_code_works_once_and_no_older_one_after_it(door: TenantDoor, staff: Staff) -> None:
    account, later = staff.account(), NOW + timedelta(minutes=5)
    app = _enrolled(door, account)
    assert not _use(door, account, app.at(NOW), NOW)  # it confirmed the app
    assert _use(door, account, app.at(later), later)
    assert not _use(door, account, app.at(later), later)
    assert not _use(door, account, app.at(later - STEP), later)
    assert _use(door, account, f" {app.at(later + STEP)} ", later)


def test_of_many_who_use_one_code_at_once_one_gets_in(door: TenantDoor, staff: Staff) -> None:
    account, later = staff.account(), NOW + timedelta(minutes=5)
    code = _enrolled(door, account).at(later)
    with ThreadPoolExecutor(12) as threads:
        got_in = list(threads.map(lambda _n: _use(door, account, code, later), range(36)))
    assert sum(got_in) == 1


def test_a_recovery_code_works_once_also_at_once(door: TenantDoor, staff: Staff) -> None:
    account = staff.account()
    with door.tenant_session(TENANT) as session:
        codes = make_recovery_codes(session, account)
    assert len(set(codes)) == CODES
    with ThreadPoolExecutor(12) as threads:
        got_in = list(threads.map(lambda _n: _use(door, account, codes[0], NOW), range(36)))
    assert sum(got_in) == 1
    assert _use(door, account, codes[1].replace("-", " ").upper(), NOW)
    assert not _use(door, staff.account(), codes[2], NOW)
    with door.tenant_session(TENANT) as session:
        assert codes_left(session, account) == CODES - 2


def test_new_recovery_codes_end_the_old_ones(door: TenantDoor, staff: Staff) -> None:
    account = staff.account()
    with door.tenant_session(TENANT) as session:
        old = make_recovery_codes(session, account)
        new = make_recovery_codes(session, account)
    assert not _use(door, account, old[0], NOW)
    assert _use(door, account, new[0], NOW)


def test_an_app_counts_once_its_first_code_was_right(door: TenantDoor, staff: Staff) -> None:
    account = staff.account()
    with door.tenant_session(TENANT) as session:
        first = begin_enrolment(session, account, "login", now=NOW)
        assert begin_enrolment(session, account, "login", now=NOW) == first
        app = pyotp.TOTP(first.secret)
        assert not use_code(session, account, app.at(NOW), now=NOW)
        assert not confirm_enrolment(session, account, app.at(NOW - 3 * STEP), now=NOW)
        assert awaited(session, account) is Stage.ENROL
        assert confirm_enrolment(session, account, app.at(NOW), now=NOW)
        assert awaited(session, account) is Stage.CODE
        assert not confirm_enrolment(session, account, app.at(NOW), now=NOW)
        with pytest.raises(ConflictError):
            begin_enrolment(session, account, "login", now=NOW)


def test_an_app_that_was_given_up_works_no_more(door: TenantDoor, staff: Staff) -> None:
    account, later = staff.account(), NOW + timedelta(minutes=5)
    app = _enrolled(door, account)
    with door.tenant_session(TENANT) as session:
        codes = make_recovery_codes(session, account)
        give_up_factor(session, account, by=account)
        assert awaited(session, account) is Stage.ENROL
    assert not _use(door, account, app.at(later), later)
    assert not _use(door, account, codes[0], later)


def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database(
    door: TenantDoor, staff: Staff, database: TestDatabase
) -> None:
    account = staff.account()
    app = _enrolled(door, account)
    with door.tenant_session(TENANT) as session:
        codes = make_recovery_codes(session, account)
    with database.admin.connect() as connection:
        stored = "".join(
            str(row)
            for table in ("second_factor", "recovery_code")
            for row in connection.execute(text(f"SELECT {table}::text FROM core.{table}"))  # noqa: S608  our own names
        )
    assert str(account) in stored
    assert app.secret not in stored
    assert app.secret.encode().hex() not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_all_roles_ask_for_it_but_the_one_that_sees_released_figures_alone() -> None:
    assert {role.code for role in ROLES if not role.second_factor} == {"ministry_analyst"}


def test_a_role_that_core_does_not_know_asks_for_it(
    door: TenantDoor, staff: Staff, database: TestDatabase
) -> None:
    account = staff.account("ministry_analyst")
    with door.tenant_session(TENANT) as session:
        assert awaited(session, account) is Stage.FULL
    with database.admin.begin() as connection:
        connection.execute(
            text("UPDATE core.role_grant SET role = 'plugin.role' WHERE account_id = :id"),
            {"id": account},
        )
    with door.tenant_session(TENANT) as session:
        assert awaited(session, account) is Stage.ENROL
