"""A record of a case is followed to its end by those to whom the case was given alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.access.grants import give
from core.forms.correcting import correct, history, open_to_correct
from core.forms.errors import AnswersRefusedError
from core.kit.errors import NotFoundError
from core.profiles.models import ProfileSetting, TenantProfile
from core.tenancy.beside import beside
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import vault_of_tests
from plugins.sexual_abuse.permissions import KEY, LINES
from plugins.sexual_abuse.response.models import SaEmergency, SaPlacement, SaService
from tests.plugins.sexual_abuse.test_response import (
    EMERGENCY,
    LEADER,
    PLAN,
    SERVICE,
    WORKER,
    Walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.registry.service import Registry
    from core.testing.database import TestDatabase

PROVIDER, STRANGER = UUID(int=23), UUID(int=24)
NOW = datetime(2018, 12, 31, tzinfo=UTC)
TEAM = frozenset({KEY, LINES})
PLACE: dict[str, Any] = {"kind": "kin", "starts_on": "01/03/2018", "review_on": "01/06/2018"}


class Case(Walk):
    """A case that was given to its worker, its leader and a provider."""

    def __init__(self, session: Any, registry: Registry, commune: int) -> None:
        """Begin with the intake, and give it."""
        super().__init__(session, registry, commune)
        for account in (WORKER, LEADER, PROVIDER):
            give(
                session,
                account,
                "assignment",
                subject_kind=KEY,
                subject_id=self.case,
                by=None,
                now=datetime(2018, 1, 1, tzinfo=UTC),
            )

    def correct(
        self, form: str, record: UUID, by: UUID = WORKER, version: int | None = None, **changed: Any
    ) -> int:
        """As one of them does; which version of the record was open."""
        declared = self._forms[f"sexual_abuse.{form}"]
        serves = by == PROVIDER
        reach = Reach(communes=None, assigned=frozenset({KEY}) if serves else TEAM, holder=by)
        rights = (declared.enters, declared.sees, "sexual_abuse.intake.read")
        person = self.person(by, reach, *rights)
        with beside(self._session, reach) as session:
            opened = open_to_correct(session, declared, record, person)
            correct(
                session,
                declared,
                record,
                opened.raw | changed,
                version=opened.version if version is None else version,
                principal=person,
                context=self.context(),
                now=NOW,
            )
        return opened.version

    def corrections_seen(self, form: str, record: UUID, by: UUID, assigned: frozenset[str]) -> int:
        """How many corrections of a record somebody is shown."""
        declared = self._forms[f"sexual_abuse.{form}"]
        with beside(self._session, Reach(communes=None, assigned=assigned, holder=by)) as session:
            return len(history(session, declared, record, "vi", lambda _pairs: {}))

    def stored(self, model: Any, record: UUID) -> Any:
        """The record as it is now."""
        statement = select(model).where(model.tenant_id == 1, model.id == record)
        return self._session.scalars(statement, execution_options={"populate_existing": True}).one()


@pytest.fixture
def case(programmes: TestDatabase, registry: Registry, communes: tuple[int, ...]) -> Iterator[Case]:
    session = TenantDoor(programmes.runtime, vault=vault_of_tests()).open(1, reach=Reach.counting())
    yield Case(session, registry, communes[0])
    session.rollback()
    session.close()


def test_one_service_is_followed_from_referral_to_its_end(case: Case) -> None:
    service = case.enter("service", SERVICE, by=PROVIDER)
    days = {"accepted_on": "05/03/2018", "started_on": "06/03/2018"}
    case.correct("service", service, by=PROVIDER, **days)
    case.correct("service", service, done_on="30/06/2018")
    row = case.stored(SaService, service)
    assert (row.accepted_on, row.done_on) == (date(2018, 3, 5), date(2018, 6, 30))
    # what its figures rest on stays: of which case and what kind it is
    case.correct("service", service, kind="legal_aid", free_of_charge="no")
    row = case.stored(SaService, service)
    assert (row.kind, row.free_of_charge) == (SERVICE["kind"], False)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"accepted_on": "28/02/2018"}, "accepted_on"),
        ({"accepted_on": "05/03/2018", "started_on": "04/03/2018"}, "started_on"),
        ({"started_on": "28/02/2018"}, "started_on"),
        ({"started_on": "06/03/2018", "done_on": "05/03/2018"}, "done_on"),
        ({"done_on": "05/03/2018"}, "started_on"),
    ],
)
def test_the_days_of_a_service_are_in_their_order(
    case: Case, changed: dict[str, str], field: str
) -> None:
    assert case.refused("service", SERVICE | changed) == {field}
    service = case.enter("service", SERVICE)
    with pytest.raises(AnswersRefusedError) as refused:
        case.correct("service", service, **changed)
    assert {error.field for error in refused.value.errors} == {field}


def test_measures_and_a_placement_end(case: Case) -> None:
    measures = case.enter("emergency", EMERGENCY, by=LEADER)
    later = {"ended_on": "20/03/2018", "started_at": "12/02/2018 10:00"}
    case.correct("emergency", measures, by=LEADER, **later)
    row = case.stored(SaEmergency, measures)
    assert row.ended_on == date(2018, 3, 20)
    assert row.started_at == datetime(2018, 2, 12, 13, 30, tzinfo=UTC)  # answers the clock for good
    placed = case.enter("placement", PLACE)
    with pytest.raises(AnswersRefusedError) as refused:
        case.correct("placement", placed, ends_on="28/02/2018")
    assert "ends_on" in {error.field for error in refused.value.errors}
    case.correct("placement", placed, ends_on="01/05/2018")
    assert case.stored(SaPlacement, placed).review_on is None


def test_nobody_else_corrects_and_a_provider_its_own_line_alone(case: Case) -> None:
    service = case.enter("service", SERVICE)
    placed = case.enter("placement", PLACE)
    for record, form, by in (
        (service, "service", STRANGER),
        (placed, "placement", STRANGER),
        (service, "service", PROVIDER),  # the worker's line
    ):
        with pytest.raises(NotFoundError):
            case.correct(form, record, by=by)


def test_two_people_of_a_case_do_not_overwrite_each_other(case: Case) -> None:
    """Each correction has its number, also where the reader is not shown the one before."""
    service = case.enter("service", SERVICE, by=PROVIDER)
    assert case.correct("service", service, by=WORKER, accepted_on="05/03/2018") == 0
    assert case.correct("service", service, by=PROVIDER, started_on="06/03/2018") == 1
    assert case.correct("service", service, by=LEADER, done_on="07/03/2018") == 2
    for by in (WORKER, LEADER):
        assert case.corrections_seen("service", service, by, TEAM) == 3
    assert case.corrections_seen("service", service, PROVIDER, frozenset({KEY})) == 1
    assert case.corrections_seen("service", service, STRANGER, TEAM) == 0


def test_a_province_sets_its_own_times(case: Case) -> None:
    late = {"started_at": "12/02/2018 15:00"}
    case.enter("emergency", EMERGENCY | late, by=LEADER)
    assert case.reached() == {"emergency": True}
    profile = TenantProfile(code="t", valid_from=date(2018, 1, 1), legal_basis=[], source="t")
    case._session.add(profile)
    case._session.flush()
    for name, value in (("emergency_hours", "6"), ("plan_working_days", "4")):
        case._session.add(
            ProfileSetting(
                profile_id=profile.id,
                code=f"programmes.sexual_abuse.{name}",
                value_type="integer",
                value=value,
            )
        )
    case._session.flush()
    assert case.refused("emergency", EMERGENCY | late) == {"delay_reason"}
    assert case.refused("plan", PLAN) == {"delay_reason"}
    case.enter("plan", PLAN | {"submitted_on": "23/02/2018"})
    assert case.reached() == {"emergency": True, "plan": True}
