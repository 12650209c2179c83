"""Somebody who is signed in, for benches that make requests."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from core.db.engine import runtime_engine
from core.identity.service import GivenRole, create_account, open_sign_in
from core.tenancy.session import TenantDoor

if TYPE_CHECKING:
    from core.db.logins import DatabaseAddresses


def signed_in(addresses: DatabaseAddresses, tenant_id: int) -> str:
    """The token of a province's officer in one tenant of the bench."""
    engine = runtime_engine(addresses)
    now = datetime.now(UTC)
    try:
        with TenantDoor(engine).tenant_session(tenant_id) as session:
            account = create_account(
                session,
                login="bench",
                display_name="Đo tốc độ",
                password=token_urlsafe(16),
                roles=(GivenRole("province_officer", None),),
                now=now,
                generated=True,
            )
            return open_sign_in(session, account, now=now, second_factor=True)
    finally:
        engine.dispose()
