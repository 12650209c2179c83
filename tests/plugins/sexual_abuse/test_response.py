"""A case from intake to closing, with its clocks, its second persons and what it has reached."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.forms.context import FormContext
from core.forms.errors import AnswersRefusedError
from core.forms.lookups import NoLookups
from core.forms.service import submit
from core.identity.principal import Principal
from core.kit.clock import VIETNAM_TIME
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import vault_of_tests
from plugins.sexual_abuse.response import rules
from plugins.sexual_abuse.response.models import SaMilestone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.registry.service import Registry
    from core.testing.database import TestDatabase

WORKER, LEADER = UUID(int=21), UUID(int=22)
INTAKE = {
    "received_at": "12/02/2018 08:30",
    "channel": "hotline_111",
    "estimated_age": "9",
    "sex": "female",
    "child_safe_now": "no",
    "abuse_form": "unclassified",
    "setting": "unclassified",
    "relation_to_child": "unknown",
}
EMERGENCY: dict[str, Any] = {
    "measures": ["safe_place"],
    "started_at": "12/02/2018 20:30",
    "place": "Nơi tạm lánh",
    "responsible": "Cán bộ xã",
}
ASSESSMENT: dict[str, Any] = {
    "assessed_on": "13/02/2018",
    "confirmed": "yes",
    "abuse_form": "molestation",
    "setting": "neighbourhood",
    "relation_to_child": "neighbour",
    "ongoing": "no",
    "needs_care": "yes",
}
PLAN: dict[str, Any] = {
    "submitted_on": "26/02/2018",
    "goals": "Trẻ an toàn",
    "monitoring": "Thăm hằng tuần",
    "review_on": "26/04/2018",
    "services": [{"kind": "psychological", "owner": "Trạm y tế", "due_on": "30/03/2018"}],
}
DECISION: dict[str, Any] = {"decided_on": "28/02/2018", "approved": "yes", "decision_no": "5"}
SERVICE: dict[str, Any] = {
    "kind": "psychological",
    "provider": "Trạm y tế",
    "referred_on": "01/03/2018",
    "free_of_charge": "yes",
}
STAGE: dict[str, Any] = {
    "stage": "verification",
    "happened_on": "14/02/2018",
    "body": "police",
    "child_friendly_interview": "yes",
    "legal_aid_present": "yes",
}
REVIEW: dict[str, Any] = {
    "reviewed_on": "26/04/2018",
    "harm": "low",
    "offender_access": "low",
    "care_obstacles": "medium",
    "self_protection": "medium",
    "caregiver_ability": "high",
    "recovery": "medium",
    "conclusion": "close",
}


@pytest.mark.parametrize(
    ("received", "plan", "approval"),
    [
        # a Monday in an ordinary week
        (date(2018, 5, 7), date(2018, 5, 14), date(2018, 5, 16)),
        # the Monday before Tết 2018 (off from 14 to 20 February)
        (date(2018, 2, 12), date(2018, 2, 26), date(2018, 2, 28)),
        # before the weekend and the days of 30 April and 1 May 2018 by hand: 4, 7 to 9 May
        (date(2018, 5, 3), date(2018, 5, 10), date(2018, 5, 14)),
    ],
)
def test_the_clocks_of_the_plan_count_working_days(
    received: date, plan: date, approval: date
) -> None:
    at = datetime(received.year, received.month, received.day, 8, 30, tzinfo=VIETNAM_TIME)
    assert (rules.plan_due(at), rules.approval_due(at)) == (plan, approval)


def test_the_clock_of_emergencies_counts_hours() -> None:
    at = datetime(2018, 2, 14, 20, 0, tzinfo=VIETNAM_TIME)
    assert rules.emergency_due(at) == datetime(2018, 2, 15, 8, 0, tzinfo=VIETNAM_TIME)


class Walk:
    """One case on its way, entered by its worker and its leader."""

    def __init__(self, session: Any, registry: Registry, commune: int) -> None:
        """Begin with the intake."""
        self._session, self._forms, self._commune = session, registry.catalogue.forms, commune
        self.case = self.enter("intake", INTAKE, by=WORKER, alone=True)

    def enter(
        self, form: str, answers: dict[str, Any], *, by: UUID = WORKER, alone: bool = False
    ) -> UUID:
        """One record of the case."""
        declared = self._forms[f"sexual_abuse.{form}"]
        person = self.person(by, Reach.counting(), declared.enters, declared.sees)
        whose = {"commune_id": str(self._commune)}
        if not alone:
            whose["case_id"] = str(self.case)
        stored = submit(
            self._session,
            declared,
            whose | answers,
            key=f"walk-{uuid4().hex}",
            principal=person,
            context=self.context(),
            now=datetime(2018, 12, 31, tzinfo=UTC),
        )
        return stored.record_id

    def context(self) -> FormContext:
        """The bounds of a submission: the case's commune, at the end of the year."""
        return FormContext(
            today=date(2018, 12, 31),
            communes={self._commune: "Xã Một"},
            find_child=lambda _text: None,
            find_household=lambda _text: None,
            lookups=Anything(),
            forms=self._forms,
        )

    def person(self, by: UUID, reach: Reach, *permissions: str) -> Principal:
        """An account with these rights."""
        return Principal(
            account_id=by,
            tenant_id=1,
            tenant_slug="tinh_mot",
            display_name="",
            roles=(),
            permissions=frozenset(permissions),
            reach=reach,
        )

    def refused(self, form: str, answers: dict[str, Any], *, by: UUID = WORKER) -> set[str]:
        """The fields at which a record is refused."""
        with pytest.raises(AnswersRefusedError) as refused:
            self.enter(form, answers, by=by)
        return {error.field for error in refused.value.errors}

    def reached(self) -> dict[str, bool]:
        """The milestones and whether each was on time."""
        statement = select(SaMilestone.kind, SaMilestone.on_time).where(
            SaMilestone.tenant_id == 1, SaMilestone.case_id == self.case
        )
        return dict(tuple(row) for row in self._session.execute(statement))


