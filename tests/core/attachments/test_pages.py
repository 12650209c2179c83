"""Papers as a browser meets them: attached, listed, downloaded for a minute, taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from core.attachments.links import LIFE, LinkMaker
from core.kit.clock import SystemClock
from core.kit.errors import RefusedError
from core.testing.database import TEST_SECRET
from tests.core.attachments.papers import PLACE, hostile, photograph, scan
from tests.core.web.filled_forms import filled, register_family
from tests.isolation.web_world import world, world_home, world_template

if TYPE_CHECKING:
    from httpx import Response

    from tests.isolation.web_world import Visitor, World

__all__ = ["world", "world_home", "world_template"]  # fixtures

FORM = "/records/orphan-care/detection"


@pytest.fixture(scope="module")
def worker(world: World) -> Visitor:
    """The commune worker of An Giang, who enters and sees."""
    return world.visitor("an_giang", "commune_worker")


@pytest.fixture(scope="module")
def record(world: World, worker: Visitor) -> str:
    """The address of a record that takes papers."""
    answers = filled(register_family(world, worker))["orphan_care"].answers
    stored = world.api(worker, f"/api/v1{FORM}", answers, key="papers-0001")
    assert stored.status_code == 201, stored.text
    return f"{FORM}/{stored.json()['id']}"


def send(
    world: World, who: Visitor, record: str, content: bytes, title: str = "Quyết định", **more: Any
) -> Response:
    """Send the page's form with a file."""
    files = {"file": ("Nguyễn Văn Mẫu.exe", content, "text/html")}
    return world.post(who, f"{record}/attachments", {"title": title}, files=files, **more)


def papers(world: World, who: Visitor, record: str) -> list[str]:
    """The addresses of a record's papers, from its page."""
    return re.findall(rf'href="({record}/attachments/[^"/]+)"', world.get(who, record).text)


def stored(world: World) -> tuple[int, int]:
    """How many attachments there are, and how many contents."""
    return (
        world.scalar("SELECT count(*) FROM core.attachment"),
        world.scalar("SELECT count(*) FROM core.attachment_content"),
    )


def fetched(world: World, who: Visitor, paper: str) -> Response:
    """The file, by the way a browser goes."""
    led = world.get(who, paper)
    assert led.status_code == 303, led.text
    return world.get(who, led.headers["location"])


@pytest.fixture(scope="module")
def paper(world: World, worker: Visitor, record: str) -> str:
    """The address of an attached scan."""
    answer = send(world, worker, record, scan(), "Quyết định trợ cấp số 12")
    assert answer.status_code == 303, answer.text
    (address,) = papers(world, worker, record)
    return address


def test_a_paper_is_listed_and_comes_back_as_it_was(
    world: World, worker: Visitor, record: str, paper: str
) -> None:
    page = world.get(worker, record).text
    assert "Quyết định trợ cấp số 12" in page
    assert 'enctype="multipart/form-data"' in page
    answer = fetched(world, worker, paper)
    assert answer.content == scan()
    assert answer.headers["content-type"] == "application/pdf"


def test_a_download_is_never_shown_and_named_by_form_and_date(
    world: World, worker: Visitor, paper: str
) -> None:
    headers = fetched(world, worker, paper).headers
    name = re.fullmatch(r'attachment; filename="([^"]+)"', headers["content-disposition"])
    assert name is not None
    assert re.fullmatch(r"orphan_care-detection-\d{8}-[0-9a-f]{8}\.pdf", name[1])
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "no-store"


def test_upload_and_download_are_written_down(world: World, worker: Visitor, paper: str) -> None:
    key = UUID(paper.rpartition("/")[2])

    def count(action: str) -> int:
        sql = "SELECT count(*) FROM core.audit_entry WHERE action = :a AND subject_id = :s"
        return int(world.scalar(sql, a=action, s=key))

    assert count("write") == 1
    before = count("read")
    fetched(world, worker, paper)
    assert count("read") == before + 1


