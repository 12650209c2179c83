"""Schemathesis over the whole OpenAPI, as every role, unsigned, half signed in, and as a machine.

Whatever is asked, no answer is a fault of ours and none lies outside what ``/schema`` says.
A sample runs with the suite: each operation is asked by an officer and by whoever's turn it is,
and gets one made-up request. Everybody asks everything with
``make test ARGS="tests/core/web/test_openapi.py --api-examples 5"``.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.identity.machines.service import add_machine
from core.identity.service import GivenRole, open_sign_in
from tests.isolation.furnishing import MINISTRY, RELEASED
from tests.isolation.web_world import roles_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response
    from schemathesis import Case

    from tests.isolation.web_world import World

TENANT = "an_giang"
NEVER = "00000000-0000-4000-8000-000000000000"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OFFICER = f"{TENANT} province_officer"
UNSIGNED, HALF, MACHINE = "unsigned", "half signed in", "machine"
EVERYBODY = [
    UNSIGNED,
    HALF,
    MACHINE,
    *(f"{TENANT} {role}" for role in roles_of(TENANT)),
    *(f"{MINISTRY} {role}" for role in roles_of(MINISTRY)),
]
# what a request that may be answered holds, where the schema says no more than "a text"
KNOWN = {
    "owner": "core",
    "name": "child",
    "period": RELEASED,
    "year": 2018,
    "code": "COR-01",
    "programme": "child-labour",
    "key": "child-labour",
    "step": "assess-initially",
    "path": "nothing",
    "purpose": "reset",
}
BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/programmes/{key}": {"on": True},
    "/api/v1/referrals/{referral_id}/answer": {"accept": True},
    "/api/v1/sign-in": {"tenant": TENANT, "login": "nobody", "password": "no password"},
}
AFTER_IDS = {"record_id": "core.child", "child_id": "core.child", "subject_id": "core.child"}


@pytest.fixture(scope="module")
def operations(world: World) -> list[Any]:
    """Every operation, read from the running application."""
    schema = schemathesis.openapi.from_dict(world.client.get("/schema/openapi.json").json())
    found = [result.ok() for result in schema.get_all_operations()]
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def known(world: World) -> dict[str, Any]:
    """Values of path parameters that name something."""
    ids = world.rows(TENANT).ids
    names = {f"{key}_id": key for key in ids if "." not in key} | AFTER_IDS
    first = {name: str(ids[key][0]) for name, key in names.items() if ids.get(key)}
    case = "SELECT case_id FROM core.case_referral WHERE id = :id"
    first["case_id"] = str(world.scalar(case, id=first["referral_id"]))
    return KNOWN | first


@pytest.fixture(scope="module")
def machine(world: World) -> str:
    """The token of a program."""
    with world.platform.door.tenant_session(world.tenants[TENANT]) as session:
        program = add_machine(
            session,
            name="Phần mềm tổng hợp",
            roles=(GivenRole("province_officer", None),),
            scopes=("core.child.read", "core.figures.read", "core.report.build"),
            now=world.platform.clock.now(),
        )
    pair = (program.client_id, program.secret)
    body = {"grant_type": "client_credentials"}
    answer = world.client.post("/api/v1/oauth/token", data=body, auth=pair)
    return str(answer.json()["access_token"])


def token_of(world: World, who: str, machine: str) -> str | None:
    """A sign-in for this one call: what was called before may have ended the last."""
    if who in {UNSIGNED, MACHINE}:
        return machine if who == MACHINE else None
    slug, _, role = (OFFICER if who == HALF else who).partition(" ")
    account, now = world.account(slug, role), world.platform.clock.now()
    with world.platform.door.tenant_session(world.tenants[slug]) as session:
        return open_sign_in(session, account, now=now, second_factor=who != HALF)


def drawn(operation: Any, mode: GenerationMode, count: int) -> list[Case]:
    """Requests that Schemathesis makes up; what a mode cannot make up is left out."""
    found: list[Case] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def draw(case: Case) -> None:
        found.append(case)

    with suppress(Unsatisfiable):
        draw()
    return found[:count]


def answerable(operation: Any, known: dict[str, Any]) -> Case:
    """A request that names what there is, so that whoever may have it is answered."""
    wanted = {
        "path_parameters": {
            one.name: known.get(one.name, NEVER) for one in operation.path_parameters
        },
        "query": {one.name: known[one.name] for one in operation.query if one.name in known},
    }
    if operation.path in BODIES:
        wanted |= {"body": BODIES[operation.path], "media_type": "application/json"}
    made: Case = operation.Case(**wanted)
    return made


def asked(
    operation: Any, known: dict[str, Any], number: int, examples: int
) -> Iterator[tuple[str, Case]]:
    """Who asks what: everybody what may be answered, and of the API everything made up as well.

    Without ``examples`` an officer and whoever's turn it is ask, and one request is made up.
    """
    turn = EVERYBODY[number % len(EVERYBODY)]
    askers = EVERYBODY if examples else dict.fromkeys((OFFICER, turn))
    yield from ((who, answerable(operation, known)) for who in askers)
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    for mode in modes if examples else (modes[number % 2],):
        for case in drawn(operation, mode, max(examples, 1)):
            of_api = operation.path.startswith("/api/")
            yield from ((who, case) for who in (EVERYBODY if examples and of_api else (turn,)))


def send(world: World, case: Case, token: str | None) -> Response:
    """Send it as a program does to the API, and as a browser to a page."""
    request = case.as_transport_kwargs(base_url="http://testserver.local")
    request.pop("cookies", None)
    if isinstance(request.get("data"), bytes | str):
        request["content"] = request.pop("data")
    headers = {n: v for n, v in dict(request.pop("headers", {})).items() if n.lower() not in _OURS}
    if token is not None and case.path.startswith("/api/"):
        headers["Authorization"] = f"Bearer {token}"
    elif token is not None:
        headers["Cookie"] = f"annhi={token}"
    world.client.cookies.clear()
    return world.client.request(**request, headers=headers, follow_redirects=False)


_OURS = {"authorization", "cookie", "user-agent"}


def told(case: Case, answer: Response) -> list[str]:
    """What is wrong with an answer."""
    try:
        case.validate_response(answer, checks=CHECKS)
    except (Failure, FailureGroup) as failed:
        each = failed.exceptions if isinstance(failed, FailureGroup) else [failed]
        return [f"{type(one).__name__} {answer.status_code} {str(one)[:400]}" for one in each]
    return []


@pytest.mark.slow
def test_nothing_asked_of_an_operation_is_answered_outside_the_schema(  # noqa: PLR0917  fixtures
    world: World,
    operations: list[Any],
    known: dict[str, Any],
    machine: str,
    request: pytest.FixtureRequest,
    summary: Callable[[str], None],
) -> None:
    examples = request.config.getoption("--api-examples")
    faults: Counter[str] = Counter()
    calls: Counter[int] = Counter()
    for number, operation in enumerate(operations):
        for who, case in asked(operation, known, number, examples):
            answer = send(world, case, token_of(world, who, machine))
            calls[answer.status_code] += 1
            faults.update(f"{operation.label} as {who}: {f}" for f in told(case, answer))
    assert not faults, "\n".join(sorted(faults))
    least = len(operations) if examples else len(operations) / 3
    assert calls[200] > least, "most operations were answered to somebody, in a sample many"
    summary(
        f"{len(operations)} operations asked as {len(EVERYBODY)}: "
        + ", ".join(f"{n} × {status}" for status, n in sorted(calls.items()))
    )
