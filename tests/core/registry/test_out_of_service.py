"""A plugin in trouble inside the real forms, reports, counts and worker: the others go on."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text

from core.db.logins import Login
from core.forms.errors import AnswersRefusedError, CannotBeCheckedError
from core.forms.events import RECORD_SAVED, plugin_job_kind, record_saved_kind
from core.forms.prefilling import prefilled
from core.forms.service import context_for, submit
from core.indicators.door import FigureDoor
from core.indicators.jobs import recount_kind
from core.indicators.stale import marker
from core.jobs.kinds import JobRun
from core.jobs.models import JobAttempt
from core.jobs.policy import QueuePolicy
from core.jobs.queue import JobQueue
from core.jobs.worker import JobWorker
from core.kit.clock import SystemClock
from core.kit.ids import new_id
from core.kit.language import Text
from core.kit.periods import Period
from core.plugin_api.documents import FigureState, Paragraph
from core.registry.calls import POLICY, CallPolicy, PluginOutOfServiceError
from core.registry.loading import GROUP
from core.registry.models import PluginFailure
from core.registry.switching import switch
from core.reports.build import build_report
from core.reports.document import Letterhead
from core.reports.errors import NotReadyError
from core.reports.freeze import freeze
from core.reports.models import Report, ReportFigure
from core.reports.service import open_report
from core.reports.source import ReportSource
from core.reports.year.states import ReportState
from core.settings import PluginLimits
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import vault_of_tests
from core.testing.plugins import DAY, PluginWorld, migrated_copy, open_world, registry_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.tenancy.session import TenantSession

HERE = Path(__file__).parents[2]
LIMITS = PluginLimits(
    seconds=0.3, job_seconds=0.3, failures=3, window_seconds=60, pause_seconds=1.5
)
QUICK = QueuePolicy(
    heartbeat=0.2,
    dead_after=0.8,
    upkeep=0.2,
    poll=0.05,
    max_attempts=4,
    first_backoff=0.05,
    longest_backoff=0.2,
    time_limit=20.0,
)
NOW = datetime(2019, 3, 1, 8, tzinfo=UTC)
CLOCK = SystemClock()


@pytest.fixture(scope="module")
def world() -> Iterator[PluginWorld]:
    """The troubled plugin beside the sample plugin, both on, in two provinces."""
    added = [str(HERE / "troubled_plugin"), str(HERE / "sample_plugin")]
    sys.path[:0] = added
    try:
        registry = registry_with(
            EntryPoint(name="troubled", value="troubled.plugin", group=GROUP),
            EntryPoint(name="sample_meals", value="sample_meals.plugin", group=GROUP),
        )
        with migrated_copy(registry) as database:
            made = open_world(registry, database)
            names = {info.key: info.name for info in registry.plugins}
            door = TenantDoor(
                database.runtime,
                [marker(registry.catalogue.measures.values())],
                vault_of_tests(),
                {POLICY: CallPolicy(LIMITS, names)},
            )
            made = replace(made, door=door)
            for key in ("troubled", "sample_meals"):
                made.switch_on(key, 1)
            yield made
    finally:
        for path in added:
            sys.path.remove(path)


@pytest.fixture(autouse=True)
def well_again(world: PluginWorld) -> Iterator[None]:
    yield
    with world.database.admin.begin() as connection:
        for table in ("core.plugin_failure", "jobs.queue", "core.job_attempt", "core.job_effect"):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608  our own names


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Say what is wrong with which part."""
    return lambda said: monkeypatch.setenv("TROUBLED", said)


def answers(world: PluginWorld, people: str = "4") -> dict[str, str]:
    return {"held_on": "15/03/2018", "commune_id": str(world.communes[0]), "people": people}


def save(world: PluginWorld, session: TenantSession, people: str = "4") -> Any:
    form = world.registry.catalogue.forms["troubled.visit"]
    person = world.everybody(1)
    context = context_for(session, person, DAY, forms=world.registry.catalogue.forms)
    key = f"key-{new_id().hex}"
    sent = answers(world, people)
    return submit(session, form, sent, key=key, principal=person, context=context, now=NOW)


def saved(world: PluginWorld) -> Any:
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        return save(world, session)


def number_of(world: PluginWorld, table: str) -> int:
    with world.database.admin.connect() as connection:
        return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608  same


def failures(world: PluginWorld) -> list[PluginFailure]:
    with world.door.tenant_session(1) as session:
        row = PluginFailure
        return list(session.scalars(select(row).where(row.tenant_id == 1)))


