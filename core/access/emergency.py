"""Opening one file outside one's duties: a written reason, an end by itself, a queue for review.

Source: domain page of the programmes, §5.2 (2) and §5.8; security rules §4.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from core.access import notices, repository
from core.access.grants import end, give
from core.access.models import EmergencyAccess
from core.audit.service import Action, record
from core.kit.errors import ConflictError, MalformedError, NotFoundError, PlatformError
from core.kit.language import Text
from core.kit.text import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

OPEN = "core.emergency.open"
REVIEW = notices.REVIEW
LASTS = timedelta(hours=4)
LEAST_REASON = 20
# Codes are random, so trying them finds nothing; a limit makes trying them conspicuous as well.
TRIES_AN_HOUR = 5

Verdict = Literal["justified", "not_justified"]


class ReasonMissingError(MalformedError):
    """The written reason is missing or says nothing."""

    code = "access.reason_missing"


class TooManyTriesError(PlatformError):
    """Files were asked for too often in the last hour."""

    code = "access.too_many_tries"
    status = 429


def ask(session: TenantSession, who: Principal, reason: str, *, now: datetime) -> str:
    """Write down that somebody asks, before anything is looked for; gives the reason as kept.

    Raises:
        RefusedError: the person's role opens nothing out of duty.
        ReasonMissingError: no real reason.
        TooManyTriesError: too often in the last hour.
    """
    who.require(OPEN)
    kept = nfc(reason.strip())
    if len(kept) < LEAST_REASON:
        raise ReasonMissingError(
            Text(
                vi=f"Hãy ghi lý do cụ thể, ít nhất {LEAST_REASON} ký tự; lý do sẽ được xem xét.",
                en=f"Give a reason of at least {LEAST_REASON} characters; it will be reviewed.",
            )
        )
    assert who.account_id is not None
    since = now - timedelta(hours=1)
    if repository.tries_since(session, who.account_id, Action.EMERGENCY, since) >= TRIES_AN_HOUR:
        raise TooManyTriesError(
            Text(
                vi="Bạn đã yêu cầu mở khẩn cấp quá nhiều lần trong một giờ. "
                "Hãy liên hệ cán bộ bảo vệ dữ liệu cá nhân của tỉnh.",
                en="You have asked too often within an hour. "
                "Ask your province's data protection officer.",
            )
        )
    record(session, who, Action.EMERGENCY, subject_kind="core.access", reason=kept)
    return kept


def open_file(
    session: TenantSession,
    who: Principal,
    *,
    subject_kind: str,
    subject_id: UUID,
    at_work_in: int | None,
    reason: str,
    reviewers: Sequence[str],
    now: datetime,
) -> EmergencyAccess:
    """Give the person one file for some hours, and tell the file's own people and the reviewers.

    Call ``ask`` first, and look the file up only then. ``at_work_in`` and ``reviewers`` say who is
    told besides those the file was given to: see ``core.access.notices``.
    """
    assert who.account_id is not None
    ends = now + LASTS
    grant = give(
        session,
        who.account_id,
        "emergency",
        subject_kind=subject_kind,
        subject_id=subject_id,
        by=who.account_id,
        now=now,
        until=ends,
        reason=reason,
    )
    opened = EmergencyAccess(
        grant_id=grant.id,
        account_id=who.account_id,
        opened_at=now,
        ends_at=ends,
        reason=reason,
    )
    session.add(opened)
    session.flush()
    notices.tell(
        session,
        opened,
        subject_id=subject_id,
        at_work_in=at_work_in,
        reviewers=reviewers,
        now=now,
    )
    return opened


def queue(session: TenantSession) -> Sequence[EmergencyAccess]:
    """What was opened out of duty, those not judged yet first."""
    return repository.emergencies(session)


def judge(
    session: TenantSession,
    emergency_id: UUID,
    *,
    verdict: Verdict,
    note: str,
    by: Principal,
    now: datetime,
) -> EmergencyAccess:
    """Say whether it was justified; one that was not ends at once.

    Raises:
        RefusedError: the person may not review.
        NotFoundError: there is no such entry.
        ConflictError: somebody has judged it already, or it is the reviewer's own.
    """
    by.require(REVIEW)
    entry = repository.emergency_by_id(session, emergency_id)
    if entry is None:
        raise NotFoundError
    if entry.account_id == by.account_id:
        raise ConflictError(
            Text(
                vi="Không ai tự xem xét lần mở khẩn cấp của chính mình.",
                en="Nobody reviews what they opened themselves.",
            )
        )
    if entry.reviewed_at is not None:
        raise ConflictError(
            Text(vi="Lần mở này đã được xem xét.", en="This has been reviewed already.")
        )
    entry.reviewed_by, entry.reviewed_at = by.account_id, now
    entry.verdict, entry.note = verdict, nfc(note.strip()) or None
    if verdict == "not_justified":
        grant = repository.grant_by_id(session, entry.grant_id)
        end(
            session,
            subject_id=grant.subject_id,
            holder=entry.account_id,
            kind="emergency",
            by=by.account_id,
            now=now,
        )
    record(session, by, Action.WRITE, subject_kind="core.emergency", subject_id=entry.id)
    session.flush()
    return entry
