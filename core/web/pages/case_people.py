"""The people of a case: its team, its referrals, what waits for me, and work to hand over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.datastructures import State
from litestar.response import Redirect

from core.cases import referrals, team
from core.cases.models import READ, RECEIVE, CaseReferral
from core.cases.options import REFERRAL_STATE, SERVICE, SHARED
from core.cases.papers.models import WORK
from core.cases.rights import ASSIGN
from core.identity.service import account_names
from core.kit.clock import local_date
from core.kit.errors import ConflictError
from core.kit.language import Text
from core.kit.numbers import format_date
from core.web.actions import cases
from core.web.pages.case_view import kind_name, moment, shown_papers
from core.web.pages.sent import sent_text
from core.web.rendering import page
from core.web.routing import reading, writing
from core.web.work import Work

Asked = Request[Any, Any, State]
_NOBODY = Text(vi="Hãy chọn một người trong danh sách.", en="Choose somebody from the list.")


@reading("/cases/{case_id:uuid}/team", permission=ASSIGN, writes=True)
def team_page(work: Work, case_id: UUID) -> Response[str]:
    """Who has the case now or had it, and to whom it may be given."""
    case = cases.look_at(work, case_id)
    team.require_here(work.session, case.commune_id, ASSIGN)
    grants = team.team_of(work.session, case)
    names = account_names(work.session, {one.holder_id for one in grants})
    now = [one for one in grants if one.valid_to is None]
    holders = {one.holder_id for one in now}
    return page(
        work,
        "case_team.html",
        path="/cases",
        case=case,
        members=[
            {
                "id": one.holder_id,
                "name": names.get(one.holder_id, "–"),
                "since": moment(work, one.valid_from),
            }
            for one in now
        ],
        former=[
            [
                names.get(one.holder_id, "–"),
                moment(work, one.valid_from),
                moment(work, one.valid_to),
            ]
            for one in grants
            if one.valid_to is not None
        ],
        eligible=[
            (str(key), name)
            for key, name in team.eligible(work.session, case).items()
            if key not in holders
        ],
    )


@writing("/cases/{case_id:uuid}/team", permission=ASSIGN)
def assign(work: Work, case_id: UUID, request: Asked) -> Redirect:
    """Give the case to somebody who works where it lies."""
    case = cases.look_at(work, case_id)
    account = _account(sent_text(request, "account"))
    team.assign(work.session, case, account, principal=work.principal, now=work.now)
    return Redirect(f"/cases/{case_id}/team", status_code=303)


@writing("/cases/{case_id:uuid}/team/{account_id:uuid}/end", permission=ASSIGN)
def take_back(work: Work, case_id: UUID, account_id: UUID) -> Redirect:
    """End somebody's assignment at once."""
    case = cases.look_at(work, case_id)
    team.take_back(work.session, case, account_id, principal=work.principal, now=work.now)
    own = account_id == work.principal.account_id
    return Redirect("/cases" if own else f"/cases/{case_id}/team", status_code=303)


@reading("/cases/{case_id:uuid}/referrals/{referral_id:uuid}", permission=READ, writes=True)
def case_referral_page(work: Work, case_id: UUID, referral_id: UUID) -> Response[str]:
    """A referral as the people of the case see it."""
    referral = cases.referral_of_case(work, case_id, referral_id)
    hidden = work.session.hidden_fields(CaseReferral)
    return page(
        work,
        "case_referral.html",
        path="/cases",
        referral=referral,
        title=work.tell(SERVICE.name(referral.service)),
        pairs=_pairs(work, referral, hidden),
        back=f"/cases/{case_id}",
        may_end=referral.state in {"sent", "accepted"} and work.principal.may(WORK),
    )


@writing("/cases/{case_id:uuid}/referrals/{referral_id:uuid}/end", permission=WORK)
def end_referral(work: Work, case_id: UUID, referral_id: UUID) -> Redirect:
    """End a referral; its receiver sees nothing of it any more."""
    referral = cases.referral_of_case(work, case_id, referral_id)
    referrals.end(work.session, referral, principal=work.principal, now=work.now)
    return Redirect(f"/cases/{case_id}/referrals/{referral_id}", status_code=303)


@reading("/referrals", permission=RECEIVE)
def inbox_page(work: Work) -> Response[str]:
    """The referrals that wait for me or that I accepted."""
    rows = [
        {
            "href": f"/referrals/{one.id}",
            "title": work.tell(SERVICE.name(one.service)),
            "text": moment(work, one.created_at),
            "tag": work.tell(REFERRAL_STATE.name(one.state)),
            "tone": "warning" if one.state == "sent" else "info",
        }
        for one in referrals.inbox(work.session, work.principal)
    ]
    return page(work, "referrals.html", path="/referrals", rows=rows)