def test_a_photograph_is_stored_without_its_place(
    world: World, worker: Visitor, record: str
) -> None:
    known = set(papers(world, worker, record))
    assert send(world, worker, record, photograph(), "Giấy khai sinh").status_code == 303
    (new,) = set(papers(world, worker, record)) - known
    assert PLACE.encode() not in fetched(world, worker, new).content
    where = "position(CAST(:p AS bytea) IN content) > 0"
    sql = f"SELECT count(*) FROM core.attachment_content WHERE {where}"  # noqa: S608  a literal
    assert world.scalar(sql, p=PLACE.encode()) == 0


def test_the_same_file_sent_twice_is_attached_once(
    world: World, worker: Visitor, record: str, paper: str
) -> None:
    before = stored(world)
    assert send(world, worker, record, scan(), "Lần hai").status_code == 303
    assert stored(world) == before
    assert paper in papers(world, worker, record)


def test_a_hostile_file_is_explained_and_nothing_is_stored(
    world: World, worker: Visitor, record: str
) -> None:
    before = stored(world)
    sentences = set()
    for name, content, rule in hostile():
        if rule == "too_large":
            continue  # the body is beyond the limit; tests/core/web/test_dangers.py
        answer = send(world, worker, record, content, "Giấy tờ của Mẫu")
        assert answer.status_code == 422, name
        assert 'value="Giấy tờ của Mẫu"' in answer.text
        said = re.search(r'href="#field-file">([^<]+)<', answer.text)
        assert said is not None, name
        sentences.add(said[1])
    assert len(sentences) == 18
    assert stored(world) == before


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_paper_without_a_name_is_refused(
    world: World, worker: Visitor, record: str, title: str
) -> None:
    before = stored(world)
    answer = send(world, worker, record, scan() + b"\n", title)
    assert answer.status_code == 422
    assert 'href="#field-title"' in answer.text
    assert stored(world) == before


def test_no_file_at_all_is_explained(world: World, worker: Visitor, record: str) -> None:
    answer = world.post(worker, f"{record}/attachments", {"title": "x"})
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in answer.text


def test_a_link_is_refused_after_a_minute_changed_or_for_another_sign_in(
    world: World, worker: Visitor, paper: str
) -> None:
    link = world.get(worker, paper).headers["location"]
    other = type(worker)("an_giang", worker.role, world.fresh_token("an_giang", worker.role))
    officer = world.visitor("an_giang", "province_officer")
    for who, address in (
        (other, link),
        (officer, link),
        (worker, link.replace("until=", "until=9")),
        (worker, link[:-1] + ("0" if link[-1] != "0" else "1")),
        (worker, f"{paper}/file"),
        (worker, f"{paper}/file?until=99999999999999999999999&signature=é"),
    ):
        answer = world.get(who, address)
        assert answer.status_code in {400, 403}, address
        assert b"%PDF" not in answer.content
    now = SystemClock().now()
    key = UUID(paper.rpartition("/")[2])
    old = LinkMaker(TEST_SECRET, worker.csrf).make(key, now - LIFE * 2)
    assert world.get(worker, f"{paper}/file?{old}").status_code == 403


def test_a_link_lives_sixty_seconds() -> None:
    links, key, now = (
        LinkMaker("secret", "sign-in"),
        uuid4(),
        SystemClock().now().replace(microsecond=0),
    )
    until, signature = re.findall(r"=([^&]+)", links.make(key, now))
    links.require(key, int(until), signature, now + LIFE)
    assert LIFE.total_seconds() == 60
    for wrong in (links, LinkMaker("secret", "another"), LinkMaker("other", "sign-in")):
        moment = now + LIFE * 1.1 if wrong is links else now
        with pytest.raises(RefusedError):
            wrong.require(key, int(until), signature, moment)
    with pytest.raises(RefusedError):
        links.require(uuid4(), int(until), signature, now)
    assert "secret" not in repr(links)


