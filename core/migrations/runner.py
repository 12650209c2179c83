"""Runs every chain, core first, one process at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from core.db.base import CORE_SCHEMA, Base
from core.kit.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Engine

MIGRATION_LOCK = 7212


@dataclass(frozen=True, slots=True)
class Chain:
    """A line of migrations with its own schema and version table."""

    key: str
    schema: str
    location: Path

    def content(self) -> Iterator[bytes]:
        """What decides the tables: names and content of the files."""
        for file in sorted(self.location.glob("*.py")):
            yield self.key.encode() + file.name.encode() + file.read_bytes()


@dataclass(frozen=True, slots=True)
class DeclaredChain:
    """A line without files: its steps are worked out from a declaration and what is there.

    ``mark`` changes with the declaration. The steps are called with operations of this
    installation's logins, ``up`` whenever the line is migrated.
    """

    key: str
    schema: str
    mark: str
    up: Callable[[Operations], None]
    down: Callable[[Operations], None]

    def content(self) -> Iterator[bytes]:
        """What decides the tables: the mark of the declaration."""
        yield self.key.encode() + self.mark.encode()


AnyChain = Chain | DeclaredChain
CORE_CHAIN = Chain(key="core", schema=CORE_SCHEMA, location=Path(__file__).parent / "versions")


def migrate(engine: Engine, chains: Sequence[AnyChain], *, login_prefix: str) -> None:
    """Bring every chain to its newest revision; the engine is the migration login's.

    Each chain is one transaction. Several processes may call it at once: one works, the others
    wait and find nothing to do.

    Raises:
        ConfigurationError: a chain fails; names the chain. What was done before it stays.
    """
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()
        try:
            for chain in chains:
                _upgrade(connection, chain, login_prefix)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
            connection.commit()


def downgrade(connection: Connection, chain: AnyChain, *, login_prefix: str) -> None:
    """Take a whole chain back to nothing; for the proof that a plugin's migrations reverse."""
    if isinstance(chain, Chain):
        command.downgrade(_config(connection, chain, login_prefix), "base")
    else:
        chain.down(_operations(connection, login_prefix))
    connection.commit()


def drift(connection: Connection, chain: AnyChain) -> list[str]:
    """What the models say and the migrated schema does not; empty when they agree."""

    def in_schema(name: str | None, kind: str, _parents: object) -> bool:
        return name == chain.schema if kind == "schema" else name != "alembic_version"

    context = MigrationContext.configure(
        connection,
        opts={
            "include_schemas": True,
            "include_name": in_schema,
            "include_object": lambda thing, _n, kind, _r, _o: (
                kind != "table" or thing.schema == chain.schema
            ),
        },
    )
    return [repr(difference) for difference in compare_metadata(context, Base.metadata)]


def _upgrade(connection: Connection, chain: AnyChain, login_prefix: str) -> None:
    try:
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{chain.schema}"'))
        if isinstance(chain, Chain):
            command.upgrade(_config(connection, chain, login_prefix), "head")
        else:
            chain.up(_operations(connection, login_prefix))
        connection.commit()
    except ConfigurationError:
        connection.rollback()
        raise
    except Exception as error:
        connection.rollback()
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise ConfigurationError(
            f"Migrating {chain.key} failed: {reason.rstrip('.')}. Nothing of {chain.key} was "
            "changed, and what is stored is as it was. Either mend the cause and run annhi migrate "
            "again, or install the version before: it works with the database as it is."
        ) from error


def _operations(connection: Connection, login_prefix: str) -> Operations:
    context = MigrationContext.configure(connection, opts={"login_prefix": login_prefix})
    return Operations(context)


def _config(connection: Connection, chain: Chain, login_prefix: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("version_locations", str(chain.location).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(
        connection=connection,
        schema=chain.schema,
        metadata=Base.metadata,
        login_prefix=login_prefix,
    )
    return config
