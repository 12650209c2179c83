"""Somebody who is signed in, for benches that make requests."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from core.areas.repository import communes_of, provinces
from core.db.engine import runtime_engine
from core.identity.service import GivenRole, create_account, open_sign_in
from core.kit.clock import local_date
from core.platform import load_registry, start
from core.tenancy.door import TenantDoor

if TYPE_CHECKING:
    from core.db.logins import DatabaseAddresses
    from core.settings import Settings


_OFFICER = GivenRole("province_officer", None)


def communes_of_today(settings: Settings) -> list[int]:
    """The communes of one province, as they are now."""
    today = local_date(datetime.now(UTC))
    platform = start(settings, registry=load_registry(settings))
    try:
        with platform.door.reference_session() as session:
            province = provinces(session, today)[0]
            return [area.id for area in communes_of(session, province.id, today)]
    finally:
        platform.close()


def signed_in(
    addresses: DatabaseAddresses,
    tenant_id: int,
    role: GivenRole = _OFFICER,
    *,
    login: str = "bench",
) -> str:
    """The token of a person with one role in one tenant of the bench."""
    engine = runtime_engine(addresses)
    now = datetime.now(UTC)
    try:
        with TenantDoor(engine).tenant_session(tenant_id) as session:
            account = create_account(
                session,
                login=login,
                display_name="Đo tốc độ",
                password=token_urlsafe(16),
                roles=(role,),
                now=now,
                generated=True,
            )
            return open_sign_in(session, account, now=now, second_factor=True)
    finally:
        engine.dispose()
