"""Work that goes on after somebody has asked for it: with what that person may do by then."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.access import repository
from core.access.decision import principal_of
from core.access.surroundings import look_around
from core.access.view_as import as_signed_in

if TYPE_CHECKING:
    from datetime import datetime

    from core.identity.principal import Principal
    from core.registry.service import EnabledProgrammes
    from core.tenancy.session import TenantSession

_NO_SIGN_IN = UUID(int=0)


def principal_on_behalf(
    session: TenantSession, account_id: UUID, programmes: EnabledProgrammes, now: datetime
) -> Principal | None:
    """The person at this moment, whether signed in or not; ``None`` for a closed account.

    Roles, area and narrowings are those of now: a right that was taken away ends work that waits.
    The caller binds its session by the reach.
    """
    account = repository.active_account(session, account_id)
    if account is None:
        return None
    signed_in = as_signed_in(session, account, _NO_SIGN_IN)
    return principal_of(session, signed_in, programmes, look_around(session, account_id, now))
