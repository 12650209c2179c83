"""What some forms need beyond their declaration: a check in code, and work after storing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.events.incidents import service as incidents
from core.forms.errors import AnswersRefusedError, FieldError
from core.money import service as money
from core.organisation.service import committee_saved, of_unit
from core.planning import service as planning
from core.register import service as register
from core.register.circumstances.service import circumstance_saved
from core.register.counting.service import keep_in_step, support_saved
from core.register.following import service as following

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from core.kit.language import Text
    from core.planning.models import PlanYear
    from core.tenancy.session import TenantSession

    Faults = tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class FormStep:
    """``check`` names fields and what is wrong with them; ``saved`` runs in the same transaction.

    ``known`` gives columns that follow from what the register holds, such as where a child
    lives, so that nobody is asked and nobody can contradict it. ``saved`` receives the stored
    row, whose keys other rows may already point at; ``added``, where there is one, runs in its
    place for a record that is new. ``corrected`` receives it as well, once what rests on its
    answers may have to follow. ``warns`` says what a reader of a stored row should mind; it
    refuses nothing.
    """

    check: Callable[[Mapping[str, Any], date], Faults] | None = None
    known: Callable[[TenantSession, Mapping[str, Any]], Mapping[str, Any]] | None = None
    saved: Callable[[TenantSession, Any], None] | None = None
    added: Callable[[TenantSession, Any], None] | None = None
    warns: Callable[[TenantSession, Any], Text | None] | None = None
    corrected: Callable[[TenantSession, Any], None] | None = None


def _unless(
    faults: Callable[[TenantSession, Mapping[str, Any]], Faults],
) -> Callable[[TenantSession, Mapping[str, Any]], Mapping[str, Any]]:
    """A step that refuses answers at their fields for what the records say against them."""

    def known(session: TenantSession, answers: Mapping[str, Any]) -> Mapping[str, Any]:
        found = faults(session, answers)
        if found:
            raise AnswersRefusedError(tuple(FieldError(*fault) for fault in found))
        return {}

    return known


def _plan_opened(session: TenantSession, plan: PlanYear) -> None:
    """The declared activities of the year, and every unit beside its minimum."""
    planning.plan_opened(session, plan)
    money.year_opened(session, plan.year)


CORE_STEPS: Mapping[str, FormStep] = {
    "core.child": FormStep(
        check=register.check_child,
        saved=register.index_child,
        added=register.index_new_child,
        corrected=lambda session, child: keep_in_step(session, child.id),
    ),
    "core.special_circumstance": FormStep(known=following.of_child, saved=circumstance_saved),
    "core.support_delivery": FormStep(known=following.of_child, saved=support_saved),
    "core.at_risk": FormStep(known=following.of_child),
    "core.parent": FormStep(known=following.of_child),
    "core.caregiver": FormStep(known=following.of_child),
    "core.schooling": FormStep(known=following.of_child, saved=following.schooling_saved),
    "core.status_change": FormStep(known=following.of_child, saved=following.status_saved),
    "core.poverty_year": FormStep(known=following.of_household, saved=following.poverty_saved),
    "core.committee": FormStep(known=of_unit, saved=committee_saved),
    "core.staff_post": FormStep(known=of_unit),
    "core.intake_focal_point": FormStep(known=of_unit),
    "core.plan_year": FormStep(saved=_plan_opened),
    "core.activity_result": FormStep(known=planning.of_activity),
    "core.sector_contribution": FormStep(known=planning.of_agency),
    "core.emulation_score": FormStep(known=of_unit),
    "core.budget_line": FormStep(
        known=money.of_line, saved=money.line_saved, warns=money.below_minimum
    ),
    "core.expenditure": FormStep(known=money.of_expenditure),
    "core.urgent_incident": FormStep(
        known=_unless(incidents.incident_faults), saved=incidents.incident_saved
    ),
}
