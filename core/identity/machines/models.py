"""What makes an account a program's, and the tokens it has been given."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import CORE_SCHEMA, Base, internal, restricted
from core.tenancy.models import TenantOwned, tenant_reference


class Machine(TenantOwned, Base):
    """A program that works with the rights of its account, narrowed by its scopes."""

    __tablename__ = "machine"
    __table_args__ = (
        tenant_reference("account_id", f"{CORE_SCHEMA}.account"),
        UniqueConstraint("tenant_id", "client_id"),
        Index(None, "tenant_id", "account_id"),
        {"schema": CORE_SCHEMA},
    )

    account_id: Mapped[UUID] = mapped_column(info=internal("carries its roles and areas"))
    client_id: Mapped[str] = mapped_column(info=internal("names it when it asks for a token"))
    secret_hash: Mapped[str] = mapped_column(
        info=restricted("recognises its secret; SHA-256", plain="a one-way hash")
    )
    scopes: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("the permissions that it may ask for")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("since when it is here"))


class MachineToken(TenantOwned, Base):
    """A token in the hands of a program; we hold its hash. Revoking it removes the row."""

    __tablename__ = "machine_token"
    __table_args__ = (
        tenant_reference("machine_id", f"{CORE_SCHEMA}.machine"),
        UniqueConstraint("tenant_id", "token_hash"),
        Index(None, "tenant_id", "machine_id"),
        {"schema": CORE_SCHEMA},
    )

    machine_id: Mapped[UUID] = mapped_column(info=internal("which program has it"))
    token_hash: Mapped[str] = mapped_column(
        info=restricted("recognises the token; SHA-256", plain="a one-way hash")
    )
    scopes: Mapped[list[str]] = mapped_column(
        ARRAY(Text()), info=internal("the permissions that it was given for")
    )
    created_at: Mapped[datetime] = mapped_column(info=internal("when it was given"))
    expires_at: Mapped[datetime] = mapped_column(info=internal("when it ends"))
