"""Signing in with a name and a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.datastructures import Cookie
from sqlalchemy import select

from core.identity import service as identity
from core.tenancy.models import Tenant
from core.web.work import cookie_name

if TYPE_CHECKING:
    from core.platform import Platform


def sign_in_token(platform: Platform, slug: str, login: str, password: str) -> str | None:
    """A token when the account is there and the password fits."""
    with platform.door.reference_session() as session:
        tenant_id = session.scalar(select(Tenant.id).where(Tenant.slug == slug.replace("-", "_")))
    if tenant_id is None:
        return None
    with platform.door.tenant_session(tenant_id) as session:
        return identity.sign_in(session, login=login, password=password, now=platform.clock.now())


def sign_in_cookie(platform: Platform, token: str) -> Cookie:
    """The cookie that holds a sign-in, whichever way it was made."""
    secure = platform.settings.secure_cookies
    return Cookie(
        key=cookie_name(secure),
        value=token,
        path="/",
        httponly=True,
        secure=secure,
        samesite="lax",
    )
