"""What an administrator does with the accounts of a tenant; everything is written down.

No change touches the administrator's own account, and each ends the sign-ins of the other one, so
that what was changed counts at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from core.audit.service import Action, record
from core.identity.errors import FieldFaultError
from core.identity.granting import require_grantable
from core.identity.links import make_link
from core.identity.models import Account, Purpose, RoleGrant
from core.identity.own_password import store_password
from core.identity.second_factor import give_up_factor
from core.identity.service import create_account, end_sign_ins, hold_account
from core.kit.errors import NotFoundError, RefusedError
from core.kit.language import Text
from core.kit.text import nfc

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.identity.granting import Grantable
    from core.identity.principal import Principal
    from core.identity.service import GivenRole
    from core.tenancy.session import TenantSession

MANAGE = "core.account.manage"
_ACCOUNT, _GRANT = "core.account", "core.role_grant"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
_LONGEST_NAME = 120
_LONGEST_REASON = 500


def invite(
    session: TenantSession,
    *,
    login: str,
    display_name: str,
    given: GivenRole,
    allowed: Grantable,
    by: Principal,
    now: datetime,
) -> tuple[UUID, str]:
    """A new account without a password, and the token of the link with which it gets one.

    Raises:
        FieldFaultError: names the field.
    """
    by.require(MANAGE)
    login, display_name = login.strip().lower(), nfc(display_name)
    _require_login(login)
    _require_filled("display_name", display_name, _LONGEST_NAME)
    require_grantable(session, given, allowed)
    try:
        with session.begin_nested():
            account_id = create_account(
                session,
                login=login,
                display_name=display_name,
                password=None,
                roles=(given,),
                now=now,
            )
    except IntegrityError:
        raise FieldFaultError(
            "login", Text(vi="Tên đăng nhập này đã có.", en="This user name is taken.")
        ) from None
    record(session, by, Action.WRITE, subject_kind=_ACCOUNT, subject_id=account_id)
    record(session, by, Action.GRANT, subject_kind=_GRANT, subject_id=account_id)
    return account_id, make_link(session, account_id, Purpose.INVITATION, by=by.account_id, now=now)


def grant_role(
    session: TenantSession,
    account_id: UUID,
    given: GivenRole,
    *,
    allowed: Grantable,
    by: Principal,
    now: datetime,
) -> None:
    """Give one more role; giving the same again changes nothing.

    Raises:
        FieldFaultError: names the field.
        RefusedError: it is the administrator's own account.
    """
    _begin(session, account_id, by)
    require_grantable(session, given, allowed)
    programmes = None if given.programmes is None else sorted(given.programmes)
    same = select(RoleGrant.id).where(
        RoleGrant.tenant_id == session.tenant_id,
        RoleGrant.account_id == account_id,
        RoleGrant.role == given.role,
        RoleGrant.area_id.is_not_distinct_from(given.area_id),
        RoleGrant.programmes.is_not_distinct_from(programmes),
    )
    if session.scalars(same).first() is not None:
        return
    session.add(
        RoleGrant(
            account_id=account_id,
            role=given.role,
            area_id=given.area_id,
            programmes=programmes,
            granted_at=now,
        )
    )
    session.flush()
    _rights_changed(session, account_id, Action.GRANT, by)


def revoke_role(session: TenantSession, account_id: UUID, grant_id: UUID, *, by: Principal) -> None:
    """Take a role away.

    Raises:
        NotFoundError: the account does not have it.
        RefusedError: it is the administrator's own account.
    """
    _begin(session, account_id, by)
    gone = session.scalar(
        delete(RoleGrant)
        .where(
            RoleGrant.tenant_id == session.tenant_id,
            RoleGrant.account_id == account_id,
            RoleGrant.id == grant_id,
        )
        .returning(RoleGrant.id)
    )
    if gone is None:
        raise NotFoundError
    _rights_changed(session, account_id, Action.REVOKE, by)


def disable_account(
    session: TenantSession, account_id: UUID, reason: str, *, by: Principal, now: datetime
) -> None:
    """Nobody signs in with it any more, and whoever is signed in with it is out.

    Raises:
        FieldFaultError: no reason was given.
        RefusedError: it is the administrator's own account.
    """
    _begin(session, account_id, by)
    reason = nfc(reason)
    _require_filled("reason", reason, _LONGEST_REASON)
    _set_state(session, account_id, is_active=False, disabled_at=now, disabled_reason=reason)
    _rights_changed(session, account_id, Action.REVOKE, by, subject_kind=_ACCOUNT, reason=reason)


def enable_account(session: TenantSession, account_id: UUID, *, by: Principal) -> None:
    """It may sign in again, with a new password from a link: the old one may be known by now.

    Raises:
        RefusedError: it is the administrator's own account.
    """
    _begin(session, account_id, by)
    _set_state(session, account_id, is_active=True, disabled_at=None, disabled_reason=None)
    store_password(session, account_id, None)
    _rights_changed(session, account_id, Action.GRANT, by, subject_kind=_ACCOUNT)


def link_for(
    session: TenantSession,
    account_id: UUID,
    *,
    without_factor: bool,
    by: Principal,
    now: datetime,
) -> tuple[Purpose, str]:
    """A link to set a new password.

    ``without_factor`` is for who has lost the phone and the recovery codes: the factor goes, and
    with it the password, because the password alone must never be enough to set up a new app.

    Raises:
        RefusedError: it is the administrator's own account.
    """
    _begin(session, account_id, by)
    if without_factor:
        give_up_factor(session, account_id, by=by.account_id)
        store_password(session, account_id, None)
        end_sign_ins(session, account_id)
    has_password = session.scalar(
        select(Account.password_hash.is_not(None)).where(
            Account.tenant_id == session.tenant_id, Account.id == account_id
        )
    )
    purpose = Purpose.RESET if has_password or without_factor else Purpose.INVITATION
    return purpose, make_link(session, account_id, purpose, by=by.account_id, now=now)


def _begin(session: TenantSession, account_id: UUID, by: Principal) -> None:
    by.require(MANAGE)
    if account_id == by.account_id:
        raise RefusedError(
            Text(
                vi="Bạn không thể tự thay đổi tài khoản của mình ở đây. "
                "Hãy nhờ một người quản trị khác.",
                en="You cannot change your own account here. Ask another administrator.",
            )
        )
    hold_account(session, account_id, to_change=True)


def _rights_changed(
    session: TenantSession,
    account_id: UUID,
    action: Action,
    by: Principal,
    *,
    subject_kind: str = _GRANT,
    reason: str | None = None,
) -> None:
    end_sign_ins(session, account_id)
    record(session, by, action, subject_kind=subject_kind, subject_id=account_id, reason=reason)


def _set_state(session: TenantSession, account_id: UUID, **values: object) -> None:
    session.execute(
        update(Account)
        .where(Account.tenant_id == session.tenant_id, Account.id == account_id)
        .values(**values)
    )


def _require_login(login: str) -> None:
    if _LOGIN.fullmatch(login) is None:
        raise FieldFaultError(
            "login",
            Text(
                vi="Tên đăng nhập có từ 3 đến 40 ký tự: chữ không dấu, số, dấu chấm, gạch nối "
                "hoặc gạch dưới.",
                en="A user name has 3 to 40 characters: plain letters, digits, dot, dash or "
                "underscore.",
            ),
        )


def _require_filled(field: str, value: str, longest: int) -> None:
    if not 1 <= len(value) <= longest:
        raise FieldFaultError(
            field,
            Text(
                vi=f"Hãy nhập từ 1 đến {longest} ký tự.",
                en=f"Enter 1 to {longest} characters.",
            ),
        )
