"""One-time links: for one purpose, one account, once, and not for long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.identity.errors import FieldFaultError, LinkRefusedError
from core.identity.links import LIFE, holder_of, make_link, set_password_by_link
from core.identity.models import Account, Purpose, Stage
from core.identity.passwords import password_fits
from core.identity.second_factor import awaited
from core.identity.service import open_sign_in, resolve
from tests.core.identity.conftest import NOW, OTHER, TENANT

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.door import TenantDoor
    from tests.core.identity.conftest import Staff

GOOD = "con mèo nhỏ ngủ trên mái nhà"


def _link(door: TenantDoor, account: UUID, purpose: Purpose = Purpose.RESET) -> str:
    with door.tenant_session(TENANT) as session:
        return make_link(session, account, purpose, by=None, now=NOW)


def _use(
    door: TenantDoor,
    token: str,
    *,
    purpose: str = "reset",
    at: datetime = NOW,
    tenant: int = TENANT,
    password: str = GOOD,
) -> UUID:
    with door.tenant_session(tenant) as session:
        return set_password_by_link(session, token, purpose, password, now=at)


def _hash(door: TenantDoor, account: UUID) -> str | None:
    with door.tenant_session(TENANT) as session:
        return session.scalars(
            select(Account.password_hash).where(Account.tenant_id == TENANT, Account.id == account)
        ).one()


def test_a_link_sets_the_password_once(door: TenantDoor, staff: Staff) -> None:
    account = staff.account()
    token = _link(door, account)
    assert _use(door, token) == account
    assert password_fits(GOOD, _hash(door, account))
    with pytest.raises(LinkRefusedError):
        _use(door, token, password="một mật khẩu hoàn toàn khác")
    assert password_fits(GOOD, _hash(door, account))


def test_every_link_that_serves_nothing_is_refused_in_the_same_words(
    door: TenantDoor, staff: Staff
) -> None:
    used, replaced, disabled = staff.account(), staff.account(), staff.account()
    spent, gone, shut = _link(door, used), _link(door, replaced), _link(door, disabled)
    _use(door, spent)
    _link(door, replaced)
    with door.tenant_session(TENANT) as session:
        row = session.get_one(Account, (TENANT, disabled))
        row.is_active, row.disabled_at = False, NOW
    fresh = _link(door, staff.account())
    attempts: tuple[dict[str, Any], ...] = (
        {"token": spent},
        {"token": gone},
        {"token": shut},
        {"token": fresh, "purpose": "invitation"},
        {"token": fresh, "purpose": "x"},
        {"token": fresh, "at": NOW + LIFE[Purpose.RESET]},
        {"token": fresh, "tenant": OTHER},
        {"token": f"{OTHER}.{fresh.partition('.')[2]}", "tenant": OTHER},
        {"token": "1.x"},
    )
    said = set()
    for values in attempts:
        with pytest.raises(LinkRefusedError) as refused:
            _use(door, **values)
        said.add((refused.value.code, refused.value.status, refused.value.message.vi))
    assert len(said) == 1
    assert _use(door, fresh, at=NOW + LIFE[Purpose.RESET] - timedelta(seconds=1))


def test_of_many_who_use_a_link_at_once_one_sets_the_password(
    door: TenantDoor, staff: Staff
) -> None:
    account = staff.account()
    token = _link(door, account)

    def attempt(number: int) -> str | None:
        password = f"{GOOD} {number}"
        try:
            _use(door, token, password=password)
        except LinkRefusedError:
            return None
        return password

    with ThreadPoolExecutor(8) as threads:
        set_by = [password for password in threads.map(attempt, range(16)) if password]
    assert len(set_by) == 1
    assert password_fits(set_by[0], _hash(door, account))


def test_a_refused_password_and_a_look_leave_the_link_good(door: TenantDoor, staff: Staff) -> None:
    account = staff.account()
    token = _link(door, account, Purpose.INVITATION)
    with pytest.raises(FieldFaultError):
        _use(door, token, purpose="invitation", password="123456789012")
    with door.tenant_session(TENANT, read_only=True) as session:
        assert holder_of(session, token, "invitation", now=NOW).account_id == account
    assert _use(door, token, purpose="invitation") == account


def test_a_new_password_ends_every_sign_in_and_gives_no_second_factor(
    door: TenantDoor, staff: Staff
) -> None:
    account = staff.account()
    with door.tenant_session(TENANT) as session:
        token = open_sign_in(session, account, now=NOW, second_factor=True)
    _use(door, _link(door, account))
    with door.tenant_session(TENANT) as session:
        assert resolve(session, token, now=NOW) is None
        assert awaited(session, account) is Stage.ENROL