@reading("/referrals/{referral_id:uuid}", permission=RECEIVE, writes=True)
def received_page(work: Work, referral_id: UUID) -> Response[str]:
    """A referral to me, with the papers that it names once I have accepted it."""
    received = cases.open_received(work, referral_id)
    referral = received.referral
    return page(
        work,
        "referral.html",
        path="/referrals",
        referral=referral,
        title=work.tell(SERVICE.name(referral.service)),
        pairs=_pairs(work, referral, work.session.hidden_fields(CaseReferral)),
        papers=shown_papers(work, received.papers, {}),
    )


@writing("/referrals/{referral_id:uuid}/answer", permission=RECEIVE)
def answer_referral(work: Work, referral_id: UUID, request: Asked) -> Redirect:
    """Accept a referral, or refuse it with a reason."""
    accept = sent_text(request, "answer") == "accept"
    referrals.answer(
        work.session,
        referral_id,
        accept=accept,
        reason=sent_text(request, "reason"),
        principal=work.principal,
        now=work.now,
    )
    return Redirect(f"/referrals/{referral_id}" if accept else "/referrals", status_code=303)


@reading("/handover", permission=ASSIGN)
def handover_page(work: Work) -> Response[str]:
    """Accounts with open work that I may assign; those that were disabled come first."""
    return page(
        work,
        "handover.html",
        path="/handover",
        people=[
            {
                "id": one.account_id,
                "name": one.name,
                "is_active": one.is_active,
                "cases": [
                    {"href": f"/cases/{line.id}", "text": f"{line.code} · {_kind(work, line)}"}
                    for line in one.cases
                ],
                "records": len(one.records),
                "heirs": [(str(key), name) for key, name in one.heirs.items()],
            }
            for one in team.to_hand_over(work.session, work.principal)
        ],
    )


@writing("/handover/{account_id:uuid}", permission=ASSIGN)
def hand_over(work: Work, account_id: UUID, request: Asked) -> Redirect:
    """Give the open work of an account to another."""
    heir = _account(sent_text(request, "heir"))
    team.hand_over(work.session, account_id, heir, principal=work.principal, now=work.now)
    return Redirect("/handover", status_code=303)


def _kind(work: Work, line: Any) -> str:
    return kind_name(work, line.kind)


def _account(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ConflictError(_NOBODY) from None


def _pairs(
    work: Work, referral: CaseReferral, hidden: frozenset[str]
) -> list[tuple[str, str | None]]:
    """What a referral says; ``None`` stands for what the reader may not see."""
    names = account_names(work.session, {referral.to_account, referral.created_by} - {None})  # type: ignore[arg-type]  # none is taken out
    t = work.tell
    shared = "; ".join(t(SHARED.name(code)) for code in referral.shares)
    pairs: list[tuple[str, str | None]] = [
        (t(Text(vi="Người gửi", en="From")), names.get(referral.created_by or UUID(int=0), "–")),
        (t(Text(vi="Người nhận", en="To")), names.get(referral.to_account, "–")),
        (t(Text(vi="Tình trạng", en="State")), t(REFERRAL_STATE.name(referral.state))),
        (t(Text(vi="Gửi lúc", en="Sent")), moment(work, referral.created_at)),
        (t(Text(vi="Giấy tờ được xem", en="Papers to be read")), shared or "–"),
    ]
    if referral.due_on is not None:
        due = format_date(referral.due_on, work.language)
        pairs.append((t(Text(vi="Đề nghị trả lời trước ngày", en="Answer by")), due))
    purpose = None if "purpose" in hidden else referral.purpose
    pairs.append((t(Text(vi="Nội dung đề nghị", en="What is asked")), purpose))
    if referral.state == "refused":
        reason = None if "answer_reason" in hidden else referral.answer_reason
        pairs.append((t(Text(vi="Lý do không tiếp nhận", en="Why it was refused")), reason))
    if referral.ended_at is not None:
        ended = format_date(local_date(referral.ended_at), work.language)
        pairs.append((t(Text(vi="Kết thúc ngày", en="Ended on")), ended))
    return pairs


handlers = [
    team_page,
    assign,
    take_back,
    case_referral_page,
    end_referral,
    inbox_page,
    received_page,
    answer_referral,
    handover_page,
    hand_over,
]
