"""Brings the database in line with the folder of tenants, and says first what that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from core.areas.book import AreaBook
from core.areas.editions import read_editions
from core.db.engine import make_engine
from core.db.logins import Login
from core.identity.roles import ROLES
from core.kit.clock import VIETNAM_TIME
from core.profiles.apply import Programmes, apply, load_legal_documents, plan_changes
from core.profiles.checks import References
from core.profiles.read import Declarations, read_declarations
from core.registry.enablement import enabled_keys, switch_off, switch_on
from core.tenancy.models import Tenant

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from core.kit.language import Text
    from core.platform import Platform
    from core.profiles.apply import Change
    from core.profiles.declaration import TenantFile
    from core.registry.service import Registry
    from core.settings import Settings
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class TenantChanges:
    """What applying one tenant's file changes, or changed."""

    slug: str
    is_new: bool
    changes: tuple[Change, ...]

    @property
    def lines(self) -> tuple[Text, ...]:
        """A line for each difference."""
        return tuple(change.text for change in self.changes)


def declared(settings: Settings, registry: Registry) -> tuple[Declarations, AreaBook]:
    """The folder, read and checked against the installed plugins and the areas.

    Raises:
        DeclarationError: carries every fault of every file, with line, field and cure.
    """
    book = AreaBook(read_editions().units)
    references = References(
        indicators=frozenset(registry.catalogue.indicators),
        programmes=frozenset(info.key for info in registry.plugins),
        areas=book,
        roles=_rights_of_roles(registry),
    )
    return read_declarations(settings.tenants_dir, references), book


def _rights_of_roles(registry: Registry) -> dict[str, frozenset[str]]:
    """What each role may do at most, from core and every installed programme."""
    return {
        role.code: frozenset[str]().union(
            *(rights.permissions for _, rights in registry.catalogue.rights(role.code))
        )
        for role in ROLES
    }


def check_folder(platform: Platform, only: str | None = None) -> tuple[TenantChanges, ...]:
    """What ``apply_folder`` would change; writes nothing."""
    declarations, book = declared(platform.settings, platform.registry)
    known = {tenant.slug: tenant.id for tenant in platform.tenants()}
    found = []
    for slug, file in _chosen(declarations, only):
        if slug not in known:
            found.append(TenantChanges(slug, is_new=True, changes=()))
            continue
        with platform.door.tenant_session(known[slug], read_only=True) as session:
            changes = plan_changes(
                session,
                file,
                areas=book,
                programmes=_programmes(platform, session),
                today=platform.clock.today(),
            )
        found.append(TenantChanges(slug, is_new=False, changes=tuple(changes)))
    return tuple(found)


def apply_folder(platform: Platform, only: str | None = None) -> tuple[TenantChanges, ...]:
    """Make the database match; each tenant in one transaction; a second time nothing is left."""
    declarations, book = declared(platform.settings, platform.registry)
    owner = make_engine(platform.addresses.url(Login.MIGRATOR))
    try:
        with owner.begin() as connection:
            added = _add_tenants(connection, declarations)
            load_legal_documents(connection, declarations.legal_documents)
    finally:
        owner.dispose()
    known = {tenant.slug: tenant.id for tenant in platform.tenants()}
    done = []
    for slug, file in _chosen(declarations, only):
        with platform.door.tenant_session(known[slug]) as session:
            changes = apply(
                session,
                file,
                areas=book,
                programmes=_programmes(platform, session),
                set_programme=_Switch(platform, session),
                today=platform.clock.today(),
            )
        done.append(TenantChanges(slug, is_new=slug in added, changes=tuple(changes)))
    return tuple(done)


class _Switch:
    """Switches as the file says, from the first day of its profile."""

    def __init__(self, platform: Platform, session: TenantSession) -> None:
        self._platform = platform
        self._session = session

    def __call__(self, key: str, on: bool, since: date) -> None:  # noqa: FBT001  its caller's form
        registry = self._platform.registry
        if on:
            first = datetime.combine(since, time.min, VIETNAM_TIME)
            switch_on(self._session, registry, key, at=min(first, self._platform.clock.now()))
        else:
            switch_off(self._session, registry, key, at=self._platform.clock.now())


def _programmes(platform: Platform, session: TenantSession) -> Programmes:
    return Programmes(
        installed=frozenset(info.key for info in platform.registry.plugins),
        enabled=enabled_keys(session, platform.clock.now()),
    )


def _chosen(declarations: Declarations, only: str | None) -> list[tuple[str, TenantFile]]:
    wanted = only.replace("-", "_") if only else None
    return [(s, f) for s, f in sorted(declarations.tenants.items()) if wanted in {None, s}]


def _add_tenants(connection: Connection, declarations: Declarations) -> frozenset[str]:
    """Give new tenants the next numbers; names follow the files."""
    known = {row.slug: row.id for row in connection.execute(select(Tenant.slug, Tenant.id))}
    highest = connection.scalar(select(func.coalesce(func.max(Tenant.id), 0))) or 0
    added = set()
    for slug, file in sorted(declarations.tenants.items()):
        if slug not in known:
            highest += 1
            added.add(slug)
        values = {
            "id": known.get(slug, highest),
            "slug": slug,
            "kind": file.tenant.kind,
            "name_vi": file.tenant.name_vi,
            "name_en": file.tenant.name_en,
        }
        names = {"name_vi": values["name_vi"], "name_en": values["name_en"]}
        connection.execute(
            insert(Tenant).values(values).on_conflict_do_update(index_elements=["id"], set_=names)
        )
    return frozenset(added)
