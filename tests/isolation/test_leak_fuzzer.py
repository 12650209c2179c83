"""The leak fuzzer: nobody learns of what is out of reach; with a rule taken out it turns red.

A sample runs with the suite. The whole run: ``make test ARGS="-k leak_fuzzer --leak-calls 40000"``.
"""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, event, select, true

from core.access import decision, roles_in_force
from core.cases import repository as case_repository
from core.forms import repository
from core.identity.roles import ROLES
from core.imports import repository as import_repository
from core.tenancy import bounds, made_once
from core.tenancy.session import BY_WORK, IN_STEP
from tests.access.conftest import peopled, table, world, world_home, world_template
from tests.isolation.fuzz_sets import fuzzed
from tests.isolation.fuzz_world import NARROW, OTHER_PARTNER, Fuzzed, Reader
from tests.isolation.in_process import Call, calling
from tests.isolation.leak_fuzzer import LeakFuzzer, routes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from core.plugin_api.forms import Form
    from core.tenancy.reach import Reach
    from core.tenancy.session import TenantSession
    from tests.isolation.in_process import Caller

__all__ = ["fuzzed", "peopled", "table", "world", "world_home", "world_template"]  # fixtures

READERS = (*(role.code for role in ROLES), NARROW, OTHER_PARTNER, "half signed in", "nobody")
SAMPLE = 1500
RATIO = 1.6


@pytest.fixture
def caller(fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Caller]:
    """Calls the application and hears its statements."""
    with calling(fuzzed.world, monkeypatch) as made:
        yield made


@pytest.fixture
def no_kept_bounds() -> Iterator[None]:
    """Bounds are kept for each reach; what a mutant made must not outlive it."""
    _forget_bounds()
    yield
    _forget_bounds()


def _forget_bounds() -> None:
    for kept in (
        bounds._tenant_criterion,
        bounds._hidden_fields,
        bounds._class_criterion,
        made_once.question_of,
        decision._decide,
    ):
        kept.cache_clear()


def reader_of(fuzzed: Fuzzed, name: str) -> Reader:
    return next(one for one in fuzzed.readers if one.name == name)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_the_leak_fuzzer_finds_nothing(
    fuzzed: Fuzzed,
    caller: Caller,
    name: str,
    request: pytest.FixtureRequest,
    summary: Callable[[str], None],
) -> None:
    calls = (request.config.getoption("--leak-calls") or SAMPLE) // len(READERS) + 1
    found = LeakFuzzer(fuzzed, caller).run(reader_of(fuzzed, name), calls)
    summary(
        f"leak fuzzer, {name}: {found.calls} calls of {len(found.routes)} routes, "
        f"{found.pairs} values of others against made-up ones, {len(found.leaks)} leaks"
    )
    assert found.leaks == []
    assert found.calls >= calls


def test_every_kind_of_reader_is_asked(fuzzed: Fuzzed) -> None:
    assert {one.name for one in fuzzed.readers} == set(READERS)


def test_every_route_that_takes_an_id_is_tried_with_one(fuzzed: Fuzzed, caller: Caller) -> None:
    shapes = LeakFuzzer(fuzzed, caller).shapes(reader_of(fuzzed, "commune_worker"))
    tried = {shape.route for shape in shapes}
    takes = {route for route, _, params in routes(fuzzed) if any(params.values())}
    assert takes - tried == set()
    assert len(tried) > 80


# One rule of scope after the other is taken out, where it is decided.


