"""Every route of the running application, tried from the wrong tenant as each role.

The routes are read from the application itself; one without an entry here fails the suite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from litestar.routes import ASGIRoute, HTTPRoute
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.forms import repository
from tests.isolation.entries import (
    CASE_OF_IT,
    ENTRIES,
    ID,
    KNOWN,
    WORD,
    Try,
    address_of,
    case_of,
    in_turn,
)
from tests.isolation.furnishing import MINISTRY, canary
from tests.isolation.tables_of_forms import TABLES
from tests.isolation.web_world import (
    PROVINCES,
    Visitor,
    World,
    roles_of,
    world,
    world_home,
    world_template,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from httpx import Response

    from core.plugin_api.forms import Form
    from tests.isolation.web_world import Rows

__all__ = ["world", "world_home", "world_template"]  # fixtures

HIDES = {403, 404}
TRIES = [(route, attempt) for route, tries in ENTRIES.items() for attempt in tries]


def _routes(world: World) -> Iterator[tuple[str, Any]]:
    """``GET /path`` with its handler, for every route there is."""
    for route in world.app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                    yield f"{method} {route.path_format}", handler
        elif isinstance(route, ASGIRoute):
            yield f"GET {route.path_format}", route.route_handler


def _call(
    world: World, visitor: Visitor | None, route: str, attempt: Try, put: str = ""
) -> Response:
    """Call the route with a value in the place that the attempt keeps for it."""
    path = attempt.path.replace(ID, put).replace(WORD, put)
    if CASE_OF_IT in path:
        path = path.replace(CASE_OF_IT, case_of(world, put))
    if route.startswith("GET"):
        return world.get(visitor, path)
    body = {k: put if v == ID else v for k, v in (attempt.body or {}).items()}
    if path.startswith("/api/"):
        token = {"Authorization": f"Bearer {visitor.token}"} if visitor else {}
        headers = token | {"Idempotency-Key": "the same key for all", "If-Match": "0"}
        return world.client.request(route.partition(" ")[0], path, json=body, headers=headers)
    return world.post(visitor, path, {"_key": "the same key for all"} | body)


def _leaks(world: World, acting: str, answer: Response) -> list[str]:
    """What of other tenants stands in an answer."""
    others = [tenant for tenant in world.tenants if tenant != acting]
    text = answer.text
    found = [canary(other) for other in others if canary(other).lower() in text.lower()]
    found += [s for other in others for s in _rows(world, other).telling if s in text]
    return found


_ROWS: dict[tuple[int, str], Rows] = {}


def _rows(world: World, tenant: str) -> Rows:
    """What a tenant has stored, read once."""
    key = (id(world), tenant)
    if key not in _ROWS:
        _ROWS[key] = world.rows(tenant)
    return _ROWS[key]


def test_every_route_has_an_entry_here(world: World) -> None:
    there = {name for name, _ in _routes(world)}
    assert there == set(ENTRIES), "add the missing route with the ways to misuse it"


def test_every_route_says_whom_it_serves(world: World) -> None:
    silent = [
        name
        for name, handler in _routes(world)
        if not name.startswith("GET /schema")
        and not handler.opt.get("for_everyone")
        and "permission" not in handler.opt
    ]
    assert silent == []


def test_reading_routes_read_in_a_read_only_transaction(world: World) -> None:
    """Those that write say so; each of them does it to note who read."""
    writes = {n for n, h in _routes(world) if n.startswith("GET") and h.opt.get("writes")}
    assert writes == {
        "GET /children/{child_id}",
        "GET /records/{owner}/{name}/export",
        "GET /programmes/{programme}/exports/{name}",
        "GET /forms/{owner}/{name}/after/{source}/{record_id}",
        "GET /cases/new/after/{source}/{record_id}",
        "GET /records/{owner}/{name}/{record_id}/correct",
        "GET /records/{owner}/{name}/{record_id}/history",
        "GET /api/v1/records/{owner}/{name}/{record_id}/history",
        "GET /children/{child_id}/duplicates/{other_id}",
        "GET /records/{owner}/{name}/{record_id}",
        "GET /children/imports/{import_id}/rows",
        "GET /records/{owner}/{name}/{record_id}/attachments/{attachment_id}/file",
        "GET /api/v1/records/{owner}/{name}/{record_id}",
        "GET /cases/{case_id}",
        "GET /cases/{case_id}/steps/{step}",
        "GET /cases/{case_id}/refer",
        "GET /cases/{case_id}/team",
        "GET /cases/{case_id}/referrals/{referral_id}",
        "GET /referrals/{referral_id}",
        "GET /api/v1/cases/{case_id}",
        "GET /api/v1/cases/{case_id}/steps/{step}",
        "GET /api/v1/cases/{case_id}/referrals/{referral_id}",
        "GET /api/v1/referrals/{referral_id}",
        "GET /audit",
        "GET /audit/records/{subject_id}",
        "GET /sign-in/enrol",
        "GET /national",
        "GET /national/board",
        "GET /national/comparison",
        "GET /national/document",
        "GET /national/targets",
        "GET /api/v1/national/board/{year}",
        "GET /api/v1/national/targets",
        "GET /api/v1/national/{period}",
        "GET /api/v1/reports/{period}/dhis2",
        "GET /incidents/{incident_id}",
        "GET /figures/table",
        "GET /figures/{code}/table",
        "GET /figures/{code}/records/{measure}",
    }


PAIRS = (
    ("an_giang", ("tinh_ba", "lao_cai")),
    ("lao_cai", ("an_giang",)),
    (MINISTRY, ("an_giang",)),
)


@pytest.mark.slow
@pytest.mark.parametrize(("acting", "others"), PAIRS)
def test_a_row_of_another_tenant_is_as_one_that_never_was(
    world: World,
    acting: str,
    others: tuple[str, ...],
    summary: Callable[[str], None],
    *,
    every_way: bool,
) -> None:
    """Each role tries each route in one way, the next role in the next; ``--every-way`` in all."""
    calls, leaks = 0, []
    for turn, role in enumerate(roles_of(acting)):
        visitor = world.visitor(acting, role)
        whose = others if every_way else (others[turn % len(others)],)
        for route, attempt in in_turn(None if every_way else turn, with_ids=True):
            for other in whose:
                tried, found = _cross(world, visitor, route, attempt, other)
                calls += tried
                leaks += found
    assert leaks == []
    summary(f"{acting}: {calls} calls with rows of {', '.join(others)}; none differed")


def _cross(
    world: World, visitor: Visitor, route: str, attempt: Try, other: str
) -> tuple[int, list[tuple[str, ...]]]:
    """Compare a tenant's first and last row with an unknown one; how many calls, what leaked."""
    assert attempt.of is not None
    unknown = str(uuid4())
    expected = _call(world, visitor, route, attempt, unknown)
    allowed = HIDES if route.startswith("GET") else HIDES | {422}
    if route == KNOWN:
        allowed = HIDES | {200}
    ids = _rows(world, other).ids[attempt.of]
    leaks: list[tuple[str, ...]] = []
    for key in (str(id_) for id_ in ids[:1] + ids[-1:]):
        answer = _call(world, visitor, route, attempt, key)
        same = answer.text.replace(key, unknown) == expected.text
        if not same or answer.status_code != expected.status_code:
            leaks.append((visitor.role, route, attempt.path, "differs"))
        if answer.status_code not in allowed:
            leaks.append((visitor.role, route, attempt.path, str(answer.status_code)))
        found = _leaks(world, visitor.tenant, answer)
        leaks += [(visitor.role, route, attempt.path, s) for s in found if s != key]
    return 1 + 2 * bool(ids), leaks


