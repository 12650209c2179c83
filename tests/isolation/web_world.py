"""The whole product as a browser meets it: real tenants, an account for each role, canary names.

Three provinces and the ministry in one database. The third is An Giang once more: the
same name, the same communes, look-alike rows, so that only the tenant tells them apart.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest
from litestar.testing import TestClient
from psycopg import sql
from sqlalchemy import select, text

from core.access.emergency import OPEN, open_file
from core.app import create_app
from core.areas.models import Area
from core.demo.accounts import MINISTRY_LOGINS, PROVINCE_LOGINS
from core.demo.papers import released_report
from core.demo.service import make_demo
from core.identity.models import Account, RoleGrant
from core.identity.principal import Principal
from core.identity.roles import BY_CODE
from core.identity.service import open_sign_in
from core.kit.hidden import Hidden
from core.kit.periods import Period
from core.migrations.runner import CORE_CHAIN, migrate
from core.platform import Platform, load_registry, start
from core.register.models import Child
from core.settings import GENERATED_MARK, Settings
from core.tenancy.reach import Reach
from core.tenant_folder import apply_folder
from core.testing.database import (
    TEST_KEYS,
    TEST_PREFIX,
    TEST_SECRET,
    TestDatabase,
    addresses_of,
    database_copy,
    ensure_template,
)
from core.testing.fixtures import fill_look_alikes
from core.web.work import CSRF_FIELD, csrf_token_for
from plugins.sexual_abuse.models import SaCase
from tests.isolation.product import plugin_chains

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from httpx import Response
    from litestar import Litestar

    from core.kit.clock import Clock
    from core.migrations.runner import Chain
    from core.registry.service import Registry
    from core.tenancy.session import TenantSession

REPOSITORY = Path(__file__).parents[2]
PROVINCES = ("an_giang", "lao_cai", "tinh_ba")
MINISTRY = "ministry"
CHILDREN = 30
# roles that the demonstration has no log-in for; the area is filled in
OTHER_ROLES = (
    "collaborator",
    "district_officer",
    "district_leader",
    "inspector",
    "finance_officer",
)
RELEASED = "2018-H1"
TABLES = {
    "core.household": "core.household",
    "core.child": "core.child",
    "core.special_circumstance": "core.special_circumstance",
    "core.at_risk": "core.at_risk",
    "core.support_delivery": "core.support_delivery",
    "core.parent": "core.parent_record",
    "core.caregiver": "core.caregiver",
    "core.schooling": "core.schooling_change",
    "core.status_change": "core.status_change",
    "core.poverty_year": "core.poverty_year",
    "core.hamlet": "core.hamlet",
    "core.committee": "core.committee",
    "core.staff_post": "core.staff_post",
    "core.collaborator": "core.collaborator",
    "core.network_group": "core.network_group",
    "core.service_provider": "core.service_provider",
    "core.service_point": "core.service_point",
    "core.intake_focal_point": "core.intake_focal_point",
    "core.communication_event": "core.communication_event",
    "core.communication_material": "core.communication_material",
    "core.training_class": "core.training_class",
    "core.urgent_incident": "core.urgent_incident",
    "core.plan_year": "core.plan_year",
    "core.plan_activity": "core.plan_activity",
    "core.activity_result": "core.activity_result",
    "core.sector_contribution": "core.sector_contribution",
    "core.inspection_visit": "core.inspection_visit",
    "core.emulation_score": "core.emulation_score",
    "core.funding_source": "core.funding_source",
    "core.budget_line": "core.budget_line",
    "core.expenditure": "core.expenditure",
    "core.donation": "core.donation",
    "drowning_prevention.injury_notice": "drowning_prevention.child_injury_incident",
    "drowning_prevention.safe_home": "drowning_prevention.safe_home_assessment",
    "drowning_prevention.swim_class": "drowning_prevention.swim_class",
    "drowning_prevention.flood_care_day": "drowning_prevention.flood_care_day",
    "drowning_prevention.commune_year": "drowning_prevention.commune_year",
    "drowning_prevention.hazard_site": "drowning_prevention.water_hazard_site",
    "drowning_prevention.swim_facility": "drowning_prevention.swim_facility",
    "drowning_prevention.flood_care_point": "drowning_prevention.flood_care_point",
    "drowning_prevention.cage_handover": "drowning_prevention.swim_cage_handover",
    "drowning_prevention.equipment_delivery": "drowning_prevention.safety_equipment_delivery",
    "child_labour.screening": "child_labour.work_screening",
    "child_labour.classification": "child_labour.labour_classification",
    "child_labour.case": "child_labour.labour_case",
    "child_labour.support": "child_labour.support_package",
    "child_labour.livelihood": "child_labour.livelihood_support",
    "child_labour.follow_up": "child_labour.labour_follow_up",
    "child_labour.vocational_class": "child_labour.vocational_class",
    "child_labour.workplace": "child_labour.workplace",
    "child_labour.inspection": "child_labour.labour_inspection",
    "child_labour.commune_year": "child_labour.commune_year",
    "sexual_abuse.intake": "sexual_abuse.sa_case",
    "sexual_abuse.emergency": "sexual_abuse.sa_emergency",
    "sexual_abuse.assessment": "sexual_abuse.sa_assessment",
    "sexual_abuse.plan": "sexual_abuse.sa_plan",
    "sexual_abuse.plan_decision": "sexual_abuse.sa_plan_decision",
    "sexual_abuse.service": "sexual_abuse.sa_service",
    "sexual_abuse.proceeding": "sexual_abuse.sa_proceeding",
    "sexual_abuse.placement": "sexual_abuse.sa_placement",
    "sexual_abuse.review": "sexual_abuse.sa_review",
    "sexual_abuse.closing": "sexual_abuse.sa_closing",
    "sexual_abuse.prevention": "sexual_abuse.prevention_activity",
    "sexual_abuse.panel": "sexual_abuse.hotline_panel",
    "sexual_abuse.commune_ready": "sexual_abuse.commune_ready",
    "sexual_abuse.non_reporting": "sexual_abuse.sa_non_reporting",
    "orphan_care.detection": "orphan_care.orphan_care_record",
    "orphan_care.verification": "orphan_care.orphan_verification",
    "orphan_care.care_family": "orphan_care.care_family",
    "orphan_care.visit": "orphan_care.care_visit",
    "orphan_care.dossier": "orphan_care.dossier",
    "orphan_care.payment": "orphan_care.benefit_payment",
    "orphan_care.facility_list": "orphan_care.centre_resident_list",
    "orphan_care.hiv_service": "orphan_care.hiv_service",
    "orphan_care.parent_change": "orphan_care.parent_status_change",
    "orphan_care.arrangement": "orphan_care.care_arrangement",
    "orphan_care.sponsorship": "orphan_care.sponsorship",
    "orphan_care.entitlement": "orphan_care.benefit_entitlement",
    "orphan_care.health_service": "orphan_care.health_service_at_centre",
    "orphan_care.disaster": "orphan_care.disaster_event",
    "orphan_care.hiv_care": "orphan_care.hiv_care",
}
# what is stored beside the records of forms, by the word that entries of routes use
BESIDE = {
    "account": "core.account",
    "agreement": "core.agreement",
    "enrolment": "core.enrolment",
    "emergency": "core.emergency_access",
    "notice": "core.emergency_notice",
    "sign_in": "core.sign_in",
    "case": "core.case",
    "referral": "core.case_referral",
}
CODES = {
    "core.urgent_incident": "code",
    "case": "code",
    "core.household": "household_code",
    "core.child": "child_code",
    "sexual_abuse.intake": "opaque_code",
    "orphan_care.hiv_care": "opaque_code",
}


def canary(tenant: str) -> str:
    """A word that stands in every name of a tenant's records and nowhere else."""
    return f"Kvx{tenant.replace('_', '')}"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in: a role in a tenant."""

    tenant: str
    role: str
    token: str

    @property
    def csrf(self) -> str:
        """What this sign-in's pages carry."""
        return csrf_token_for(TEST_SECRET, self.token)


