"""Generated cases of every kind, taken through their steps by the services that people use.

Those of the demonstration's years have ended; a few are open as of now, so that the lists of tasks
show clocks that still run. No case is about a real child.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from core.cases import referrals, service
from core.cases.files import case_of_intake
from core.cases.papers.models import APPROVE, FILE, WORK
from core.cases.steps import STEPS
from core.forms.service import context_for
from core.identity.models import RoleGrant
from core.identity.principal import Principal
from core.kit.clock import VIETNAM_TIME, local_date
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from core.demo.names import GeneratedNames
    from core.tenancy.door import TenantDoor
    from core.tenancy.models import Tenant
    from core.tenancy.session import TenantSession

_MARK: Final = "(dữ liệu minh họa)"
_SUBJECTS: Final[tuple[Mapping[str, Any], ...]] = (
    {"subject": "special_circumstance"},
    {"subject": "abused", "abuse_types": ["violence"]},
    {"subject": "at_risk_exploitation"},
    {"subject": "at_risk_abandonment"},
    {"subject": "hiv"},
)
_TO_PLAN = ("assess_initially", "assess_in_detail", "hold_conference", "write_plan", "add_service")
_TO_THE_END = (*_TO_PLAN, "submit_plan", "approve_plan", "start", "review", "close")
_WAYS: Final[tuple[tuple[str, ...], ...]] = (_TO_THE_END, _TO_THE_END, _TO_THE_END, ("screen_out",))
# How far the open ones have come, and how long ago they came in.
_OPEN: Final[tuple[tuple[tuple[str, ...], timedelta], ...]] = (
    ((), timedelta(hours=3)),
    (("assess_initially",), timedelta(hours=20)),
    ((*_TO_PLAN, "submit_plan"), timedelta(days=3)),
    ((*_TO_PLAN, "submit_plan", "approve_plan", "start"), timedelta(days=40)),
)


@dataclass(frozen=True, slots=True)
class DemoCases:
    """What the generator draws on, for one province."""

    door: TenantDoor
    tenant: Tenant
    communes: Sequence[int]
    names: GeneratedNames
    units_on: date
    accepting: list[tuple[UUID, Principal]] = field(default_factory=list)

    def fill(self, years: Sequence[int], now: datetime, *, seed: int) -> int:
        """Make the cases; how many there are."""
        draw = random.Random(f"{seed} cases {self.tenant.slug}")  # noqa: S311  not a secret
        with self.door.tenant_session(self.tenant.id, reach=Reach.counting()) as session:
            worker, own = _holder(session, "commune_worker")
            leader, _ = _holder(session, "commune_leader")
            made = 0
            for year in years:
                for number, subject in enumerate(_SUBJECTS * 2):
                    commune = own if number < len(_SUBJECTS) else draw.choice(self.communes)
                    begun = _working_moment(year, draw)
                    way = draw.choice(_WAYS)
                    self._walk(session, (worker, leader), commune, subject, way, begun)
                    made += 1
            for subject, (way, ago) in zip(_SUBJECTS, _OPEN, strict=False):
                case_id = self._walk(session, (worker, leader), own, subject, way, now - ago)
                if way:
                    self._refer(session, case_id, worker, now, accepted=len(way) > 1)
                made += 1
        for referral_id, receiver in self.accepting:
            bounds = replace(Reach.counting(), holder=receiver.account_id)
            with self.door.tenant_session(self.tenant.id, reach=bounds) as session:
                referrals.answer(
                    session, referral_id, accept=True, reason=None, principal=receiver, now=now
                )
        return made

    def _refer(
        self, session: TenantSession, case_id: UUID, worker: UUID, now: datetime, *, accepted: bool
    ) -> None:
        """Ask the demonstration's provider for help with an open case."""
        provider, _ = _holder(session, "service_staff")
        sender, receiver = self._person(worker), self._person(provider)
        stored = referrals.send(
            session,
            case_id,
            {
                "to_account": str(provider),
                "service": "psychological",
                "purpose": f"Hỗ trợ tâm lý cho trẻ {_MARK}.",
                "shares": ["intake", "initial_assessment"],
            },
            key=f"demo-refer-{case_id}",
            principal=sender,
            context=self._context(session, sender, now),
            now=now,
        )
        if accepted:
            self.accepting.append((stored.record_id, receiver))

    def _walk(  # noqa: PLR0917  one case: who, where, what, how far, since when
        self,
        session: TenantSession,
        people: tuple[UUID, UUID],
        commune: int,
        subject: Mapping[str, Any],
        way: Sequence[str],
        begun: datetime,
    ) -> UUID:
        worker, leader = (self._person(account) for account in people)
        answers = {**_intake(commune, self.names, begun), **subject}
        stored = service.file_intake(
            session,
            answers,
            key=f"demo-{begun:%Y%m%d%H%M}-{subject['subject']}",
            principal=worker,
            context=self._context(session, worker, begun),
            now=begun,
            generated=True,
        )
        case_id = case_of_intake(session, stored.record_id)
        assert case_id is not None, "the demonstration reads every case it makes"
        for number, code in enumerate(way, start=1):
            step = STEPS[code]
            at = begun + timedelta(hours=number)
            who = leader if step.permission == APPROVE else worker
            service.take_step(
                session,
                case_id,
                step,
                _answers(code, local_date(at)),
                key=f"demo-{case_id}-{number}",
                principal=who,
                context=self._context(session, who, at),
                now=at,
            )
        return case_id

    def _context(self, session: TenantSession, person: Principal, at: datetime) -> Any:
        bounds = context_for(session, person, self.units_on)
        return replace(bounds, today=local_date(at))

    def _person(self, account_id: UUID) -> Principal:
        return Principal(
            account_id=account_id,
            tenant_id=self.tenant.id,
            tenant_slug=self.tenant.slug,
            display_name="demonstration",
            roles=(),
            permissions=frozenset({FILE, WORK, APPROVE}),
            reach=Reach.counting(),
        )