def test_a_fallen_wall_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that forgets the tenant makes the suite fail."""
    engine = world.database.admin

    def careless(_session: object, form: Form, record_id: UUID) -> object:
        with Session(engine) as everything:
            return everything.scalar(select(form.model).where(form.model.id == record_id))

    monkeypatch.setattr(repository, "record_by_id", careless)
    officer = world.visitor("an_giang", "province_officer")
    attempt = Try(f"/records/core/child/{ID}", "core.child")
    _, leaks = _cross(world, officer, "GET /records/{owner}/{name}/{record_id}", attempt, "lao_cai")
    assert {leak[-1] for leak in leaks} >= {"differs", "200", canary("lao_cai")}
    # the log tells of it, as it should; the next test would find the foreign ids there
    world.run("DELETE FROM core.audit_entry")


@pytest.mark.slow
@pytest.mark.parametrize("acting", [*PROVINCES, MINISTRY])
def test_no_answer_holds_anything_of_another_tenant(
    world: World, acting: str, summary: Callable[[str], None], *, every_way: bool
) -> None:
    """In turns, as above."""
    words = {"none": "khongcoaitenthe"} | {t: canary(t) for t in PROVINCES if t != acting}
    calls, leaks = 0, []
    for turn, role in enumerate(roles_of(acting)):
        visitor = world.visitor(acting, role)
        for route, attempt in in_turn(None if every_way else turn, with_ids=False):
            answers = set()
            for word in words.values() if WORD in attempt.path else ("",):
                answer = _call(world, visitor, route, attempt, word)
                calls += 1
                assert answer.status_code < 500, (role, route)
                said = answer.text.replace(word, "…") if word else ""
                answers.add((answer.status_code, said))
                found = _leaks(world, acting, answer)
                leaks += [(role, route, s) for s in found if s != word]
            if len(answers) > 1:
                leaks.append((role, route, "a name of another tenant is answered differently"))
    assert leaks == []
    summary(f"{acting}: {calls} calls of every route; nothing of others in any answer")


@pytest.mark.parametrize("province", ["an_giang", "lao_cai"])
def test_the_canary_is_seen_in_its_own_province(world: World, province: str) -> None:
    """Otherwise not finding it elsewhere would prove nothing."""
    officer = world.visitor(province, "province_officer")
    assert canary(province) in world.get(officer, f"/children?q={canary(province)}").text
    assert (
        canary(province)
        in world.get(officer, f"/lookup/households?q={_head(world, province)}").text
    )
    for form in ("core.child", "core.household", "child_labour.screening"):
        key = world.rows(province).ids[form][0]
        assert canary(province) in world.get(officer, f"/records/{address_of(form)}/{key}").text
    confidential = world.visitor(province, "province_confidential_officer")
    key = world.rows(province).ids["sexual_abuse.intake"][0]
    assert canary(province) in world.get(confidential, f"/records/sexual-abuse/intake/{key}").text


def _head(world: World, province: str) -> str:
    sql = "SELECT head_fold FROM core.household WHERE tenant_id = :tenant ORDER BY id LIMIT 1"
    return str(world.scalar(sql, tenant=world.tenants[province]))


def test_own_rows_open_wherever_foreign_ones_were_hidden(world: World) -> None:
    """Each way that was tried with a foreign id works with an own one, for some role."""
    own = world.rows("an_giang").ids
    forms = world.platform.registry.catalogue.forms
    visitors = [world.visitor("an_giang", role) for role in roles_of("an_giang")]
    shut = [
        (route, attempt.path)
        for route, attempt in TRIES
        if attempt.of is not None and route.startswith("GET")
        # a form that corrects nothing has no page for it, for anybody
        if not (route.endswith("/correct") and not forms[attempt.of].editable)
        if not any(
            _call(world, visitor, route, attempt, str(key)).status_code == 200
            for key in own[attempt.of][:1]
            for visitor in _at_work_with(world, visitors, attempt.of, key)
        )
    ]
    assert shut == []


AT_WORK = ("commune_worker", "commune_leader")


def _at_work_with(world: World, visitors: list[Visitor], of: str, key: UUID) -> Iterator[Visitor]:
    """Every role where it stands; then those of the commune in that of the row, with its case."""
    yield from visitors
    table, tenant = TABLES.get(of), world.tenants["an_giang"]
    if table is None:
        return
    row = f"SELECT to_jsonb(r) ->> :column FROM {table} r WHERE tenant_id = :t AND id = :id"  # noqa: S608  a table of ours
    place, case = (
        world.scalar(row, column=column, t=tenant, id=key) for column in ("commune_id", "case_id")
    )
    move = (
        "UPDATE core.role_grant SET area_id = :area WHERE tenant_id = :t AND role = ANY(:at_work)"
    )
    home = world.commune("an_giang")
    world.run(move, area=int(place or home), t=tenant, at_work=list(AT_WORK))
    given = [_given(world, role, case) for role in AT_WORK if case is not None]
    try:
        yield from (world.visitor("an_giang", role) for role in AT_WORK)
    finally:
        world.run(move, area=home, t=tenant, at_work=list(AT_WORK))
        end = (
            "UPDATE core.access_grant SET valid_to = now() WHERE tenant_id = :t AND id = ANY(:ids)"
        )
        world.run(end, t=tenant, ids=given)


def _given(world: World, role: str, case: str) -> UUID:
    """The grant by which the one who has a role works on a case."""
    grant = uuid4()
    world.run(
        "INSERT INTO core.access_grant (tenant_id, id, holder_id, kind, subject_kind, subject_id, "
        "valid_from, given_at) VALUES (:t, :id, :who, 'assignment', 'sexual_abuse.intake', "
        "CAST(:case AS uuid), now(), now())",
        t=world.tenants["an_giang"],
        id=grant,
        who=world.account("an_giang", role),
        case=case,
    )
    return grant


def test_without_sign_in_a_page_leads_to_it_and_the_api_answers_401(world: World) -> None:
    handlers = dict(_routes(world))
    for route, attempt in TRIES:
        opt = handlers[route].opt
        if opt.get("for_everyone") or route.startswith("GET /schema"):
            continue
        answer = _call(world, None, route, attempt, str(uuid4()))
        if attempt.path.startswith("/api/"):
            assert answer.status_code == 401, route
            assert answer.headers["content-type"] == "application/problem+json"
        else:
            assert (answer.status_code, answer.headers["location"]) == (302, "/sign-in"), route


def test_a_missing_right_is_refused_on_every_route(world: World) -> None:
    refused = 0
    for role in roles_of("an_giang"):
        visitor = world.visitor("an_giang", role)
        rights = set(world.get(visitor, "/api/v1/me").json()["permissions"])
        for name, handler in _routes(world):
            needed = handler.opt.get("permission")
            if needed is None or needed in rights:
                continue
            for attempt in ENTRIES[name]:
                answer = _call(world, visitor, name, attempt, str(uuid4()))
                assert answer.status_code == 403, (role, name)
                refused += 1
    assert refused > 50


@pytest.mark.slow
def test_the_rights_of_each_form_are_asked_for_on_each_of_its_routes(world: World) -> None:
    own = world.rows("an_giang").ids
    for role in roles_of("an_giang"):
        visitor = world.visitor("an_giang", role)
        rights = set(world.get(visitor, "/api/v1/me").json()["permissions"])
        for code, form in world.platform.registry.catalogue.forms.items():
            at, key = address_of(code), own[code][0]
            for api in ("", "/api/v1"):
                if form.enters not in rights:
                    assert world.get(visitor, f"{api}/forms/{at}").status_code == 403
                    path = f"/api/v1/records/{at}" if api else f"/forms/{at}"
                    sent = (
                        world.api(visitor, path, {}, key="12345678")
                        if api
                        else world.post(visitor, path)
                    )
                    assert sent.status_code == 403, (role, path)
                if form.sees not in rights:
                    assert world.get(visitor, f"{api}/records/{at}").status_code == 403
                    assert world.get(visitor, f"{api}/records/{at}/{key}").status_code == 403


@pytest.mark.parametrize("wrong", ["1", "x", "%00", "0" * 40, "..%2F..", "' OR 1=1"])
def test_a_malformed_id_finds_nothing(world: World, wrong: str, *, every_way: bool) -> None:
    officer = world.visitor("an_giang", "province_officer")
    for route, attempt in in_turn(None if every_way else len(wrong), with_ids=True):
        if route.startswith("GET"):
            answer = _call(world, officer, route, attempt, wrong)
            assert answer.status_code in {400, 403, 404}, (route, attempt.path)
            assert "<table" not in answer.text


def test_a_sign_in_of_one_tenant_opens_no_other(world: World) -> None:
    token = world.visitor("an_giang", "province_officer").token
    secret = token.partition(".")[2]
    own = world.tenants["an_giang"]
    for number in {*world.tenants.values(), 99, -1} - {own}:
        forged = Visitor("", "", f"{number}.{secret}")
        assert world.get(forged, "/children").status_code == 302, number
        assert world.get(forged, "/api/v1/me").status_code == 401


def test_a_forged_token_with_an_absurd_tenant_is_no_fault_of_ours(world: World) -> None:
    assert world.get(Visitor("", "", f"{10**30}.x"), "/children").status_code == 302
