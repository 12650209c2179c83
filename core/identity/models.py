"""Accounts, the roles given to them, and their open sign-ins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, restricted
from core.tenancy.models import TenantOwned, tenant_reference


class Account(TenantOwned, Base):
    """A person who works in one tenant."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("tenant_id", "login"), {"schema": CORE_SCHEMA})

    login: Mapped[str] = mapped_column(info=internal("signs in with it; lower case"))
    display_name: Mapped[str] = mapped_column(info=personal("shown to colleagues"))
    password_hash: Mapped[str] = mapped_column(
        info=restricted("proves who signs in", plain="a one-way hash, argon2id")
    )
    is_active: Mapped[bool] = mapped_column(default=True, info=internal("may sign in"))
    partner_id: Mapped[UUID | None] = mapped_column(
        info=internal("the partner it works for; empty: the tenant itself")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, info=internal("made for the demonstration")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("since when it is here"))


class RoleGrant(TenantOwned, Base):
    """A role given to an account, bounded to an area or to the whole tenant."""

    __tablename__ = "role_grant"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        Index(None, "tenant_id", "account_id"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("who has the role"))
    role: Mapped[str] = mapped_column(info=internal("which role"))
    area_id: Mapped[int | None] = mapped_column(
        ForeignKey(f"{CORE_SCHEMA}.area.id"), info=internal("bounds the role; empty: the tenant")
    )
    granted_at: Mapped[datetime] = mapped_column(info=internal("since when"))


class SignIn(TenantOwned, Base):
    """An open sign-in: the browser holds a random token, we hold its hash."""

    __tablename__ = "sign_in"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        UniqueConstraint("tenant_id", "token_hash"),
        Index(None, "tenant_id", "account_id"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("who is signed in"))
    token_hash: Mapped[str] = mapped_column(
        info=restricted("recognises the token", plain="a one-way hash, SHA-256")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("when it began"))
    seen_at: Mapped[datetime] = mapped_column(info=internal("ends the sign-in when idle"))
    expires_at: Mapped[datetime] = mapped_column(info=internal("ends the sign-in at last"))


class SignInFailure(TenantOwned, Base):
    """A failed attempt, kept for a while so that guessing is slowed in all processes together."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index(None, "tenant_id", "login", "at"),
        {"schema": CORE_SCHEMA},
    )

    login: Mapped[str] = mapped_column(info=internal("the name that was tried"))
    at: Mapped[datetime] = mapped_column(info=internal("when"))
