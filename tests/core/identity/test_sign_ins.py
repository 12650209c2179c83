"""When a sign-in ends, and what half a sign-in is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from core.identity.errors import FieldFaultError
from core.identity.models import Account, SignIn, Stage
from core.identity.own_password import change_own_password
from core.identity.service import (
    ABSOLUTE,
    HALF_LIFE,
    IDLE,
    end_sign_in,
    end_sign_ins,
    hold_account,
    open_sign_in,
    open_sign_ins,
    replace_sign_in,
    resolve,
    touch,
)
from core.kit.errors import NotFoundError
from tests.core.identity.conftest import NOW, OTHER, TENANT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.identity.service import SignedIn
    from core.tenancy.door import TenantDoor
    from tests.core.identity.conftest import Staff

MOMENT = timedelta(seconds=1)
OLD, NEW = "con mèo nhỏ ngủ trên mái nhà", "ba cây cầu khỉ qua con rạch"


def _open(door: TenantDoor, account: UUID, *, second_factor: bool = True) -> str:
    with door.tenant_session(TENANT) as session:
        return open_sign_in(session, account, now=NOW, second_factor=second_factor)


def _resolve(
    door: TenantDoor, token: str, at: datetime = NOW, *, demonstration: bool = False
) -> SignedIn | None:
    with door.tenant_session(TENANT, read_only=True) as session:
        return resolve(session, token, now=at, demonstration=demonstration)


def _found(
    door: TenantDoor, token: str, at: datetime = NOW, *, demonstration: bool = False
) -> SignedIn:
    found = _resolve(door, token, at, demonstration=demonstration)
    assert found is not None
    return found


def _ends(door: TenantDoor, account: UUID) -> Sequence[datetime]:
    with door.tenant_session(TENANT) as session:
        return session.scalars(
            select(SignIn.expires_at).where(
                SignIn.tenant_id == TENANT, SignIn.account_id == account
            )
        ).all()


def test_a_sign_in_ends_when_idle_and_at_last(door: TenantDoor, staff: Staff) -> None:
    token = _open(door, staff.account())
    sign_in = _found(door, token).sign_in_id
    assert _resolve(door, token, NOW + IDLE - MOMENT)
    assert _resolve(door, token, NOW + IDLE) is None
    for hour in range(1, 13):
        with door.tenant_session(TENANT) as session:
            touch(session, sign_in, now=NOW + timedelta(hours=hour))
    assert _resolve(door, token, NOW + ABSOLUTE - MOMENT)
    assert _resolve(door, token, NOW + ABSOLUTE) is None


def test_half_a_sign_in_has_no_roles_and_ends_soon(door: TenantDoor, staff: Staff) -> None:
    token = _open(door, staff.account(), second_factor=False)
    half = _found(door, token)
    assert (half.stage, half.roles) == (Stage.ENROL, ())
    assert _resolve(door, token, NOW + HALF_LIFE - MOMENT)
    assert _resolve(door, token, NOW + HALF_LIFE) is None


def test_a_role_without_second_factor_signs_in_at_once(door: TenantDoor, staff: Staff) -> None:
    signed_in = _found(door, _open(door, staff.account("ministry_analyst"), second_factor=False))
    assert signed_in.stage is Stage.FULL
    assert [given.role for given in signed_in.roles] == ["ministry_analyst"]


def test_a_demonstration_waives_it_for_generated_accounts_that_have_no_app(
    door: TenantDoor, staff: Staff
) -> None:
    real, generated = staff.account(), staff.account()
    with door.tenant_session(TENANT) as session:
        session.get_one(Account, (TENANT, generated)).generated = True
    tokens = {key: _open(door, key, second_factor=False) for key in (real, generated)}
    for account, shown in ((real, Stage.ENROL), (generated, Stage.FULL)):
        demonstrated = _found(door, tokens[account], demonstration=True)
        assert (demonstrated.stage, bool(demonstrated.roles)) == (shown, shown is Stage.FULL)
        served = _found(door, tokens[account])
        assert (served.stage, served.roles) == (Stage.ENROL, ())
    with door.tenant_session(TENANT) as session:
        sign_in = _found(door, tokens[generated]).sign_in_id
        session.get_one(SignIn, (TENANT, sign_in)).stage = Stage.CODE
    with_app = _found(door, tokens[generated], demonstration=True)
    assert (with_app.stage, with_app.roles) == (Stage.CODE, ())


def test_a_new_token_ends_the_old_one_and_not_the_absolute_end(
    door: TenantDoor, staff: Staff
) -> None:
    account = staff.account()
    old, later = _open(door, account), NOW + timedelta(hours=1)
    sign_in = _found(door, old).sign_in_id
    with door.tenant_session(TENANT) as session:
        new = replace_sign_in(session, account, sign_in, Stage.FULL, now=later)
    assert new != old
    assert _resolve(door, old) is None
    assert _resolve(door, new)
    assert _ends(door, account) == [NOW + ABSOLUTE]


def test_a_token_cannot_be_replaced_twice(door: TenantDoor, staff: Staff) -> None:
    account = staff.account()
    sign_in = _found(door, _open(door, account)).sign_in_id

    def replace(_number: int) -> bool:
        try:
            with door.tenant_session(TENANT) as session:
                replace_sign_in(session, account, sign_in, Stage.FULL, now=NOW)
        except NotFoundError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(replace, range(24))) == 1


def test_no_token_outlives_a_change_of_rights_by_being_replaced_meanwhile(
    door: TenantDoor, staff: Staff
) -> None:
    account = staff.account()

    def replace(sign_in: UUID) -> None:
        with suppress(NotFoundError), door.tenant_session(TENANT) as session:
            replace_sign_in(session, account, sign_in, Stage.FULL, now=NOW)

    def end(_sign_in: UUID) -> None:
        with door.tenant_session(TENANT) as session:
            hold_account(session, account, to_change=True)
            end_sign_ins(session, account)

    for _ in range(20):
        sign_in = _found(door, _open(door, account)).sign_in_id
        with ThreadPoolExecutor(2) as threads:
            for done in (threads.submit(replace, sign_in), threads.submit(end, sign_in)):
                done.result()
        assert _ends(door, account) == []


def test_one_sees_and_ends_ones_own_sign_ins_alone(door: TenantDoor, staff: Staff) -> None:
    mine, theirs = staff.account(), staff.account()
    first, second, foreign = (
        _found(door, _open(door, account)).sign_in_id for account in (mine, mine, theirs)
    )
    with door.tenant_session(TENANT) as session:
        assert {each.sign_in_id for each in open_sign_ins(session, mine, now=NOW)} == {
            first,
            second,
        }
        with pytest.raises(NotFoundError):
            end_sign_in(session, mine, foreign)
        end_sign_in(session, mine, first)
        assert [each.sign_in_id for each in open_sign_ins(session, mine, now=NOW)] == [second]
        assert open_sign_ins(session, mine, now=NOW + IDLE) == ()
    with door.tenant_session(OTHER) as session:
        assert open_sign_ins(session, mine, now=NOW) == ()


def test_a_changed_password_ends_the_other_sign_ins_and_replaces_this_one(
    door: TenantDoor, staff: Staff
) -> None:
    account = staff.account(password=OLD)
    this, other = _open(door, account), _open(door, account)
    sign_in = _found(door, this).sign_in_id
    for current, password, field in ((NEW, NEW, "current"), (OLD, "123456789012", "password")):
        with (
            door.tenant_session(TENANT) as session,
            pytest.raises(FieldFaultError) as refused,
        ):
            change_own_password(
                session, account, sign_in, current=current, password=password, now=NOW
            )
        assert refused.value.field == field
    assert _resolve(door, other)
    with door.tenant_session(TENANT) as session:
        fresh = change_own_password(session, account, sign_in, current=OLD, password=NEW, now=NOW)
    assert [bool(_resolve(door, token)) for token in (this, other, fresh)] == [False, False, True]
