"""Records of special circumstances: given to whoever works on them, ended, and never shown else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.access.grants import give
from core.kit.errors import MalformedError, NotFoundError
from core.kit.language import Text
from core.register.circumstances import repository
from core.register.counting.service import keep_in_step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.register.circumstances.models import SpecialCircumstance
    from core.tenancy.session import TenantSession

_END_BEFORE_BEGINNING = Text(
    vi="Ngày kết thúc phải sau ngày bắt đầu và không ở tương lai.",
    en="The end lies after the beginning and not in the future.",
)


def circumstance_saved(session: TenantSession, circumstance: SpecialCircumstance) -> None:
    """Whoever recorded a confidential group works on it and goes on reading it; nobody else does.

    Source: programmes §5.2 (2), §5.7: the role and an open assignment, not geography alone.
    """
    if circumstance.confidential_key is not None and circumstance.created_by is not None:
        assign(
            session,
            circumstance,
            circumstance.created_by,
            by=circumstance.created_by,
            now=circumstance.created_at,
        )
    keep_in_step(session, circumstance.child_id)


def assign(
    session: TenantSession,
    circumstance: SpecialCircumstance,
    account_id: UUID,
    *,
    by: UUID | None,
    now: datetime,
) -> None:
    """Give one confidential record to an account; it reads it only in a role that may be given."""
    give(
        session,
        account_id,
        "assignment",
        subject_kind=circumstance.confidential_key or "",
        subject_id=circumstance.id,
        by=by,
        now=now,
    )


def circumstances_of(session: TenantSession, child_id: UUID) -> Sequence[SpecialCircumstance]:
    """The records of a child that this reader may see, the latest first."""
    return repository.of_child(session, child_id)


def end_circumstance(
    session: TenantSession, child_id: UUID, circumstance_id: UUID, on: date, *, today: date
) -> SpecialCircumstance:
    """The child is no longer in the group from a day on.

    Raises:
        NotFoundError: the child has no such record for this reader, or it has ended.
        MalformedError: the day does not fit.
    """
    circumstance = repository.open_one(session, child_id, circumstance_id)
    if circumstance is None:
        raise NotFoundError
    if not circumstance.from_date <= on <= today:
        raise MalformedError(_END_BEFORE_BEGINNING)
    circumstance.to_date = on
    session.flush()
    keep_in_step(session, child_id)
    return circumstance
