"""Accounts, the roles given to them, what proves who they are, and their open sign-ins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, personal, restricted
from core.tenancy.models import TenantOwned, tenant_reference
from core.vault.columns import sealed


class Stage(StrEnum):
    """How far a sign-in has come; only a full one works with anything."""

    FULL = "full"
    CODE = "code"  # the password was right, a code is awaited
    ENROL = "enrol"  # the password was right, a second factor must be set up


class Purpose(StrEnum):
    """What a one-time link is for; it serves nothing else."""

    INVITATION = "invitation"
    RESET = "reset"


class Account(TenantOwned, Base):
    """A person who works in one tenant, or a program that does."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("tenant_id", "login"),
        CheckConstraint("is_active = (disabled_at IS NULL)", name="disabled"),
        {"schema": CORE_SCHEMA},
    )

    login: Mapped[str] = mapped_column(info=internal("signs in with it; lower case"))
    display_name: Mapped[str] = mapped_column(info=personal("shown to colleagues"))
    password_hash: Mapped[str | None] = mapped_column(
        info=restricted(
            "proves who signs in; none until a link was used", plain="a one-way hash, argon2id"
        )
    )
    is_active: Mapped[bool] = mapped_column(default=True, info=internal("may sign in"))
    partner_id: Mapped[UUID | None] = mapped_column(
        info=internal("the partner it works for; empty: the tenant itself")
    )
    generated: Mapped[bool] = mapped_column(
        default=False, info=internal("made for the demonstration")
    )
    is_machine: Mapped[bool] = mapped_column(
        default=False, info=internal("a program: works with tokens and never signs in by a page")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("since when it is here"))
    disabled_at: Mapped[datetime | None] = mapped_column(info=internal("since when it is disabled"))
    disabled_reason: Mapped[str | None] = mapped_column(
        info=personal("why it is disabled, in the administrator's words")
    )


class RoleGrant(TenantOwned, Base):
    """A role given to an account, bounded to an area and to programmes, or to neither."""

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
    programmes: Mapped[list[str] | None] = mapped_column(
        ARRAY(Text()), info=internal("bounds the role to programmes; none: all of them")
    )
    granted_at: Mapped[datetime] = mapped_column(info=internal("since when"))


class SignIn(TenantOwned, Base):
    """An open sign-in: the browser holds a random token, we hold its hash.

    No address is kept: it tells where a person is, it changes with every mast a phone meets, and
    to recognise a sign-in that is not one's own, the times and the kind of device are enough.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        UniqueConstraint("tenant_id", "token_hash"),
        CheckConstraint("stage IN ('full', 'code', 'enrol')", name="stage"),
        Index(None, "tenant_id", "account_id"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("who is signed in"))
    token_hash: Mapped[str] = mapped_column(
        info=restricted("recognises the token", plain="a one-way hash, SHA-256")
    )
    stage: Mapped[str] = mapped_column(info=internal("whether the second factor was given"))
    device: Mapped[str] = mapped_column(
        info=personal("kind of browser and system, for its owner to recognise")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("when it began"))
    seen_at: Mapped[datetime] = mapped_column(info=internal("ends the sign-in when idle"))
    expires_at: Mapped[datetime] = mapped_column(info=internal("ends the sign-in at last"))


class SecondFactor(TenantOwned, Base):
    """An app that makes codes; a pending one becomes the account's own by its first code."""

    __tablename__ = "second_factor"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        Index(
            "uq_second_factor_tenant_id_account_id_confirmed",
            "tenant_id",
            "account_id",
            "confirmed",
            unique=True,
        ),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("whose app it is"))
    secret: Mapped[str] = sealed(restricted("makes the codes; base32"))
    confirmed: Mapped[bool] = mapped_column(
        server_default=false(), info=internal("whether a first code was given")
    )
    last_step: Mapped[int] = mapped_column(
        server_default="0", info=internal("time step of the last code; none works twice")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was set up"))


class RecoveryCode(TenantOwned, Base):
    """Stands in once for a code when the phone is lost."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        UniqueConstraint("tenant_id", "account_id", "code_hash"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("whose code it is"))
    code_hash: Mapped[str] = mapped_column(
        info=restricted("recognises the code", plain="a one-way hash, SHA-256")
    )
    used_at: Mapped[datetime | None] = mapped_column(info=internal("when it was used up"))


class OneTimeLink(TenantOwned, Base):
    """Lets whoever holds it set the password of one account, once and soon."""

    __tablename__ = "one_time_link"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        UniqueConstraint("tenant_id", "token_hash"),
        CheckConstraint("purpose IN ('invitation', 'reset')", name="purpose"),
        Index(None, "tenant_id", "account_id"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("whose password it sets"))
    purpose: Mapped[str] = mapped_column(info=internal("what it is for"))
    token_hash: Mapped[str] = mapped_column(
        info=restricted("recognises the link", plain="a one-way hash, SHA-256")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was made"))
    expires_at: Mapped[datetime] = mapped_column(info=internal("when it ends by itself"))
    used_at: Mapped[datetime | None] = mapped_column(
        info=internal("when it was used, or replaced by a later one")
    )


class AttemptCount(TenantOwned, Base):
    """How often something was tried since it last went well, in all processes together."""

    __tablename__ = "attempt_count"
    __table_args__ = (
        UniqueConstraint("tenant_id", "subject"),
        Index(None, "tenant_id", "last_at"),
        {"schema": CORE_SCHEMA},
    )

    subject: Mapped[str] = mapped_column(
        info=internal("what is counted, as a keyed hash: a name typed wrongly may be a password")
    )
    taken: Mapped[int] = mapped_column(info=internal("attempts that were let through"))
    last_at: Mapped[datetime] = mapped_column(info=internal("when the last one was"))
    next_at: Mapped[datetime] = mapped_column(info=internal("when the next one is let through"))
