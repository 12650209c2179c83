"""Reads what a tenant's declaration put into the tables; for the other packages of core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Date, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from core.profiles.models import (
    Agency,
    PlannedActivity,
    ProfileItem,
    ProfileSetting,
    ReportingObligation,
    RoleNarrowing,
    Target,
    TenantProfile,
)
from core.profiles.setting_values import read_value
from core.tenancy.models import TENANT_COLUMN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ScalarSelect

    from core.tenancy.session import TenantSession

ItemT = TypeVar("ItemT", bound=ProfileItem)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting's value; ``stated`` is false where the document does not say."""

    value: Any
    stated: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What one province takes away from one role; nothing here can add to it.

    ``without`` are permissions, ``classes`` pairs of a schema and its most careful class shown.
    """

    role: str
    without: frozenset[str]
    classes: tuple[tuple[str, str], ...]


def profile_on(session: TenantSession, day: date) -> TenantProfile | None:
    """The profile by which the tenant works on a day; the one that began last if several do."""
    statement = (
        select(TenantProfile)
        .where(
            TenantProfile.tenant_id == session.tenant_id,
            or_(TenantProfile.valid_from.is_(None), TenantProfile.valid_from <= day),
            or_(TenantProfile.valid_to.is_(None), TenantProfile.valid_to >= day),
        )
        .order_by(TenantProfile.valid_from.desc().nulls_last())
        .limit(1)
    )
    return session.scalars(statement).first()


def narrowings_told() -> ScalarSelect[Any]:
    """The same as a column of a statement on the tenant that it names; for ``narrowings_in``."""
    row = RoleNarrowing
    told = func.jsonb_build_array(row.code, row.without, row.classes)
    every = func.jsonb_agg(aggregate_order_by(told, row.code, row.id))
    return (
        select(every)
        .where(row.tenant_id == bindparam(TENANT_COLUMN), row.ended_on.is_(None))
        .scalar_subquery()
    )


def narrowings_in(told: Sequence[Any] | None) -> tuple[Narrowing, ...]:
    """What such a column tells."""
    return tuple(
        Narrowing(role, frozenset(without), tuple(sorted(classes.items())))
        for role, without, classes in told or ()
    )


_NARROWINGS = select(narrowings_told())


def narrowings(session: TenantSession) -> tuple[Narrowing, ...]:
    """What the province takes away from roles, of every profile that still names it."""
    return narrowings_in(session.rows(_NARROWINGS).scalar())


_DAY = bindparam("day", type_=Date())
_BEGUN = or_(TenantProfile.valid_from.is_(None), TenantProfile.valid_from <= _DAY)
_LATEST_FIRST = (TenantProfile.valid_from.desc().nulls_last(), TenantProfile.id)
_OWN = TenantProfile.tenant_id == bindparam(TENANT_COLUMN)
_PROVINCE = select(TenantProfile.area_id).where(_OWN, _BEGUN).order_by(*_LATEST_FIRST).limit(1)
_END = select(TenantProfile.valid_to).where(_OWN, _BEGUN).order_by(*_LATEST_FIRST).limit(1)


def province_of(session: TenantSession, day: date) -> int | None:
    """The area of the tenant's province, by the profile of a day or the last before it."""
    province: int | None = session.rows(_PROVINCE, day=day).scalar()
    return province


def targets(session: TenantSession, profile_id: UUID, year: int | None = None) -> Sequence[Target]:
    """The targets of a profile, of one year or of all; none is no fault."""
    rows = _items(session, Target, profile_id)
    return [row for row in rows if year is None or row.year == year]


def activities(session: TenantSession, profile_id: UUID) -> Sequence[PlannedActivity]:
    """The planned activities of a profile, with and without a number, and the general duties."""
    return _items(session, PlannedActivity, profile_id)


def obligations(session: TenantSession, profile_id: UUID) -> Sequence[ReportingObligation]:
    """The reporting calendar of a profile."""
    return _items(session, ReportingObligation, profile_id)


def agencies(session: TenantSession, profile_id: UUID, role: str | None = None) -> Sequence[Agency]:
    """The agencies and bodies of a profile, of one role or of all."""
    rows = _items(session, Agency, profile_id)
    return [row for row in rows if role is None or row.role == role]


def settings(session: TenantSession, profile_id: UUID, prefix: str = "") -> dict[str, Setting]:
    """The settings whose key begins with a prefix, by key."""
    return {
        row.code: Setting(read_value(row.value_type, row.value), row.value is not None, row.source)
        for row in _items(session, ProfileSetting, profile_id)
        if row.code.startswith(prefix)
    }


def _items(session: TenantSession, model: type[ItemT], profile_id: UUID) -> Sequence[ItemT]:
    """What the declaration still names, in the order of its ids."""
    statement = (
        select(model)
        .where(
            model.tenant_id == session.tenant_id,
            model.profile_id == profile_id,
            model.ended_on.is_(None),
        )
        .order_by(model.code)
    )
    return session.scalars(statement).all()


def working_day(session: TenantSession, today: date) -> date:
    """The day whose units the tenant works with: today, or the last day its profile covers.

    A tenant whose latest profile has ended (a programme of one past year) goes on with the
    communes of that profile until a newer one is declared.
    """
    return within_profile(session.rows(_END, day=today).scalar(), today)


def profile_ends() -> ScalarSelect[Any]:
    """The same as a column of a statement at its ``day``; for ``within_profile``."""
    return _END.scalar_subquery()


def within_profile(ends: date | None, today: date) -> date:
    """Today, or the last day that a profile covers."""
    return today if ends is None or ends >= today else ends
