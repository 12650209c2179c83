"""What stands in the world: canary names, an account for every role, a file that was opened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from core.access.emergency import OPEN, open_file
from core.areas.models import Area
from core.demo.papers import released_report
from core.demo.service import make_demo
from core.identity.models import Account, RoleGrant
from core.identity.principal import Principal
from core.identity.roles import BY_CODE
from core.imports.findings import NO_SUCH_CODE, Finding, packed, said
from core.imports.models import DONE, ChildImport, ChildImportChunk
from core.kit.ids import new_id
from core.kit.periods import Period
from core.register.models import Child
from core.tenancy.reach import Reach
from core.tenant_folder import apply_folder
from plugins.sexual_abuse.models import SaCase

if TYPE_CHECKING:
    from core.platform import Platform
    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

MINISTRY = "ministry"
CHILDREN = 30
# roles that the demonstration has no log-in for; the area is filled in
OTHER_ROLES = (
    "collaborator",
    "district_officer",
    "district_leader",
    "inspector",
    "finance_officer",
    "agency_reporter",
)
_OF_THE_PROVINCE = ("inspector", "finance_officer", "agency_reporter")
RELEASED = "2018-H1"
LISTED = "KvxTrongdanhsach"  # the child in the list of children that somebody sent


def canary(tenant: str) -> str:
    """A word that stands in every name of a tenant's records and nowhere else."""
    return f"Kvx{tenant.replace('_', '')}"


def furnish(database: TestDatabase, platform: Platform) -> None:
    """Tenants, the demonstration's records, an account for each role, a released report each."""
    with database.admin.begin() as connection:
        connection.execute(text("DELETE FROM core.tenant"))  # the look-alikes of core's own tests
    apply_folder(platform)
    make_demo(platform, children=CHILDREN, tell=lambda _line: None)
    for tenant in platform.tenants():
        with database.admin.begin() as connection:
            _sing(connection, tenant.id, tenant.slug)
        _sing_sealed(platform, tenant.id, tenant.slug)
        _more_accounts(platform, tenant.slug, tenant.id)
        if tenant.kind == "province":
            _look_out_of_duty(platform, tenant.id)
            _send_list(platform, tenant.id, tenant.slug)
            released_report(platform, tenant, Period.parse(RELEASED))


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


def _send_list(platform: Platform, tenant_id: int, slug: str) -> None:
    """A list of children with a row that was refused, sent by the commune's worker."""
    now = platform.clock.now()
    refused = Finding(5, "refused", [said("full_name", NO_SUCH_CODE)], [f"{LISTED} {canary(slug)}"])
    with platform.door.tenant_session(tenant_id, reach=Reach.counting()) as session:
        worker = session.scalars(
            select(RoleGrant.account_id).where(
                RoleGrant.tenant_id == tenant_id, RoleGrant.role == "commune_worker"
            )
        ).one()
        sent = ChildImport(
            id=new_id(),
            asked_by=worker,
            asked_at=now,
            updates=False,
            dry_run=False,
            state=DONE,
            sha256="0" * 64,
            columns=["full_name"],
            chunk_count=1,
            chunks_done=1,
            finished_at=now,
        )
        session.add(sent)
        session.flush()
        session.add(
            ChildImportChunk(
                id=new_id(),
                import_id=sent.id,
                number=0,
                row_count=1,
                done=True,
                refused=1,
                findings=packed([refused]),
            )
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
    areas = {"collaborator": commune} | dict.fromkeys(_OF_THE_PROVINCE)
    return [(role, areas.get(role, district)) for role in OTHER_ROLES]
