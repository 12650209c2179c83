"""Reads what belongs to no tenant: tenants themselves, areas, code lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import TextClause, event
from sqlalchemy.orm import Session

from core.tenancy.guards import TenantWallError, tables_of
from core.tenancy.models import TENANT_COLUMN

if TYPE_CHECKING:
    from sqlalchemy.orm import ORMExecuteState


class ReferenceSession(Session):
    """Reads reference tables (tenants, areas, code lists) without a tenant."""


@event.listens_for(ReferenceSession, "do_orm_execute")
def _reference_only(state: ORMExecuteState) -> None:
    if isinstance(state.statement, TextClause):
        raise TenantWallError("A reference session runs no textual statement.")
    owned = [n for n in tables_of(state.statement) if TENANT_COLUMN in n.c]
    if owned:
        raise TenantWallError(f"A statement on {owned[0].name} needs a tenant.")
