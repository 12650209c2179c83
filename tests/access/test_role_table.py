"""The running program against the role table: every role, route, field and form of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from core.access.decision import principal_of
from core.access.role_table import record_classes
from core.access.surroundings import look_around
from core.identity.roles import BY_CODE, ROLES
from core.identity.service import resolve
from core.platform import job_kinds
from core.registry.enablement import enabled_keys
from core.tenancy.bounds import HiddenFieldError
from core.tenancy.models import AreaScoped, Confidential, PartlyConfidential
from core.web.routing import OF_THE_FORM, OF_THE_PROGRAMME, OPEN, SIGNED_IN
from tests.access.canaries import said, standing_in
from tests.access.conftest import MINISTRY_ROLES, TENANT, Peopled
from tests.access.expected import PARTNER, PROVINCE_WIDE
from tests.isolation.entries import CASE_OF_IT, ENTRIES, ID, WORD, case_of
from tests.isolation.tables_of_forms import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response

    from core.plugin_api.forms import Form
    from core.tenancy.session import TenantSession
    from tests.access.canaries import Marked
    from tests.access.expected import RoleTable, Use
    from tests.isolation.entries import Try
    from tests.isolation.web_world import Visitor

pytestmark = pytest.mark.slow

WITHOUT_SIGN_IN = {OPEN, SIGNED_IN, OF_THE_FORM, OF_THE_PROGRAMME}
HIDDEN_FIELD = "dùng một trường không hiển thị với vai trò"
EVERY_ROLE = [role.code for role in ROLES]
Where = tuple[str, str]


def reads_far(table: RoleTable, role: str, of: str) -> bool:
    """Whether a role reads the record that lies elsewhere and was given to nobody."""
    if of in PROVINCE_WIDE:
        return _reads_papers(table, role, of)
    rows = table.rows(role, of)
    whole_province = BY_CODE[role].level == "province"
    return rows in {"area", "oversees"} and whole_province


def reads_near(table: RoleTable, role: str, of: str) -> bool:
    """Whether a role reads the record of its commune that was given and is of an enrolled child."""
    if of in PROVINCE_WIDE:
        return _reads_papers(table, role, of)
    rows = table.rows(role, of)
    if rows == "enrolled":
        return of == "core.child" or of.startswith("child_labour.")
    return rows in {"area", "given", "oversees"}


def _reads_papers(table: RoleTable, role: str, of: str) -> bool:
    """A paper of the province is read with its right alone, wherever in the province one works."""
    return table.columns[of].seen_with in table.rights_of(role) and role not in MINISTRY_ROLES


def allowed(table: RoleTable, role: str, marked: Marked, *, far: bool) -> set[Where]:
    """The table and column of every word that the role may come to see."""
    reads = reads_far if far else reads_near
    return {
        (of, column)
        for of, column in marked.words
        if reads(table, role, of) and table.shows(role, of, column)
    }


def visit(peopled: Peopled, role: str) -> Visitor:
    return peopled.world.visitor(peopled.tenant_of(role), role)


def form_of(peopled: Peopled, of: str) -> Form:
    code = next(code for code, name in TABLES.items() if name == of)
    return peopled.world.platform.registry.catalogue.forms[code]


def address(form: Form) -> str:
    return form.code.replace(".", "/").replace("_", "-")


def tries(peopled: Peopled, route: str, marked: Marked) -> Iterator[tuple[Try, str]]:
    """Each way to call a route that the isolation suite knows, with ids and names of ours."""
    ids = {code: str(marked.ids[of]) for code, of in TABLES.items()}
    for attempt in ENTRIES[route]:
        put = ids.get(attempt.of or "", str(uuid4()))
        word = marked.words["core.child", "full_name"]
        path = attempt.path.replace(ID, put).replace(WORD, word)
        if CASE_OF_IT in path:
            path = path.replace(CASE_OF_IT, case_of(peopled.world, put))
        yield attempt, path


def send(peopled: Peopled, visitor: Visitor, route: str, attempt: Try, path: str) -> Response:
    """Writing routes get an id that names nothing, so that nothing is changed."""
    if route.startswith("GET"):
        return peopled.world.get(visitor, path)
    path = attempt.path.replace(ID, str(uuid4())).replace(CASE_OF_IT, str(uuid4()))
    body = {k: str(uuid4()) if v == ID else v for k, v in (attempt.body or {}).items()}
    if path.startswith("/api/"):
        return peopled.world.api(visitor, path, body, key="the key of this test")
    return peopled.world.post(visitor, path, {"_key": "the key of this test"} | body)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_role_has_the_rights_of_the_table(peopled: Peopled, table: RoleTable, role: str) -> None:
    me = peopled.world.get(visit(peopled, role), "/api/v1/me").json()
    assert set(me["permissions"]) == table.rights_of(role)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_route_opens_to_the_right_of_the_table_alone(
    peopled: Peopled, table: RoleTable, role: str
) -> None:
    rights, wrong = table.rights_of(role), []
    for route, right in table.routes.items():
        if right in WITHOUT_SIGN_IN:
            continue
        for attempt, path in tries(peopled, route, peopled.near):
            answer = send(peopled, visit(peopled, role), route, attempt, path)
            status = answer.status_code
            form_path = any(part in route for part in ("/{owner}/{name}", "/after/{source}/"))
            if right not in rights:
                fits = status == 403
            elif not form_path:
                by_field = HIDDEN_FIELD in answer.text and table.roles[role]["core"].rows == PARTNER
                fits = (status not in {401, 403} and status < 500) or by_field
            else:  # the form's own right is asked for too
                fits = status < 500
            if not fits:
                wrong.append((route, path, right in rights, status))
    assert wrong == []


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_the_routes_of_a_form_open_to_the_rights_of_the_form_alone(
    peopled: Peopled, table: RoleTable, role: str
) -> None:
    rights, wrong = table.rights_of(role), []
    visitor, world = visit(peopled, role), peopled.world
    for of in TABLES.values():
        form = form_of(peopled, of)
        assert form.sees == table.columns[of].seen_with
        at, near, far = address(form), peopled.near.ids[of], peopled.far.ids[of]
        expected = {"list": 403, "near": 403, "far": 403, "form": 403}
        if form.sees in rights:
            expected["list"] = 200
            expected["near"] = 200 if reads_near(table, role, of) else 404
            expected["far"] = 200 if reads_far(table, role, of) else 404
        if form.enters in rights:
            expected["form"] = 200
        if role in MINISTRY_ROLES and not of.startswith("core."):
            expected = dict.fromkeys(expected, 404)  # no programme is ever on at the ministry
        for api in ("", "/api/v1"):
            found = {
                "list": world.get(visitor, f"{api}/records/{at}").status_code,
                "near": world.get(visitor, f"{api}/records/{at}/{near}").status_code,
                "far": world.get(visitor, f"{api}/records/{at}/{far}").status_code,
                "form": world.get(visitor, f"{api}/forms/{at}").status_code,
            }
            if found != expected:
                wrong.append((of, api, found, expected))
    assert wrong == []


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_field_is_shown_in_every_use_that_the_table_allows_and_in_no_other(
    peopled: Peopled, table: RoleTable, role: str
) -> None:
    wrong = [
        fault
        for name, use in table.uses.items()
        for of in ([use.of] if use.of else TABLES.values())
        for fault in _use(peopled, table, role, name, use, of)
    ]
    assert wrong == []


def _use(  # noqa: PLR0917  one cell of the table
    peopled: Peopled, table: RoleTable, role: str, name: str, use: Use, of: str
) -> Iterator[tuple[str, str, object]]:
    """What is wrong with one use of one table's records."""
    form, near = form_of(peopled, of), peopled.near
    words = near.of(of)
    path = use.path.format(form=address(form), id=near.ids[of], **words)
    answer = peopled.world.get(visit(peopled, role), path)
    confidential = issubclass(form.model, Confidential | PartlyConfidential)
    rights = table.rights_of(role)
    may = form.sees in rights and (use.right is None or use.right in rights)
    may = may and (use.confidential or not confidential)
    may = may and ("{id}" not in use.path or reads_near(table, role, of))
    finds = all(table.shows(role, of, column) for column in use.needs)
    # without the column it sorts by, a search is refused or finds nobody
    if may != (answer.status_code == 200) and (finds or not may):
        yield name, of, answer.status_code
    found = standing_in(said(answer), near)
    if not (may and finds):
        if found - _asked_for(near, path):
            yield name, of, found
        return
    shown = _named(use, form) & words.keys()
    wanted = {(of, column) for column in shown if table.shows(role, of, column)}
    if reads_near(table, role, of) and wanted - found:
        yield name, of, ("missing", wanted - found)
    above = found - allowed(table, role, near, far=False) - _asked_for(near, path)
    if above:
        yield name, of, ("shown", above)