def _without_tenants(fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the predicate nor the wall: a login that no policy bounds, and no ``tenant_id``."""
    url = fuzzed.world.database.addresses.admin_url()
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _strip(*given: Any) -> tuple[str, Any]:
        return _OF_TENANT.sub("true", given[2]), given[3]

    monkeypatch.setattr(fuzzed.world.platform.door, "_engine", engine)


_OF_TENANT = re.compile(r"[\w.]*\btenant_id = (%\(\w+\)s|\$\d+)(::\w+)?")


def _without_areas(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = bounds._area_rule

    def everywhere(tenant_id: int, reach: Reach, cls: type[Any], *, by_work: bool) -> Any:
        within = kept(tenant_id, reach, cls, by_work=by_work)
        return within if reach.partner else bounds._ALL

    monkeypatch.setattr(bounds, "_area_rule", everywhere)


def _without_programmes(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = roles_in_force._rights
    monkeypatch.setattr(
        roles_in_force,
        "_rights",
        lambda given, *rest: kept(replace(given, programmes=None), *rest),
    )


def _without_confidence(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = bounds.row_rule

    def open_to_all(tenant_id: int, reach: Reach, cls: type[Any], **how: bool) -> Any:
        return kept(tenant_id, replace(reach, every_confidential=True), cls, **how)

    monkeypatch.setattr(bounds, "row_rule", open_to_all)


def _without_enrolment(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = bounds._granted
    monkeypatch.setattr(
        bounds,
        "_granted",
        lambda tenant, reach, *rest: true() if reach.partner else kept(tenant, reach, *rest),
    )


def _without_classes(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_is_hidden", lambda *_given: False)


def _without_parents(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A referral of a case is loaded by its own id alone."""

    def alone(session: TenantSession, model: Any, _case: UUID, part_id: UUID) -> Any:
        statement = select(model).where(model.tenant_id == session.tenant_id, model.id == part_id)
        return session.scalars(statement, execution_options={BY_WORK: True}).one_or_none()

    monkeypatch.setattr(case_repository, "part", alone)


def _without_senders(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of children are shown to everybody who may send one."""
    monkeypatch.setattr(import_repository, "_asked_by", lambda _account: true())


def _with_a_second_look(_fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row is loaded first and judged afterwards: the same answer, with other statements."""
    kept = repository.record_by_id

    def judged(session: TenantSession, form: Form, record_id: UUID) -> Any:
        model: Any = form.model
        there = select(model.id).where(model.tenant_id == session.tenant_id, model.id == record_id)
        if session.scalar(there, execution_options={IN_STEP: True}) is not None:
            session.scalar(there)
        return kept(session, form, record_id)

    monkeypatch.setattr(repository, "record_by_id", judged)


RECORDS = r"/(records|children|cases)\b"
PLACES = {"parent": r"/cases/{case_id}/referrals/", "sender": r"/children/import"}
MUTANTS = {
    "tenant": (_without_tenants, "province_officer", "tells (lao_cai|tinh_ba)"),
    "area": (_without_areas, "commune_worker", "tells far: core"),
    "programme": (_without_programmes, NARROW, "tells .*(child_labour|orphan_care)"),
    "confidential": (_without_confidence, "commune_worker", "tells kept: "),
    "enrolment": (_without_enrolment, "ngo_manager", "tells far: "),
    "field class": (_without_classes, "district_officer", r"tells near: core\.\w+\.\w+"),
    "parent": (_without_parents, "province_confidential_officer", "200 instead of 404"),
    "sender": (_without_senders, "commune_worker", "tells near: id of core.child_import"),
    "telling delay": (_with_a_second_look, "commune_worker", "statements instead of"),
}


@pytest.mark.slow
@pytest.mark.parametrize("rule", MUTANTS)
def test_with_a_rule_taken_out_the_fuzzer_turns_red(
    fuzzed: Fuzzed,
    monkeypatch: pytest.MonkeyPatch,
    no_kept_bounds: None,
    rule: str,
) -> None:
    taken_out, name, tells = MUTANTS[rule]
    reader = reader_of(fuzzed, name)
    fuzzed.forbidden(reader)
    only = PLACES.get(rule, RECORDS)
    taken_out(fuzzed, monkeypatch)
    with calling(fuzzed.world, monkeypatch) as caller:
        found = LeakFuzzer(fuzzed, caller).run(reader, 2_000, only=only, until=tells)
    assert any(re.search(tells, leak[-1]) for leak in found.leaks), found.leaks[:5]


@pytest.mark.slow
def test_a_foreign_id_takes_no_longer_than_a_made_up_one(
    fuzzed: Fuzzed, caller: Caller, summary: Callable[[str], None]
) -> None:
    """The statements are the same; here the time is, as far as a loaded machine lets one see."""
    reader = reader_of(fuzzed, "commune_worker")
    put = {"far": str(fuzzed.sets["far"].ids["core.child"])}
    put["foreign"] = str(fuzzed.rows["lao_cai"]["core.child"][0])
    took: dict[str, list[float]] = {"made up": [], **{why: [] for why in put}}
    for _ in range(60):
        for why, key in (("made up", str(uuid4())), *put.items()):
            began = time.perf_counter()
            answer = caller.send(reader.visitor, Call("GET", f"/records/core/child/{key}"))
            took[why].append(time.perf_counter() - began)
            assert answer.status == 404
    middle = {why: statistics.median(times) for why, times in took.items()}
    for why in put:
        assert 1 / RATIO < middle[why] / middle["made up"] < RATIO, middle
    told = ", ".join(f"{why} {seconds * 1000:.1f} ms" for why, seconds in middle.items())
    summary(f"leak fuzzer, medians of 60: {told}")
