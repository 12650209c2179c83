"""Enrols children in a partner's project and takes them out again; consent is a dated record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access.agreements import end_of, find_agreement, in_force
from core.access.grants import end, give
from core.access.models import Enrolment
from core.kit.errors import ConflictError, MalformedError, NotFoundError
from core.kit.language import Text
from core.kit.periods import age_at
from core.kit.text import nfc
from core.partners import repository
from core.register.service import get_child

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from core.access.models import Agreement
    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

ENROL = "core.enrolment.manage"
# Source: domain page of the programmes, §1.8 and F-ENH-1: the child's own agreement from seven on.
ASKED_FROM_AGE = 7


class EnrolmentRefusedError(MalformedError):
    """A child cannot be enrolled like this; ``field`` names what is wrong."""

    code = "partners.enrolment"

    def __init__(self, field: str, message: Text) -> None:
        """Keep which field."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who agreed, and when: the guardian always, the child from seven years on."""

    guardian_on: date | None
    child_on: date | None


def enrol(
    session: TenantSession,
    agreement_id: UUID,
    child_id: UUID,
    consent: Consent,
    *,
    by: Principal,
    today: date,
    now: datetime,
) -> Enrolment:
    """Enrol a child under an agreement in force; the partner is shown the child from now on.

    Raises:
        RefusedError: the person may not.
        NotFoundError: no such agreement, or no such child within reach.
        EnrolmentRefusedError: the commune is outside the agreement, or consent is missing.
        ConflictError: the agreement is not in force, or the child is enrolled already.
    """
    by.require(ENROL)
    agreement = find_agreement(session, agreement_id)
    child = get_child(session, child_id)
    if not in_force(agreement, today):
        raise ConflictError(
            Text(
                vi=f"Thỏa thuận {agreement.number} không còn hoặc chưa có hiệu lực.",
                en=f"The agreement {agreement.number} is not in force.",
            )
        )
    if child.commune_id not in agreement.communes:
        raise EnrolmentRefusedError(
            "child",
            Text(
                vi="Trẻ em cư trú ngoài các xã của thỏa thuận.",
                en="The child lives outside the agreement's communes.",
            ),
        )
    guardian_on = _checked(consent, age_at(child.date_of_birth, today), today)
    if repository.open_enrolment(session, agreement_id, child_id) is not None:
        raise ConflictError(
            Text(vi="Trẻ em này đã tham gia dự án.", en="This child is enrolled already.")
        )
    enrolment = Enrolment(
        agreement_id=agreement_id,
        child_id=child_id,
        commune_id=child.commune_id,
        guardian_consent_on=guardian_on,
        child_assent_on=consent.child_on,
        enrolled_on=today,
        created_by=by.account_id,
        created_at=now,
    )
    session.add(enrolment)
    session.flush()
    give(
        session,
        agreement.partner_id,
        "enrolment",
        subject_kind="core.child",
        subject_id=child_id,
        by=by.account_id,
        now=now,
        until=end_of(agreement),
        programme=agreement.programme,
        source_id=agreement_id,
    )
    return enrolment


def enrol_for(
    session: TenantSession,
    programme: str,
    child_id: UUID,
    consent: Consent,
    *,
    by: Principal,
    today: date,
    now: datetime,
) -> Enrolment:
    """Enrol a child under the agreement in force on a programme that its commune lies in.

    Raises:
        RefusedError: the person may not.
        EnrolmentRefusedError: there is no such agreement, or consent is missing.
        ConflictError: the child is enrolled already.
    """
    by.require(ENROL)
    child = get_child(session, child_id)
    for agreement in repository.agreements_on(session, programme):
        if in_force(agreement, today) and child.commune_id in agreement.communes:
            return enrol(session, agreement.id, child_id, consent, by=by, today=today, now=now)
    raise EnrolmentRefusedError(
        "child",
        Text(
            vi="Không có thỏa thuận đang hiệu lực của dự án tại xã nơi trẻ em cư trú.",
            en="No agreement of the project is in force in the commune where the child lives.",
        ),
    )


def leave_for(
    session: TenantSession,
    programme: str,
    child_id: UUID,
    *,
    reason: str,
    by: Principal,
    today: date,
    now: datetime,
) -> None:
    """Take a child out of every agreement on a programme; of none, if it is in none.

    Raises:
        RefusedError: the person may not.
        EnrolmentRefusedError: no reason is given.
    """
    by.require(ENROL)
    for agreement in repository.agreements_on(session, programme):
        enrolment = repository.open_enrolment(session, agreement.id, child_id)
        if enrolment is not None:
            leave(session, enrolment.id, reason=reason, by=by, today=today, now=now)


def leave(
    session: TenantSession,
    enrolment_id: UUID,
    *,
    reason: str,
    by: Principal,
    today: date,
    now: datetime,
) -> Enrolment:
    """Take a child out, as when consent is withdrawn; the partner's next statement is without it.

    Raises:
        RefusedError: the person may not.
        NotFoundError: there is no such enrolment within reach.
        EnrolmentRefusedError: no reason is given.
    """
    by.require(ENROL)
    enrolment = repository.enrolment_by_id(session, enrolment_id)
    if enrolment is None:
        raise NotFoundError
    if not reason.strip():
        raise EnrolmentRefusedError("reason", Text("Hãy ghi lý do.", "Say why."))
    if enrolment.left_on is None:
        agreement = find_agreement(session, enrolment.agreement_id)
        enrolment.left_on, enrolment.left_reason = today, nfc(reason.strip())
        end(
            session,
            subject_id=enrolment.child_id,
            holder=agreement.partner_id,
            kind="enrolment",
            source_id=agreement.id,
            by=by.account_id,
            now=now,
        )
    session.flush()
    return enrolment


def enrolled(session: TenantSession, agreement: Agreement) -> Sequence[tuple[Enrolment, str]]:
    """The enrolments under an agreement with the children's codes, never their names."""
    return repository.enrolments(session, agreement.id)


def _checked(consent: Consent, age_years: int, today: date) -> date:
    """The day of the guardian's consent, when all consent that is needed is there."""
    if consent.guardian_on is None or consent.guardian_on > today:
        raise EnrolmentRefusedError(
            "guardian_consent_on",
            Text(
                vi="Cần ngày người giám hộ đồng ý, không muộn hơn hôm nay.",
                en="The day of the guardian's consent is needed, not later than today.",
            ),
        )
    missing = consent.child_on is None and age_years >= ASKED_FROM_AGE
    if missing or (consent.child_on is not None and consent.child_on > today):
        raise EnrolmentRefusedError(
            "child_assent_on",
            Text(
                vi="Trẻ từ 7 tuổi phải tự đồng ý; cần ngày đồng ý, không muộn hơn hôm nay.",
                en="A child of seven or more agrees as well: give the day, not later than today.",
            ),
        )
    return consent.guardian_on
