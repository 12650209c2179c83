"""Opens cases and takes their steps; flushes, never commits.

Every step is one form, checked, stored once for its key and written into the log of transitions.
The case is locked while a step is taken: of two people at once one succeeds, and the other is told
where the case stands by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.access.grants import give_to_those_at_work
from core.cases import repository, team
from core.cases.clocks import clocks_of
from core.cases.deadlines import keep_deadlines
from core.cases.files import blocked, facts_of
from core.cases.kinds import kind_of
from core.cases.limits import limits_of
from core.cases.models import Case, CaseTransition
from core.cases.papers.intake import INTAKE_FORM
from core.cases.states import ENDED, State
from core.cases.steps import Step, why_not_yet
from core.cases.team import CASE, require_here
from core.forms import service as forms
from core.kit.clock import local_date
from core.kit.errors import ConflictError, NotFoundError
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.working_days import working_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from core.cases.guards import Facts
    from core.cases.limits import Limits
    from core.forms.steps import Faults
    from core.identity.principal import Principal
    from core.tenancy.session import TenantSession

_FUTURE = Text(
    vi="Thời điểm này chưa đến. Hãy ghi thời điểm không sau lúc này.",
    en="This moment has not come yet. Enter one up to now.",
)
_LATE = Text(
    vi="Đã quá thời hạn. Hãy ghi lý do chậm.", en="The deadline has passed. Enter why it is late."
)


def file_intake(
    session: TenantSession,
    raw: Mapping[str, Any],
    *,
    key: str,
    principal: Principal,
    context: forms.FormContext,
    now: datetime,
    generated: bool = False,
) -> forms.Stored:
    """Receive information (form 01) and open a case with it; the record is the intake's.

    The commune's worker and leader are given the case at once. Who filed a confidential one reads
    it on only as one of these.

    Raises:
        AnswersRefusedError: something is missing or wrong; nothing is stored.
    """

    def opened(answers: Mapping[str, Any]) -> Mapping[str, Any]:
        kind = kind_of(answers)
        case = Case(
            id=new_id(),
            kind=kind.code,
            state=State.RECEIVED,
            child_ref=answers["child_ref"],
            commune_id=answers["commune_id"],
            confidential_key=kind.confidential_key,
            received_at=answers["received_at"],
            begun_at=answers["received_at"],
            generated=generated,
            created_at=now,
            created_by=principal.account_id,
        )
        session.add(case)
        session.flush()
        _log(session, case, "file_intake", None, by=principal.account_id, now=now)
        keep_deadlines(session, case, now)
        give_to_those_at_work(
            session,
            case.commune_id,
            subject_kind=CASE,
            subject_id=case.id,
            by=principal.account_id,
            now=now,
        )
        return {"case_id": case.id, "confidential_key": kind.confidential_key}

    return forms.submit(
        session,
        INTAKE_FORM,
        raw,
        key=key,
        principal=principal,
        context=context,
        now=now,
        generated=generated,
        steps={INTAKE_FORM.code: forms.FormStep(check=_not_after("received_at", now))},
        place=forms.Place(opened, lambda answers: kind_of(answers).confidential_key),
    )


def take_step(
    session: TenantSession,
    case_id: UUID,
    step: Step,
    raw: Mapping[str, Any],
    *,
    key: str,
    principal: Principal,
    context: forms.FormContext,
    now: datetime,
) -> forms.Stored:
    """File a step's form and bring the case to where it leads.

    Raises:
        NotFoundError: no such case for this reader.
        RefusedError: the person may not take this step, or not on their own work.
        ConflictError: the case stands elsewhere (by now), or something is missing first.
        AnswersRefusedError: something is missing or wrong; nothing is stored.
    """
    principal.require(step.permission)
    case = repository.locked_case(session, case_id)
    if case is None:
        raise NotFoundError
    require_here(session, case.commune_id, step.permission)
    known = forms.stored_before(session, step.form, raw, key=key, principal=principal)
    if known is not None:
        return known
    facts = facts_of(session, case, principal)
    refusal = why_not_yet(step, State(case.state)) or blocked(step, facts)
    if refusal is not None:
        raise ConflictError(refusal)
    stood = case.state

    def placed(_answers: Mapping[str, Any]) -> Mapping[str, Any]:
        return _of_case(case) | _beside(step, stood, facts)

    def saved(_session: TenantSession, row: Any) -> None:
        case.state = step.leads_to or case.state
        step.effect(case, row, now)
        if step.review_day is not None:
            case.review_on = step.review_day(facts)
        if not isinstance(row, CaseTransition):
            by = principal.account_id
            _log(session, case, step.code, stood, by=by, now=now, paper=row)
        session.flush()
        keep_deadlines(session, case, now)
        if case.state in ENDED:
            team.end_referrals(session, case, by=principal.account_id, now=now)

    return forms.submit(
        session,
        step.form,
        raw,
        key=key,
        principal=principal,
        context=context,
        now=now,
        generated=case.generated,
        steps={step.form.code: forms.FormStep(check=_check(session, step, case, now), saved=saved)},
        place=forms.Place(placed, lambda _answers: case.confidential_key),
    )


def _of_case(case: Case) -> dict[str, Any]:
    """What every part of a case has from it."""
    return {
        "case_id": case.id,
        "commune_id": case.commune_id,
        "confidential_key": case.confidential_key,
    }


def _beside(step: Step, stood: str, facts: Facts) -> dict[str, Any]:
    """What a step's own row says beside its answers; a model without the column takes none."""
    return {
        "plan_id": facts.plan_id,
        "step": step.code,
        "from_state": stood,
        "to_state": step.leads_to or stood,
    }


def _check(
    session: TenantSession, step: Step, case: Case, now: datetime
) -> Callable[[Mapping[str, Any], Any], Faults]:
    limits = limits_of(session, local_date(now))

    def check(answers: Mapping[str, Any], today: Any) -> Faults:
        done = answers[step.moment] if step.moment else now
        faults = _not_after(step.moment, now)(answers, today) if step.moment else ()
        if faults or step.clock is None or done is None or answers["delay_reason"] is not None:
            return faults
        late = _overdue(case, step.clock, limits, done)
        return (("delay_reason", _LATE),) if late else ()

    return check


def _overdue(case: Case, clock: str, limits: Limits, done: datetime) -> bool:
    """Whether a moment lies behind the due one; a clock that cannot be told is not late."""
    every = clocks_of(case, limits, working_days())
    due = next((one.due for one in every if one.code == clock), None)
    return due is not None and done > due


def _not_after(field: str, now: datetime) -> Callable[[Mapping[str, Any], Any], Faults]:
    """A moment of today may still lie ahead; the form itself looks at the day alone."""

    def check(answers: Mapping[str, Any], _today: Any) -> Faults:
        moment = answers[field]
        return ((field, _FUTURE),) if moment is not None and moment > now else ()

    return check


def _log(
    session: TenantSession,
    case: Case,
    step: str,
    stood: str | None,
    *,
    by: UUID | None,
    now: datetime,
    paper: Any = None,
) -> None:
    session.add(
        CaseTransition(
            **_of_case(case),
            step=step,
            from_state=stood,
            to_state=case.state,
            paper_id=paper.id if paper is not None else None,
            generated=case.generated,
            created_at=now,
            created_by=by,
        )
    )
    session.flush()
