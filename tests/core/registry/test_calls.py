"""A plugin's call that raises, sleeps or asks too much is left out, told and at last paused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError

from core.kit.errors import ConfigurationError, NotFoundError, RefusedError
from core.kit.language import Text
from core.registry.calls import (
    POLICY,
    CallPolicy,
    PluginOutOfServiceError,
    call_plugin,
    call_pure,
)
from core.registry.health import clear, health, paused_until
from core.registry.models import Call, PluginFailure
from core.settings import PluginLimits
from core.tenancy.door import TenantDoor
from core.tenancy.models import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.tenancy.session import TenantSession
    from core.testing.database import TestDatabase

LIMITS = PluginLimits(
    seconds=0.3, job_seconds=0.3, failures=3, window_seconds=60, pause_seconds=1.0
)
SECRET = "Nguyễn Thị Bí Mật"


@pytest.fixture
def door(database: TestDatabase) -> Iterator[TenantDoor]:
    policy = CallPolicy(LIMITS, {"broken": Text("Chương trình hỏng", "Broken programme")})
    yield TenantDoor(database.runtime, carried={POLICY: policy})
    with database.admin.begin() as connection:
        connection.execute(text("DELETE FROM core.plugin_failure"))


def well() -> str:
    return "well"


def broken() -> str:
    raise ValueError(SECRET)


def failures(door: TenantDoor, tenant: int = 1) -> list[PluginFailure]:
    with door.tenant_session(tenant) as session:
        row = PluginFailure
        statement = select(row).where(row.tenant_id == tenant).order_by(row.happened_at)
        return list(session.scalars(statement))


def fail(door: TenantDoor, call: Call = Call.SECTION, tenant: int = 1) -> None:
    with (
        door.tenant_session(tenant) as session,
        pytest.raises(PluginOutOfServiceError),
    ):
        call_plugin(session, call, "broken.section", broken)


def test_what_a_call_gives_comes_back(door: TenantDoor) -> None:
    with door.tenant_session(1) as session:
        assert call_plugin(session, Call.SECTION, "broken.section", well) == "well"
    assert failures(door) == []


def test_cores_own_code_is_not_watched(door: TenantDoor) -> None:
    with door.tenant_session(1) as session, pytest.raises(ValueError, match=SECRET):
        call_plugin(session, Call.SECTION, "core.section", broken)
    assert failures(door) == []


@pytest.mark.parametrize("caller", [call_plugin, call_pure])
def test_what_raises_is_out_of_service_and_told_without_its_message(
    door: TenantDoor, caller: Any
) -> None:
    with door.tenant_session(1) as session:
        with pytest.raises(PluginOutOfServiceError) as out:
            caller(session, Call.SECTION, "broken.section", broken)
        assert session.scalar(select(Tenant.slug).where(Tenant.id == 1)) == "tinh_mot"
    assert "«Chương trình hỏng» tạm thời không dùng được" in out.value.message.vi
    (told,) = failures(door)
    assert (told.plugin, told.call, told.outcome) == ("broken", "section", "raised")
    assert told.error == "builtins.ValueError"
    assert told.place is not None
    assert told.place.startswith("registry/test_calls.py:")
    assert SECRET not in str(vars(told))


def test_it_is_told_also_when_the_request_is_rolled_back_or_only_reads(door: TenantDoor) -> None:
    with pytest.raises(PluginOutOfServiceError), door.tenant_session(1) as session:
        call_plugin(session, Call.CHECK, "broken.form", broken)
    with (
        door.tenant_session(1, read_only=True) as session,
        pytest.raises(PluginOutOfServiceError),
    ):
        call_plugin(session, Call.ROUTE, "broken.route", broken)
    assert [told.call for told in failures(door)] == ["check", "route"]


def test_a_statement_that_fails_leaves_the_transaction_usable(door: TenantDoor) -> None:
    with door.tenant_session(1) as session:

        def ask() -> None:
            session.connection().exec_driver_sql("SELECT 1 / 0")

        with pytest.raises(PluginOutOfServiceError):
            call_plugin(session, Call.SECTION, "broken.section", ask)
        assert session.scalar(select(Tenant.slug).where(Tenant.id == 1)) == "tinh_mot"


def _limit_of(session: TenantSession) -> str:
    return str(session.connection().exec_driver_sql("SHOW statement_timeout").scalar())


def test_the_database_ends_a_long_statement(door: TenantDoor) -> None:
    with door.tenant_session(1) as session:
        session.limit_statements(30)

        def ask() -> None:
            session.connection().exec_driver_sql("SELECT pg_sleep(20)")

        began = time.monotonic()
        with pytest.raises(PluginOutOfServiceError):
            call_plugin(session, Call.SECTION, "broken.section", ask)
        assert time.monotonic() - began < 5
        assert _limit_of(session) == "30s", "what held before holds again"
        assert session.statement_seconds == 30
        call_plugin(session, Call.SECTION, "broken.section", well)
        assert _limit_of(session) == "30s"
    (told,) = failures(door)
    assert (told.outcome, told.error) == ("slow", "psycopg.errors.QueryCanceled")


def test_a_late_call_gets_nothing_more_from_the_database(door: TenantDoor) -> None:
    asked = []
    with door.tenant_session(1) as session:

        def many() -> None:
            for number in range(100):
                session.scalar(select(Tenant.slug).where(Tenant.id == 1))
                asked.append(number)
                time.sleep(0.1)

        with pytest.raises(PluginOutOfServiceError):
            call_plugin(session, Call.SECTION, "broken.section", many)
    assert len(asked) < 10
    (told,) = failures(door)
    assert told.outcome == "slow"


def test_python_that_sleeps_is_not_interrupted_but_told(door: TenantDoor) -> None:
    def sleeps() -> str:
        time.sleep(0.4)
        return "late"

    with door.tenant_session(1) as session:
        assert call_plugin(session, Call.SECTION, "broken.section", sleeps) == "late"
    (told,) = failures(door)
    assert (told.outcome, told.error) == ("slow", None)
    assert told.milliseconds >= 400


def test_after_several_failures_the_kind_of_call_is_paused_for_everybody(
    door: TenantDoor, database: TestDatabase
) -> None:
    for _ in range(LIMITS.failures):
        fail(door)
    other_process = TenantDoor(database.runtime, carried={POLICY: CallPolicy(LIMITS)})
    called = []
    with (
        other_process.tenant_session(1) as session,
        pytest.raises(PluginOutOfServiceError) as out,
    ):
        call_plugin(session, Call.SECTION, "broken.other_section", called.append, 1)
    assert (called, out.value.until is not None) == ([], True)
    with other_process.tenant_session(1) as session:
        assert call_plugin(session, Call.ROUTE, "broken.route", well) == "well"
        assert call_plugin(session, Call.SECTION, "sound.section", well) == "well"
    with other_process.tenant_session(2) as session:
        assert call_plugin(session, Call.SECTION, "broken.section", well) == "well"
    assert len(failures(door)) == LIMITS.failures, "what is not called fails no further"


def test_when_the_pause_is_over_one_call_is_tried(door: TenantDoor) -> None:
    for _ in range(LIMITS.failures):
        fail(door)
    time.sleep(LIMITS.pause_seconds + 0.1)
    fail(door)
    assert len(failures(door)) == LIMITS.failures + 1
    with door.tenant_session(1) as session, pytest.raises(PluginOutOfServiceError) as out:
        call_plugin(session, Call.SECTION, "broken.section", well)
    assert out.value.until is not None, "it failed once more, so the pause begins anew"
    time.sleep(LIMITS.pause_seconds + 0.1)
    with door.tenant_session(1) as session:
        assert call_plugin(session, Call.SECTION, "broken.section", well) == "well"


def test_the_operator_ends_a_pause(door: TenantDoor) -> None:
    for _ in range(LIMITS.failures):
        fail(door)
    with door.tenant_session(1) as session:
        assert health(session, LIMITS)["broken"].failures == LIMITS.failures
        assert clear(session, "broken") == LIMITS.failures
    with door.tenant_session(1) as session:
        assert health(session, LIMITS) == {}
        assert call_plugin(session, Call.SECTION, "broken.section", well) == "well"


def test_failures_far_apart_pause_nothing(door: TenantDoor, database: TestDatabase) -> None:
    for _ in range(LIMITS.failures):
        fail(door)
        with database.admin.begin() as connection:
            connection.execute(
                update(PluginFailure).values(
                    happened_at=PluginFailure.happened_at - text("interval '2 minutes'")
                )
            )
    with door.tenant_session(1) as session:
        assert paused_until(session, LIMITS) == {}


def test_one_province_does_not_see_anothers_failures(door: TenantDoor) -> None:
    fail(door, tenant=2)
    with door.tenant_session(1) as session:
        assert health(session, LIMITS) == {}


@pytest.mark.parametrize(
    ("call", "error"), [(Call.SECTION, RefusedError), (Call.ROUTE, NotFoundError)]
)
def test_cores_answer_to_the_asker_passes_by(
    door: TenantDoor, call: Call, error: type[Exception]
) -> None:
    def answers() -> None:
        raise error("no") if error is RefusedError else error()

    with door.tenant_session(1) as session, pytest.raises(error):
        call_plugin(session, call, "broken.part", answers)
    assert failures(door) == []


def test_a_database_that_is_gone_is_nobodys_fault(door: TenantDoor, database: TestDatabase) -> None:
    def call_over_a_dying_connection() -> None:
        with door.tenant_session(1) as session:

            def ask() -> None:
                pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
                with database.admin.connect() as admin:
                    admin.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
                session.connection().exec_driver_sql("SELECT 1")

            call_plugin(session, Call.SECTION, "broken.section", ask)

    with pytest.raises(OperationalError):
        call_over_a_dying_connection()
    assert failures(door) == []


def test_what_cannot_be_told_does_not_stop_the_page(
    door: TenantDoor, database: TestDatabase
) -> None:
    with database.admin.begin() as connection:
        connection.execute(text("REVOKE INSERT ON core.plugin_failure FROM annhi_test_runtime"))
    try:
        fail(door)
        assert failures(door) == []
    finally:
        with database.admin.begin() as connection:
            connection.execute(text("GRANT INSERT ON core.plugin_failure TO annhi_test_runtime"))


def test_the_limits_come_from_the_environment() -> None:
    given = {
        "ANNHI_PLUGIN_SECONDS": "2.5",
        "ANNHI_PLUGIN_FAILURES": "7",
        "ANNHI_PLUGIN_PAUSE_SECONDS": "60",
    }
    limits = PluginLimits.from_environment(given)
    assert limits == PluginLimits(seconds=2.5, failures=7, pause_seconds=60)
    assert PluginLimits.from_environment({}) == PluginLimits()
    for wrong in ("0", "-1", "soon", "nan", "inf"):
        with pytest.raises(ConfigurationError, match="ANNHI_PLUGIN_SECONDS"):
            PluginLimits.from_environment({"ANNHI_PLUGIN_SECONDS": wrong})