@dataclass(frozen=True)
class Rows:
    """What a tenant has: ids and telling codes, by form."""

    ids: dict[str, tuple[UUID, ...]]
    codes: dict[str, tuple[str, ...]]

    @cached_property
    def telling(self) -> frozenset[str]:
        """Every string that must not be read by another tenant."""
        ids = (str(key) for keys in self.ids.values() for key in keys)
        return frozenset(ids) | {code for codes in self.codes.values() for code in codes}


class World:
    """One running application over a copy of the database."""

    def __init__(self, database: TestDatabase, platform: Platform) -> None:
        """Keep both; the application is made, its client is entered by ``opened``."""
        self.database = database
        self.platform = platform
        self.app: Litestar = create_app(platform)
        self.client: TestClient[Litestar] = TestClient(self.app)
        self.tenants = {tenant.slug: tenant.id for tenant in platform.tenants()}
        self._visitors: dict[tuple[str, str], Visitor] = {}

    def visitor(self, tenant: str, role: str) -> Visitor:
        """The account of a role, signed in; always the same sign-in within a module."""
        known = self._visitors.get((tenant, role))
        if known is None:
            known = Visitor(tenant, role, self.fresh_token(tenant, role))
            self._visitors[tenant, role] = known
        return known

    def fresh_token(self, tenant: str, role: str) -> str:
        """Another sign-in of the same account, without the cost of its password."""
        account = self.account(tenant, role)
        with self.platform.door.tenant_session(self.tenants[tenant]) as session:
            return open_sign_in(session, account, now=self.platform.clock.now(), second_factor=True)

    def account(self, tenant: str, role: str) -> UUID:
        """Whose account has a role."""
        found = self.scalar(
            "SELECT account_id FROM core.role_grant WHERE tenant_id = :tenant AND role = :role",
            tenant=self.tenants[tenant],
            role=role,
        )
        assert isinstance(found, UUID)
        return found

    def get(self, visitor: Visitor | None, path: str, **options: Any) -> Response:
        """Ask for a page or the API as somebody."""
        return self._send("GET", visitor, path, **options)

    def post(
        self,
        visitor: Visitor | None,
        path: str,
        data: dict[str, Any] | None = None,
        **options: Any,
    ) -> Response:
        """Send a page's form as somebody, with the token that the page carries."""
        token = {CSRF_FIELD: visitor.csrf} if visitor else {}
        return self._send("POST", visitor, path, data=token | (data or {}), **options)

    def api(
        self, visitor: Visitor, path: str, body: dict[str, Any], *, key: str | None = None
    ) -> Response:
        """Send JSON as a program that holds the sign-in's token."""
        headers = {"Authorization": f"Bearer {visitor.token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.client.post(path, json=body, headers=headers, follow_redirects=False)

    def scalar(self, statement: str, **values: Any) -> Any:
        """One value as the administrator, whom no policy bounds."""
        with self.database.admin.connect() as connection:
            return connection.scalar(text(statement), values)

    def run(self, statement: str, **values: Any) -> None:
        """One statement as the administrator."""
        with self.database.admin.begin() as connection:
            connection.execute(text(statement), values)

    def rows(self, tenant: str) -> Rows:
        """What a tenant has stored."""
        values = {"tenant": self.tenants[tenant]}
        ids, codes = {}, {}
        with self.database.admin.connect() as connection:
            for form, table in (TABLES | BESIDE).items():
                query = f"FROM {table} WHERE tenant_id = :tenant ORDER BY id"
                ids[form] = tuple(connection.scalars(text(f"SELECT id {query}"), values))
                if column := CODES.get(form):
                    codes[form] = tuple(
                        connection.scalars(text(f"SELECT {column} {query}"), values)
                    )
        return Rows(ids, codes)

    def commune(self, tenant: str) -> int:
        """The commune of the tenant's commune worker."""
        found = self.scalar(
            "SELECT area_id FROM core.role_grant WHERE tenant_id = :tenant "
            "AND role = 'commune_worker'",
            tenant=self.tenants[tenant],
        )
        assert isinstance(found, int)
        return found

    def _send(self, method: str, visitor: Visitor | None, path: str, **options: Any) -> Response:
        # by hand, not in the client's jar: each request is somebody else's
        headers = dict(options.pop("headers", {}))
        if visitor is not None:
            headers["Cookie"] = f"annhi={visitor.token}"
        self.client.cookies.clear()
        return self.client.request(method, path, headers=headers, follow_redirects=False, **options)


@contextmanager
def opened(
    template: str,
    home: Path,
    *,
    registry: Registry | None = None,
    extra: Sequence[Chain] = (),
    clock: Clock | None = None,
) -> Iterator[World]:
    """A world over a fresh copy of a filled database, perhaps with more chains migrated."""
    with database_copy(template) as database:
        if extra:
            migrate(database.owner, (CORE_CHAIN, *extra), login_prefix=database.addresses.prefix)
        platform = platform_over(database, home, registry=registry, clock=clock)
        world = World(database, platform)
        try:
            with world.client:
                yield world
        finally:
            platform.close()


def platform_over(
    database: TestDatabase,
    home: Path,
    *,
    registry: Registry | None = None,
    clock: Clock | None = None,
) -> Platform:
    """The platform of one process over a test database."""
    settings = Settings(
        home=home,
        secret=TEST_SECRET,
        database_name=database.addresses.database,
        login_prefix=TEST_PREFIX,
        tenants_dir=home / "tenants",
        generated_data=True,
        keys=Hidden(TEST_KEYS),
    )
    return start(
        settings,
        registry=registry or load_registry(settings),
        addresses=database.addresses,
        clock=clock,
    )


@pytest.fixture(scope="session")
def world_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the folder of tenants and the third province in it."""
    home = tmp_path_factory.mktemp("world")
    shutil.copytree(REPOSITORY / "tenants", home / "tenants")
    original = (home / "tenants/an_giang/tenant.toml").read_text(encoding="utf-8")
    third = home / "tenants/tinh_ba/tenant.toml"
    third.parent.mkdir()
    third.write_text(original.replace('code = "an_giang"', 'code = "tinh_ba"'), encoding="utf-8")
    (home / GENERATED_MARK).touch()
    return home


@pytest.fixture(scope="session")
def world_template(world_home: Path) -> Iterator[str]:
    """A database with tenants, accounts, generated records and one released report each.

    Kept until the code changes and nobody uses it, for filling it costs more than most tests.
    """
    base = ensure_template(plugin_chains(), fill=fill_look_alikes)
    name = f"annhi_world_{_fingerprint(base)}"
    with _administrator(base) as administrator:
        administrator.execute("SELECT pg_advisory_lock(7214)")
        administrator.execute(_IN_USE, (name,))
        known = [row[0] for row in administrator.execute(_WORLDS)]
        if name not in known:
            with database_copy(base) as database:
                _furnish(database, world_home)
                database.dispose()
                _keep(administrator, database.addresses.database, name)
        for old in known:
            if old != name:
                _drop_unused(administrator, old)
        administrator.execute("SELECT pg_advisory_unlock(7214)")
        yield name  # in use until this connection ends


@pytest.fixture(scope="module")
def world(world_template: str, world_home: Path) -> Iterator[World]:
    """A world of its own for each module."""
    with opened(world_template, world_home) as made:
        yield made


_WORLDS = "SELECT datname FROM pg_database WHERE datname LIKE 'annhi\\_world\\_%'"
_IN_USE = "SELECT pg_advisory_lock_shared(7214, hashtext(%s))"
_UNUSED = "SELECT pg_try_advisory_lock(7214, hashtext(%s))"
_UNUSED_NO_MORE = "SELECT pg_advisory_unlock(7214, hashtext(%s))"


def _fingerprint(base: str) -> str:
    """Of everything that decides what is in the world; what only shows it does not count."""
    digest = hashlib.sha256(base.encode() + Path(__file__).read_bytes())
    for folder in ("core", "plugins", "tenants"):
        for file in sorted((REPOSITORY / folder).rglob("*.*")):
            shown = file.is_relative_to(REPOSITORY / "core/web")
            if file.suffix in {".py", ".toml"} and not shown:
                digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _administrator(base: str) -> Iterator[psycopg.Connection[Any]]:
    """The administrator, outside a transaction."""
    address = addresses_of(base).admin.set(drivername="postgresql")
    url = address.render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def _keep(administrator: psycopg.Connection[Any], made: str, name: str) -> None:
    """Copy what was made under its lasting name, whole or not at all."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    administrator.execute(statement.format(sql.Identifier(name), sql.Identifier(made)))


def _drop_unused(administrator: psycopg.Connection[Any], name: str) -> None:
    """Drop an older world unless another run of the tests works with it."""
    row = administrator.execute(_UNUSED, (name,)).fetchone()
    if row is not None and row[0]:
        administrator.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        administrator.execute(_UNUSED_NO_MORE, (name,))


def _furnish(database: TestDatabase, home: Path) -> None:
    with database.admin.begin() as connection:
        connection.execute(text("DELETE FROM core.tenant"))  # the look-alikes of core's own tests
    platform = platform_over(database, home)
    try:
        apply_folder(platform)
        make_demo(platform, children=CHILDREN, tell=lambda _line: None)
        for tenant in platform.tenants():
            with database.admin.begin() as connection:
                _sing(connection, tenant.id, tenant.slug)
            _sing_sealed(platform, tenant.id, tenant.slug)
            _more_accounts(platform, tenant.slug, tenant.id)
            if tenant.kind == "province":
                _look_out_of_duty(platform, tenant.id)
                released_report(platform, tenant, Period.parse(RELEASED))
    finally:
        platform.close()


_CANARIES = (
    "UPDATE core.child SET full_name = full_name || :word WHERE tenant_id = :tenant",
    """
    UPDATE core.household SET head_name = head_name || :word, address = address || :word,
    head_fold = head_fold || lower(:word) WHERE tenant_id = :tenant
    """,
    "UPDATE core.account SET display_name = display_name || :word WHERE tenant_id = :tenant",
    """
    UPDATE child_labour.work_screening SET occupation = occupation || :word
    WHERE tenant_id = :tenant
    """,
    """
    INSERT INTO core.child_name_token (tenant_id, id, child_id, token, commune_id)
    SELECT tenant_id, gen_random_uuid(), id, :token, commune_id FROM core.child
    WHERE tenant_id = :tenant
    """,
)


def _sing(connection: Any, tenant_id: int, slug: str) -> None:
    """Put the canary into everything that names or describes a person."""
    values = {"tenant": tenant_id, "word": f" {canary(slug)}", "token": canary(slug).lower()}
    for statement in _CANARIES:
        names = {name: values[name] for name in values if f":{name}" in statement}
        connection.execute(text(statement), names)


def _sing_sealed(platform: Platform, tenant_id: int, slug: str) -> None:
    """The same in what only the program can write and read."""
    with platform.door.tenant_session(tenant_id, reach=Reach.counting()) as session:
        for case in session.scalars(select(SaCase).where(SaCase.tenant_id == tenant_id)):
            case.hotline_ref = f"{case.hotline_ref or ''} {canary(slug)}"
            case.informant_consents = True
            case.informant_name = f"Người báo tin {canary(slug)}"


def _more_accounts(platform: Platform, slug: str, tenant_id: int) -> None:
    """The roles that the demonstration leaves out; a district's officer reaches one district."""
    now = platform.clock.now()
    with platform.door.tenant_session(tenant_id) as session:
        for role, area in _other_roles(session, slug):
            account = Account(
                login=role,
                display_name=f"{BY_CODE[role].name.vi} {canary(slug)}",
                password_hash="nobody signs in with a password here",
                generated=True,
                created_at=now,
            )
            session.add(account)
            session.flush()
            session.add(RoleGrant(account_id=account.id, role=role, area_id=area, granted_at=now))


def _look_out_of_duty(platform: Platform, tenant_id: int) -> None:
    """A file that was opened, long closed again, and of which people were told."""
    long_ago = platform.clock.now() - timedelta(days=10)
    with platform.door.tenant_session(tenant_id, reach=Reach.counting()) as session:
        child = session.scalars(
            select(Child).where(Child.tenant_id == tenant_id).order_by(Child.id).limit(1)
        ).one()
        officer = session.scalars(
            select(RoleGrant.account_id).where(
                RoleGrant.tenant_id == tenant_id, RoleGrant.role == "province_officer"
            )
        ).one()
        who = Principal(
            account_id=officer,
            tenant_id=tenant_id,
            tenant_slug="",
            display_name="",
            roles=("province_officer",),
            permissions=frozenset({OPEN}),
            reach=Reach.nothing(),
        )
        open_file(
            session,
            who,
            subject_kind="core.child",
            subject_id=child.id,
            at_work_in=child.commune_id,
            reason="Cần biết nơi ở của trẻ ngay trong đêm.",
            reviewers=("data_protection_officer", "province_confidential_officer"),
            now=long_ago,
        )


def _other_roles(session: TenantSession, slug: str) -> list[tuple[str, int | None]]:
    """Each with its area: the commune worker's commune, or the district it lies in."""
    if slug == MINISTRY:
        return [("ministry_admin", None)]
    commune = session.scalars(
        select(RoleGrant.area_id).where(
            RoleGrant.tenant_id == session.tenant_id, RoleGrant.role == "commune_worker"
        )
    ).one()
    district = session.scalars(select(Area.parent_id).where(Area.id == commune)).one()
    areas = {"collaborator": commune, "inspector": None}
    return [(role, areas.get(role, district)) for role in OTHER_ROLES]


def roles_of(tenant: str) -> tuple[str, ...]:
    """Every role that has an account in a tenant."""
    if tenant == MINISTRY:
        return (*(role for _, role in MINISTRY_LOGINS), "ministry_admin")
    return (*(role for _, role in PROVINCE_LOGINS), *OTHER_ROLES)