@pytest.mark.parametrize("part", ["compute", "verify", "makes"])
def test_what_cannot_be_checked_is_not_stored(
    world: PluginWorld, trouble: Callable[[str], None], part: str
) -> None:
    trouble(f"{part}=raise")
    before = number_of(world, "troubled.visit"), number_of(world, "core.form_entry")
    with world.door.tenant_session(1, reach=Reach.counting()) as session:
        with pytest.raises(CannotBeCheckedError) as refused:
            save(world, session)
        # the request goes on, shows the form again, and commits
        assert session.scalar(select(func.count(Report.id)).where(Report.tenant_id == 1)) == 0
    assert (number_of(world, "troubled.visit"), number_of(world, "core.form_entry")) == before
    assert isinstance(refused.value, AnswersRefusedError)
    assert refused.value.errors[0].field == "held_on"
    assert "«Chương trình trục trặc»" in refused.value.message.vi
    assert refused.value.status == 503
    (told,) = failures(world)
    assert (told.call, told.declaration, told.outcome) == ("check", "troubled.visit", "raised")
    assert told.error == "troubled.trouble.TroubleError"
    assert told.place == f"troubled/trouble.py:{_line_that_raises()}"
    assert "Bí Mật" not in str(vars(told))


def _line_that_raises() -> int:
    lines = (HERE / "troubled_plugin/troubled/trouble.py").read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if "raise TroubleError" in line)


def test_a_slow_check_is_told_and_later_saves_are_refused_at_once(
    world: PluginWorld, trouble: Callable[[str], None]
) -> None:
    trouble("compute=sleep")
    for _ in range(LIMITS.failures):
        saved(world)
    began = time.monotonic()
    with pytest.raises(CannotBeCheckedError):
        saved(world)
    assert time.monotonic() - began < 0.5
    assert {told.outcome for told in failures(world)} == {"slow"}


def test_a_slow_reading_check_is_cut_short_by_its_next_question(
    world: PluginWorld, trouble: Callable[[str], None]
) -> None:
    trouble("verify=sleep")
    with pytest.raises(CannotBeCheckedError):
        saved(world)
    assert [told.outcome for told in failures(world)] == ["slow"]


def test_what_cannot_be_filled_in_is_said(
    world: PluginWorld, trouble: Callable[[str], None]
) -> None:
    form = world.registry.catalogue.forms["troubled.visit"]
    person = world.everybody(1)

    def filled() -> dict[str, Any]:
        with world.door.tenant_session(1, reach=Reach.counting()) as session:
            context = context_for(session, person, DAY, forms=world.registry.catalogue.forms)
            return prefilled(session, person, form, {"held_on": "15/03/2018"}, context)

    assert filled()["people"] == "7"
    trouble("prefill=raise")
    with pytest.raises(PluginOutOfServiceError):
        filled()


def test_a_broken_check_is_an_objection_to_switching_off(
    world: PluginWorld, trouble: Callable[[str], None]
) -> None:
    person = replace(world.everybody(1), permissions=frozenset({"core.programme.switch"}))

    def off(*, confirmed: bool) -> Any:
        with world.door.tenant_session(1) as session:
            return switch(
                session,
                world.registry,
                "troubled",
                on=False,
                confirmed=confirmed,
                principal=person,
                now=CLOCK.now(),
            )

    trouble("switch=raise")
    asked = off(confirmed=False)
    assert not asked.changed
    assert "tạm thời không dùng được" in asked.objections[0].vi
    assert off(confirmed=True).changed
    _on_again(world)


def _on_again(world: PluginWorld) -> None:
    with world.database.admin.begin() as connection:
        connection.execute(
            text("UPDATE core.programme_enablement SET valid_to = NULL WHERE programme='troubled'")
        )


def source(world: PluginWorld) -> ReportSource:
    head = Letterhead(
        parent_agency=None,
        agency=Text("SỞ Y TẾ", "HEALTH"),
        place="Tỉnh Một",
        number_symbol="BC",
        addressees=(),
        recipients=(),
        signer=(),
    )
    return ReportSource(catalogue=world.registry.catalogue, letterhead=head)


def test_a_report_has_a_note_in_the_place_of_a_section_and_is_not_approved_so(
    world: PluginWorld, trouble: Callable[[str], None]
) -> None:
    saved(world)
    world.count(1)
    period = Period.parse("2018-H1")
    trouble("section=raise")
    with world.door.tenant_session(1) as session:
        report = open_report(session, period)
        document = build_report(session, report, source(world))
        sections = {section.code: section for section in document.sections}
        (note,) = sections["troubled.section"].blocks
        assert isinstance(note, Paragraph)
        assert note.text.vi.startswith("Phần của chương trình «Chương trình trục trặc» tạm thời")
        assert note.text.en.startswith("The part of “Troubled programme” is out of service")
        assert len(sections["sample_meals.section"].blocks) == 2
        with pytest.raises(NotReadyError, match="lacks the part of “Troubled programme”"):
            freeze(session, report, source(world), now=NOW)
        assert report.state == ReportState.OPEN.value
        there = select(func.count(ReportFigure.id)).where(ReportFigure.tenant_id == 1)
        assert session.scalar(there) == 0
    trouble("")
    with world.door.tenant_session(1) as session:
        report = open_report(session, period)
        freeze(session, report, source(world), now=NOW)
        trouble("section=raise")
        frozen = build_report(session, report, source(world))
        assert [name.vi for name in frozen.left_out] == ["Chương trình trục trặc"]
        session.rollback()


