"""The history of a child that its page shows: moves, merges, the parents as last known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from core.register.family.models import ParentRecord
from core.register.family.proposals import proposed_group
from core.register.following.models import ChildMove
from core.register.matching.models import ChildMerge
from core.register.matching.repository import merges_into

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.register.models import Child
    from core.tenancy.session import TenantSession


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a child's record; ``proposal`` is a group that a person should judge."""

    moves: Sequence[ChildMove]
    merges: Sequence[ChildMerge]
    proposal: str | None


def history_of(session: TenantSession, child: Child) -> History:
    """Moves and merges of a record, the latest first; none where the reader may not see them."""
    moves: Sequence[ChildMove] = ()
    if not session.hidden_fields(ChildMove) & {"from_commune_id", "moved_on"}:
        statement = (
            select(ChildMove)
            .where(ChildMove.tenant_id == session.tenant_id, ChildMove.child_id == child.id)
            .order_by(ChildMove.moved_on.desc(), ChildMove.id)
        )
        moves = session.scalars(statement).all()
    merges: Sequence[ChildMerge] = ()
    if "survivor_id" not in session.hidden_fields(ChildMerge):
        merges = merges_into(session, child.id)
    return History(moves, merges, _proposal(session, child.id))


def _proposal(session: TenantSession, child_id: UUID) -> str | None:
    parent = ParentRecord
    if session.hidden_fields(parent) & {"kind", "life_status", "availability", "as_of"}:
        return None
    statement = (
        select(parent)
        .where(parent.tenant_id == session.tenant_id, parent.child_id == child_id)
        .order_by(parent.as_of, parent.created_at)
    )
    latest = {row.kind: row for row in session.scalars(statement)}
    return proposed_group(latest.get("mother"), latest.get("father"))
