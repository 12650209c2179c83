"""Makes two records of one child one, and parts them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.access.models import Enrolment
from core.audit.service import Action, record
from core.kit.errors import ConflictError, NotFoundError
from core.kit.language import Text
from core.register.counting.models import CircumstanceSpell, SupportedChild
from core.register.counting.service import keep_in_step
from core.register.following.repository import pointing_at_children, rows_about
from core.register.matching import repository
from core.register.matching.models import ChildMerge, MergedRow
from core.register.models import Child, ChildNameToken
from core.register.service import index_child

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

    from core.tenancy.session import TenantSession

MERGED = "core.child_merge"
# Words and head counts are made anew. A partner's enrolment rests on a consent that named the
# record: merging opens nothing to a partner.
_STAYS = frozenset(
    {Child, ChildNameToken, ChildMerge, CircumstanceSpell, SupportedChild, Enrolment}
)

_SAME = Text(vi="Hãy chọn hai hồ sơ khác nhau.", en="Choose two different records.")
_GONE = Text(
    vi="Một trong hai hồ sơ đã được gộp. Hãy tải lại trang.",
    en="One of the two records was merged already. Load the page again.",
)
_ELSEWHERE = Text(
    vi="Hai hồ sơ ở hai xã khác nhau. Hãy chuyển về một xã trước khi gộp.",
    en="The records lie in two communes. Move one of them before merging.",
)


def merge(
    session: TenantSession,
    survivor_id: UUID,
    loser_id: UUID,
    *,
    by: UUID | None,
    now: datetime,
    today: date,
) -> ChildMerge:
    """Let everything that points at the loser follow the survivor.

    Confidential rows and rows of programmes follow unseen; the answer is the same with and
    without them.

    Raises:
        NotFoundError: one of them is not within reach.
        ConflictError: they are the same, merged already, or in two communes.
    """
    survivor, loser = _both(session, survivor_id, loser_id)
    made = ChildMerge(
        commune_id=survivor.commune_id,
        survivor_id=survivor.id,
        loser_id=loser.id,
        loser_status=loser.status,
        loser_left_on=loser.left_on,
        merged_at=now,
        merged_by=by,
    )
    session.add(made)
    session.flush()
    for model, column in _following(session):
        rows = rows_about(session, model, column, loser.id)
        for row in rows:
            setattr(row, column, survivor.id)
        kept = [
            MergedRow(merge_id=made.id, table_name=model.__table__.fullname, row_id=row.id)
            for row in rows
        ]
        session.add_all(kept)
        _forget(session, [*rows, *kept])
    loser.status, loser.left_on, loser.merged_into = "merged", loser.left_on or today, survivor.id
    session.flush()
    index_child(session, loser)
    keep_in_step(session, loser.id)
    keep_in_step(session, survivor.id)
    record(session, by, Action.WRITE, subject_kind=MERGED, subject_id=survivor.id)
    record(session, by, Action.WRITE, subject_kind=MERGED, subject_id=loser.id)
    return made


def undo(
    session: TenantSession, survivor_id: UUID, merge_id: UUID, *, by: UUID | None, now: datetime
) -> Child:
    """Part what was merged: rows that followed go back, later ones stay with the survivor.

    Raises:
        NotFoundError: there is no such merge of this child, or it was undone.
        ConflictError: the survivor itself was merged or moved since.
    """
    made = repository.merge_by_id(session, survivor_id, merge_id)
    loser = None if made is None else repository.child_to_merge(session, made.loser_id)
    survivor = repository.child_to_merge(session, survivor_id)
    if made is None or loser is None or survivor is None:
        raise NotFoundError
    if survivor.merged_into is not None:
        raise ConflictError(_GONE)
    if survivor.commune_id != loser.commune_id:
        raise ConflictError(_ELSEWHERE)
    followed = repository.followed(session, made.id)
    for model, column in _following(session):
        ids = followed.get(model.__table__.fullname, [])
        rows = repository.rows_still_at(session, model, column, survivor_id, ids)
        for row in rows:
            setattr(row, column, loser.id)
        _forget(session, rows)
    loser.status, loser.left_on = made.loser_status, made.loser_left_on
    loser.merged_into = None
    made.undone_at, made.undone_by = now, by
    session.flush()
    index_child(session, loser)
    keep_in_step(session, loser.id)
    keep_in_step(session, survivor_id)
    record(session, by, Action.WRITE, subject_kind=MERGED, subject_id=survivor_id)
    record(session, by, Action.WRITE, subject_kind=MERGED, subject_id=loser.id)
    return loser


def _both(session: TenantSession, survivor_id: UUID, loser_id: UUID) -> tuple[Child, Child]:
    if survivor_id == loser_id:
        raise ConflictError(_SAME)
    # in the order of their ids, so that two merges never wait for each other
    found = {
        key: repository.child_to_merge(session, key) for key in sorted((survivor_id, loser_id))
    }
    survivor, loser = found[survivor_id], found[loser_id]
    if survivor is None or loser is None:
        raise NotFoundError
    if "merged" in {survivor.status, loser.status}:
        raise ConflictError(_GONE)
    if survivor.commune_id != loser.commune_id:
        raise ConflictError(_ELSEWHERE)
    return survivor, loser


def _following(session: TenantSession) -> Iterator[tuple[Any, str]]:
    return (found for found in pointing_at_children(session) if found[0] not in _STAYS)


def _forget(session: TenantSession, rows: Any) -> None:
    """Write, and keep nothing in the session that its reader might not see."""
    session.flush()
    for row in rows:
        session.expunge(row)
