"""A list as a browser meets it: sent, taken in by the worker, its wrong rows taken back."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import openpyxl
import pytest
from dramatiq.errors import Retry
from sqlalchemy import select, update

from core.imports import service
from core.imports.jobs import import_kinds
from core.indicators.jobs import RECOUNT, recount_kind
from core.jobs.models import QUEUE
from core.jobs.policy import QueuePolicy
from core.jobs.runner import JobRunner
from tests.core.imports.books import GOOD, book
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from httpx import Response

    from core.jobs.kinds import JobKind
    from tests.isolation.web_world import Visitor, World

__all__ = ["world", "world_home", "world_template"]  # fixtures

PAGE = "/children/import"


@pytest.fixture(scope="module")
def worker(world: World) -> Visitor:
    """The commune worker of An Giang, who enters in one commune."""
    return world.visitor("an_giang", "commune_worker")


def send(world: World, who: Visitor, content: bytes, **choices: str) -> Response:
    """Send the page's form with a file, under a name that lies."""
    files = {"file": ("Nguyễn Văn Mẫu.pdf", content, "application/pdf")}
    return world.post(who, PAGE, choices, files=files)


def rows(*names: str, **more: Any) -> bytes:
    return book([GOOD | {"full_name": name} | more for name in names])


def work_off(world: World) -> list[str]:
    """Do all jobs of lists that wait, as a worker does; which kinds were asked for, in order."""
    recount = recount_kind(world.platform.registry.catalogue.measures)
    made = import_kinds(world.platform.registry, (recount,), world.platform.clock, size=2)
    kinds = {kind.name: kind for kind in made}
    runner = JobRunner(world.platform.door, QueuePolicy())
    asked: list[str] = []
    while True:
        with world.database.admin.begin() as connection:
            waiting = connection.execute(
                select(QUEUE.c.message_id, QUEUE.c.message).where(QUEUE.c.state == "queued")
            ).all()
            ours = [one for one in waiting if one.message["actor_name"] in {*kinds, RECOUNT}]
            for one in ours:
                connection.execute(
                    update(QUEUE)
                    .where(QUEUE.c.message_id == one.message_id)
                    .values(state="consumed")
                )
        if not ours:
            return asked
        for one in ours:
            name, (tenant, *identifiers) = one.message["actor_name"], one.message["args"]
            asked.append(name)
            if name in kinds:
                perform(runner, kinds[name], one.message_id, tenant, *identifiers)


def perform(runner: JobRunner, kind: JobKind, job_id: UUID, tenant: int, *identifiers: str) -> None:
    """As a worker does: again until it is done or set aside."""
    while True:
        with suppress(Retry):
            return runner.perform(kind, job_id, tenant, identifiers)


def sent(world: World, who: Visitor, content: bytes, **choices: str) -> str:
    """The address of a list that was sent and taken in."""
    work_off(world)
    answer = send(world, who, content, **choices)
    assert answer.status_code == 303, answer.text
    address: str = answer.headers["location"]
    return address


def in_register(world: World, name: str) -> int:
    found: int = world.scalar("SELECT count(*) FROM core.child WHERE full_name = :name", name=name)
    return found


def test_list_is_sent_watched_and_taken_in(world: World, worker: Visitor) -> None:
    assert PAGE in world.get(worker, "/children").text
    address = sent(world, worker, rows("Đỗ Mười Một", "Đỗ Mười Hai", "Đỗ Mười Ba"))
    waiting = world.get(worker, address)
    assert waiting.headers["refresh"] == "4"
    assert "Đang chờ" in waiting.text
    assert in_register(world, "Đỗ Mười Một") == 0
    asked = work_off(world)
    assert asked == ["imports.take_apart", "imports.take_in", "imports.take_in", RECOUNT]
    done = world.get(worker, address)
    assert "refresh" not in done.headers
    assert "Mọi dòng đều đúng" in done.text
    assert address in world.get(worker, PAGE).text
    assert [in_register(world, f"Đỗ Mười {n}") for n in ("Một", "Hai", "Ba")] == [1, 1, 1]
    by = world.scalar("SELECT created_by FROM core.child WHERE full_name = 'Đỗ Mười Một'")
    assert by == world.account("an_giang", "commune_worker")


