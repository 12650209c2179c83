"""A browser's way to a provider and back, bound to that browser.

The browser keeps a cookie; state, nonce and the verifier of PKCE are made from it with the
installation's secret. So nothing is stored for a visitor who may never come back, the answer fits
no other browser, and a changed cookie no longer fits its state.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from core.identity.openid.errors import AnswerRefusedError

if TYPE_CHECKING:
    from datetime import datetime

LASTS = timedelta(minutes=10)
_PARTS = 5
_NOBODY = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where the browser was sent, and for whom; ``account_id`` when it is to link an account."""

    tenant_id: int
    provider_id: UUID
    account_id: UUID | None
    expires: int
    cookie: str
    state: str
    nonce: str
    verifier: str


def begin_visit(
    secret: str,
    *,
    tenant_id: int,
    provider_id: UUID,
    account_id: UUID | None = None,
    now: datetime,
) -> Visit:
    """A fresh visit; its ``cookie`` goes to the browser, its ``state`` to the provider."""
    expires = int((now + LASTS).timestamp())
    whom = account_id.hex if account_id else _NOBODY
    chance = secrets.token_urlsafe(32)
    return _read(secret, f"{tenant_id}.{provider_id.hex}.{whom}.{expires}.{chance}")


def resume_visit(secret: str, cookie: str | None, state: str, *, now: datetime) -> Visit:
    """The visit that an answer belongs to.

    Raises:
        AnswerRefusedError: no cookie, the state is not of this cookie, or it took too long.
    """
    if not cookie:
        raise AnswerRefusedError("no_visit")
    # the state is a keyed hash of the whole cookie: once it fits, the cookie is ours and unchanged
    if not hmac.compare_digest(_derived(secret, "state", cookie).encode(), state.encode()):
        raise AnswerRefusedError("state")
    visit = _read(secret, cookie)
    if visit.expires < now.timestamp():
        raise AnswerRefusedError("visit_over")
    return visit


def _read(secret: str, cookie: str) -> Visit:
    tenant, provider, account, expires, _ = cookie.split(".", _PARTS - 1)
    return Visit(
        tenant_id=int(tenant),
        provider_id=UUID(provider),
        account_id=None if account == _NOBODY else UUID(account),
        expires=int(expires),
        cookie=cookie,
        state=_derived(secret, "state", cookie),
        nonce=_derived(secret, "nonce", cookie),
        verifier=_derived(secret, "verifier", cookie),
    )


def _derived(secret: str, purpose: str, cookie: str) -> str:
    digest = hmac.digest(secret.encode(), f"openid {purpose} {cookie}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
