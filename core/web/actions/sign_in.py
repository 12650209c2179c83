"""Signing in with a name and a password, for pages and programs alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.identity.browsers import kind_of_device, known_browser, mark_of_browser
from core.identity.passwords import password_fits
from core.identity.service import resolve
from core.identity.signing_in import candidate_for, counters_for, let_in, refuse, typed_login
from core.identity.throttle import admit, succeeded, sweep
from core.tenancy.models import Tenant
from core.web.client_address import client_address
from core.web.cookies import browser_mark

if TYPE_CHECKING:
    from litestar import Request

    from core.identity.models import Stage
    from core.platform import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was typed, and from where."""

    tenant: str
    login: str
    password: str = field(repr=False)
    address: str
    device: str = ""
    mark: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in that is open, how far, and what the browser keeps to be known again."""

    token: str = field(repr=False)
    stage: Stage
    mark: str = field(repr=False)


def attempt_of(
    request: Request[Any, Any, Any], *, tenant: str, login: str, password: str
) -> Attempt:
    """An attempt as it came in."""
    settings = request.app.state.platform.settings
    return Attempt(
        tenant=tenant,
        login=typed_login(login),
        password=password,
        address=client_address(request, settings),
        device=kind_of_device(request.headers.get("user-agent", "")),
        mark=browser_mark(request, settings),
    )


def sign_in(platform: Platform, attempt: Attempt) -> Opened | None:
    """Open a sign-in when the account is there and the password fits.

    The attempt is counted and committed first. The password is looked at between two
    transactions: no connection waits while it is hashed.
    """
    tenant_id = tenant_by_slug(platform, attempt.tenant)
    if tenant_id is None:
        return None
    secret, now = platform.settings.secret, platform.clock.now()
    counters = counters_for(
        secret,
        tenant_id,
        attempt.login,
        address=attempt.address,
        browser=known_browser(secret, tenant_id, attempt.login, attempt.mark),
    )
    with platform.door.tenant_session(tenant_id) as session:
        if not admit(session, counters, now=now):
            return None
        candidate = candidate_for(session, attempt.login)
    fits = password_fits(attempt.password, candidate.password_hash)
    with platform.door.tenant_session(tenant_id) as session:
        token = let_in(session, candidate, device=attempt.device, now=now) if fits else None
        if token is None:
            refuse(session, candidate)
            return None
        succeeded(session, counters, now=now)
        sweep(session, now=now)
        demonstration = platform.settings.waives_second_factor
        opened = resolve(session, token, now=now, demonstration=demonstration)
    if opened is None:
        return None
    return Opened(token, opened.stage, mark_of_browser(secret, tenant_id, attempt.login))


def tenant_by_slug(platform: Platform, slug: str) -> int | None:
    """The tenant that was chosen; none when there is no such one."""
    with platform.door.reference_session() as session:
        return session.scalars(
            select(Tenant.id).where(Tenant.slug == slug.replace("-", "_"))
        ).one_or_none()
