"""Reads cases: lists without names, one case with its papers, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.cases import repository
from core.cases.clocks import clocks_of
from core.cases.guards import Facts
from core.cases.limits import limits_of
from core.cases.models import Case, CaseReferral, CaseTransition
from core.cases.papers.intake import INTAKE_FORM
from core.cases.papers.models import (
    CaseConference,
    CaseDecision,
    CaseDetailedAssessment,
    CaseEmergencyMeasure,
    CaseInitialAssessment,
    CaseIntake,
    CasePlan,
    CaseReview,
    CaseService,
)
from core.cases.steps import STEPS, Step
from core.cases.team import may_here
from core.kit.clock import local_date
from core.kit.errors import NotFoundError
from core.kit.working_days import working_days

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row

    from core.cases.clocks import Clock, Moments
    from core.identity.principal import Principal
    from core.kit.language import Text
    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession

PAPERS = (
    CaseIntake,
    CaseInitialAssessment,
    CaseEmergencyMeasure,
    CaseDetailedAssessment,
    CaseConference,
    CasePlan,
    CaseService,
    CaseDecision,
    CaseReview,
)
FORMS: Mapping[type[Any], Form] = {
    form.model: form for form in (INTAKE_FORM, *(step.form for step in STEPS.values()))
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a case and the form it was entered with."""

    form: Form
    row: Any


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything that belongs to it; columns hidden from the reader are not held."""

    case: Case
    papers: tuple[Paper, ...]
    transitions: Sequence[CaseTransition]
    referrals: Sequence[CaseReferral]
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that the reader may take at this state; ``blocked`` says what is missing first."""

    step: Step
    blocked: Text | None


def get_case(session: TenantSession, case_id: UUID) -> Case:
    """One case; the caller writes the audit entry.

    Raises:
        NotFoundError: not there, or not for this reader.
    """
    case = repository.case_by_id(session, case_id)
    if case is None:
        raise NotFoundError
    return case


def case_of_intake(session: TenantSession, intake_id: UUID) -> UUID | None:
    """The case that an intake opened, for those who may read it."""
    return repository.case_of_intake(session, intake_id)


def open_file(session: TenantSession, case_id: UUID, now: datetime) -> CaseFile:
    """A case with its papers, in the order of the flow; the caller writes the audit entry.

    Raises:
        NotFoundError: not there, or not for this reader.
    """
    case = get_case(session, case_id)
    papers = (
        Paper(FORMS[model], row)
        for model in PAPERS
        for row in repository.parts(session, model, case_id)
    )
    return CaseFile(
        case,
        tuple(papers),
        repository.parts(session, CaseTransition, case_id),
        repository.parts(session, CaseReferral, case_id),
        clocks_now(session, now)(case),
    )


def next_steps(session: TenantSession, case: Case, principal: Principal) -> tuple[NextStep, ...]:
    """What the reader may do with a case where it stands, in the order of the flow."""
    mine = [
        step
        for step in STEPS.values()
        if case.state in step.begins and may_here(session, case, principal, step.permission)
    ]
    facts = facts_of(session, case, principal) if mine else None
    return tuple(NextStep(step, blocked(step, facts)) for step in mine if facts is not None)


def list_cases(session: TenantSession, after: UUID | None, limit: int) -> Sequence[Row[Any]]:
    """One page of cases, the newest first: code, kind, state and moments, never a name.

    Raises:
        NotFoundError: there is no case ``after`` for this reader.
    """
    lines = repository.lines_after(session, after, limit)
    if lines is None:
        raise NotFoundError
    return lines


def clocks_now(session: TenantSession, now: datetime) -> Callable[[Moments], tuple[Clock, ...]]:
    """Tells the clocks of a case by the deadlines in force."""
    limits = limits_of(session, local_date(now))
    days = working_days()
    return lambda case: clocks_of(case, limits, days)


def facts_of(session: TenantSession, case: Case, principal: Principal) -> Facts:
    """What the guards need to know, read through the case."""
    plans = repository.parts(session, CasePlan, case.id)
    reviews = repository.parts(session, CaseReview, case.id)
    services = repository.parts(session, CaseService, case.id)
    plan = plans[-1] if plans else None
    review = reviews[-1] if reviews else None
    authors = {plan.created_by} if plan else set()
    return Facts(
        actor=principal.account_id,
        emergency_needed=case.emergency_needed,
        emergency_taken=case.emergency_at is not None,
        conferences=len(repository.parts(session, CaseConference, case.id)),
        plan_id=plan.id if plan else None,
        plan_authors=frozenset(authors | {repository.who_took(session, case.id, "submit_plan")}),
        plan_review_on=plan.review_on if plan else None,
        services=sum(plan is not None and one.plan_id == plan.id for one in services),
        review_author=review.created_by if review else None,
        review_conclusion=review.conclusion if review else None,
        next_review_on=review.next_review_on if review else None,
    )


def blocked(step: Step, facts: Facts) -> Text | None:
    """What is missing before a step may be taken."""
    return next(filter(None, (guard(facts) for guard in step.guards)), None)
