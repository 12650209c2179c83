"""Whom a look out of duty is told: who answers for the file, and who reviews such looks.

A notice names no child and no code. Source: domain page of the programmes, §5.2 (2) (the data
protection officer is notified), §5.8 (any look from outside the team); security rules §4 (it is
shown to the owner of the case and the supervisor).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access import repository
from core.access.models import EmergencyNotice
from core.identity.roles import ROLES
from core.kit.errors import NotFoundError
from core.profiles.repository import narrowings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from core.access.models import EmergencyAccess
    from core.registry.catalogue import Catalogue
    from core.tenancy.session import TenantSession

REVIEW = "core.emergency.review"


@dataclass(frozen=True, slots=True)
class Told:
    """One notice with what it tells: who opened which file, from when until when, why."""

    notice: EmergencyNotice
    opened: EmergencyAccess
    subject_kind: str
    subject_id: UUID


def reviewing_roles(session: TenantSession, catalogue: Catalogue) -> tuple[str, ...]:
    """The roles that review looks out of duty in this province."""
    narrowed = {one.role for one in narrowings(session) if REVIEW in one.without}
    return tuple(
        role.code
        for role in ROLES
        if any(REVIEW in rights.permissions for _, rights in catalogue.rights(role.code))
        and role.code not in narrowed
    )


def tell(
    session: TenantSession,
    opened: EmergencyAccess,
    *,
    subject_id: UUID,
    at_work_in: int | None,
    reviewers: Sequence[str],
    now: datetime,
) -> None:
    """Tell everybody concerned but the person who opened it.

    ``at_work_in`` is the commune whose worker and leader answer for the file besides those it was
    given to; ``None`` for a confidential file, of which nobody else in the commune may know.
    """
    owners = {*repository.accounts_given(session, subject_id)}
    if at_work_in is not None:
        owners |= {*repository.accounts_at_work(session, at_work_in)}
    reasons = dict.fromkeys(repository.accounts_with_roles(session, reviewers), "reviewer")
    reasons |= dict.fromkeys(owners, "owner")
    session.add_all(
        EmergencyNotice(emergency_id=opened.id, account_id=account, reason=reason, told_at=now)
        for account, reason in sorted(reasons.items())
        if account != opened.account_id
    )
    session.flush()


def of(session: TenantSession, account_id: UUID | None) -> tuple[Told, ...]:
    """The latest notices to an account, those that it has not seen first."""
    if account_id is None:
        return ()
    return tuple(Told(*row) for row in repository.notices_of(session, account_id))


def unseen(session: TenantSession, account_id: UUID | None) -> int:
    """How many notices an account has not seen yet."""
    return 0 if account_id is None else repository.unseen_notices(session, account_id)


def see(session: TenantSession, notice_id: UUID, *, account_id: UUID | None, now: datetime) -> None:
    """Write down that the person saw a notice; seeing it again changes nothing.

    Raises:
        NotFoundError: there is no such notice to this account.
    """
    notice = None if account_id is None else repository.notice_to(session, notice_id, account_id)
    if notice is None:
        raise NotFoundError
    notice.seen_at = notice.seen_at or now
    session.flush()