def test_a_figure_that_cannot_be_counted_is_not_available_and_never_zero(
    world: PluginWorld,
) -> None:
    recount = recount_kind(world.registry.catalogue.measures)

    def count() -> None:
        with world.door.tenant_session(1, reach=Reach.counting()) as session:
            recount.run(JobRun(session, new_id(), (), 1))

    def state(code: str) -> FigureState:
        with world.door.tenant_session(1) as session:
            door = FigureDoor(session, world.registry.catalogue)
            return door.figure(code, Period.parse("2018").window).state

    saved(world)
    with world.database.admin.begin() as connection:
        connection.execute(text("ALTER TABLE troubled.visit RENAME COLUMN people TO lost"))
    try:
        count()
        assert state("TRB-01") is FigureState.NOT_AVAILABLE
        assert state("troubled.people") is FigureState.NOT_AVAILABLE
        assert state("SMP-01") is FigureState.NUMBER, "the others were counted"
        with world.door.tenant_session(1) as session:
            door = FigureDoor(session, world.registry.catalogue)
            assert not door.is_fresh(["TRB-01"])
            assert door.is_fresh(["SMP-01"])
        count()
        assert [told.call for told in failures(world)] == ["count"], "told once"
    finally:
        with world.database.admin.begin() as connection:
            connection.execute(text("ALTER TABLE troubled.visit RENAME COLUMN lost TO people"))
    count()
    assert state("TRB-01") is FigureState.NUMBER


@contextmanager
def working(world: PluginWorld) -> Iterator[JobQueue]:
    """A worker in this process, over the real queue."""
    jobs = plugin_job_kind(world.registry, CLOCK)
    kinds = (jobs, record_saved_kind(world.registry, JobQueue((jobs,)), CLOCK))
    url = world.database.addresses.url(Login.RUNTIME)
    stop = threading.Event()
    worker = JobWorker(url, kinds, world.door, policy=QUICK)
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield JobQueue(kinds)
    finally:
        stop.set()
        thread.join(20)


def attempts(world: PluginWorld) -> list[JobAttempt]:
    with world.door.tenant_session(1) as session:
        row = JobAttempt
        return list(session.scalars(select(row).where(row.tenant_id == 1)))


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it did not happen within a minute"
        time.sleep(0.05)


def test_an_event_that_fails_is_told_again_alone_and_takes_nothing_from_the_others(
    world: PluginWorld, trouble: Callable[[str], None]
) -> None:
    trouble("event=raise")
    with working(world) as queue:
        record_id = str(saved(world).record_id)
        with world.door.tenant_session(1) as session:
            queue.enqueue(session, RECORD_SAVED, "troubled.visit", record_id)
        wait_until(
            lambda: any(
                job.state == "done" and job.identifiers == ["troubled.visit", record_id]
                for job in attempts(world)
            )
        )
        wait_until(lambda: any(job.identifiers[-1] == "troubled" for job in attempts(world)))
        assert not any(job.kind == "plugins.job" for job in attempts(world)), (
            "what the failed call asked for was taken back"
        )
        wait_until(lambda: len(failures(world)) >= LIMITS.failures)
        trouble("")
        wait_until(
            lambda: any(
                job.kind == "plugins.job" and job.state == "done" for job in attempts(world)
            )
        )
    (alone,) = (job for job in attempts(world) if job.identifiers[-1] == "troubled")
    assert (alone.state, alone.identifiers) == ("done", ["troubled.visit", record_id, "troubled"])
    assert alone.attempts <= QUICK.max_attempts, "waiting for the pause was no attempt"


def test_a_job_that_always_fails_is_set_aside_and_known(
    world: PluginWorld, trouble: Callable[[str], None]
) -> None:
    trouble("job=raise")
    with working(world) as queue:
        with world.door.tenant_session(1) as session:
            queue.enqueue(session, "plugins.job", "troubled.look", str(new_id()))
        wait_until(lambda: any(job.state == "set_aside" for job in attempts(world)))
    assert {told.call for told in failures(world)} == {"job"}
    assert {told.error for told in failures(world)} == {"troubled.trouble.TroubleError"}
