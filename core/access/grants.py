"""Work gives access: grants on single rows, given by a case's life and ended with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core.access import repository
from core.audit.service import Action, record
from core.tenancy.grants import AccessGrant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from core.tenancy.models import Confidential
    from core.tenancy.session import TenantSession

Kind = Literal["assignment", "referral", "emergency", "enrolment"]


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A row that an account was given to work on and that must be handed over when it leaves."""

    grant_id: UUID
    kind: str
    subject_kind: str
    subject_id: UUID


def give(
    session: TenantSession,
    holder: UUID,
    kind: Kind,
    *,
    subject_kind: str,
    subject_id: UUID,
    by: UUID | None,
    now: datetime,
    until: datetime | None = None,
    reason: str | None = None,
    programme: str | None = None,
    source_id: UUID | None = None,
) -> AccessGrant:
    """Let a holder read one row from now on; an equal grant that lasts is left as it is.

    ``holder`` is an account, or a partner for an enrolment. Written down in the audit log.
    """
    known = repository.lasting_grant(session, holder, kind, subject_id, source_id)
    if known is not None and known.valid_to == until:
        return known
    grant = AccessGrant(
        holder_id=holder,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        programme=programme,
        source_id=source_id,
        valid_from=now,
        valid_to=until,
        reason=reason,
        given_by=by,
        given_at=now,
    )
    session.add(grant)
    session.flush()
    record(session, by, Action.GRANT, subject_kind=subject_kind, subject_id=subject_id)
    return grant


def end(
    session: TenantSession,
    *,
    subject_id: UUID,
    by: UUID | None,
    now: datetime,
    holder: UUID | None = None,
    kind: Kind | None = None,
    source_id: UUID | None = None,
) -> int:
    """End the lasting grants on a row, of one holder, kind or source or of all; how many."""
    ended = repository.end_grants(
        session, now, subject_id=subject_id, holder=holder, kind=kind, source_id=source_id
    )
    for grant in ended:
        record(session, by, Action.REVOKE, subject_kind=grant.subject_kind, subject_id=subject_id)
    return len(ended)


def end_of_source(
    session: TenantSession, source_id: UUID, *, by: UUID | None, now: datetime
) -> int:
    """End every grant that comes from one agreement or referral; how many there were."""
    ended = repository.end_grants(session, now, source_id=source_id)
    for grant in ended:
        record(
            session, by, Action.REVOKE, subject_kind=grant.subject_kind, subject_id=grant.subject_id
        )
    return len(ended)


def assign_new_case(
    session: TenantSession, row: Confidential, *, by: UUID | None, now: datetime
) -> None:
    """Give a new confidential row to those who must act on it: its commune's worker and leader.

    Whoever filed it reads it on only as one of these. The province's confidential officer
    oversees it without being given it. What is part of a case is read with the case.
    Source: domain page of the programmes, §2.4, §5.7.
    """
    subject: Any = row
    if row.granted_by != "id":
        return
    give_to_those_at_work(
        session,
        subject.commune_id,
        subject_kind=row.confidential_key,
        subject_id=subject.id,
        by=by,
        now=now,
    )


def give_to_those_at_work(
    session: TenantSession,
    commune_id: int,
    *,
    subject_kind: str,
    subject_id: UUID,
    by: UUID | None,
    now: datetime,
) -> None:
    """Give a new row to its commune's worker and leader, who must act on it."""
    for account in repository.accounts_at_work(session, commune_id):
        give(
            session,
            account,
            "assignment",
            subject_kind=subject_kind,
            subject_id=subject_id,
            by=by,
            now=now,
        )


def workers(session: TenantSession) -> frozenset[UUID]:
    """The accounts that some row is given to now, to work on."""
    return frozenset(repository.holders_of(session, "assignment"))


def open_work(session: TenantSession, account_id: UUID) -> Sequence[OpenWork]:
    """What an account still has to work on: to be handed over before it leaves."""
    return tuple(
        OpenWork(grant.id, grant.kind, grant.subject_kind, grant.subject_id)
        for grant in repository.grants_of(session, account_id)
        if grant.kind in {"assignment", "referral"}
    )


def hand_over(
    session: TenantSession,
    from_account: UUID,
    to_account: UUID,
    *,
    by: UUID,
    now: datetime,
    subjects: Collection[UUID] | None = None,
) -> int:
    """Give open work of one account to another and end it for the first; how much it was.

    ``subjects`` bounds which rows; ``None`` is all of them.
    """
    work = [
        item
        for item in open_work(session, from_account)
        if subjects is None or item.subject_id in subjects
    ]
    for item in work:
        give(
            session,
            to_account,
            "assignment",
            subject_kind=item.subject_kind,
            subject_id=item.subject_id,
            by=by,
            now=now,
        )
        end(session, subject_id=item.subject_id, holder=from_account, by=by, now=now)
    return len(work)


def hands(session: TenantSession, subject_id: UUID) -> Sequence[AccessGrant]:
    """Who has, or had, a row given to them; the latest first."""
    return repository.grants_on(session, subject_id)
