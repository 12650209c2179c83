"""Alembic's entry: migrates one chain over the connection that the runner hands it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import context

import core.tenancy.policies
import core.tenancy.record_tables  # noqa: F401  both register our operations

if TYPE_CHECKING:
    from sqlalchemy import Connection

attributes: dict[str, Any] = context.config.attributes
connection: Connection = attributes["connection"]
schema: str = attributes["schema"]


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Compare this chain's schema alone."""
    return name == schema if kind == "schema" else True


def include_object(thing: Any, _name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:  # noqa: FBT001  Alembic's own signature
    """Compare this chain's tables alone, and not Alembic's own."""
    return kind != "table" or (thing.schema == schema and thing.name != "alembic_version")


context.configure(
    connection=connection,
    target_metadata=attributes["metadata"],
    version_table_schema=schema,
    include_schemas=True,
    include_name=include_name,
    include_object=include_object,
    login_prefix=attributes["login_prefix"],
)
with context.begin_transaction():
    context.run_migrations()
