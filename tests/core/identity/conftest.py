"""Accounts of a tenant in a database of core's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

import core.areas.models  # noqa: F401  roles are bound to areas
from core.identity.principal import Principal
from core.identity.service import GivenRole, create_account
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from core.tenancy.door import TenantDoor

NOW = datetime(2018, 7, 2, 3, 0, tzinfo=UTC)
TENANT, OTHER = 1, 2


@dataclass(frozen=True, slots=True)
class Staff:
    """Makes accounts, and acts as one that may manage them."""

    door: TenantDoor

    def account(self, role: str = "province_officer", password: str | None = None) -> UUID:
        """A new account with one role."""
        with self.door.tenant_session(TENANT) as session:
            return create_account(
                session,
                login=f"a{uuid4().hex[:12]}",
                display_name="Người dùng thử",
                password=password,
                roles=(GivenRole(role, None),),
                now=NOW,
            )

    def administrator(self, account_id: UUID | None = None) -> Principal:
        """Somebody who may manage accounts."""
        return Principal(
            account_id=account_id or self.account("province_admin"),
            tenant_id=TENANT,
            tenant_slug="tinh_mot",
            display_name="Quản trị thử",
            roles=("province_admin",),
            permissions=frozenset({"core.account.manage"}),
            reach=Reach.nothing(),
        )


@pytest.fixture
def staff(door: TenantDoor) -> Staff:
    """Accounts on demand."""
    return Staff(door)
