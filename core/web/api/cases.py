"""Cases for programs: the same services, checks and audit as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.datastructures import State

from core.cases import files, referrals
from core.cases.models import READ, RECEIVE, CaseReferral
from core.cases.papers.models import FILE, WORK
from core.cases.tasks import tasks_of
from core.forms import service as forms
from core.forms.schema import json_schema
from core.web.actions import cases
from core.web.errors import problem
from core.web.routing import reading, writing
from core.web.work import Work

Asked = Request[Any, Any, State]
PAGE_SIZE = 50


class ClockLine(msgspec.Struct):
    """One deadline; ``due`` is null when ``unknown`` says why it cannot be told."""

    code: str
    due: datetime | None
    answered_at: datetime | None
    overdue_seconds: int
    unknown: str | None


class CaseLine(msgspec.Struct):
    """A line of the list: never a name."""

    id: UUID
    code: str
    kind: str
    state: str
    commune_id: int
    received_at: datetime
    clocks: list[ClockLine]


class CasePage(msgspec.Struct):
    """Cases, the newest first; ``next_after`` asks for the page behind."""

    items: list[CaseLine]
    next_after: UUID | None


class TaskLine(msgspec.Struct):
    """One clock that waits."""

    case_id: UUID
    code: str
    state: str
    clock: ClockLine
    is_mine: bool


class Written(msgspec.Struct):
    """What a form made; ``repeated`` when the same key was sent before."""

    id: UUID
    repeated: bool
    case_id: UUID | None = None


_WRITTEN = {200: Written, 201: Written}


class ReferralLine(msgspec.Struct):
    """A referral to me."""

    id: UUID
    service: str
    state: str
    sent_at: datetime


class ReferralAnswer(msgspec.Struct):
    """Accept, or refuse with a reason."""

    accept: bool
    reason: str | None = None


@reading("/cases", permission=READ)
def case_list(work: Work, after: UUID | None = None) -> CasePage:
    """The cases within reach."""
    lines = files.list_cases(work.session, after, PAGE_SIZE)
    tell = files.clocks_now(work.session, work.now)
    items = [
        CaseLine(
            line.id,
            line.code,
            line.kind,
            line.state,
            line.commune_id,
            line.received_at,
            [_clock(work, clock) for clock in tell(line)],
        )
        for line in lines
    ]
    return CasePage(items, lines[-1].id if len(lines) == PAGE_SIZE else None)


@writing("/cases", permission=FILE, status_code=201, answers=_WRITTEN)
def add_intake(work: Work, data: dict[str, Any], request: Asked) -> Response[Any]:
    """Form 01: opens a case; the header ``Idempotency-Key`` makes a repetition harmless."""
    try:
        stored = cases.file_intake(work, data, key=request.headers.get("idempotency-key", ""))
    except forms.AnswersRefusedError as refused:
        return _refused(work, refused)
    case_id = files.case_of_intake(work.session, stored.record_id)
    shown = case_id if work.principal.may(READ) else None
    return _written(Written(stored.record_id, stored.repeated, shown))


@reading("/cases/{case_id:uuid}", permission=READ, writes=True)
def one_case(work: Work, case_id: UUID) -> dict[str, Any]:
    """One case with its papers; opening it is written down."""
    file = cases.open_case(work, case_id)
    return {
        "id": case_id,
        "code": file.case.code,
        "kind": file.case.kind,
        "state": file.case.state,
        "clocks": [_clock(work, clock) for clock in file.clocks],
        "papers": [_paper(work, paper) for paper in file.papers],
        "transitions": [
            {"step": t.step, "from": t.from_state, "to": t.to_state, "at": t.created_at}
            for t in file.transitions
        ],
        "referrals": [
            {"id": one.id, "service": one.service, "state": one.state} for one in file.referrals
        ],
        "next": [
            {
                "step": one.step.code,
                "blocked": work.tell(one.blocked) if one.blocked else None,
            }
            for one in files.next_steps(work.session, file.case, work.principal)
        ],
    }


@reading("/cases/{case_id:uuid}/steps/{step:str}", permission=None, writes=True)
def step_schema(work: Work, case_id: UUID, step: str) -> dict[str, Any]:
    """The JSON Schema of a step's answers."""
    found = cases.find_step(work, step)
    cases.look_at(work, case_id)
    return json_schema(found.form)