def _asked_for(marked: Marked, path: str) -> set[Where]:
    """What the asker typed stands in the page again and tells nothing."""
    return {where for where, word in marked.words.items() if word in path}


def _named(use: Use, form: Form) -> set[str]:
    if use.shows == "fields":
        return {field.name for field in form.fields}
    return set(form.columns if use.shows == "columns" else use.shows)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_the_api_gives_and_names_as_hidden_exactly_the_fields_of_the_table(
    peopled: Peopled, table: RoleTable, role: str
) -> None:
    """Every column, whatever it holds: a number, a day, a choice."""
    visitor, wrong = visit(peopled, role), []
    for of in TABLES.values():
        if not reads_near(table, role, of):
            continue
        form = form_of(peopled, of)
        fields = {field.name for field in form.fields} & table.columns[of].classes.keys()
        shown = {name for name in fields if table.shows(role, of, name)}
        at = f"/api/v1/records/{address(form)}"
        record = peopled.world.get(visitor, f"{at}/{peopled.near.ids[of]}").json()
        line = peopled.world.get(visitor, at).json()["items"][0]
        if set(record["hidden"]) != fields - shown:
            wrong.append((of, "hidden", set(record["hidden"]) ^ (fields - shown)))
        if record.keys() & fields != shown:
            wrong.append((of, "record", record.keys() & fields ^ shown))
        if line.keys() - {"id"} != shown & set(form.columns):
            wrong.append((of, "line", line.keys() ^ shown & set(form.columns)))
    assert wrong == []


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_no_answer_of_any_reading_route_holds_what_the_table_hides(
    peopled: Peopled, table: RoleTable, role: str, *, every_way: bool
) -> None:
    """New routes are called as the isolation suite calls them, without a line here.

    Of the ways to ask a route each role tries one, the next role the next; ``--every-way`` all.
    """
    visitor, leaks = visit(peopled, role), []
    may_near = allowed(table, role, peopled.near, far=False)
    may_far = allowed(table, role, peopled.far, far=True)
    turn = None if every_way else EVERY_ROLE.index(role)
    for route, attempt, path in _ways(peopled, turn):
        text = said(send(peopled, visitor, route, attempt, path))
        for one, what in ((peopled.near, may_near), (peopled.far, may_far)):
            leaks += [
                (route, path, where)
                for where in standing_in(text, one) - what - _asked_for(one, path)
            ]
    assert leaks == []


