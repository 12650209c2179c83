"""What holds in a tenant at a moment as far as anybody's rights rest on it, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from core.access.repository import kinds_opened
from core.areas import memory
from core.areas.models import AreaVersion
from core.profiles.repository import Narrowing, narrowings_in, narrowings_told
from core.registry.enablement import keys_told
from core.tenancy.models import TENANT_COLUMN, Tenant, TenantView

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A tenant with its programmes that are on, and what bounds one account there.

    ``narrowed`` is what the province takes away from roles, ``opened`` the kinds of the files that
    the account has open out of duty.
    """

    tenant: TenantView
    keys: frozenset[str]
    narrowed: tuple[Narrowing, ...]
    opened: tuple[str, ...]


_SURROUNDINGS = select(
    Tenant.id,
    Tenant.slug,
    Tenant.kind,
    Tenant.name_vi,
    Tenant.name_en,
    func.array(keys_told().scalar_subquery()),
    narrowings_told(),
    func.array(kinds_opened().scalar_subquery()),
    select(AreaVersion.version).scalar_subquery(),
).where(Tenant.id == bindparam(TENANT_COLUMN))


def look_around(session: TenantSession, account_id: UUID, at: datetime) -> Surroundings:
    """Read them anew; from now on the session knows under which mark it reads the areas."""
    row: Any = session.rows(_SURROUNDINGS, at=at, holder=account_id).one()
    *tenant, keys, narrowed, opened, version = row
    memory.under(session, version)
    return Surroundings(
        TenantView(*tenant), frozenset(keys), narrowings_in(narrowed), tuple(sorted(set(opened)))
    )
