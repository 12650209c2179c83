"""What holds in a tenant at a moment as far as anybody's rights rest on it, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Uuid, bindparam, func, select

from core.access.repository import kinds_opened
from core.areas import memory
from core.areas.models import AreaVersion
from core.identity import service as identity
from core.identity.models import SignIn
from core.kit.clock import local_date
from core.profiles.repository import (
    Narrowing,
    narrowings_in,
    narrowings_told,
    profile_ends,
    within_profile,
)
from core.registry.enablement import keys_told
from core.tenancy.models import TENANT_COLUMN, Tenant, TenantView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import SQLColumnExpression

    from core.identity.service import SignedIn
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A tenant with its programmes that are on, and what bounds one account there.

    ``narrowed`` is what the province takes away from roles, ``opened`` the kinds of the files that
    the account has open out of duty, ``working_day`` the day whose units the tenant works with.
    """

    tenant: TenantView
    keys: frozenset[str]
    narrowed: tuple[Narrowing, ...]
    opened: tuple[str, ...]
    working_day: date


def _told_of(holder: SQLColumnExpression[UUID]) -> tuple[Any, ...]:
    """The columns of a statement on the tenant, about one account."""
    return (
        Tenant.id,
        Tenant.slug,
        Tenant.kind,
        Tenant.name_vi,
        Tenant.name_en,
        func.array(keys_told().scalar_subquery()),
        narrowings_told(),
        func.array(kinds_opened(holder).scalar_subquery()),
        select(AreaVersion.version).scalar_subquery(),
        profile_ends(),
    )


_SURROUNDINGS = select(*_told_of(bindparam("holder", type_=Uuid()))).where(
    Tenant.id == bindparam(TENANT_COLUMN)
)
_TOLD = len(_SURROUNDINGS.selected_columns)
_OF_TOKEN = {
    waived: (
        told.with_only_columns(*_told_of(SignIn.account_id), *told.selected_columns).join(
            Tenant, Tenant.id == SignIn.tenant_id
        )
    )
    for waived, told in identity.OF_TOKEN.items()
}


def look_around(session: TenantSession, account_id: UUID, at: datetime) -> Surroundings:
    """Read them anew; from now on the session knows under which mark it reads the areas."""
    day = local_date(at)
    return _in(session, session.rows(_SURROUNDINGS, at=at, day=day, holder=account_id)[0], day)


def who_asks(
    session: TenantSession, token: str, now: datetime, *, demonstration: bool = False
) -> tuple[SignedIn, Surroundings] | None:
    """Whose token it is, as ``identity.resolve`` tells it, and what bounds that account."""
    asked, day = identity.asked_of(token, now), local_date(now)
    rows = session.first_rows(_OF_TOKEN[demonstration], at=now, day=day, **asked)
    if not rows:
        return None
    return identity.signed_in_of(rows, now), _in(session, rows[0], day)


def _in(session: TenantSession, row: Sequence[Any], day: date) -> Surroundings:
    *tenant, keys, narrowed, opened, version, ends = row[:_TOLD]
    memory.under(session, version)
    return Surroundings(
        TenantView(*tenant),
        frozenset(keys),
        narrowings_in(narrowed),
        tuple(sorted(set(opened))),
        within_profile(ends, day),
    )
