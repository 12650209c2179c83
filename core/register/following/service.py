"""What a recorded change does to the child or household it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from core.register.counting.service import keep_in_step
from core.register.following import repository
from core.register.following.models import SchoolingChange
from core.register.models import Child, Household

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.register.following.models import PovertyYear, StatusChange
    from core.tenancy.session import TenantSession


def of_child(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What follows from the child: where the record lies, and the child's sex."""
    statement = select(Child.commune_id, Child.sex).where(
        Child.tenant_id == session.tenant_id, Child.id == answers["child_id"]
    )
    commune_id, sex = session.execute(statement).one()
    return {"commune_id": commune_id, "sex": sex}


def of_household(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """What follows from the household: where the record lies."""
    statement = select(Household.commune_id).where(
        Household.tenant_id == session.tenant_id, Household.id == answers["household_id"]
    )
    return {"commune_id": session.scalars(statement).one()}


def schooling_saved(session: TenantSession, change: SchoolingChange) -> None:
    """The latest change says where the child goes to school now."""
    later = select(SchoolingChange.id).where(
        SchoolingChange.tenant_id == session.tenant_id,
        SchoolingChange.child_id == change.child_id,
        SchoolingChange.changed_on > change.changed_on,
    )
    if session.scalars(later.limit(1)).first() is None:
        repository.child(session, change.child_id).schooling = change.schooling
        session.flush()


def status_saved(session: TenantSession, change: StatusChange) -> None:
    """The child is counted up to the day of the change, or again."""
    child = repository.child(session, change.child_id)
    child.status = change.status
    child.left_on = None if change.status == "active" else change.changed_on
    session.flush()
    keep_in_step(session, child.id)


def poverty_saved(session: TenantSession, year: PovertyYear) -> None:
    """The household carries the classification of its latest year."""
    household = repository.household(session, year.household_id)
    if household.poverty_year is None or year.year >= household.poverty_year:
        household.poverty_status = year.poverty_status
        household.poverty_year = year.year
        session.flush()
