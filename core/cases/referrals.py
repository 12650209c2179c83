"""Referring a case inside the province: sent, accepted or refused, ended; and what it opens.

The receiver reads the referral itself from the moment it is sent, and the papers that it names from
acceptance until its end. Source: domain page of the programmes, §2.4; security rules §3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from core.access import grants
from core.cases import options, repository
from core.cases.files import FORMS, Paper
from core.cases.models import READ, CaseReferral
from core.cases.papers.fields import choice, choices, narrative
from core.cases.papers.models import (
    WORK,
    CaseDetailedAssessment,
    CaseInitialAssessment,
    CaseIntake,
    CasePlan,
)
from core.cases.rights import RECEIVING_ROLES
from core.cases.states import ENDED, NAMES, State
from core.cases.team import require_here
from core.forms import service as forms
from core.kit.errors import ConflictError, NotFoundError
from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Option, Part
from core.plugin_api.rules import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.cases.models import PartOfCase
    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

REFERRAL: Final = "core.case_referral"
_SHARED: Mapping[str, type[PartOfCase]] = {
    "intake": CaseIntake,
    "initial_assessment": CaseInitialAssessment,
    "detailed_assessment": CaseDetailedAssessment,
    "plan": CasePlan,
}
_NO_REASON = Text(
    vi="Hãy ghi lý do không tiếp nhận để người gửi tìm nơi khác.",
    en="Say why you refuse, so that the sender finds somebody else.",
)


@dataclass(frozen=True, slots=True)
class Received:
    """A referral as its receiver reads it: with the papers that it names, once accepted."""

    referral: CaseReferral
    papers: tuple[Paper, ...]


def referral_form(receivers: Mapping[UUID, str]) -> Form:
    """The form that refers a case to one of the accounts."""
    listed = tuple(Option(str(key), Text(vi=name, en=name)) for key, name in receivers.items())
    return Form(
        code=REFERRAL,
        number="",
        title=Text(vi="Chuyển gửi", en="Refer"),
        purpose=Text(
            vi="Nhờ người hoặc nơi cung cấp dịch vụ trong tỉnh. Chỉ chia sẻ điều cần thiết.",
            en="Ask a person or provider of the province. Share only the papers they need.",
        ),
        model=CaseReferral,
        parts=(
            Part(
                Text(vi="Chuyển gửi", en="Referral"),
                (
                    Field(
                        name="to_account",
                        label=Text(vi="Người nhận", en="To"),
                        kind="choice",
                        required=True,
                        options=listed,
                    ),
                    choice("service", "Dịch vụ cần hỗ trợ", "Service", options.SERVICE),
                    narrative("purpose", "Nội dung đề nghị", "What is asked", required=True),
                    choices("shares", "Giấy tờ được xem", "Papers to be read", options.SHARED),
                    Field(
                        name="due_on",
                        label=Text(vi="Đề nghị trả lời trước ngày", en="Answer by"),
                        kind="date",
                        least=TODAY,
                    ),
                ),
            ),
        ),
        columns=(),
        enters=WORK,
        sees=READ,
        compute=_columns,
    )


def receivers(session: TenantSession, principal: Principal) -> dict[UUID, str]:
    """Whom a referral may be sent to: everyone in the province whose role receives them."""
    found = repository.accounts_with_roles(session, RECEIVING_ROLES, None)
    return {key: name for key, name in found.items() if key != principal.account_id}


def send(
    session: TenantSession,
    case_id: UUID,
    raw: Mapping[str, Any],
    *,
    key: str,
    principal: Principal,
    context: forms.FormContext,
    now: datetime,
) -> forms.Stored:
    """Refer a case; the receiver may read the referral from now on.

    Raises:
        NotFoundError: no such case for this reader.
        ConflictError: the case has ended.
        AnswersRefusedError: something is missing or wrong; nothing is stored.
    """
    form = referral_form(receivers(session, principal))
    case = repository.locked_case(session, case_id)
    if case is None:
        raise NotFoundError
    require_here(session, case.commune_id, WORK)
    known = forms.stored_before(session, form, raw, key=key, principal=principal)
    if known is not None:
        return known
    if case.state in ENDED:
        state = NAMES[State(case.state)]
        raise ConflictError(
            Text(
                vi=f"Hồ sơ đang ở tình trạng «{state.vi}», không chuyển gửi được nữa.",
                en=f"The case stands at “{state.en}” and cannot be referred any more.",
            )
        )

    def saved(_session: TenantSession, referral: CaseReferral) -> None:
        _give(session, referral, referral.id, principal.account_id, now)

    def placed(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        return {
            "case_id": case.id,
            "commune_id": case.commune_id,
            "confidential_key": case.confidential_key,
            "paper_ids": _named(session, case.id, answers["shares"]),
            "state": "sent",
        }

    return forms.submit(
        session,
        form,
        raw,
        key=key,
        principal=principal,
        context=context,
        now=now,
        generated=case.generated,
        steps={form.code: forms.FormStep(saved=saved)},
        place=forms.Place(placed, lambda _answers: case.confidential_key),
    )


def of_case(session: TenantSession, case_id: UUID, referral_id: UUID) -> CaseReferral:
    """A referral of a case, through the case.

    Raises:
        NotFoundError: no such case for this reader, or the referral is of another case.
    """
    if repository.case_by_id(session, case_id) is None:
        raise NotFoundError
    referral = repository.part(session, CaseReferral, case_id, referral_id)
    if referral is None:
        raise NotFoundError
    return referral


def inbox(session: TenantSession, principal: Principal) -> Sequence[CaseReferral]:
    """The referrals that wait for the reader or were accepted by them."""
    if principal.account_id is None:
        return ()
    work = grants.open_work(session, principal.account_id)
    ids = {one.subject_id for one in work if one.subject_kind == REFERRAL}
    return repository.referrals_to(session, ids) if ids else ()


def open_received(session: TenantSession, referral_id: UUID) -> Received:
    """A referral that was sent to the reader; the caller writes the audit entry.

    Raises:
        NotFoundError: not there, not the reader's, or over.
    """
    referral = repository.referral_by_id(session, referral_id)
    if referral is None or referral.state not in {"sent", "accepted"}:
        raise NotFoundError
    papers = () if referral.state == "sent" else _papers(session, referral)
    return Received(referral, tuple(papers))


def answer(
    session: TenantSession,
    referral_id: UUID,
    *,
    accept: bool,
    reason: str | None,
    principal: Principal,
    now: datetime,
) -> None:
    """Accept a referral, which opens what it names, or refuse it, which closes it again.

    Raises:
        NotFoundError: not the reader's.
        ConflictError: it was answered already, or refused without a reason.
    """
    referral = open_received(session, referral_id).referral
    if referral.state != "sent":
        raise ConflictError(
            Text(vi="Chuyển gửi này đã được trả lời.", en="This referral was answered already.")
        )
    if not accept and not (reason or "").strip():
        raise ConflictError(_NO_REASON)
    referral.answered_at = now
    if accept:
        referral.state = "accepted"
        session.flush()
        for paper_id in referral.paper_ids:
            _give(session, referral, paper_id, principal.account_id, now)
        return
    referral.state, referral.answer_reason = "refused", (reason or "").strip()
    session.flush()
    grants.end_of_source(session, referral.id, by=principal.account_id, now=now)


def end(
    session: TenantSession, referral: CaseReferral, *, principal: Principal, now: datetime
) -> None:
    """End a referral; the receiver's next statement sees nothing of it.

    Raises:
        ConflictError: it is over already.
    """
    require_here(session, referral.commune_id, WORK)
    if referral.state not in {"sent", "accepted"}:
        raise ConflictError(
            Text(vi="Chuyển gửi này đã kết thúc.", en="This referral is over already.")
        )
    referral.answered_at = referral.answered_at or now
    referral.state, referral.ended_at, referral.ended_by = "ended", now, principal.account_id
    session.flush()
    grants.end_of_source(session, referral.id, by=principal.account_id, now=now)


def _give(
    session: TenantSession, referral: CaseReferral, subject: UUID, by: UUID | None, now: datetime
) -> None:
    grants.give(
        session,
        referral.to_account,
        "referral",
        subject_kind=REFERRAL if subject == referral.id else f"{REFERRAL}.paper",
        subject_id=subject,
        by=by,
        now=now,
        source_id=referral.id,
    )


def _named(session: TenantSession, case_id: UUID, shares: Sequence[str]) -> list[UUID]:
    """The papers that are shared, as they stand now: the latest of each kind."""
    found: list[UUID] = []
    for name in shares:
        rows = repository.parts(session, _SHARED[name], case_id)
        found += [row.id for row in rows[-1:]]
    return found


def _papers(session: TenantSession, referral: CaseReferral) -> list[Paper]:
    return [
        Paper(FORMS[type(row)], row)
        for name in referral.shares
        for row in repository.parts(session, _SHARED[name], referral.case_id)
        if row.id in referral.paper_ids
    ]


def _columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The account as a key; no paper at all is an empty list."""
    return {"to_account": UUID(answers["to_account"]), "shares": answers["shares"] or []}
