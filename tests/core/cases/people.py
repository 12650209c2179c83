"""People with real roles in one province, and the papers they file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.access.decision import principal_of
from core.access.surroundings import look_around
from core.cases import repository
from core.cases.service import file_intake, take_step
from core.cases.steps import STEPS
from core.forms.service import context_for
from core.identity.models import Account, RoleGrant, Stage
from core.identity.service import GivenRole, SignedIn
from core.kit.clock import local_date
from core.kit.ids import new_id
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from core.identity.principal import Principal
    from core.registry.service import Registry
    from core.tenancy.door import TenantDoor
    from core.tenancy.session import TenantSession

# A Monday of a plain week.
MORNING = datetime(2018, 3, 5, 2, 0, tzinfo=UTC)
SINCE = datetime(2017, 1, 1, tzinfo=UTC)
EVERYTHING = Reach.counting()


@dataclass(frozen=True)
class Person:
    """An account with its roles."""

    account_id: UUID
    roles: tuple[GivenRole, ...]


@dataclass
class Province:
    """The look-alike province 1 over a real database, and the time on its clock."""

    door: TenantDoor
    registry: Registry
    communes: tuple[int, ...]
    tenant_id: int = 1
    now: datetime = MORNING

    def person(self, *roles: str | tuple[str, int | None], active: bool = True) -> Person:
        """Somebody with roles in the first commune, or in the areas said."""
        given = tuple(
            GivenRole(role, self.communes[0]) if isinstance(role, str) else GivenRole(*role)
            for role in roles
        )
        with self.door.tenant_session(self.tenant_id) as session:
            account = Account(
                login=new_id().hex,
                display_name="Cán bộ",
                password_hash="nobody signs in here",
                is_active=active,
                disabled_at=None if active else SINCE,
                created_at=SINCE,
            )
            session.add(account)
            session.flush()
            session.add_all(
                RoleGrant(account_id=account.id, role=g.role, area_id=g.area_id, granted_at=SINCE)
                for g in given
            )
        return Person(account.id, given)

    @contextmanager
    def as_(self, person: Person) -> Iterator[tuple[TenantSession, Principal]]:
        """A transaction bounded as a request of this person is."""
        session = self.door.open(self.tenant_id)
        with session, session.begin():
            signed_in = SignedIn(
                new_id(),
                person.account_id,
                "Cán bộ",
                person.roles,
                needs_touch=False,
                stage=Stage.FULL,
            )
            around = look_around(session, person.account_id, datetime.now(UTC))
            principal = principal_of(session, signed_in, self.registry.enabled(()), around)
            session.bound_by(principal.reach)
            yield session, principal

    def file(self, person: Person, *, key: str | None = None, **answers: Any) -> UUID:
        """File an intake; the id of the intake."""
        with self.as_(person) as (session, principal):
            return file_intake(
                session,
                intake(self.communes[0]) | answers,
                key=key or new_id().hex,
                principal=principal,
                context=context_for(session, principal, local_date(self.now)),
                now=self.now,
            ).record_id

    def open(self, person: Person, **answers: Any) -> UUID:
        """File an intake; the id of the case it opened."""
        intake_id = self.file(person, **answers)
        with self.door.tenant_session(self.tenant_id, reach=EVERYTHING) as session:
            found = repository.case_of_intake(session, intake_id)
        assert found is not None
        return found

    def step(
        self, person: Person, case_id: UUID, code: str, *, key: str | None = None, **answers: Any
    ) -> UUID:
        """Take a step with right answers, changed by those given; a second after the last one."""
        self.later(seconds=1)
        with self.as_(person) as (session, principal):
            return take_step(
                session,
                case_id,
                STEPS[code],
                ANSWERS.get(code, {}) | answers,
                key=key or new_id().hex,
                principal=principal,
                context=context_for(session, principal, local_date(self.now)),
                now=self.now,
            ).record_id

    def later(self, **by: float) -> None:
        """Move the clock on."""
        self.now += timedelta(**by)

    def state(self, case_id: UUID) -> str:
        """Where a case stands."""
        with self.door.tenant_session(self.tenant_id, reach=EVERYTHING) as session:
            case = repository.case_by_id(session, case_id)
            assert case is not None
            return case.state


def intake(commune: int) -> dict[str, Any]:
    """Right answers to form 01."""
    return {
        "received_at": "05/03/2018 08:30",
        "channel": "school",
        "subject": "special_circumstance",
        "commune_id": str(commune),
        "child_name": "Nguyễn Thị Mẫu",
        "sex": "female",
        "estimated_age": "9",
        "child_condition": "Trẻ ở một mình nhiều ngày.",
    }


_LOW = dict.fromkeys(("harm", "offender_access", "care_obstacles"), "low")
ANSWERS: dict[str, dict[str, Any]] = {
    "assess_initially": {
        "assessed_on": "05/03/2018",
        "confirmed": "confirmed",
        "current_harm": "medium",
        "offender_access": "low",
        "self_protection": "medium",
        "protecting_adult": "yes",
        "emergency_needed": "no",
    },
    "take_emergency_measures": {
        "started_at": "05/03/2018 09:00",
        "measures": ["safe_place"],
        "place": "Nhà người thân",
        "responsible": "Cán bộ xã",
    },
    "add_emergency_measures": {
        "started_at": "05/03/2018 09:00",
        "measures": ["medical_care"],
        "place": "Trạm y tế",
        "responsible": "Cán bộ xã",
    },
    "assess_in_detail": {
        "assessed_on": "05/03/2018",
        "child_situation": "Trẻ cần người chăm sóc.",
        "harm": "medium",
        "care_obstacles": "medium",
        "self_protection": "low",
        "overall_risk": "medium",
        "needs": ["social_support"],
    },
    "hold_conference": {
        "held_on": "05/03/2018",
        "topic": "needs",
        "participants": "Cán bộ xã, đại diện ấp",
        "minutes": "Thống nhất nhu cầu.",
    },
    "write_plan": {
        "goals": "Trẻ được chăm sóc.",
        "starts_on": "06/03/2018",
        "monitoring": "Thăm hai tuần một lần.",
        "review_on": "01/06/2018",
    },
    "add_service": {
        "kind": "social_support",
        "protection_level": "intervention",
        "provider": "Trung tâm công tác xã hội",
        "starts_on": "06/03/2018",
        "due_on": "01/06/2018",
    },
    "approve_plan": {
        "decision_no": "15/QĐ-UBND",
        "decided_on": "05/03/2018",
        "attended": ["responsible_persons"],
    },
    "review": {
        **_LOW,
        "reviewed_on": "05/03/2018",
        "self_protection": "high",
        "caregiver_ability": "high",
        "recovery": "medium",
        "conclusion": "close",
    },
    "screen_out": {"reason": "Thông tin không đúng."},
    "return_plan": {"reason": "Thiếu dịch vụ học tập."},
    "reopen": {"reason": "Có thông tin mới."},
    "transfer": {"reason": "Chuyển cơ quan khác."},
}
