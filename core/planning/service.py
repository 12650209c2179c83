"""What opening a plan brings with it, and what follows for a result."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.areas.repository import communes_within
from core.kit.text import fold
from core.planning.models import PlanActivity, PlanYear
from core.profiles.models import Agency, PlannedActivity, ProfileUnit
from core.profiles.repository import activities, profile_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from core.tenancy.session import TenantSession

# What is planned for people, and so reports how many came. Source: tenants §5, units of quantities.
PEOPLE = frozenset({"person", "people", "child", "participant"})


def plan_opened(session: TenantSession, plan: PlanYear) -> None:
    """Take the activities of the province's declaration for the year into the plan.

    Those with a number, those without one and the general duties alike: a province that plans
    without numbers follows them by text and date. A year without a profile begins empty.
    """
    profile = profile_on(session, date(plan.year, 12, 31))
    if profile is None:
        return
    units = _communes_of_units(session, profile.id)
    there = {row.code for row in activities_of(session, plan.year)}
    session.add_all(
        _activity(plan, row, units)
        for row in activities(session, profile.id)
        if row.year in {None, plan.year} and row.code not in there
    )
    session.flush()


def activities_of(session: TenantSession, year: int) -> Sequence[PlanActivity]:
    """The activities of the plan of a year; none where no plan is opened."""
    statement = (
        select(PlanActivity)
        .join(
            PlanYear,
            (PlanYear.tenant_id == PlanActivity.tenant_id) & (PlanYear.id == PlanActivity.plan_id),
        )
        .where(PlanActivity.tenant_id == session.tenant_id, PlanYear.year == year)
        .order_by(PlanActivity.code)
    )
    return session.scalars(statement).all()


def of_activity(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The code of a result's activity."""
    statement = select(PlanActivity.code).where(
        PlanActivity.tenant_id == session.tenant_id, PlanActivity.id == answers["activity_id"]
    )
    return {"activity_code": session.scalars(statement).one()}


def of_agency(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The code of the agency that contributes, called with accents or without."""
    wanted = fold(answers["agency"])
    statement = select(Agency.code, Agency.name_vi).where(
        Agency.tenant_id == session.tenant_id, Agency.ended_on.is_(None)
    )
    rows = session.execute(statement).all()
    found = (row.code for row in rows if wanted in {fold(row.name_vi), fold(row.code)})
    return {"agency_code": next(found, None)}


def _activity(
    plan: PlanYear, row: PlannedActivity, units: Mapping[str, frozenset[int]]
) -> PlanActivity:
    there = frozenset[int]().union(*(units.get(code, frozenset()) for code in row.units))
    return PlanActivity(
        plan_id=plan.id,
        code=row.code,
        title=row.title_vi,
        programme_code=row.programme,
        planned_quantity=row.quantity,
        unit=row.unit,
        counts_people=row.unit in PEOPLE or row.participants is not None,
        planned_beneficiaries=row.participants,
        commune_ids=sorted(there),
        source=row.source,
        generated=plan.generated,
        created_at=plan.created_at,
        created_by=plan.created_by,
    )


def _communes_of_units(session: TenantSession, profile_id: UUID) -> dict[str, frozenset[int]]:
    """The communes of each district that the declaration names."""
    statement = select(ProfileUnit.code, ProfileUnit.area_id).where(
        ProfileUnit.tenant_id == session.tenant_id, ProfileUnit.profile_id == profile_id
    )
    return {
        code: communes_within(session, [area]) for code, area in session.execute(statement).all()
    }