def test_wrong_rows_come_back_in_a_workbook_that_can_be_sent_again(
    world: World, worker: Visitor
) -> None:
    wrong = {"sex": "?", "health_insurance_card": "=cmd|' /C calc'!A0"}
    content = book([GOOD | {"full_name": "Đỗ Hai Một"}, GOOD | {"full_name": "Đỗ Hai Hai"} | wrong])
    address = sent(world, worker, content)
    work_off(world)
    seen = world.get(worker, address).text
    assert "Giới tính: Lựa chọn này không có" in seen
    assert "Đỗ Hai Hai" not in seen  # names stand in the file alone
    before = world.scalar("SELECT count(*) FROM core.audit_entry WHERE action = 'export'")
    file = world.get(worker, f"{address}/rows")
    assert file.headers["content-disposition"].startswith('attachment; filename="dong-chua-nhap-')
    assert world.scalar("SELECT count(*) FROM core.audit_entry WHERE action = 'export'") > before
    sheet = openpyxl.load_workbook(BytesIO(file.content)).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(cells) if row[0] == "Dòng")
    assert cells[head + 1][:3] == [3, cells[head + 1][1], "Đỗ Hai Hai"]
    card = sheet.cell(head + 2, cells[head].index("Số thẻ bảo hiểm y tế") + 1)
    assert (card.data_type, card.quotePrefix) == ("s", True)
    sheet.cell(head + 2, cells[head].index("Giới tính") + 1).value = "Nữ"
    card.value = None
    again = BytesIO()
    sheet.parent.save(again)
    sent(world, worker, again.getvalue())
    work_off(world)
    assert in_register(world, "Đỗ Hai Hai") == 1


def test_trial_stores_nothing(world: World, worker: Visitor) -> None:
    address = sent(world, worker, rows("Đỗ Ba Một"), dry_run="yes")
    work_off(world)
    seen = world.get(worker, address).text
    assert "chạy thử" in seen
    assert "Trẻ mới sẽ được thêm" in seen
    assert in_register(world, "Đỗ Ba Một") == 0


def test_file_that_is_none_is_refused_at_its_field(world: World, worker: Visitor) -> None:
    answer = send(world, worker, b"%PDF-1.7", updates="yes")
    assert answer.status_code == 422
    assert "không phải sổ tính Excel" in answer.text
    assert 'id="field-file-error"' in answer.text
    assert re.search(r'name="updates"[^>]*value="yes" checked', answer.text)


def test_list_refused_whole_says_why_on_its_page(world: World, worker: Visitor) -> None:
    address = sent(world, worker, book([{"full_name": "Đỗ Bốn Một", "sex": "Nam"}]))
    work_off(world)
    assert "Thiếu cột bắt buộc: «Ngày sinh»" in world.get(worker, address).text


def test_list_of_somebody_else_is_as_one_that_never_was(world: World, worker: Visitor) -> None:
    address = sent(world, worker, rows("Đỗ Năm Một", sex="?"))
    work_off(world)
    never = f"/children/imports/{uuid4()}"
    for other in (("lao_cai", "commune_worker"), ("tinh_ba", "commune_worker")):
        who = world.visitor(*other)
        for part in ("", "/rows"):
            answers = [world.get(who, f"{at}{part}") for at in (address, never)]
            assert [one.status_code for one in answers] == [404, 404]
            assert answers[0].text == answers[1].text.replace(never, address)
        stops = [world.post(who, f"{at}/stop", {}) for at in (address, never)]
        assert [one.status_code for one in stops] == [404, 404]
    # another person of the same commune either
    other_id = uuid4()
    own = UUID(address.rpartition("/")[2])
    world.run("UPDATE core.child_import SET asked_by = :by WHERE id = :id", by=other_id, id=own)
    assert world.get(worker, address).status_code == 404
    assert world.get(worker, f"{address}/rows").status_code == 404


@pytest.mark.parametrize("role", ["province_officer", "commune_leader", "collaborator"])
def test_roles_that_register_no_children_send_no_lists(world: World, role: str) -> None:
    who = world.visitor("an_giang", role)
    assert world.get(who, PAGE).status_code == 403
    assert send(world, who, rows("Đỗ Sáu Một")).status_code == 403


def test_closed_account_ends_its_list(world: World, worker: Visitor) -> None:
    address = sent(world, worker, rows("Đỗ Bảy Một"))
    account = world.account("an_giang", "commune_worker")
    disable = "UPDATE core.account SET is_active = :on, disabled_at = :at WHERE id = :id"
    world.run(disable, on=False, at=datetime.now(UTC), id=account)
    try:
        work_off(world)
    finally:
        world.run(disable, on=True, at=None, id=account)
    assert in_register(world, "Đỗ Bảy Một") == 0
    assert "không còn quyền" in world.get(worker, address).text


