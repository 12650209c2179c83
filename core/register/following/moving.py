"""A child moves to another commune of the province, and all that the register holds goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from core.access.grants import end
from core.areas.repository import area_names, communes_of
from core.audit.service import Action, record
from core.db.base import CORE_SCHEMA
from core.kit.errors import MalformedError, NotFoundError
from core.kit.ids import new_id
from core.kit.language import Text
from core.profiles.repository import profile_on
from core.register.counting.service import keep_in_step
from core.register.following.models import ChildMove, PovertyYear
from core.register.following.repository import household, pointing_at_children, rows_about
from core.register.models import Child, ChildNameToken
from core.tenancy.models import AreaScoped, PartlyConfidential

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

MOVED = "core.child_move"
_NOT_ELSEWHERE = Text(
    vi="Hãy chọn một xã khác trong tỉnh.", en="Choose another commune of the province."
)
_NO_SUCH_DAY = Text(
    vi="Ngày chuyển không được ở tương lai hoặc trước khi trẻ được ghi vào sổ.",
    en="The day of the move is not in the future and not before the registration.",
)


def communes_to_move_to(session: TenantSession, on: date) -> Mapping[int, str]:
    """The communes of the province on a day, in Vietnamese order: wider than anyone's reach."""
    profile = profile_on(session, on)
    if profile is None or profile.area_id is None:
        return {}
    communes = communes_of(session, profile.area_id, on)
    above = area_names(session, {c.parent_id for c in communes if c.parent_id is not None})
    return {
        c.id: c.name
        if c.parent_id in {None, profile.area_id}
        else f"{c.name}, {above[c.parent_id]}"
        for c in communes
    }


def move_child(
    session: TenantSession,
    child_id: UUID,
    to: int,
    *,
    on: date,
    reason: str,
    with_household: bool,
    communes: Mapping[int, str],
    by: UUID | None,
    now: datetime,
    today: date,
) -> tuple[UUID, ...]:
    """Move a child, or its whole household; gives the children that moved.

    Everything the register holds about them lies in the new commune from now on, so that the old
    one keeps no reading right; figures are counted again in both. Records of programmes stay
    where what they tell of happened. Work on confidential records ends with the move: the
    province's confidential officer gives them to the new commune's worker.

    Raises:
        NotFoundError: there is no such child within reach.
        MalformedError: the commune or the day does not fit.
    """
    child = session.scalars(
        select(Child).where(Child.tenant_id == session.tenant_id, Child.id == child_id)
    ).one_or_none()
    if child is None:
        raise NotFoundError
    if to == child.commune_id or to not in communes:
        raise MalformedError(_NOT_ELSEWHERE)
    if not child.registered_on <= on <= today:
        raise MalformedError(_NO_SUCH_DAY)
    moving = [child]
    if with_household and child.household_id is not None:
        moving = _members(session, child.household_id)
        _move_household(session, child.household_id, to)
    for one in moving:
        _move_one(session, one, to, on=on, reason=reason, by=by, now=now)
    return tuple(one.id for one in moving)


def _members(session: TenantSession, household_id: UUID) -> list[Child]:
    statement = (
        select(Child)
        .where(Child.tenant_id == session.tenant_id, Child.household_id == household_id)
        .order_by(Child.id)
    )
    return list(session.scalars(statement))


def _move_household(session: TenantSession, household_id: UUID, to: int) -> None:
    of_year = select(PovertyYear).where(
        PovertyYear.tenant_id == session.tenant_id, PovertyYear.household_id == household_id
    )
    for year in session.scalars(of_year).all():
        year.commune_id = to
    moved = household(session, household_id)
    moved.commune_id, moved.hamlet_id = to, None  # the hamlet is one of the commune that it left
    session.flush()


def _move_one(
    session: TenantSession,
    child: Child,
    to: int,
    *,
    on: date,
    reason: str,
    by: UUID | None,
    now: datetime,
) -> None:
    before = child.commune_id
    for model, column in pointing_at_children(session):
        own = model.__table__.schema == CORE_SCHEMA and issubclass(model, AreaScoped)
        if own and model not in {Child, ChildNameToken}:
            _carry(session, model, column, child.id, to, by=by, now=now)
    words = ChildNameToken
    session.execute(
        update(words)
        .where(words.tenant_id == session.tenant_id, words.child_id == child.id)
        .values(commune_id=to)
    )
    child.commune_id = to
    session.flush()
    keep_in_step(session, child.id)
    # past the session's own rows: the mover may store nothing in the new commune but this
    session.execute(
        insert(ChildMove).values(
            tenant_id=session.tenant_id,
            id=new_id(),
            child_id=child.id,
            commune_id=to,
            from_commune_id=before,
            to_commune_id=to,
            moved_on=on,
            reason=reason,
            generated=child.generated,
            created_at=now,
            created_by=by,
        )
    )
    record(session, by, Action.WRITE, subject_kind=MOVED, subject_id=child.id)


def _carry(
    session: TenantSession,
    model: Any,
    column: str,
    child_id: UUID,
    to: int,
    *,
    by: UUID | None,
    now: datetime,
) -> None:
    rows = rows_about(session, model, column, child_id)
    for row in rows:
        row.commune_id = to
    session.flush()
    for row in rows:
        if issubclass(model, PartlyConfidential):
            end(session, subject_id=row.id, by=by, now=now)
        session.expunge(row)
