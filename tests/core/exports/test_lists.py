"""A list as a file: the columns of its page, the whole of it, for those who may take it away."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from core.audit.service import AuditError
from core.exports import service
from core.exports.service import Heading, export_records
from core.identity.principal import Principal
from core.kit.clock import SystemClock
from core.kit.errors import RefusedError
from core.register.forms import HOUSEHOLD_FORM
from core.tenancy.models import Confidential, PartlyConfidential
from core.tenancy.reach import Reach
from tests.isolation.furnishing import canary
from tests.isolation.tables_of_forms import TABLES
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from httpx import Response

    from core.plugin_api.forms import Form
    from tests.isolation.web_world import Visitor, World

__all__ = ["world", "world_home", "world_template"]  # fixtures

HEADING = Heading(province="Tỉnh", moment=SystemClock().now(), language="vi", generated=True)


@pytest.fixture(scope="module")
def officer(world: World) -> Visitor:
    """Who may export."""
    return world.visitor("an_giang", "province_officer")


def address(form: str) -> str:
    """Where a form's list is."""
    return f"/records/{form.replace('.', '/').replace('_', '-')}"


def lines(answer: Response) -> list[list[str]]:
    """The lines of a CSV."""
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def rows_on_pages(world: World, who: Visitor, form: str) -> list[list[str]]:
    """All that the list's pages show, cell by cell."""
    found: list[list[str]] = []
    path: str | None = address(form)
    while path:
        page = world.get(who, path).text
        for row in re.findall(r'<tr role="row">(.*?)</tr>', page, re.DOTALL)[1:]:
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
            found.append([re.sub(r"<[^>]+>", "", cell).strip() for cell in cells[1:]])
        more = re.search(r'href="([^"]+)" rel="next"', page)
        path = more[1].replace("&amp;", "&") if more else None
    return found


# Records that are confidential, or may be, are read here and taken nowhere.
KEPT_HERE = {
    "core.special_circumstance",
    "core.urgent_incident",
    "orphan_care.hiv_care",
    "orphan_care.hiv_service",
    "sexual_abuse.assessment",
    "sexual_abuse.closing",
    "sexual_abuse.emergency",
    "sexual_abuse.intake",
    "sexual_abuse.non_reporting",
    "sexual_abuse.placement",
    "sexual_abuse.plan",
    "sexual_abuse.plan_decision",
    "sexual_abuse.proceeding",
    "sexual_abuse.review",
    "sexual_abuse.service",
}


def bare(cell: str) -> str:
    """A cell of a page as a file has it: a number without its unit and its thousands."""
    if not cell[:1].isdigit():
        return cell
    number = re.sub(r"\D*$", "", cell)
    return number.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", number) else number


@pytest.mark.parametrize("form", [form for form in TABLES if form not in KEPT_HERE])
def test_a_file_holds_what_the_pages_show_and_nothing_more(
    world: World, officer: Visitor, form: str
) -> None:
    shown = rows_on_pages(world, officer, form)
    told = lines(world.get(officer, f"{address(form)}/export?format=csv"))
    body = [[cell or "–không có" for cell in line] for line in told[5:]]
    assert len(body) == len(shown) > 0
    given = [[re.sub(r"\D*$", "", c) if c[:1].isdigit() else c for c in row] for row in body]
    assert given == [[bare(cell) for cell in row] for row in shown]


def test_a_file_says_whose_it_is_from_when_and_that_it_is_generated(
    world: World, officer: Visitor
) -> None:
    head = lines(world.get(officer, f"{address('core.child')}/export"))[:5]
    assert [len(line) for line in head] == [1, 1, 1, 1, 6]
    assert "An Giang" in head[1][0]
    assert re.fullmatch(r"Thời điểm xuất: \d\d/\d\d/\d{4} \d\d:\d\d", head[2][0])
    assert head[3] == ["dữ liệu minh họa, không phải số liệu thật"]
    assert head[4][0] == "Mã trẻ em"


def test_both_kinds_of_file_hold_the_same(world: World, officer: Visitor) -> None:
    path = f"{address('core.household')}/export"
    book = openpyxl.load_workbook(
        io.BytesIO(world.get(officer, f"{path}?format=xlsx").content)
    ).active
    sheet = [
        ["" if c is None else str(c) for c in row] for row in book.iter_rows(5, values_only=True)
    ]
    assert sheet == lines(world.get(officer, path))[4:]


def test_no_name_is_in_any_file(world: World, officer: Visitor) -> None:
    for form in TABLES:
        answer = world.get(officer, f"{address(form)}/export")
        assert canary("an_giang") not in answer.content.decode()


def test_a_file_is_a_download_named_by_form_and_date(world: World, officer: Visitor) -> None:
    for kind, media in (("csv", "text/csv"), ("xlsx", "application/vnd.openxml")):
        headers = world.get(officer, f"{address('core.child')}/export?format={kind}").headers
        assert re.fullmatch(
            rf'attachment; filename="core-child-\d{{8}}\.{kind}"', headers["content-disposition"]
        )
        assert headers["content-type"].startswith(media)
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]


