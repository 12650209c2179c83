"""Events and jobs reach a plugin while its programme is on, through the real queue's table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select
from structlog.testing import capture_logs

from core.areas.models import COMMUNE, Area
from core.areas.repository import exists_on
from core.forms.context import FormContext
from core.forms.events import PLUGIN_JOB, plugin_job_kind, record_saved_kind
from core.forms.service import submit
from core.identity.principal import Principal
from core.jobs.kinds import JobRun
from core.jobs.models import QUEUE
from core.jobs.queue import JobQueue
from core.kit.clock import FixedClock
from core.registry.enablement import switch_off, switch_on
from core.registry.models import ProgrammeEnablement
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.registry.service import Registry
    from core.tenancy.door import TenantDoor
    from core.testing.database import TestDatabase

FORM = "sample_meals.meal_round"
TENANT = 3
JANUARY = datetime(2018, 1, 1, tzinfo=UTC)
CLOCK = FixedClock(datetime(2018, 6, 1, 8, tzinfo=UTC))


@pytest.fixture(scope="module")
def commune(database: TestDatabase) -> int:
    with database.owner.connect() as connection:
        statement = select(Area.id).where(Area.level == COMMUNE, exists_on(CLOCK.today()))
        found = connection.scalar(statement.order_by(Area.id).limit(1))
    assert found is not None
    return found


@pytest.fixture
def record_id(door: TenantDoor, registry: Registry, commune: int) -> Iterator[UUID]:
    """A stored meal round of a programme that is on."""
    form = registry.catalogue.forms[FORM]
    person = Principal(
        account_id=UUID(int=1),
        tenant_id=TENANT,
        tenant_slug="tinh_ba",
        display_name="Cán bộ",
        roles=(),
        permissions=frozenset({form.enters}),
        reach=Reach.whole_tenant(),
    )
    answers = {
        "held_on": "15/03/2018",
        "commune_id": str(commune),
        "place": "school",
        "children": "30",
        "meals": "30",
    }
    context = FormContext(
        today=date(2018, 6, 1),
        communes={commune: "Xã"},
        find_child=lambda _text: None,
        find_household=lambda _text: None,
    )
    with door.tenant_session(TENANT) as session:
        switch_on(session, registry, "sample_meals", at=JANUARY)
        stored = submit(
            session,
            form,
            answers,
            key=str(uuid4()),
            principal=person,
            context=context,
            now=CLOCK.now(),
            generated=True,
        )
    yield stored.record_id
    with door.tenant_session(TENANT) as session:
        record = ProgrammeEnablement
        session.execute(delete(record).where(record.tenant_id == TENANT))


def tell(door: TenantDoor, registry: Registry, record_id: UUID) -> None:
    jobs = plugin_job_kind(registry, CLOCK)
    kind = record_saved_kind(registry, JobQueue((jobs,)), CLOCK)
    with door.tenant_session(TENANT) as session:
        kind.run(JobRun(session, uuid4(), (FORM, str(record_id)), 1))


def asked_for(database: TestDatabase, record_id: UUID) -> int:
    """How many messages in the queue are about the record."""
    with database.admin.connect() as connection:
        messages = connection.scalars(select(QUEUE.c.message)).all()
    return sum(str(record_id) in str(message) for message in messages)


def test_hook_on_record_saved(
    door: TenantDoor, registry: Registry, database: TestDatabase, record_id: UUID
) -> None:
    tell(door, registry, record_id)
    assert asked_for(database, record_id) == 1


def test_a_programme_that_is_off_hears_nothing(
    door: TenantDoor, registry: Registry, database: TestDatabase, record_id: UUID
) -> None:
    with door.tenant_session(TENANT) as session:
        switch_off(session, registry, "sample_meals", at=datetime(2018, 5, 1, tzinfo=UTC))
    tell(door, registry, record_id)
    assert asked_for(database, record_id) == 0


def test_hook_jobs(door: TenantDoor, registry: Registry, record_id: UUID) -> None:
    kind = plugin_job_kind(registry, CLOCK)
    assert kind.name == PLUGIN_JOB
    with capture_logs() as said, door.tenant_session(TENANT) as session:
        kind.run(JobRun(session, uuid4(), ("sample_meals.thanks", str(record_id)), 1))
    assert [line["note"] for line in said] == [f"meal round {record_id} was seen"]


def test_the_job_of_a_plugin_that_is_off_is_dropped(
    door: TenantDoor, registry: Registry, record_id: UUID
) -> None:
    kind = plugin_job_kind(registry, CLOCK)
    with capture_logs() as said, door.tenant_session(1) as session:
        kind.run(JobRun(session, uuid4(), ("sample_meals.thanks", str(record_id)), 1))
    assert said == []
