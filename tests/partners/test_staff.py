"""ENHANCE's staff meets enrolled children and nobody else: in every route, export and figure."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from litestar.routes import HTTPRoute

from tests.isolation.entries import ENTRIES, ID, WORD
from tests.partners.conftest import KEY, TENANT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from httpx import Response

    from tests.isolation.entries import Try
    from tests.isolation.web_world import Visitor
    from tests.partners.conftest import Staffed

pytestmark = pytest.mark.slow

LOG_FRAME = "/programmes/ngo-enhance/exports/log-frame?year=2018"
MOST_PAGES = 250
COPIED_TO = (
    "ngo_enhance.project_service",
    "core.support_delivery",
    "child_labour.support_package",
)
# Ends the asker's own sign-in, or answers with another word each time.
LEFT_OUT = {"POST /sign-out", "GET /metrics", "GET /schema/{path}"}


def tells(answer: Response, telling: set[str]) -> set[str]:
    """What of others stands in an answer, a workbook's cells included."""
    body = answer.text
    if answer.content[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = (
            cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
        body = " ".join(str(cell) for cell in cells)
    said = unescape(body)
    return {word for word in telling if word in said}


def lists(staffed: Staffed) -> Iterator[str]:
    """Every list, file and look-up of every form that there is, the project's included."""
    for code in staffed.world.platform.registry.catalogue.forms:
        form = code.replace(".", "/").replace("_", "-")
        yield f"/records/{form}"
        yield f"/records/{form}/export?format=csv"
        yield f"/records/{form}/export?format=xlsx"
        yield f"/forms/{form}"
        yield f"/api/v1/records/{form}"
        yield f"/api/v1/forms/{form}"
    yield from ("/lookup/children?q=a", "/children?q=a", "/api/v1/children?q=a")
    yield from ("/figures", "/figures/table", "/reports", LOG_FRAME, f"{LOG_FRAME}&format=csv")


def test_the_project_serves_children_of_nine_communes_alone(staffed: Staffed) -> None:
    rows = staffed.ask(
        "SELECT e.commune_id, a.communes, a.programme FROM core.enrolment e JOIN core.agreement a "
        "ON a.tenant_id = e.tenant_id AND a.id = e.agreement_id "
        "WHERE e.tenant_id = :t AND e.left_on IS NULL"
    )
    assert {row.programme for row in rows} == {KEY, "child_labour"}
    assert all(len(row.communes) == 9 and row.commune_id in row.communes for row in rows)
    assert len(staffed.enrolled()) < len(staffed.telling())


def test_no_list_or_file_tells_of_another_child(
    staffed: Staffed, summary: Callable[[str], None]
) -> None:
    telling, enrolled = staffed.telling(), staffed.enrolled()
    answered = 0
    for who in staffed.staff:
        for path in lists(staffed):
            answer = staffed.world.get(who, path)
            assert answer.status_code in {200, 403, 404}, path
            assert tells(answer, telling) == set(), path
            answered += answer.status_code == 200
        children = staffed.world.get(who, "/api/v1/records/core/child")
        assert {one["id"] for one in children.json()["items"]} == enrolled
    summary(f"{answered} lists and files of a partner's staff, {len(telling)} words of others")


def test_no_page_that_leads_from_another_does(
    staffed: Staffed, summary: Callable[[str], None]
) -> None:
    """Every link that a page shows is followed, from the start page on."""
    telling = staffed.telling()
    seen: set[str] = set()
    waiting = ["/"]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = staffed.world.get(staffed.staff[0], path)
        assert answer.status_code < 500, path
        assert tells(answer, telling) == set(), path
        found = re.findall(r'href="(/[^"#]*)', answer.text)
        waiting += [unescape(one) for one in found if not one.startswith("/static")]
    assert any(path.startswith("/children/") for path in seen)
    assert any(path.startswith("/records/ngo-enhance/service/") for path in seen)
    summary(f"{len(seen)} pages followed as a partner's field officer")


def test_every_route_answers_for_another_child_as_for_none(
    staffed: Staffed, summary: Callable[[str], None]
) -> None:
    telling, who = staffed.telling(), staffed.staff[0]
    (other,) = staffed.ask(
        "SELECT id, child_code FROM core.child WHERE tenant_id = :t AND NOT EXISTS "
        "(SELECT 1 FROM core.enrolment e WHERE e.tenant_id = :t AND e.child_id = child.id) LIMIT 1"
    )
    mine = telling - {str(other.id), other.child_code}  # the asker sent these two itself
    calls = 0
    for route, tries in ENTRIES.items():
        if route in LEFT_OUT:
            continue
        for one in tries:
            answer = _call(staffed, who, route, one, other)
            calls += 1
            assert answer.status_code < 500, (route, one.path)
            assert tells(answer, mine) == set(), (route, one.path)
            if f"core/child/{ID}" in one.path or f"/children/{ID}" in one.path:
                assert answer.status_code in {403, 404}, (route, one.path)
    routes = sum(isinstance(route, HTTPRoute) for route in staffed.world.app.routes)
    summary(f"{calls} calls to {routes} routes with another child's id and code")


def test_the_records_of_a_child_who_left_are_gone(staffed: Staffed) -> None:
    left = staffed.ask(
        "SELECT s.id FROM ngo_enhance.project_service s JOIN ngo_enhance.beneficiary_exit x "
        "ON x.tenant_id = s.tenant_id AND x.child_id = s.child_id WHERE s.tenant_id = :t"
    )
    there = staffed.ask(
        "SELECT id FROM ngo_enhance.project_service s WHERE tenant_id = :t AND NOT EXISTS "
        "(SELECT 1 FROM ngo_enhance.beneficiary_exit x WHERE x.tenant_id = :t "
        "AND x.child_id = s.child_id)"
    )
    assert left
    assert there
    path = "/api/v1/records/ngo-enhance/service/{}"
    who = staffed.staff[0]
    assert {staffed.world.get(who, path.format(row.id)).status_code for row in left} == {404}
    assert {staffed.world.get(who, path.format(row.id)).status_code for row in there[:5]} == {200}


def test_the_log_frame_names_nobody_and_small_numbers_are_hidden(staffed: Staffed) -> None:
    """As published: nothing before the year is; afterwards multiples of five or no number."""
    answer = staffed.world.get(staffed.staff[1], LOG_FRAME)
    assert answer.status_code == 200
    names = {row.full_name for row in staffed.ask("SELECT full_name FROM core.child")} - {None}
    assert tells(answer, names) == set()
    rows = _cells(answer)
    assert [row[0] for row in rows if row[5] == "Tổng số"] == [f"ENH-0{n}" for n in range(1, 8)]
    assert {row[6] for row in rows if isinstance(row[6], int | float)} == set()
    assert {row[4] for row in rows if row[5] == "Tổng số"} == {20, 9}
    _publish(staffed)
    after = _cells(staffed.world.get(staffed.staff[1], LOG_FRAME))
    numbers = [row[6] for row in after if isinstance(row[6], int | float)]
    assert numbers
    assert all(number % 5 == 0 for number in numbers)
    assert staffed.world.get(staffed.staff[0], LOG_FRAME).status_code == 403
    written = staffed.ask(
        "SELECT count(*) AS n FROM core.export_made WHERE subject_kind = 'ngo_enhance.log_frame'"
    )
    assert written[0].n >= 2


def test_figures_hold_the_project_exactly_once(staffed: Staffed) -> None:
    (row,) = staffed.ask(
        """
        SELECT (SELECT count(*) FROM ngo_enhance.project_service WHERE tenant_id = :t) AS services,
        (SELECT count(*) FROM core.support_delivery WHERE tenant_id = :t
         AND programme_code = 'Dự án ENHANCE (ILO)') AS copies,
        (SELECT count(*) FROM ngo_enhance.project_service WHERE tenant_id = :t
         AND kind NOT IN ('indirect_family', 'referral')) AS packages,
        (SELECT count(*) FROM child_labour.support_package WHERE tenant_id = :t
         AND provider = 'Dự án ENHANCE' AND source = 'project') AS counted,
        (SELECT coalesce(sum(value), 0) FROM core.figure_cell WHERE tenant_id = :t
         AND measure = 'core.support_deliveries') AS told,
        (SELECT count(*) FROM core.support_delivery WHERE tenant_id = :t) AS every
        """
    )
    assert row.services == row.copies > 0
    assert row.packages == row.counted > 0
    assert row.told == row.every


def test_a_service_that_is_sent_twice_counts_once(staffed: Staffed) -> None:
    (child,) = staffed.ask(
        "SELECT b.child_id, b.commune_id FROM ngo_enhance.beneficiary_child b "
        "JOIN core.enrolment e ON e.tenant_id = b.tenant_id AND e.child_id = b.child_id "
        "JOIN core.agreement a ON a.tenant_id = e.tenant_id AND a.id = e.agreement_id "
        "WHERE b.tenant_id = :t AND e.left_on IS NULL AND a.programme = 'ngo_enhance' LIMIT 1"
    )
    body = {
        "child_id": str(child.child_id),
        "commune_id": child.commune_id,
        "kind": "direct_education",
        "given_on": "2018-12-20",
        "provider": "Lớp phụ đạo của phép thử",
    }
    who, path = staffed.staff[0], "/api/v1/records/ngo-enhance/service"
    first = staffed.world.api(who, path, body, key="once and for all")
    again = staffed.world.api(who, path, body, key="once and for all")
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"]), first.text
    officer = staffed.world.account(TENANT, "ngo_field_officer")
    for table in COPIED_TO:
        copies = staffed.ask(
            f"SELECT created_by FROM {table} WHERE tenant_id = :t AND provider = :p",  # noqa: S608
            p=body["provider"],
        )
        assert [row.created_by for row in copies] == [officer], table
    assert staffed.world.get(who, "/api/v1/records/core/support-delivery").status_code == 200
    assert staffed.world.get(who, "/api/v1/records/child-labour/support").status_code == 403


IT_IS_OVER = {
    "agreement": (
        "UPDATE core.agreement SET valid_to = current_date - 1 WHERE tenant_id = :t",
        "UPDATE core.agreement SET valid_to = valid_to + 400 WHERE tenant_id = :t",
    ),
    "grants": (
        "UPDATE core.access_grant SET valid_to = now() WHERE tenant_id = :t AND kind = 'enrolment'",
        "SELECT 1",
    ),
}


@pytest.mark.parametrize("net", IT_IS_OVER)
def test_on_the_day_after_the_agreement_nobody_is_there(staffed: Staffed, net: str) -> None:
    """Each of the two nets by itself: the agreement's last day, and the grants that end with it.

    The server's day is at most that of Viet Nam, so its yesterday is over there too.
    """
    everybody = staffed.telling() | staffed.enrolled()
    who = staffed.staff[0]
    before = staffed.world.get(who, "/api/v1/records/core/child").json()["items"]
    assert len(before) > 0
    ends, restores = IT_IS_OVER[net]
    staffed.world.run(ends, t=staffed.tenant)
    try:
        for reader in staffed.staff:
            for path in lists(staffed):
                answer = staffed.world.get(reader, path)
                assert tells(answer, everybody) == set(), path
            children = staffed.world.get(reader, "/api/v1/records/core/child")
            assert children.json()["items"] == []
        for one in before:
            gone = staffed.world.get(who, f"/api/v1/records/core/child/{one['id']}")
            assert gone.status_code == 404
    finally:
        staffed.world.run(restores, t=staffed.tenant)


def _call(staffed: Staffed, who: Visitor, route: str, one: Try, other: Any) -> Response:
    put = one.path.replace(ID, str(other.id)).replace(WORD, other.child_code)
    put = put.replace("{case of it}", str(other.id))
    if route.startswith("GET"):
        return staffed.world.get(who, put)
    sent = {k: str(other.id) if v == ID else v for k, v in (one.body or {}).items()}
    if put.startswith("/api/"):
        headers = {"Authorization": f"Bearer {who.token}", "If-Match": "0"}
        headers["Idempotency-Key"] = "another child's"
        method = route.partition(" ")[0]
        return staffed.world.client.request(method, put, json=sent, headers=headers)
    return staffed.world.post(who, put, {"_key": "another child's"} | sent)


def _cells(answer: Response) -> list[tuple[Any, ...]]:
    """The rows of the log frame below its headings."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "Mã")
    return [row for row in rows[head + 1 :] if row[0]]


def _publish(staffed: Staffed) -> None:
    """What ``annhi figures publish`` does for the project's own measures."""
    from core.indicators.door import FigureDoor
    from core.indicators.published import publish

    platform = staffed.world.platform
    communes = [row.id for row in staffed.ask("SELECT DISTINCT commune_id AS id FROM core.child")]
    catalogue = platform.registry.catalogue
    with platform.door.tenant_session(staffed.tenant) as session:
        door = FigureDoor(session, catalogue)
        for measure in catalogue.measures.values():
            if catalogue.owner_of[measure.code] == KEY:
                publish(session, door, measure, 2018, communes=communes, now=platform.clock.now())