@writing(
    "/cases/{case_id:uuid}/steps/{step:str}", permission=None, status_code=201, answers=_WRITTEN
)
def add_step(
    work: Work, case_id: UUID, step: str, data: dict[str, Any], request: Asked
) -> Response[Any]:
    """Take a step."""
    found = cases.find_step(work, step)
    key = request.headers.get("idempotency-key", "")
    try:
        stored = cases.take_step(work, case_id, found, data, key=key)
    except forms.AnswersRefusedError as refused:
        return _refused(work, refused)
    return _written(Written(stored.record_id, stored.repeated, case_id))


@writing("/cases/{case_id:uuid}/referrals", permission=WORK, status_code=201, answers=_WRITTEN)
def add_referral(work: Work, case_id: UUID, data: dict[str, Any], request: Asked) -> Response[Any]:
    """Refer a case."""
    key = request.headers.get("idempotency-key", "")
    try:
        stored = cases.refer(work, case_id, data, key=key)
    except forms.AnswersRefusedError as refused:
        return _refused(work, refused)
    return _written(Written(stored.record_id, stored.repeated, case_id))


@reading("/cases/{case_id:uuid}/referrals/{referral_id:uuid}", permission=READ, writes=True)
def one_case_referral(work: Work, case_id: UUID, referral_id: UUID) -> dict[str, Any]:
    """A referral, through its case."""
    return _referral(work, cases.referral_of_case(work, case_id, referral_id))


@reading("/tasks", permission=READ)
def task_list(work: Work, mine: int = 0) -> list[TaskLine]:
    """What is due or overdue, the most urgent first."""
    return [
        TaskLine(
            task.case.id,
            task.case.code,
            task.case.state,
            _clock(work, task.clock),
            task.is_mine,
        )
        for task in tasks_of(work.session, work.principal, work.now, mine_only=bool(mine))
    ]


@reading("/referrals", permission=RECEIVE)
def referral_list(work: Work) -> list[ReferralLine]:
    """The referrals to me that wait or were accepted."""
    return [
        ReferralLine(one.id, one.service, one.state, one.created_at)
        for one in referrals.inbox(work.session, work.principal)
    ]


@reading("/referrals/{referral_id:uuid}", permission=RECEIVE, writes=True)
def one_received(work: Work, referral_id: UUID) -> dict[str, Any]:
    """A referral to me, with the papers that it names once accepted."""
    received = cases.open_received(work, referral_id)
    papers = [_paper(work, paper) for paper in received.papers]
    return _referral(work, received.referral) | {"papers": papers}


@writing("/referrals/{referral_id:uuid}/answer", permission=RECEIVE)
def reply(work: Work, referral_id: UUID, data: ReferralAnswer) -> dict[str, Any]:
    """Accept a referral, or refuse it with a reason."""
    referrals.answer(
        work.session,
        referral_id,
        accept=data.accept,
        reason=data.reason,
        principal=work.principal,
        now=work.now,
    )
    return {"id": referral_id, "state": "accepted" if data.accept else "refused"}


def _clock(work: Work, clock: Any) -> ClockLine:
    return ClockLine(
        clock.code,
        clock.due,
        clock.answered_at,
        int(clock.overdue_by(work.now).total_seconds()),
        work.tell(clock.unknown) if clock.unknown else None,
    )


def _paper(work: Work, paper: Any) -> dict[str, Any]:
    hidden = forms.hidden_answers(work.session, paper.form)
    names = [field.name for field in paper.form.fields]
    return {
        "form": paper.form.code,
        "id": paper.row.id,
        "answers": {name: getattr(paper.row, name) for name in names if name not in hidden},
        "hidden": sorted(hidden & {*names}),
    }


def _referral(work: Work, referral: CaseReferral) -> dict[str, Any]:
    hidden = work.session.hidden_fields(CaseReferral)
    return {
        "id": referral.id,
        "service": referral.service,
        "state": referral.state,
        "shares": referral.shares,
        "purpose": None if "purpose" in hidden else referral.purpose,
        "hidden": sorted(hidden & {"purpose", "answer_reason"}),
    }


def _written(written: Written) -> Response[Any]:
    return Response(written, status_code=200 if written.repeated else 201)


def _refused(work: Work, refused: forms.AnswersRefusedError) -> Response[Any]:
    faults = [{"field": e.field, "message": work.tell(e.message)} for e in refused.errors]
    return problem(refused.code, refused.status, work.tell(refused.message), errors=faults)


handlers = [
    case_list,
    add_intake,
    one_case,
    step_schema,
    add_step,
    add_referral,
    one_case_referral,
    task_list,
    referral_list,
    one_received,
    reply,
]
