"""The composition root without the web: what each process makes once, and how it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from core.alerts.raising import alerts_kind
from core.areas.load import load_areas
from core.cases.alerts import case_clocks_kind
from core.contribution import core_contribution
from core.db.cluster import ensure_cluster
from core.db.engine import make_engine, runtime_engine, unreachable, verify_runtime_login
from core.db.logins import DatabaseAddresses, Login, ensure_database
from core.declared.plugin import declared_points
from core.declared.tables import require_applied
from core.forms.events import plugin_job_kind, record_saved_kind
from core.imports.jobs import import_kinds
from core.indicators.jobs import RECOUNT, recount_kind
from core.indicators.stale import marker
from core.jobs.queue import JobQueue
from core.kit.clock import Clock, SystemClock
from core.kit.errors import ConfigurationError
from core.migrations.runner import CORE_CHAIN, DeclaredChain, migrate
from core.registry.calls import POLICY, CallPolicy
from core.registry.loading import installed_entry_points
from core.registry.service import Registry
from core.rekeying.jobs import reseal_kind
from core.reports import missed
from core.reports.year.reminders import report_reminders_kind
from core.tenancy.archiving import bring_back
from core.tenancy.door import TenantDoor
from core.tenancy.models import Tenant
from core.vault.key_file import open_vault

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.jobs.kinds import JobKind
    from core.registry.loading import PluginPoint
    from core.settings import Settings
    from core.tenancy.session import TenantSession
    from core.vault.sealing import Vault


@dataclass(frozen=True, slots=True)
class Platform:
    """What every process has: the registry, the door to tenants, the ministry's own login."""

    settings: Settings
    addresses: DatabaseAddresses
    registry: Registry
    door: TenantDoor
    ministry_engine: Engine
    queue: JobQueue
    clock: Clock
    vault: Vault

    def tenant(self, slug: str) -> Tenant:
        """The tenant with a slug, written with dashes or underscores.

        Raises:
            ConfigurationError: there is none; names those there are.
        """
        with self.door.reference_session() as session:
            tenants = {t.slug: t for t in session.scalars(select(Tenant).order_by(Tenant.slug))}
        found = tenants.get(slug.replace("-", "_"))
        if found is None:
            known = ", ".join(tenants) or "none yet; run `annhi tenant apply`"
            raise ConfigurationError(f"There is no tenant {slug!r}. There are: {known}.")
        return found

    def tenants(self) -> tuple[Tenant, ...]:
        """All tenants, by slug."""
        with self.door.reference_session() as session:
            return tuple(session.scalars(select(Tenant).order_by(Tenant.slug)))

    def close(self) -> None:
        """Close every connection."""
        self.door.engine.dispose()
        self.ministry_engine.dispose()


def load_registry(settings: Settings) -> Registry:
    """Find, check and index the plugins: distributions that are installed, and declared files.

    Raises:
        PluginError: a plugin does not load; names it and the reason.
        DeclarationError: a declared plugin's file is not right; carries every fault.
    """
    points: tuple[PluginPoint, ...]
    points = (*installed_entry_points(), *declared_points(settings.declared_plugins))
    return Registry.discover(core_contribution(), points=points, trusted=settings.trusted_plugins)


def find_database(settings: Settings) -> DatabaseAddresses:
    """Where the database is; starts our own server when no address was given."""
    url = settings.database_url or ensure_cluster(settings.home).url()
    return DatabaseAddresses.of(
        url,
        database=settings.database_name,
        secret=settings.secret,
        prefix=settings.login_prefix,
    )


def install(settings: Settings, registry: Registry) -> DatabaseAddresses:
    """Make the logins and the database, run every chain, load the areas; safe to repeat.

    What a plugin left to the archive when it was taken away comes back with it.

    Raises:
        ConfigurationError: the server is unreachable or too old, or a chain fails.
    """
    addresses = find_database(settings)
    admin = make_engine(addresses.admin)
    owner = make_engine(addresses.url(Login.MIGRATOR))
    try:
        ensure_database(admin, addresses)
        migrate(owner, (CORE_CHAIN, *registry.chains), login_prefix=addresses.prefix)
        with owner.begin() as connection:
            load_areas(connection)
            for chain in registry.chains:
                bring_back(connection, chain.schema, prefix=addresses.prefix)
    except OperationalError as error:
        raise ConfigurationError(unreachable(error)) from None
    finally:
        admin.dispose()
        owner.dispose()
    return addresses


def start(
    settings: Settings,
    *,
    registry: Registry | None = None,
    addresses: DatabaseAddresses | None = None,
    clock: Clock | None = None,
) -> Platform:
    """Put a process together over a migrated database.

    Raises:
        PluginError: a plugin does not load.
        ConfigurationError: the database is unreachable, too old, or the runtime login could see
            past the tenant wall; the file of a declared plugin is another than was migrated; or
            there are no keys for the sealed columns.
    """
    registry = registry or load_registry(settings)
    vault = open_vault(settings)
    clock = clock or SystemClock()
    addresses = addresses or find_database(settings)
    engine = _checked_engine(addresses, registry)
    queue = JobQueue(job_kinds(registry, clock))

    def recount(session: TenantSession) -> None:
        queue.enqueue(session, RECOUNT)

    names = {info.key: info.name for info in registry.plugins}
    policy = CallPolicy(settings.plugin_limits, names)
    listeners = [marker(registry.catalogue.measures.values(), ask=recount)]
    return Platform(
        settings=settings,
        addresses=addresses,
        registry=registry,
        door=TenantDoor(engine, listeners, vault, {POLICY: policy}),
        ministry_engine=runtime_engine(addresses, Login.MINISTRY, pool_size=3),
        queue=queue,
        clock=clock,
        vault=vault,
    )


def _checked_engine(addresses: DatabaseAddresses, registry: Registry) -> Engine:
    """The runtime login's, once it is bounded and the declared tables are of these very files."""
    engine = runtime_engine(addresses)
    declared = [chain for chain in registry.chains if isinstance(chain, DeclaredChain)]
    try:
        verify_runtime_login(engine)
        if declared:
            with engine.connect() as connection:
                require_applied(connection, declared)
    except Exception:
        engine.dispose()
        raise
    return engine


def job_kinds(registry: Registry, clock: Clock) -> tuple[JobKind, ...]:
    """Every kind of job that the workers know; an event may ask for a plugin's jobs alone."""
    plugin_job = plugin_job_kind(registry, clock)
    recount = recount_kind(registry.catalogue.measures)
    record_saved = record_saved_kind(registry, JobQueue((plugin_job,)), clock)
    return (
        recount,
        *import_kinds(registry, (recount, record_saved), clock),
        plugin_job,
        record_saved,
        reseal_kind(),
        case_clocks_kind(clock),
        alerts_kind(registry, clock, missed.FINDERS),
        report_reminders_kind(clock),
    )
