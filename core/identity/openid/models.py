"""Identity providers of a tenant, whose identity is whose account, and answers used up."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, public, restricted
from core.tenancy.models import TenantOwned, tenant_reference


class IdentityProvider(TenantOwned, Base):
    """A provider whose word the tenant takes for who somebody is.

    What we prove ourselves with to it stands in the environment, never here.
    """

    __tablename__ = "identity_provider"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        UniqueConstraint("tenant_id", "issuer"),
        {"schema": CORE_SCHEMA},
    )

    key: Mapped[str] = mapped_column(info=public("names the provider in addresses and commands"))
    name_vi: Mapped[str] = mapped_column(info=public("shown on its button"))
    name_en: Mapped[str] = mapped_column(info=public("shown on its button"))
    issuer: Mapped[str] = mapped_column(info=public("who signs its tokens; half of an identity"))
    client_id: Mapped[str] = mapped_column(info=internal("who we are at the provider"))
    hosts: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("hosts besides the issuer's that may be asked")
    )
    second_factor_acr: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("classes of its sign-in that count as a second factor")
    )
    second_factor_amr: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("methods of its sign-in that count as a second factor")
    )
    is_active: Mapped[bool] = mapped_column(default=True, info=internal("may be signed in with"))
    created_at: Mapped[datetime] = mapped_column(info=internal("since when it is here"))


class ProviderLink(TenantOwned, Base):
    """Which account an identity at a provider signs in to; an e-mail address is no identity."""

    __tablename__ = "provider_link"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        tenant_reference("provider_id", f"{CORE_SCHEMA}.identity_provider"),
        UniqueConstraint("tenant_id", "provider_id", "issuer", "subject"),
        Index(None, "tenant_id", "account_id"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("whose account it is"))
    provider_id: Mapped[UUID] = mapped_column(info=internal("which provider vouches"))
    issuer: Mapped[str] = mapped_column(info=internal("who said so; half of the identity"))
    subject: Mapped[str] = mapped_column(info=personal("who it is there; half of the identity"))
    linked_at: Mapped[datetime] = mapped_column(info=internal("since when"))


class SpentVisit(TenantOwned, Base):
    """A visit to a provider that has ended in a sign-in or link and must not do so again."""

    __tablename__ = "spent_visit"
    __table_args__ = (
        UniqueConstraint("tenant_id", "state_hash"),
        Index(None, "tenant_id", "expires_at"),
        {"schema": CORE_SCHEMA},
    )

    state_hash: Mapped[str] = mapped_column(
        info=restricted("recognises the visit; SHA-256", plain="a one-way hash")
    )
    expires_at: Mapped[datetime] = mapped_column(info=internal("when it may be forgotten"))
