"""Taking a plugin away for good: its data goes to the archive, or it goes.

An operator's work, for a distribution that is no longer installed. It is written down in every
province before anything is done.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData, Table, delete, exists, func, select

from core.alerts.models import RaisedAlert
from core.attachments.models import Attachment, AttachmentContent
from core.audit.service import Action, record
from core.db.engine import make_engine, runtime_engine
from core.db.logins import Login
from core.declared.models import DeclaredVersion
from core.forms.models import FormDraft, RecordChange
from core.indicators.models import FigureCell, FigureStale
from core.kit.errors import ConfigurationError
from core.registry.enablement import keys_during
from core.registry.models import PluginFailure
from core.tenancy.archiving import (
    archive,
    drop,
    has_chain,
    has_schema,
    is_archived,
    pointing_at,
    tables_in,
)
from core.tenancy.reach import Reach
from core.tenancy.session import TenantSession

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Engine
    from sqlalchemy.sql.dml import Delete

    from core.platform import Platform
    from core.tenancy.models import Tenant

_KEY = re.compile(r"[a-z][a-z0-9_]{2,40}")
_NEVER = frozenset({"core", "jobs", "public", "information_schema"})
_FAR = datetime(9999, 1, 1, tzinfo=UTC)
_SEALED = "sealed"


class RemovalRefusedError(ConfigurationError):
    """The plugin cannot be taken away now; the sentence says what to do first."""

    code = "removal.refused"


@dataclass(frozen=True, slots=True)
class Left:
    """What a plugin left behind: rows by table of its schema, over all tenants."""

    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.rows.values())


def left_behind(platform: Platform, key: str) -> Left:
    """Look at what would go, with the backup's login, which alone sees the rows of all tenants.

    Raises:
        RemovalRefusedError: the plugin is installed, on somewhere, needed by another, or unknown.
    """
    _require_unused(platform, key)
    with _connected(platform, Login.MIGRATOR) as connection:
        if not has_chain(connection, key) and not _was_declared(connection, key):
            raise RemovalRefusedError(f"No plugin {key} has left anything in this database.")
        if pointing := pointing_at(connection, key):
            raise RemovalRefusedError(
                f"The tables of {key} are needed by {', '.join(pointing)}: take those away first."
            )
        names = tables_in(connection, key)
    tables = [Table(name, MetaData(), schema=key) for name in names]
    with _connected(platform, Login.BACKUP) as connection:
        counts = (
            connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        )
        return Left(dict(zip(names, counts, strict=True)))


def keep_for_archive(platform: Platform, key: str) -> Left:
    """Leave the schema to the archive's login alone.

    Raises:
        RemovalRefusedError: as ``left_behind``.
    """
    left = left_behind(platform, key)
    _write_down(platform, key, Action.ARCHIVE)
    with _connected(platform, Login.MIGRATOR) as connection:
        archive(connection, key, prefix=platform.addresses.prefix)
    return left


def drop_for_good(platform: Platform, key: str) -> Left:
    """Drop the schema, and what core holds that tells of its records.

    Entries of the audit log, of who entered what when, and what was released or published stay.

    Raises:
        RemovalRefusedError: as ``left_behind``.
    """
    left = left_behind(platform, key)
    _write_down(platform, key, Action.DELETE)
    for tenant in platform.tenants():
        with platform.door.tenant_session(tenant.id, reach=Reach.counting()) as session:
            for statement in _beside(session.tenant_id, key):
                session.execute(statement, execution_options={"synchronize_session": False})
    with _connected(platform, Login.MIGRATOR) as connection:
        drop(connection, key)
        connection.execute(delete(DeclaredVersion).where(DeclaredVersion.key == key))
    return left


def archived_rows(platform: Platform, key: str, tenant: Tenant) -> Mapping[str, int]:
    """How many rows of one tenant each archived table holds.

    Raises:
        RemovalRefusedError: nothing of such a plugin is in the archive.
    """
    with _archive_session(platform, key, tenant) as (session, tables):
        return {
            table.name: session.scalar(
                select(func.count())
                .select_from(table)
                .where(table.c.tenant_id == session.tenant_id)
            )
            or 0
            for table in tables
        }


def read_archive(
    platform: Platform, key: str, tenant: Tenant, name: str, *, reason: str
) -> Iterator[Mapping[str, Any]]:
    """The rows of one tenant in one archived table; who looked and why is written down first.

    Sealed columns stay sealed.

    Raises:
        RemovalRefusedError: there is no such table in the archive, or no reason is given.
    """
    if not reason.strip():
        raise RemovalRefusedError("Say why: reading an archive is written down with its reason.")
    with _archive_session(platform, key, tenant) as (session, tables):
        table = next((one for one in tables if one.name == name), None)
        if table is None:
            known = ", ".join(one.name for one in tables)
            raise RemovalRefusedError(f"The archive of {key} has no such table; it has {known}.")
        with platform.door.tenant_session(tenant.id) as noting:
            record(noting, None, Action.READ, subject_kind=f"plugin.{key}.{name}", reason=reason)
        statement = select(table).where(table.c.tenant_id == session.tenant_id)
        for row in session.execute(statement.order_by(table.c.id)).mappings():
            yield {
                column: _SEALED if isinstance(value, bytes) else value
                for column, value in row.items()
            }


def _was_declared(connection: Connection, key: str) -> bool:
    """Whether its tables were made from a file, which is no chain of migrations."""
    versions = select(exists().where(DeclaredVersion.key == key))
    return bool(connection.scalar(versions)) and has_schema(connection, key)


def _require_unused(platform: Platform, key: str) -> None:
    if not _KEY.fullmatch(key) or key in _NEVER:
        raise RemovalRefusedError("This is no plugin's key.")
    on = []
    for tenant in platform.tenants():
        with platform.door.tenant_session(tenant.id, read_only=True) as session:
            if key in keys_during(session, platform.clock.now(), _FAR):
                on.append(tenant.slug)
    if on:
        raise RemovalRefusedError(
            f"{key} is still on in {', '.join(on)}: switch it off there first "
            f"(annhi programme off {key} --tenant …), while it is installed."
        )
    if key in {info.key for info in platform.registry.plugins}:
        raise RemovalRefusedError(
            f"{key} is still installed: uninstall its distribution (or take it out of "
            "ANNHI_PLUGINS), restart the web and the workers, then take its data away."
        )


def _write_down(platform: Platform, key: str, action: Action) -> None:
    """In every province: whichever had it on finds it in its log."""
    for tenant in platform.tenants():
        if tenant.kind == "province":
            with platform.door.tenant_session(tenant.id) as session:
                record(session, None, action, subject_kind=f"plugin.{key}")


def _beside(tenant_id: int, key: str) -> Iterator[Delete]:
    """What core holds of a plugin's records, outside its schema."""
    lead = f"{key}."
    papers = select(Attachment.id).where(
        Attachment.tenant_id == tenant_id,
        Attachment.subject_kind.startswith(lead, autoescape=True),
    )
    yield delete(AttachmentContent).where(
        AttachmentContent.tenant_id == tenant_id, AttachmentContent.attachment_id.in_(papers)
    )
    for model, column in (
        (Attachment, Attachment.subject_kind),
        (RecordChange, RecordChange.form_code),
        (FormDraft, FormDraft.form_code),
        (FigureCell, FigureCell.measure),
        (FigureStale, FigureStale.measure),
        (RaisedAlert, RaisedAlert.code),
    ):
        yield delete(model).where(
            model.tenant_id == tenant_id, column.startswith(lead, autoescape=True)
        )
    yield delete(PluginFailure).where(
        PluginFailure.tenant_id == tenant_id, PluginFailure.plugin == key
    )