class Anything(NoLookups):
    """Finds every record by its id."""

    def find_record(self, _form_code: str, text: str) -> UUID | None:
        """The id itself."""
        return UUID(text)


@pytest.fixture
def walk(programmes: TestDatabase, registry: Registry, communes: tuple[int, ...]) -> Iterator[Walk]:
    session = TenantDoor(programmes.runtime, vault=vault_of_tests()).open(1, reach=Reach.counting())
    yield Walk(session, registry, communes[0])
    session.rollback()
    session.close()


def test_a_case_walks_from_intake_to_closing(walk: Walk) -> None:
    walk.enter("emergency", EMERGENCY, by=LEADER)
    walk.enter("assessment", ASSESSMENT)
    plan = {"plan_id": str(walk.enter("plan", PLAN))}
    assert walk.refused("plan_decision", DECISION | plan, by=WORKER) == {"approved"}
    walk.enter("plan_decision", DECISION | plan, by=LEADER)
    walk.enter("service", SERVICE)
    walk.enter("proceeding", STAGE)
    review = {"review_id": str(walk.enter("review", REVIEW))}
    closing: dict[str, Any] = {"closed_on": "27/04/2018"} | review
    assert walk.refused("closing", closing, by=WORKER) == {"closed_on"}
    walk.enter("closing", closing, by=LEADER)
    assert walk.reached() == dict.fromkeys(
        ("emergency", "plan", "timely", "proceedings", "legal_aid", "needs_care", "care"), True
    )