def test_the_records_own_check_is_made_again_when_a_link_is_used(
    world: World, worker: Visitor, record: str, paper: str
) -> None:
    """A file asked for through another record, or through one out of reach, is not there."""
    link = world.get(worker, paper).headers["location"]
    elsewhere = world.scalar(
        "SELECT id FROM orphan_care.orphan_care_record WHERE tenant_id = :t AND commune_id <> :c",
        t=world.tenants["an_giang"],
        c=world.commune("an_giang"),
    )
    officer = world.visitor("an_giang", "province_officer")
    key = paper.rpartition("/")[2]
    tail = link.removeprefix(f"{paper}/file")
    for who, address in (
        (worker, f"{FORM}/{elsewhere}/attachments/{key}/file{tail}"),
        (officer, f"{FORM}/{elsewhere}/attachments/{key}"),
        (officer, f"{FORM}/{elsewhere}/attachments/{key}/file{tail}"),
        (officer, f"{record}/attachments/{uuid4()}"),
        (officer, f"/records/core/household/{uuid4()}/attachments/{key}"),
    ):
        assert world.get(who, address).status_code == 404, address


@pytest.mark.parametrize("tenant", ["lao_cai", "tinh_ba"])
def test_a_paper_of_another_province_is_as_one_that_never_was(
    world: World, record: str, paper: str, tenant: str
) -> None:
    officer = world.visitor(tenant, "province_officer")
    never = f"{FORM}/{uuid4()}/attachments/{uuid4()}"
    for tail in ("", "/file"):
        answer, unknown = world.get(officer, paper + tail), world.get(officer, never + tail)
        assert (answer.status_code, answer.text) == (404, unknown.text)
    foreign = world.visitor(tenant, "commune_worker")
    assert world.post(foreign, f"{paper}/remove").status_code == 404
    assert send(world, foreign, record, scan()).status_code == 404
    assert paper


def test_who_may_not_enter_or_see_attaches_and_reads_nothing(
    world: World, record: str, paper: str
) -> None:
    before = stored(world)
    for role in ("province_officer", "collaborator", "province_leader", "auditor"):
        visitor = world.visitor("an_giang", role)
        assert send(world, visitor, record, scan() + b"\n").status_code == 403, role
        assert world.post(visitor, f"{paper}/remove").status_code == 403, role
    for role in ("collaborator", "province_leader", "province_confidential_officer"):
        visitor = world.visitor("an_giang", role)
        assert world.get(visitor, paper).status_code == 403, role
        assert world.get(visitor, f"{paper}/file").status_code == 403, role
    assert stored(world) == before


def test_records_of_other_forms_take_no_papers(world: World, worker: Visitor) -> None:
    rows = world.rows("an_giang").ids
    for form in ("core/household", "core/child", "child-labour/screening"):
        key = rows[form.replace("/", ".").replace("-", "_")][0]
        assert send(world, worker, f"/records/{form}/{key}", scan()).status_code == 404
        assert "multipart" not in world.get(worker, f"/records/{form}/{key}").text


def test_a_switched_off_programme_has_no_papers(world: World, worker: Visitor, paper: str) -> None:
    officer = world.visitor("an_giang", "province_officer")
    link = world.get(worker, paper).headers["location"]
    switch = "/programmes/orphan-care"
    world.post(officer, switch, {"on": "no", "confirmed": "yes"})
    try:
        assert world.get(worker, paper).status_code == 404
        assert world.get(worker, link).status_code == 404
    finally:
        assert world.post(officer, switch, {"on": "yes"}).status_code == 303
    assert fetched(world, worker, paper).status_code == 200


def test_what_was_attached_by_mistake_can_be_taken_away(
    world: World, worker: Visitor, record: str
) -> None:
    before = stored(world)
    known = set(papers(world, worker, record))
    send(world, worker, record, scan() + b"\n\n", "Nhầm hồ sơ")
    (wrong,) = set(papers(world, worker, record)) - known
    assert world.post(worker, f"{wrong}/remove").status_code == 303
    assert stored(world) == before
    assert world.get(worker, wrong).status_code == 404
    sql = "SELECT count(*) FROM core.audit_entry WHERE action = 'delete' AND subject_id = :s"
    assert world.scalar(sql, s=UUID(wrong.rpartition("/")[2])) == 1