def _ways(peopled: Peopled, turn: int | None) -> Iterator[tuple[str, Any, str]]:
    """Every way to ask every reading route, or of each route the one whose turn it is."""
    for number, route in enumerate(name for name in ENTRIES if name.startswith("GET")):
        ways = [
            way for marked in (peopled.near, peopled.far) for way in tries(peopled, route, marked)
        ]
        chosen = ways if turn is None or not ways else [ways[(turn + number) % len(ways)]]
        yield from ((route, attempt, path) for attempt, path in chosen)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_reports_and_figures_name_nobody(peopled: Peopled, table: RoleTable, role: str) -> None:
    """The document of an open period, counted from the marked records, and every indicator."""
    visitor, world = visit(peopled, role), peopled.world
    paths = [f"/reports/2018/document?form={kind}" for kind in ("html", "docx", "xlsx")]
    paths += [
        f"/api/v1/figures/{code}?period=2018"
        for code in world.platform.registry.catalogue.indicators
    ]
    for path in paths:
        answer = world.get(visitor, path)
        right = "core.report.build" if path.startswith("/reports") else "core.figures.read"
        assert (answer.status_code == 200) == (right in table.rights_of(role)), path
        found = standing_in(said(answer), peopled.near) | standing_in(said(answer), peopled.far)
        assert found == set(), path


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_list_knows_no_order_and_no_filter_that_its_page_does_not_offer(
    peopled: Peopled, table: RoleTable, role: str
) -> None:
    visitor, world = visit(peopled, role), peopled.world
    for of in TABLES.values():
        if not reads_near(table, role, of):
            continue
        form = form_of(peopled, of)
        at = f"/api/v1/records/{address(form)}"
        plain = world.get(visitor, at).json()
        words = peopled.far.of(of)
        asked = "&".join(f"{column}={word}" for column, word in words.items())
        more = "&".join(
            f"sort={column}&order={column}&order_by=-{column}&filter={column}"
            for column in table.columns[of].classes
        )
        assert world.get(visitor, f"{at}?{asked}&{more}").json() == plain, of


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_statement_neither_shows_sorts_nor_filters_by_a_hidden_column(
    peopled: Peopled, table: RoleTable, role: str
) -> None:
    """Beneath every page, job and export there will be: the statement itself refuses.

    What is open is asked for at once, what is hidden column by column and use by use.
    """
    wrong = []
    with bounded(peopled, role) as session:
        for cls in record_classes(peopled.world.platform.registry):
            of = cls.__table__.fullname
            names = table.columns[of].classes
            shown = [getattr(cls, name) for name in names if table.opens(role, of, name)]
            plain = select(cls.id).where(cls.tenant_id == session.tenant_id)
            openly = plain.add_columns(*shown).order_by(*(one.is_(None) for one in shown))
            if _is_refused(session, openly.where(*(one.is_not(None) for one in shown))):
                wrong.append((of, "refused what is open"))
            for name in names.keys() - {one.key for one in shown}:
                column = getattr(cls, name)
                for way, statement in (
                    ("show", plain.add_columns(column)),
                    ("sort", plain.order_by(column.is_(None))),
                    ("filter", plain.where(column.is_not(None))),
                ):
                    if not _is_refused(session, statement):
                        wrong.append((of, name, way))
    assert wrong == []


