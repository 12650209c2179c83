"""What an administrator can do with accounts, and what no administrator can."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyotp
import pytest
from sqlalchemy import select

from core.areas.models import COMMUNE, Area
from core.areas.repository import communes_of, districts_of, find_province
from core.audit.models import AuditEntry
from core.identity import administration
from core.identity.errors import FieldFaultError
from core.identity.granting import Grantable
from core.identity.links import set_password_by_link
from core.identity.models import Account, Purpose, RoleGrant
from core.identity.repository import account_view, accounts
from core.identity.roles import ROLES
from core.identity.second_factor import begin_enrolment, confirm_enrolment, has_factor
from core.identity.service import GivenRole, open_sign_in, resolve
from core.kit.clock import local_date
from core.kit.errors import NotFoundError, RefusedError
from tests.core.identity.conftest import NOW, OTHER, TENANT

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession
    from tests.core.identity.conftest import Staff

OFFICER = GivenRole("province_officer", None)
GOOD = "con mèo nhỏ ngủ trên mái nhà"


@pytest.fixture
def allowed(door: TenantDoor) -> Grantable:
    """An Giang of 2018."""
    with door.tenant_session(TENANT) as session:
        province = find_province(session, "89", local_date(NOW))
    assert province is not None
    return Grantable(
        ministry=False, province_id=province.id, programmes=frozenset({"child_labour"})
    )


def _grant(session: TenantSession, account: UUID, given: GivenRole, **options: Any) -> None:
    administration.grant_role(session, account, given, now=NOW, **options)


def _audited(session: TenantSession, action: str, subject: UUID) -> list[tuple[str, str | None]]:
    rows = session.execute(
        select(AuditEntry.subject_kind, AuditEntry.reason).where(
            AuditEntry.tenant_id == session.tenant_id,
            AuditEntry.action == action,
            AuditEntry.subject_id == subject,
        )
    )
    return [(row.subject_kind, row.reason) for row in rows]


def test_an_invited_person_sets_the_password_by_the_link(
    door: TenantDoor, staff: Staff, allowed: Grantable
) -> None:
    by = staff.administrator()
    with door.tenant_session(TENANT) as session:
        account, token = administration.invite(
            session,
            login=" Nguoi.Moi ",
            display_name="Người  Mới",
            given=OFFICER,
            allowed=allowed,
            by=by,
            now=NOW,
        )
        view = account_view(session, account)
        assert (view.login, view.display_name) == ("nguoi.moi", "Người Mới")
        assert not view.has_password
        assert _audited(session, "grant", account) == [("core.role_grant", None)]
        assert set_password_by_link(session, token, "invitation", GOOD, now=NOW) == account
        assert account_view(session, account).has_password


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("login", {"login": "x"}),
        ("login", {"login": "có dấu"}),
        ("login", {"login": "a" * 41}),
        ("display_name", {"display_name": "  "}),
        ("role", {"given": GivenRole("ministry_admin", None)}),
        ("role", {"given": GivenRole("no_such_role", None)}),
        ("area", {"given": GivenRole("commune_worker", None)}),
        ("area", {"given": GivenRole("province_officer", 1)}),
        ("area", {"given": GivenRole("commune_worker", -1)}),
        ("programmes", {"given": GivenRole("province_officer", None, ("no_such",))}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    door: TenantDoor, staff: Staff, allowed: Grantable, field: str, values: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"login": "dung_cach", "display_name": "Đúng Cách", "given": OFFICER}
    with door.tenant_session(TENANT) as session, pytest.raises(FieldFaultError) as refused:
        administration.invite(
            session, **(given | values), allowed=allowed, by=staff.administrator(), now=NOW
        )
    assert refused.value.field == field


def test_a_login_that_is_taken_is_refused_and_harms_nothing(
    door: TenantDoor, staff: Staff, allowed: Grantable
) -> None:
    options: dict[str, Any] = {"given": OFFICER, "allowed": allowed, "now": NOW}
    options |= {"by": staff.administrator(), "login": "hai_lan", "display_name": "Hai Lần"}
    with door.tenant_session(TENANT) as session:
        first, _ = administration.invite(session, **options)
        with pytest.raises(FieldFaultError) as refused:
            administration.invite(session, **options)
        assert refused.value.field == "login"
    with door.tenant_session(TENANT) as session:
        assert account_view(session, first).login == "hai_lan"


def test_a_role_is_bound_to_an_area_of_its_level_in_the_province(
    door: TenantDoor, staff: Staff, allowed: Grantable
) -> None:
    account, by, today = staff.account(), staff.administrator(), local_date(NOW)
    assert allowed.province_id is not None
    with door.tenant_session(TENANT) as session:
        commune = communes_of(session, allowed.province_id, today)[0].id
        district = districts_of(session, allowed.province_id, today)[0].id
        own = {each.id for each in communes_of(session, allowed.province_id, today)}
        foreign = session.scalars(
            select(Area.id).where(Area.level == COMMUNE, Area.id.not_in(own)).limit(1)
        ).one()
        fits = {
            (commune, "commune_worker"),
            (commune, "collaborator"),
            (district, "district_officer"),
        }
        for area, role in sorted(fits):
            _grant(session, account, GivenRole(role, area), allowed=allowed, by=by)
        for area, role in (
            (district, "commune_worker"),
            (commune, "district_officer"),
            (foreign, "commune_worker"),
        ):
            with pytest.raises(FieldFaultError):
                _grant(session, account, GivenRole(role, area), allowed=allowed, by=by)
        roles = {(grant.area_id, grant.role) for grant in account_view(session, account).grants}
    assert roles == fits | {(None, "province_officer")}


def test_the_ministry_gives_its_own_roles_and_a_province_its_own(allowed: Grantable) -> None:
    ministry = replace(allowed, ministry=True)
    assert {role.level for role in ministry.roles()} == {"ministry"}
    assert set(ministry.roles()) | set(allowed.roles()) == set(ROLES)
    assert not set(ministry.roles()) & set(allowed.roles())


CHANGES: dict[str, Callable[[TenantSession, UUID, Any, Grantable], object]] = {
    "grant": lambda session, account, by, allowed: _grant(
        session, account, GivenRole("auditor", None), allowed=allowed, by=by
    ),
    "revoke": lambda session, account, by, _: administration.revoke_role(
        session, account, _some_grant(session, account), by=by
    ),
    "disable": lambda session, account, by, _: administration.disable_account(
        session, account, "Nghỉ việc", by=by, now=NOW
    ),
    "enable": lambda session, account, by, _: administration.enable_account(
        session, account, by=by
    ),
    "lost phone": lambda session, account, by, _: administration.link_for(
        session, account, without_factor=True, by=by, now=NOW
    ),
}


def _some_grant(session: TenantSession, account: UUID) -> UUID:
    """A grant of the account; where the tenant does not know it, any id."""
    found = session.scalars(
        select(RoleGrant.id).where(
            RoleGrant.tenant_id == session.tenant_id, RoleGrant.account_id == account
        )
    ).first()
    return found or account


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_rights_ends_every_sign_in_of_the_account(
    door: TenantDoor, staff: Staff, allowed: Grantable, change: str
) -> None:
    account, by = staff.account(), staff.administrator()
    with door.tenant_session(TENANT) as session:
        tokens = [open_sign_in(session, account, now=NOW, second_factor=True) for _ in range(3)]
        CHANGES[change](session, account, by, allowed)
    with door.tenant_session(TENANT) as session:
        assert [resolve(session, token, now=NOW) for token in tokens] == [None] * 3


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_the_own_account(
    door: TenantDoor, staff: Staff, allowed: Grantable, change: str
) -> None:
    own = staff.account("province_admin")
    with (
        door.tenant_session(TENANT) as session,
        pytest.raises(RefusedError, match="your own account"),
    ):
        CHANGES[change](session, own, staff.administrator(own), allowed)


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_changes_an_account_without_the_right_or_in_another_tenant(
    door: TenantDoor, staff: Staff, allowed: Grantable, change: str
) -> None:
    account, by = staff.account(), staff.administrator()
    powerless = replace(by, permissions=frozenset({"core.child.read"}))
    with door.tenant_session(TENANT) as session, pytest.raises(RefusedError):
        CHANGES[change](session, account, powerless, allowed)
    foreign = replace(by, tenant_id=OTHER)
    with door.tenant_session(OTHER) as session, pytest.raises(NotFoundError):
        CHANGES[change](session, account, foreign, allowed)


def test_disabling_takes_a_reason_and_keeps_its_date(door: TenantDoor, staff: Staff) -> None:
    account, by = staff.account(password=GOOD), staff.administrator()
    with door.tenant_session(TENANT) as session:
        with pytest.raises(FieldFaultError):
            administration.disable_account(session, account, "  ", by=by, now=NOW)
        administration.disable_account(session, account, "Nghỉ việc", by=by, now=NOW)
        view = account_view(session, account)
        assert not view.is_active
        assert (view.disabled_at, view.disabled_reason) == (NOW, "Nghỉ việc")
        assert _audited(session, "revoke", account) == [("core.account", "Nghỉ việc")]
        administration.enable_account(session, account, by=by)
        view = account_view(session, account)
        assert (view.is_active, view.disabled_at, view.has_password) == (True, None, False)


def test_who_lost_the_phone_starts_anew_and_the_password_alone_opens_nothing(
    door: TenantDoor, staff: Staff
) -> None:
    account, by = staff.account(password=GOOD), staff.administrator()
    with door.tenant_session(TENANT) as session:
        app = pyotp.TOTP(begin_enrolment(session, account, "login", now=NOW).secret)
        assert confirm_enrolment(session, account, app.at(NOW), now=NOW)
        purpose, _ = administration.link_for(session, account, without_factor=False, by=by, now=NOW)
        assert purpose is Purpose.RESET
        assert has_factor(session, account)
        administration.link_for(session, account, without_factor=True, by=by, now=NOW)
        assert not has_factor(session, account)
        assert not account_view(session, account).has_password


def test_giving_the_same_role_twice_changes_nothing(
    door: TenantDoor, staff: Staff, allowed: Grantable
) -> None:
    account, by = staff.account(), staff.administrator()
    bounded = GivenRole("province_officer", None, ("child_labour",))
    with door.tenant_session(TENANT) as session:
        for given in (OFFICER, bounded, bounded):
            _grant(session, account, given, allowed=allowed, by=by)
        stored = session.scalars(
            select(RoleGrant.programmes).where(
                RoleGrant.tenant_id == TENANT, RoleGrant.account_id == account
            )
        ).all()
        assert sorted(stored, key=bool) == [None, ["child_labour"]]
        assert len(_audited(session, "grant", account)) == 1


def test_accounts_are_listed_by_login_and_by_page(door: TenantDoor, staff: Staff) -> None:
    for _ in range(5):
        staff.account()
    with door.tenant_session(TENANT) as session:
        everybody = session.scalars(
            select(Account.login).where(Account.tenant_id == TENANT).order_by(Account.login)
        ).all()
        listed: list[str] = []
        after = None
        while found := accounts(session, after=after, limit=2):
            listed += [each.login for each in found]
            after = found[-1].account_id
    assert listed == list(everybody)
