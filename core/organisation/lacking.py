"""What the network of a commune lacks on a day. Source: programmes §2.11, alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from core.organisation.models import Collaborator, Committee, StaffPost
from core.profiles.repository import profile_on, settings, working_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from core.tenancy.session import TenantSession

_LEAST = "network.collaborators_per_commune"
COMMUNE = "commune"


def without_worker(session: TenantSession, communes: Collection[int], day: date) -> tuple[int, ...]:
    """Communes in which nobody holds a post for children."""
    statement = select(StaffPost.commune_id).where(
        StaffPost.tenant_id == session.tenant_id,
        StaffPost.level == COMMUNE,
        *_there(StaffPost.from_date, StaffPost.to_date, day),
    )
    return _rest(communes, session.scalars(statement.distinct()))


def without_committee(
    session: TenantSession, communes: Collection[int], day: date
) -> tuple[int, ...]:
    """Communes without a body of their own that stands by a decision."""
    statement = select(Committee.commune_id).where(
        Committee.tenant_id == session.tenant_id,
        Committee.level == COMMUNE,
        *_there(Committee.decided_on, Committee.ended_on, day),
    )
    return _rest(communes, session.scalars(statement.distinct()))


def with_few_collaborators(
    session: TenantSession, communes: Collection[int], day: date
) -> dict[int, int]:
    """Communes with fewer collaborators than the province plans for, and how many they have.

    Empty where the province's document gives no number.
    """
    least = collaborators_planned(session, day)
    if least is None:
        return {}
    statement = (
        select(Collaborator.commune_id, func.count())
        .where(
            Collaborator.tenant_id == session.tenant_id,
            *_there(Collaborator.from_date, Collaborator.to_date, day),
        )
        .group_by(Collaborator.commune_id)
    )
    there = {commune: int(n) for commune, n in session.execute(statement)}
    return {one: there.get(one, 0) for one in communes if there.get(one, 0) < least}


def collaborators_planned(session: TenantSession, day: date) -> int | None:
    """How many collaborators a commune is to have, if the province says."""
    profile = profile_on(session, working_day(session, day))
    said = settings(session, profile.id, _LEAST).get(_LEAST) if profile is not None else None
    return int(said.value) if said is not None and said.stated else None


def _there(since: Any, until: Any, day: date) -> tuple[Any, Any]:
    return since <= day, or_(until.is_(None), until > day)


def _rest(communes: Collection[int], there: Any) -> tuple[int, ...]:
    known = set(there)
    return tuple(one for one in communes if one not in known)
