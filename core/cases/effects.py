"""What a step changes on the case itself, beside its state: the moments that its clocks read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from core.cases.models import Case


def nothing(case: Case, paper: Any, now: datetime) -> None:
    """Leave it."""


def initial_assessed(case: Case, paper: Any, now: datetime) -> None:
    """The emergency clock runs on, or is not needed."""
    case.initial_assessed_at = now
    case.emergency_needed = paper.emergency_needed


def emergency_taken(case: Case, paper: Any, now: datetime) -> None:
    """The first measure answers the clock."""
    del now
    if case.emergency_at is None:
        case.emergency_at = paper.started_at


def detailed_assessed(case: Case, paper: Any, now: datetime) -> None:
    """Remember when."""
    del paper
    case.detailed_assessed_at = now


def plan_submitted(case: Case, paper: Any, now: datetime) -> None:
    """Answers the clock of the draft."""
    del paper
    case.plan_submitted_at = now


def plan_returned(case: Case, paper: Any, now: datetime) -> None:
    """The clock of the draft runs again from where it began."""
    del paper, now
    case.plan_submitted_at = None


def plan_approved(case: Case, paper: Any, now: datetime) -> None:
    """Answers the clock of the approval."""
    del paper
    case.plan_approved_at = now


def plan_again(case: Case, paper: Any, now: datetime) -> None:
    """The clocks of the plan begin anew."""
    del paper
    case.begun_at = case.detailed_assessed_at = now
    case.plan_submitted_at = case.plan_approved_at = None
    case.review_on = None


def ended(case: Case, paper: Any, now: datetime) -> None:
    """No clock runs any more."""
    del paper
    case.closed_at = now


def begun_anew(case: Case, paper: Any, now: datetime) -> None:
    """Every clock begins anew; what was answered before stays in the log."""
    del paper
    case.begun_at = now
    case.emergency_needed = None
    case.initial_assessed_at = case.emergency_at = case.detailed_assessed_at = None
    case.plan_submitted_at = case.plan_approved_at = case.closed_at = None
    case.review_on = None
