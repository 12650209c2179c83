"""Which unit a record is of, and what a new decision does to the committee before it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from core.areas.repository import ancestors
from core.kit.errors import ConflictError
from core.kit.language import Text
from core.organisation.models import Committee, CommitteeMember

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.tenancy.session import TenantSession

_NO_SUCH_LEVEL = Text(
    vi="Xã, phường, thị trấn này không thuộc đơn vị cấp huyện nào. Hãy chọn cấp khác.",
    en="This commune lies in no district. Choose another level.",
)


def of_unit(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The unit of the level that was answered: the commune itself, its district, its province.

    Raises:
        ConflictError: the commune lies in no such unit, as no district from 1 July 2025.
    """
    commune, level = answers["commune_id"], answers["level"]
    if level == "commune":
        return {"unit_id": commune}
    found = next((unit.id for unit in ancestors(session, commune) if unit.level == level), None)
    if found is None:
        raise ConflictError(_NO_SUCH_LEVEL)
    return {"unit_id": found}


def committee_saved(session: TenantSession, committee: Committee) -> None:
    """Each decision on the same body of the same unit lasts until the next one is made.

    The members that a decision had leave with it. A decision that is entered late takes its place
    in the row, so that the order of entry does not matter.
    """
    statement = (
        select(Committee)
        .where(
            Committee.tenant_id == session.tenant_id,
            Committee.unit_id == committee.unit_id,
            Committee.committee_type == committee.committee_type,
        )
        .order_by(Committee.decided_on, Committee.created_at, Committee.id)
    )
    row = session.scalars(statement).all()
    row[-1].status, row[-1].ended_on = "active", None
    for this, following in pairwise(row):
        this.status, this.ended_on = "replaced", following.decided_on
        session.flush()
        session.execute(
            update(CommitteeMember)
            .where(
                CommitteeMember.tenant_id == session.tenant_id,
                CommitteeMember.committee_id == this.id,
                CommitteeMember.to_date.is_(None),
            )
            .values(to_date=following.decided_on)
        )
