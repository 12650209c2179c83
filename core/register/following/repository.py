"""All SQL of what changes while a child is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import load_only

from core.db.base import Base
from core.register.columns import CHILD_TABLE
from core.register.models import Child, Household
from core.tenancy.models import TENANT_COLUMN
from core.tenancy.session import IN_STEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from sqlalchemy import ForeignKeyConstraint
    from sqlalchemy.orm import Mapper

    from core.tenancy.session import TenantSession


def child(session: TenantSession, child_id: UUID) -> Child:
    """The whole record of a child within reach."""
    statement = select(Child).where(Child.tenant_id == session.tenant_id, Child.id == child_id)
    return session.scalars(statement).one()


def household(session: TenantSession, household_id: UUID) -> Household:
    """The whole record of a household within reach."""
    statement = select(Household).where(
        Household.tenant_id == session.tenant_id, Household.id == household_id
    )
    return session.scalars(statement).one()


def pointing_at_children(session: TenantSession) -> Iterator[tuple[Any, str]]:
    """Every mapped class with a key to the register's children, and the column that holds it.

    A plugin that is imported and was never installed here has no tables, and no rows to follow.
    """
    found = [
        (mapper, key)
        for mapper in sorted(Base.registry.mappers, key=lambda m: str(m.local_table))
        for key in _keys_to_children(mapper)
    ]
    names = sorted({str(mapper.local_table) for mapper, _ in found})
    there = session.execute(select(*(func.to_regclass(name).is_not(None) for name in names))).one()
    is_there = dict(zip(names, there, strict=True))
    for mapper, key in found:
        if is_there[str(mapper.local_table)]:
            column = next(name for name in key.column_keys if name != TENANT_COLUMN)
            table: Any = mapper.local_table
            yield mapper.class_, mapper.get_property_by_column(table.c[column]).key


def _keys_to_children(mapper: Mapper[Any]) -> list[ForeignKeyConstraint]:
    table: Any = mapper.local_table
    keys = sorted(table.foreign_key_constraints, key=lambda key: str(key.column_keys))
    return [key for key in keys if key.referred_table.fullname == CHILD_TABLE]


def rows_about(session: TenantSession, model: Any, column: str, key: UUID) -> Sequence[Any]:
    """Rows of one class that point at a record, whoever may read them; keys alone are loaded.

    The caller changes where they point or lie and then takes them out of the session.
    """
    wanted = [model.tenant_id, model.id, getattr(model, column)]
    wanted += [getattr(model, name) for name in ("commune_id",) if name in inspect(model).columns]
    statement = (
        select(model)
        .where(model.tenant_id == session.tenant_id, getattr(model, column) == key)
        .options(load_only(*wanted, raiseload=True))
        .order_by(model.id)
    )
    return session.scalars(statement, execution_options={IN_STEP: True}).all()