def _is_refused(session: TenantSession, statement: Any) -> bool:
    try:
        session.execute(statement.limit(1)).first()
    except HiddenFieldError:
        return True
    return False


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_statement_finds_the_rows_of_the_table_and_no_others(
    peopled: Peopled, table: RoleTable, role: str
) -> None:
    wrong = []
    with bounded(peopled, role) as session:
        for of in TABLES.values():
            cls: Any = form_of(peopled, of).model
            for marked, reads in ((peopled.near, reads_near), (peopled.far, reads_far)):
                statement = select(cls.id).where(
                    cls.tenant_id == session.tenant_id, cls.id == marked.ids[of]
                )
                open_to_core = of in PROVINCE_WIDE and peopled.tenant_of(role) == TENANT
                expected = open_to_core or reads(table, role, of)
                if (session.scalar(statement) is not None) != expected:
                    wrong.append((of, marked is peopled.near))
    assert wrong == []


def bounded(peopled: Peopled, role: str) -> TenantSession:
    """A session with the reach of the role's account, as the web opens it."""
    world = peopled.world
    token = visit(peopled, role).token
    number = world.tenants[peopled.tenant_of(role)]
    now = world.platform.clock.now()
    with world.platform.door.tenant_session(number) as session:
        signed_in = resolve(session, token, now=now)
        assert signed_in is not None
        programmes = world.platform.registry.enabled(enabled_keys(session, now))
        around = look_around(session, signed_in.account_id, now)
        reach = principal_of(session, signed_in, programmes, around).reach
    return world.platform.door.open(number, reach=reach, read_only=True)


def test_a_job_reads_what_its_kind_says_and_nothing_more(
    peopled: Peopled, table: RoleTable
) -> None:
    platform = peopled.world.platform
    for kind in job_kinds(platform.registry, platform.clock):
        name, reach = kind.name, kind.reach
        with peopled.world.platform.door.tenant_session(
            peopled.world.tenants[TENANT], reach=reach, read_only=True
        ) as session:
            for of in TABLES.values():
                cls: Any = form_of(peopled, of).model
                mine = select(cls.id).where(cls.tenant_id == session.tenant_id)
                found = set(session.scalars(mine))
                if table.jobs[name] == "who asked":  # nothing, until it is bound by that person
                    assert not (found and issubclass(cls, AreaScoped)), (name, of)
                    continue
                everything = table.jobs[name] == "counting" or not issubclass(cls, Confidential)
                there = {peopled.near.ids[of], peopled.far.ids[of]}
                assert (there <= found) == everything, (name, of)
                assert everything or not found, (name, of)


def test_the_words_are_found_where_they_may_be_seen(
    peopled: Peopled, table: RoleTable, summary: Callable[[str], None]
) -> None:
    """Otherwise not finding them elsewhere would prove nothing."""
    classes = {table.columns[of].classes[column] for of, column in peopled.near.words}
    assert {one.value for one in classes} >= {"internal", "personal", "sensitive", "restricted"}
    seen = set().union(*(allowed(table, role, peopled.near, far=False) for role in EVERY_ROLE))
    assert peopled.near.words.keys() <= seen
    cells = len(EVERY_ROLE) * sum(len(one.classes) for one in table.columns.values())
    summary(f"role table: {len(EVERY_ROLE)} roles, {len(table.routes)} routes, {cells} cells")