def test_what_is_late_needs_a_reason_and_is_not_on_time(walk: Walk) -> None:
    late = EMERGENCY | {"started_at": "12/02/2018 20:31"}
    assert walk.refused("emergency", late) == {"delay_reason"}
    walk.enter("emergency", late | {"delay_reason": "Đường bị ngập"})
    late = PLAN | {"submitted_on": "27/02/2018"}
    assert walk.refused("plan", late) == {"delay_reason"}
    walk.enter("plan", late | {"delay_reason": "Chờ kết quả đánh giá"})
    assert walk.reached() == {"emergency": False, "plan": False}


def test_approved_too_late_is_not_helped_in_time(walk: Walk) -> None:
    plan = {"plan_id": str(walk.enter("plan", PLAN))}
    walk.enter("plan_decision", DECISION | plan | {"decided_on": "01/03/2018"}, by=LEADER)
    walk.enter("service", SERVICE)
    assert "timely" not in walk.reached()


def test_a_case_that_is_not_classified_or_not_reviewed_to_the_end_stays_open(walk: Walk) -> None:
    going_on = {"review_id": str(walk.enter("review", REVIEW | {"conclusion": "continue"}))}
    closing: dict[str, Any] = {"closed_on": "27/04/2018"}
    assert walk.refused("closing", closing | going_on, by=LEADER) == {"review_id", "case_id"}
    assert walk.refused("review", REVIEW | {"harm": "high"}) == {"conclusion"}


def test_stages_and_their_days_keep_their_order(walk: Walk) -> None:
    walk.enter("proceeding", STAGE)
    assert walk.refused("proceeding", STAGE) == {"stage"}
    assert walk.refused("proceeding", STAGE | {"stage": "notice"}) == {"stage"}
    earlier = STAGE | {"stage": "investigation", "happened_on": "13/02/2018"}
    assert walk.refused("proceeding", earlier) == {"happened_on"}
    ended = STAGE | {"stage": "no_criminal_case", "happened_on": "20/02/2018"}
    assert walk.refused("proceeding", ended) == {"no_case_reason"}
    walk.enter("proceeding", ended | {"no_case_reason": "not_enough"})


def test_nothing_comes_before_the_notice_and_a_plan_has_a_service(walk: Walk) -> None:
    assert walk.refused("emergency", EMERGENCY | {"started_at": "12/02/2018 08:00"}) == {
        "started_at"
    }
    assert walk.refused("plan", PLAN | {"submitted_on": "11/02/2018"}) == {"submitted_on"}
    assert walk.refused("plan", PLAN | {"services": []}) == {"services"}
    separated = EMERGENCY | {"measures": ["temporary_separation"]}
    assert walk.refused("emergency", separated) == {"separation_review_on"}


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("ABU-02", (2, 4)),
        ("ABU-03", (1, 2)),
        ("ABU-04", (3, 4)),
        ("ABU-05", (1, 2)),
        ("ABU-06", (1, 3)),
    ],
)
def test_ratios_of_four_cases(
    counted: Callable[..., Any],
    case_row: Callable[..., Any],
    year: Any,
    code: str,
    by_hand: tuple[int, int],
) -> None:
    """Four cases, two of them not safe; what each reached, and whether on time."""
    cases = [case_row(id=uuid4(), child_safe_now=number > 1) for number in range(4)]
    told = (
        {"emergency": True, "plan": True, "timely": True, "proceedings": True, "legal_aid": True},
        {"emergency": False, "plan": True, "proceedings": True, "needs_care": True, "care": True},
        {"plan": True, "timely": True, "needs_care": True},
        {"plan": False, "needs_care": True},
    )
    reached = [
        SaMilestone(
            case_id=case.id,
            commune_id=case.commune_id,
            kind=kind,
            day=date(2018, 5, 1),
            on_time=on_time,
        )
        for case, kinds in zip(cases, told, strict=True)
        for kind, on_time in kinds.items()
    ]
    with counted(*cases, *reached) as door:
        figure = door.indicator(code, year)
    assert (figure.numerator, figure.denominator) == by_hand
