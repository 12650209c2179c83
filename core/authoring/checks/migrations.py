"""The migrations: up, down and up again, in agreement with the models, behind the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, inspect

from core.authoring.finding import Finding
from core.db.base import CORE_SCHEMA
from core.kit.errors import ConfigurationError
from core.migrations.runner import downgrade, drift, migrate
from core.tenancy.catalogue_lint import lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from core.authoring.subject import Declared
    from core.migrations.runner import AnyChain
    from core.testing.database import TestDatabase

_CURE = "Make the migration and the models say the same; never edit one that was shipped."


def migrations(declared: Declared, database: TestDatabase) -> Iterator[Finding]:
    """Run the plugin's chain on a scratch database and leave it migrated."""
    chain = declared.loaded.chain
    if chain is None:
        if declared.loaded.tables:
            wrong = "there are models, but no folder migrations beside plugin.py."
            yield Finding("migrations.missing", declared.key, wrong, "Add 0001_initial.py to it.")
        return
    before = _others(database.owner)
    found = list(_up(database, chain))
    if found:
        yield from found
        return
    if _others(database.owner) != before:
        wrong = "the migration changed tables outside the plugin's own schema."
        yield Finding("migrations.foreign", chain.key, wrong, "Take that out of it.")
    yield from _agreement(declared, database, chain)
    yield from _wall(database, chain)
    back = list(_down(database, chain))
    yield from back or _up(database, chain, again=True)


def _up(database: TestDatabase, chain: AnyChain, *, again: bool = False) -> Iterator[Finding]:
    try:
        migrate(database.owner, [chain], login_prefix=database.addresses.prefix)
    except ConfigurationError as error:
        check = "migrations.again" if again else "migrations.fails"
        cure = "Correct downgrade()." if again else "Correct upgrade()."
        yield Finding(check, chain.key, error.message.en, cure)
        return
    if again:
        with database.owner.connect() as connection:
            for difference in drift(connection, chain):
                yield Finding("migrations.again", chain.key, f"{difference}.", _CURE)


def _agreement(declared: Declared, database: TestDatabase, chain: AnyChain) -> Iterator[Finding]:
    with database.owner.connect() as connection:
        for difference in drift(connection, chain):
            wrong = f"models and tables differ: {difference}."
            yield Finding("migrations.drift", chain.key, wrong, _CURE)
        there = inspect(connection)
        names = set(there.get_table_names(chain.schema))
        for table in declared.loaded.tables:
            if table.schema != chain.schema or table.name not in names:
                continue
            meant = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
            found = {c["name"] for c in there.get_check_constraints(table.name, chain.schema)}
            if meant != found:
                wrong = f"the CHECKs differ: {', '.join(sorted(meant ^ {str(n) for n in found}))}."
                yield Finding("migrations.checks", table.fullname, wrong, _CURE)


def _wall(database: TestDatabase, chain: AnyChain) -> Iterator[Finding]:
    """Every hole in the tenant wall, as the database's own catalogue has it."""
    with database.owner.connect() as connection:
        for hole in lint(connection, prefix=database.addresses.prefix):
            own = hole.object.startswith(f"{chain.schema}.") or hole.object.endswith(
                f" {chain.schema}"
            )
            if own:
                wrong, _, cure = hole.message.rpartition(": ")
                yield Finding(f"wall.{hole.rule}", hole.object, f"{wrong}.", f"{cure}".capitalize())


def _down(database: TestDatabase, chain: AnyChain) -> Iterator[Finding]:
    try:
        with database.owner.connect() as connection:
            downgrade(connection, chain, login_prefix=database.addresses.prefix)
            left = set(inspect(connection).get_table_names(chain.schema)) - {"alembic_version"}
    except Exception as error:  # noqa: BLE001  whatever a migration raises is reported
        wrong = f"downgrade raised {type(error).__name__}."
        yield Finding("migrations.down", chain.key, wrong, "Correct downgrade().")
        return
    if left:
        wrong = f"downgrade leaves {', '.join(sorted(left))}."
        yield Finding("migrations.down", chain.key, wrong, "Drop every table in downgrade().")


def _others(owner: Engine) -> object:
    """Core's tables and columns: what no plugin may touch."""
    with owner.connect() as connection:
        there = inspect(connection).get_multi_columns(schema=CORE_SCHEMA)
    return {name: sorted((c["name"], c["nullable"]) for c in cols) for name, cols in there.items()}