def test_stopped_list_takes_in_no_more(world: World, worker: Visitor) -> None:
    address = sent(world, worker, rows("Đỗ Tám Một"))
    assert world.post(worker, f"{address}/stop", {}).status_code == 303
    work_off(world)
    assert "Bạn đã dừng" in world.get(worker, address).text
    assert in_register(world, "Đỗ Tám Một") == 0
    left = world.scalar("SELECT count(*) FROM core.child_import_file")
    assert left == 0


def template_of(world: World, worker: Visitor) -> tuple[bytes, Any]:
    """The workbook to fill in, as a file and opened."""
    file = world.get(worker, f"{PAGE}/template").content
    return file, openpyxl.load_workbook(BytesIO(file))


def test_template_is_taken_in_once_it_is_filled_and_its_sample_never(
    world: World, worker: Visitor
) -> None:
    file, filled = template_of(world, worker)
    sheet = filled["Trẻ em"]
    headings = [cell.value for cell in sheet[1]]
    assert {"Ghi chú", "Họ và tên trẻ", "Ngày sinh", "Xã, phường, thị trấn"} <= set(headings)
    assert "Mã trẻ em" not in headings
    assert {"Danh mục", "Hướng dẫn"} <= set(filled.sheetnames)
    untouched = sent(world, worker, file)
    work_off(world)
    assert "không có dòng nào để nhập" in world.get(worker, untouched).text
    commune = sheet.cell(2, headings.index("Xã, phường, thị trấn") + 1).value
    answers = {
        "Họ và tên trẻ": "Đỗ Chín Một",
        "Giới tính": "Nữ",
        "Ngày sinh": date(2015, 3, 1),
        "Dân tộc": "Tày",
        "Đăng ký khai sinh": "Đã đăng ký đúng hạn",
        "Xã, phường, thị trấn": commune,
        "Quan hệ với chủ hộ": "Không thuộc hộ gia đình nào",
        "Tình trạng cư trú": "Tạm trú",
        "Tình trạng học tập": "Mẫu giáo",
    }
    for heading, value in answers.items():
        sheet.cell(3, headings.index(heading) + 1).value = value
    written = BytesIO()
    filled.save(written)
    address = sent(world, worker, written.getvalue())
    work_off(world)
    assert "Mọi dòng đều đúng" in world.get(worker, address).text
    assert in_register(world, "Đỗ Chín Một") == 1
    assert in_register(world, "Nguyễn Văn Mẫu") == 0


def test_template_brings_a_household_and_the_page_says_how_many_are_new(
    world: World, worker: Visitor
) -> None:
    _, filled = template_of(world, worker)
    sheet = filled["Trẻ em"]
    headings = [cell.value for cell in sheet[1]]
    at = {heading: place for place, heading in enumerate(headings, start=1)}
    assert sheet.cell(2, at["Số thứ tự hộ"]).value == "1"
    for heading, place in at.items():  # as an officer does: the sample, changed
        if heading != "Ghi chú":
            for row in (3, 4):
                sheet.cell(row, place).value = sheet.cell(2, place).value
    sheet.cell(3, at["Họ và tên trẻ"]).value = "Đỗ Hộ Một"
    sheet.cell(4, at["Họ và tên trẻ"]).value = "Đỗ Hộ Hai"
    sheet.cell(4, at["Giới tính"]).value = "?"
    written = BytesIO()
    filled.save(written)
    counted = "SELECT count(*) FROM core.household WHERE head_name = 'Nguyễn Văn Chủ'"
    address = sent(world, worker, written.getvalue(), dry_run="yes")
    work_off(world)
    assert re.search(
        r"Hộ mới sẽ được lập\s*</dt>\s*<dd[^>]*>\s*1\s*<", world.get(worker, address).text
    )
    assert world.scalar(counted) == 0
    address = sent(world, worker, written.getvalue())
    work_off(world)
    assert re.search(
        r"Hộ mới được lập\s*</dt>\s*<dd[^>]*>\s*1\s*<", world.get(worker, address).text
    )
    assert (world.scalar(counted), in_register(world, "Đỗ Hộ Một")) == (1, 1)
    code = world.scalar(counted.replace("count(*)", "household_code"))
    back = openpyxl.load_workbook(BytesIO(world.get(worker, f"{address}/rows").content)).active
    cells = [[cell.value for cell in row] for row in back.iter_rows()]
    head = next(row for row in cells if row[0] == "Dòng")
    assert cells[-1][head.index("Hộ gia đình")] == code
    back.cell(len(cells), head.index("Giới tính") + 1).value = "Nữ"
    again = BytesIO()
    back.parent.save(again)
    sent(world, worker, again.getvalue())
    work_off(world)
    assert (world.scalar(counted), in_register(world, "Đỗ Hộ Hai")) == (1, 1)
    joined = "SELECT count(DISTINCT household_id) FROM core.child WHERE full_name LIKE 'Đỗ Hộ %'"
    assert world.scalar(joined) == 1