def test_an_export_is_written_down_with_its_count_and_classes(
    world: World, officer: Visitor
) -> None:
    count = len(lines(world.get(officer, f"{address('core.child')}/export"))) - 5
    entry = _last(
        world,
        "SELECT subject_id, classes, subject_kind FROM core.audit_entry "
        "WHERE action = 'export' ORDER BY at DESC LIMIT 1",
    )
    assert entry.subject_kind == "core.child"
    assert set(entry.classes) <= {"internal", "personal"}
    made = _last(world, "SELECT * FROM core.export_made WHERE id = :id", id=entry.subject_id)
    assert (made.row_count, made.format, made.subject_kind) == (count, "csv", "core.child")
    assert made.made_by == world.account("an_giang", "province_officer")


def _last(world: World, statement: str, **values: Any) -> Any:
    from sqlalchemy import text

    with world.database.admin.connect() as connection:
        return connection.execute(text(statement), values).one()


def test_who_may_not_take_a_list_away_is_not_offered_it(world: World, officer: Visitor) -> None:
    worker = world.visitor("an_giang", "commune_worker")
    for path in (address("core.child"), "/children"):
        assert "format=xlsx" in world.get(officer, path).text
        assert "format=xlsx" not in world.get(worker, path).text
    assert world.get(worker, f"{address('core.child')}/export").status_code == 403


def test_the_right_to_export_shows_no_list_that_one_may_not_see(world: World) -> None:
    district = world.visitor("an_giang", "district_officer")
    whole = world.visitor("an_giang", "province_officer")
    own = lines(world.get(district, f"{address('core.child')}/export"))
    assert len(own) < len(lines(world.get(whole, f"{address('core.child')}/export")))
    assert len(own) - 5 == len(rows_on_pages(world, district, "core.child"))


def test_every_form_whose_records_are_confidential_or_may_be_is_kept_here(world: World) -> None:
    forms = world.platform.registry.catalogue.forms
    hidden = Confidential | PartlyConfidential
    assert {form for form in TABLES if issubclass(forms[form].model, hidden)} == KEPT_HERE


@pytest.mark.parametrize("code", sorted(KEPT_HERE))
def test_a_confidential_list_is_never_exported(world: World, code: str) -> None:
    form = world.platform.registry.catalogue.forms[code]
    path = f"{address(code)}/export"
    for role in ("province_officer", "province_confidential_officer"):
        assert world.get(world.visitor("an_giang", role), path).status_code == 403
    with (
        world.platform.door.tenant_session(world.tenants["an_giang"]) as session,
        pytest.raises(RefusedError),
    ):
        export_records(session, form, "csv", _all_rights(world, form), HEADING)


def test_an_unknown_format_is_refused(world: World, officer: Visitor) -> None:
    answer = world.get(officer, f"{address('core.child')}/export?format=pdf")
    assert answer.status_code == 422
    assert "csv, xlsx" in answer.text


def test_an_export_that_cannot_be_written_down_does_not_happen(
    world: World, monkeypatch: pytest.MonkeyPatch, officer: Visitor
) -> None:
    before = world.scalar("SELECT count(*) FROM core.export_made")

    def broken(*_args: object, **_named: object) -> None:
        raise AuditError("no place left")

    monkeypatch.setattr(service, "record", broken)
    answer = world.get(officer, f"{address('core.child')}/export")
    assert answer.status_code == 500
    assert "TE-" not in answer.text
    assert world.scalar("SELECT count(*) FROM core.export_made") == before


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_list(
    world: World, kind: Any, tmp_path: Path, summary: Callable[[str], None]
) -> None:
    """A hundred thousand households, a page of them in memory."""
    _many(world, 100_000)
    tenant = world.tenants["an_giang"]
    who = _all_rights(world, HOUSEHOLD_FORM)
    with world.platform.door.tenant_session(tenant) as session:
        tracemalloc.start()
        made = export_records(session, HOUSEHOLD_FORM, kind, who, HEADING)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    with made.file:
        assert made.row_count >= 100_000
    assert peak < 12_000_000
    summary(f"{made.row_count} rows as {kind}: at most {peak / 1e6:.1f} MB of Python's memory")


def _many(world: World, count: int) -> None:
    world.run(
        """
        INSERT INTO core.household (tenant_id, id, commune_id, household_code, address, head_name,
            head_fold, poverty_status, poverty_year, residence_status, generated, created_at)
        SELECT h.tenant_id, gen_random_uuid(), h.commune_id, 'HO-X' || n, 'x', 'x', 'x', 'poor',
            2018, 'permanent', true, now() - n * interval '1 second'
        FROM (SELECT * FROM core.household WHERE tenant_id = :t ORDER BY id LIMIT 1) AS h,
            generate_series(1, :n) AS n
        ON CONFLICT DO NOTHING
        """,
        t=world.tenants["an_giang"],
        n=count,
    )


def _all_rights(world: World, form: Form) -> Principal:
    return Principal(
        account_id=None,
        tenant_id=world.tenants["an_giang"],
        tenant_slug="an_giang",
        display_name="x",
        roles=(),
        permissions=frozenset({form.sees, "core.export"}),
        reach=Reach.whole_tenant(),
    )
