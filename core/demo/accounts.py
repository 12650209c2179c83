"""The demonstration's log-ins: one for each role that matters, none of a real person."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.identity.models import Account
from core.identity.roles import BY_CODE
from core.identity.service import GivenRole, create_account

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.models import Tenant
    from core.tenancy.session import TenantSession

PARTNER_ROLE = "ngo_field_officer"
PROVINCE_LOGINS = (
    ("chuyen_vien", "province_officer"),
    ("lanh_dao", "province_leader"),
    ("can_bo_xa", "commune_worker"),
    ("lanh_dao_xa", "commune_leader"),
    ("dich_vu", "service_staff"),
    ("ho_so_mat", "province_confidential_officer"),
    ("quan_tri", "province_admin"),
    ("kiem_toan", "auditor"),
    ("bao_ve_du_lieu", "data_protection_officer"),
    ("doi_tac", PARTNER_ROLE),
)
MINISTRY_LOGINS = (("phan_tich", "ministry_analyst"),)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A log-in to try; the password is derived, so that it is the same at every start."""

    tenant: str
    login: str
    password: str
    role: str


def logins_of(tenant: Tenant, secret: str) -> tuple[DemoLogin, ...]:
    """The log-ins of one tenant, whether or not they are stored yet."""
    pairs = MINISTRY_LOGINS if tenant.kind == "aggregator" else PROVINCE_LOGINS
    return tuple(
        DemoLogin(tenant.slug, login, _password(secret, tenant.slug, login), role)
        for login, role in pairs
    )


def make_accounts(
    session: TenantSession,
    logins: Sequence[DemoLogin],
    *,
    commune_id: int | None,
    now: datetime,
    partner_id: UUID | None = None,
) -> int:
    """Store the accounts that are missing; the commune's worker is bounded to one commune.

    A partner's account is made once its partner is there.
    """
    known = set(
        session.scalars(select(Account.login).where(Account.tenant_id == session.tenant_id))
    )
    missing = [item for item in logins if item.login not in known]
    if partner_id is None:
        missing = [item for item in missing if BY_CODE[item.role].level != "partner"]
    for item in missing:
        role = BY_CODE[item.role]
        area = commune_id if role.level == "commune" else None
        create_account(
            session,
            login=item.login,
            display_name=f"{role.name.vi} (minh họa)",
            password=item.password,
            roles=(GivenRole(item.role, area),),
            partner_id=partner_id if role.level == "partner" else None,
            now=now,
            generated=True,
        )
    return len(missing)


def _password(secret: str, tenant: str, login: str) -> str:
    digest = hmac.new(secret.encode(), f"demo {tenant} {login}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest).decode().lower()
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:12]}"
