"""A tenant's identity providers as the web meets them: found, addressed, shown as buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.identity.openid.errors import AnswerRefusedError
from core.identity.openid.providers import (
    active_provider,
    active_providers,
    is_key,
    secret_name,
)
from core.kit.errors import NotFoundError
from core.tenancy.models import AnyTenant, Tenant

if TYPE_CHECKING:
    from core.identity.openid.providers import Provider
    from core.kit.language import Language
    from core.platform import Platform


@dataclass(frozen=True, slots=True)
class ProviderButton:
    """A way to sign in, as a page shows it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Way:
    """One provider of one tenant: who vouches, and where the browser goes and comes back."""

    tenant: AnyTenant
    provider: Provider

    @property
    def start(self) -> str:
        """Where a visit begins."""
        return f"/sign-in/with/{_dashed(self.tenant.slug)}/{_dashed(self.provider.key)}"

    def answer(self, address: str) -> str:
        """Where the provider sends people back to, as it was registered there.

        Each provider has its own, so that one cannot pass for another (RFC 9700, 4.4).
        """
        return f"{address}{self.start}/answer"


def find_way(platform: Platform, tenant: str, provider: str) -> Way:
    """The provider of a tenant by the words of an address.

    Raises:
        NotFoundError: there is no such tenant, or no such provider to sign in with.
    """
    found = _tenant(platform, tenant)
    if found is None:
        raise NotFoundError
    with platform.door.tenant_session(found.id, read_only=True) as session:
        return Way(found, active_provider(session, provider.replace("-", "_")))


def provider_buttons(platform: Platform, tenant: str, language: Language) -> list[ProviderButton]:
    """A button for each provider of a tenant; none when the tenant is not known."""
    found = _tenant(platform, tenant)
    if found is None:
        return []
    with platform.door.tenant_session(found.id, read_only=True) as session:
        ways = [Way(found, provider) for provider in active_providers(session)]
    return [ProviderButton(way.provider.name.read(language), way.start) for way in ways]


def client_secret(platform: Platform, way: Way) -> str:
    """What we prove ourselves with to a provider, from the environment.

    Raises:
        AnswerRefusedError: the operator has not given it.
    """
    secret = platform.settings.provider_secrets.get(secret_name(way.tenant.slug, way.provider.key))
    if secret is None:
        raise AnswerRefusedError("no_secret")
    return secret


def _tenant(platform: Platform, slug: str) -> Tenant | None:
    if not is_key(slug.replace("-", "_")):
        return None
    with platform.door.reference_session() as session:
        return session.scalars(
            select(Tenant).where(Tenant.slug == slug.replace("-", "_"))
        ).one_or_none()


def _dashed(word: str) -> str:
    return word.replace("_", "-")
