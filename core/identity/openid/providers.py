"""The identity providers that a tenant has declared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import select

from core.audit.service import Action, record
from core.identity.openid.models import IdentityProvider
from core.kit.errors import ConfigurationError, NotFoundError
from core.kit.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.kit.outgoing import Outgoing
    from core.tenancy.session import TenantSession

KIND = "core.identity_provider"
_KEY = re.compile(r"[a-z][a-z0-9_]{1,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A declared provider; ``hosts`` are all that may be asked on its behalf."""

    id: UUID
    tenant_id: int
    key: str
    name: Text
    issuer: str
    client_id: str
    hosts: frozenset[str]
    second_factor_acr: frozenset[str]
    second_factor_amr: frozenset[str]
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What an operator says of a provider."""

    key: str
    name: Text
    issuer: str
    client_id: str
    hosts: Sequence[str] = ()
    second_factor_acr: Sequence[str] = ()
    second_factor_amr: Sequence[str] = ()


def declare(
    session: TenantSession, declaration: Declaration, outgoing: Outgoing, *, now: datetime
) -> Provider:
    """Store a provider. It is never edited: another issuer is another provider.

    Raises:
        ConfigurationError: the key or issuer is malformed, not allowed, or there already.
        OutgoingError: the issuer may not be asked: not HTTPS, or no host at all.
    """
    if not is_key(declaration.key):
        raise ConfigurationError("A provider's key is small letters, digits and underscores.")
    issuer = urlsplit(declaration.issuer)
    if issuer.query or not issuer.netloc:
        raise ConfigurationError("The issuer must be an address as https://host, without a query.")
    outgoing.require_allowed(declaration.issuer, {issuer.netloc})
    if any(p.key == declaration.key or p.issuer == declaration.issuer for p in providers(session)):
        raise ConfigurationError("There is a provider with this key or issuer already.")
    row = IdentityProvider(
        key=declaration.key,
        name_vi=declaration.name.vi,
        name_en=declaration.name.en,
        issuer=declaration.issuer,
        client_id=declaration.client_id,
        hosts=sorted(declaration.hosts),
        second_factor_acr=sorted(declaration.second_factor_acr),
        second_factor_amr=sorted(declaration.second_factor_amr),
        created_at=now,
    )
    session.add(row)
    session.flush()
    record(session, None, Action.WRITE, subject_kind=KIND, subject_id=row.id)
    return _view(row)


def switch_provider(session: TenantSession, key: str, *, on: bool) -> None:
    """Let people sign in by a provider, or no more; links stay for when it is on again.

    Raises:
        ConfigurationError: there is none with this key.
    """
    row = _row(session, key)
    if row is None:
        raise ConfigurationError(f"There is no provider {key!r}.")
    row.is_active = on
    session.flush()
    record(session, None, Action.SWITCH, subject_kind=KIND, subject_id=row.id)


def providers(session: TenantSession) -> tuple[Provider, ...]:
    """All of the tenant's providers, by key."""
    rows = session.scalars(
        select(IdentityProvider)
        .where(IdentityProvider.tenant_id == session.tenant_id)
        .order_by(IdentityProvider.key)
    )
    return tuple(_view(row) for row in rows)


def active_providers(session: TenantSession) -> tuple[Provider, ...]:
    """Those that may be signed in with, by key."""
    return tuple(provider for provider in providers(session) if provider.is_active)


def active_provider(session: TenantSession, key: str) -> Provider:
    """The provider with a key.

    Raises:
        NotFoundError: there is none that may be signed in with.
    """
    row = _row(session, key) if is_key(key) else None
    if row is None or not row.is_active:
        raise NotFoundError
    return _view(row)


def is_key(word: str) -> bool:
    """Whether a word of an address can name a provider, or a tenant, at all."""
    return _KEY.fullmatch(word) is not None


def secret_name(tenant_slug: str, key: str) -> str:
    """How the environment names what we prove ourselves with to a provider.

    Made from tenant and key, so that no tenant's provider can be pointed at another's secret.
    """
    return f"{tenant_slug}_{key}".upper()


def _row(session: TenantSession, key: str) -> IdentityProvider | None:
    return session.scalars(
        select(IdentityProvider).where(
            IdentityProvider.tenant_id == session.tenant_id, IdentityProvider.key == key
        )
    ).one_or_none()


def _view(row: IdentityProvider) -> Provider:
    return Provider(
        id=row.id,
        tenant_id=row.tenant_id,
        key=row.key,
        name=Text(vi=row.name_vi, en=row.name_en),
        issuer=row.issuer,
        client_id=row.client_id,
        hosts=frozenset({urlsplit(row.issuer).netloc, *row.hosts}),
        second_factor_acr=frozenset(row.second_factor_acr),
        second_factor_amr=frozenset(row.second_factor_amr),
        is_active=row.is_active,
    )