def _holder(session: TenantSession, role: str) -> tuple[UUID, int]:
    """The demonstration's account of a role in its commune."""
    row = session.execute(
        select(RoleGrant.account_id, RoleGrant.area_id).where(
            RoleGrant.tenant_id == session.tenant_id, RoleGrant.role == role
        )
    ).one()
    assert row.area_id is not None, "the role is given for one commune"
    return row.account_id, row.area_id


def _working_moment(year: int, draw: random.Random) -> datetime:
    """A morning of the year, early enough for the whole way to end in it."""
    day = date(year, 1, 5) + timedelta(days=draw.randrange(330))
    return datetime.combine(day, time(7, draw.randrange(60)), VIETNAM_TIME)


def _intake(commune: int, names: GeneratedNames, begun: datetime) -> dict[str, Any]:
    local = begun.astimezone(VIETNAM_TIME)
    return {
        "received_at": f"{local:%d/%m/%Y %H:%M}",
        "channel": "collaborator",
        "commune_id": str(commune),
        "child_name": f"{names.child('female')} {_MARK}",
        "sex": "female",
        "estimated_age": "9",
        "child_condition": f"Trẻ cần được hỗ trợ {_MARK}.",
    }


def _answers(code: str, day: date) -> dict[str, Any]:
    """What each paper says on a day."""
    today, later = f"{day:%d/%m/%Y}", f"{day + timedelta(days=60):%d/%m/%Y}"
    papers: dict[str, dict[str, Any]] = {
        "assess_initially": {
            "assessed_on": today,
            "confirmed": "confirmed",
            "current_harm": "medium",
            "offender_access": "low",
            "self_protection": "medium",
            "protecting_adult": "yes",
            "emergency_needed": "no",
        },
        "assess_in_detail": {
            "assessed_on": today,
            "child_situation": f"Trẻ cần người chăm sóc thường xuyên {_MARK}.",
            "harm": "medium",
            "care_obstacles": "medium",
            "self_protection": "low",
            "overall_risk": "medium",
            "needs": ["social_support", "education"],
        },
        "hold_conference": {
            "held_on": today,
            "topic": "needs",
            "participants": f"Cán bộ xã, đại diện khu dân cư {_MARK}",
            "minutes": f"Thống nhất nhu cầu của trẻ {_MARK}.",
        },
        "write_plan": {
            "goals": f"Trẻ được chăm sóc và đi học lại {_MARK}.",
            "starts_on": today,
            "monitoring": "Thăm gia đình hai tuần một lần.",
            "review_on": later,
        },
        "add_service": {
            "kind": "social_support",
            "protection_level": "intervention",
            "provider": f"Trung tâm công tác xã hội {_MARK}",
            "starts_on": today,
            "due_on": later,
        },
        "approve_plan": {
            "decision_no": "MH-01/QĐ-UBND",
            "decided_on": today,
            "attended": ["responsible_persons", "parents_carers"],
        },
        "review": {
            "reviewed_on": today,
            "harm": "low",
            "offender_access": "low",
            "care_obstacles": "low",
            "self_protection": "medium",
            "caregiver_ability": "high",
            "recovery": "high",
            "conclusion": "close",
        },
        "screen_out": {"reason": f"Thông tin không đúng {_MARK}."},
    }
    return papers.get(code, {})