def test_page_of_a_list_without_households_says_nothing_of_them(
    world: World, worker: Visitor
) -> None:
    address = sent(world, worker, rows("Đỗ Không Hộ"))
    work_off(world)
    assert "Hộ mới" not in world.get(worker, address).text


def test_corrections_of_a_list_stand_in_the_childs_history(world: World, worker: Visitor) -> None:
    sent(world, worker, rows("Đỗ Mốt Một"))
    work_off(world)
    found = "SELECT {} FROM core.child WHERE full_name = 'Đỗ Mốt Một'"
    code, child = (world.scalar(found.format(column)) for column in ("child_code", "id"))
    history = f"/records/core/child/{child}/history"
    assert history not in world.get(worker, f"/children/{child}").text
    address = sent(world, worker, book([{"child_code": code, "sex": "Nữ"}]), updates="yes")
    work_off(world)
    assert "Hồ sơ được sửa" in world.get(worker, address).text
    assert history in world.get(worker, f"/children/{child}").text
    told = world.get(worker, history).text
    assert "Nam" in told
    assert "Nữ" in told


def test_no_name_stands_in_a_job_or_in_plain_text(world: World, worker: Visitor) -> None:
    sent(world, worker, rows("Khúc Thừa Dụ Mười", sex="?"))
    work_off(world)
    held = world.scalar("SELECT string_agg(message::text, ' ') FROM jobs.queue")
    kept = world.scalar(
        "SELECT string_agg(encode(coalesce(findings, rows), 'escape'), ' ') "
        "FROM core.child_import_chunk"
    )
    assert "Khúc" not in held + kept
    assert "Kh\\303\\272c" not in kept


def test_list_whose_work_fails_each_time_says_so_and_is_started_again(
    world: World, worker: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Đỗ Kẹt Một")

    address = sent(world, worker, rows("Đỗ Kẹt Một", "Đỗ Kẹt Hai", "Đỗ Kẹt Ba"))
    monkeypatch.setattr(service, "take_rows", broken)
    work_off(world)
    still = world.get(worker, address)
    assert "refresh" not in still.headers
    assert "đứng lại vì lỗi của hệ thống" in still.text
    assert "Nhập tiếp" in still.text
    assert "Đứng lại vì lỗi" in world.get(worker, PAGE).text
    monkeypatch.undo()
    work_off(world)
    assert in_register(world, "Đỗ Kẹt Một") == 0  # nothing goes on by itself
    assert world.post(worker, f"{address}/resume", {}).status_code == 303
    assert world.get(worker, address).headers["refresh"] == "4"
    work_off(world)
    done = world.get(worker, address).text
    assert "Mọi dòng đều đúng" in done
    assert "Nhập tiếp" not in done
    assert [in_register(world, f"Đỗ Kẹt {n}") for n in ("Một", "Hai", "Ba")] == [1, 1, 1]


def test_likely_doubles_are_taken_in_when_the_sender_says_they_are_other_children(
    world: World, worker: Visitor
) -> None:
    names = [f"Đỗ Trùng {n}" for n in ("Một", "Hai", "Ba")]
    sent(world, worker, rows(*names))
    work_off(world)
    address = sent(world, worker, rows(*names, sex="Nữ"))
    work_off(world)
    told = world.get(worker, address).text
    assert re.findall(r'name="rows"[^>]*value="([0-9]+)"', told) == ["2", "3", "4"]
    assert "Tất cả là trẻ khác: nhập cả 3 dòng" in told
    for _ in range(2):
        assert world.post(worker, f"{address}/others", {"rows": "3"}).status_code == 303
        work_off(world)
    assert [in_register(world, name) for name in names] == [1, 2, 1]
    assert world.post(worker, f"{address}/others", {}).status_code == 303
    for number in ("²", "9" * 5000, "-3", "x"):
        assert world.post(worker, f"{address}/others", {"rows": number}).status_code == 303
    assert world.post(worker, f"{address}/others", {"all": "yes"}).status_code == 303
    work_off(world)
    assert [in_register(world, name) for name in names] == [2, 2, 2]
    approved = "SELECT count(*) FROM core.audit_entry WHERE action = 'approve' AND subject_id = :id"
    assert world.scalar(approved, id=UUID(address.rpartition("/")[2])) == 2
    assert "Mọi dòng đều đúng" in world.get(worker, address).text