@contextmanager
def _connected(platform: Platform, login: Login) -> Iterator[Connection]:
    """One transaction of a login of the installation."""
    engine = make_engine(platform.addresses.url(login), pool_size=1)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _archive_session(
    platform: Platform, key: str, tenant: Tenant
) -> Iterator[tuple[TenantSession, tuple[Table, ...]]]:
    """A reading session of one tenant as the archive's login, and the archived tables."""
    if not _KEY.fullmatch(key):
        raise RemovalRefusedError("This is no plugin's key.")
    engine = runtime_engine(platform.addresses, Login.ARCHIVE, pool_size=2)
    try:
        tables = _archived_tables(engine, key, platform.addresses.prefix)
        session = TenantSession(engine, tenant_id=tenant.id, reach=Reach.counting(), read_only=True)
        with session, session.begin():
            yield session, tables
    finally:
        engine.dispose()


def _archived_tables(engine: Engine, key: str, prefix: str) -> tuple[Table, ...]:
    with engine.connect() as connection:
        if not has_chain(connection, key) or not is_archived(connection, key, prefix=prefix):
            raise RemovalRefusedError(f"Nothing of a plugin {key} is in the archive.")
        names = tables_in(connection, key, owned=True)
        return tuple(
            Table(name, MetaData(), schema=key, autoload_with=connection, resolve_fks=False)
            for name in names
        )
