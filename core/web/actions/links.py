"""Opening a one-time link: no sign-in is needed, the link itself is the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from core.identity.errors import link_refused
from core.identity.links import holder_of, set_password_by_link
from core.identity.service import open_sign_in, tenant_of
from core.identity.throttle import ADDRESS, admit, counter, succeeded
from core.tenancy.models import Tenant

if TYPE_CHECKING:
    from core.identity.links import LinkHolder
    from core.platform import Platform


def look_at_link(platform: Platform, token: str, purpose: str, *, address: str) -> LinkHolder:
    """Whose link it is.

    Raises:
        LinkRefusedError: it serves nothing, whatever the reason.
    """
    tenant_id = _claimed_tenant(platform, token)
    now = platform.clock.now()
    counted = (counter(ADDRESS, platform.settings.secret, tenant_id, address),)
    with platform.door.tenant_session(tenant_id) as session:
        admitted = admit(session, counted, now=now)
    if not admitted:
        raise link_refused()
    with platform.door.tenant_session(tenant_id) as session:
        holder = holder_of(session, token, purpose, now=now)
        succeeded(session, counted, now=now)
    return holder


def use_link(
    platform: Platform, token: str, purpose: str, password: str, *, address: str, device: str
) -> str:
    """Set the password and sign in; the token of the sign-in, which may still await a code.

    Raises:
        LinkRefusedError: the link serves nothing, whatever the reason.
        FieldFaultError: the password is not acceptable; the link stays good.
    """
    look_at_link(platform, token, purpose, address=address)
    now = platform.clock.now()
    with platform.door.tenant_session(_claimed_tenant(platform, token)) as session:
        account_id = set_password_by_link(session, token, purpose, password, now=now)
        return open_sign_in(session, account_id, now=now, device=device)


def _claimed_tenant(platform: Platform, token: str) -> int:
    """The tenant that a link names, if there is such a one."""
    claimed = tenant_of(token)
    with platform.door.reference_session() as session:
        known = session.scalars(select(Tenant.id).where(Tenant.id == claimed)).one_or_none()
    if known is None:
        raise link_refused()
    return known
