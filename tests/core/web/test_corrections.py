"""Correcting a record and keeping a draft, on the pages and through the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.core.web.filled_register import child, household

if TYPE_CHECKING:
    from httpx import Response

    from tests.isolation.web_world import Visitor, World

HOUSEHOLDS = "core/household"


def _entered(world: World, worker: Visitor, key: str) -> tuple[str, dict[str, Any]]:
    answers = household(str(world.commune(worker.tenant)))
    stored = world.api(worker, f"/api/v1/records/{HOUSEHOLDS}", answers, key=key)
    assert stored.status_code == 201
    return str(stored.json()["id"]), answers


def _version(page: Response) -> str:
    found = re.search(r'name="_version" value="(\d+)"', page.text)
    assert found is not None
    return found[1]


def _send(
    world: World, who: Visitor, verb: tuple[str, str], body: dict[str, Any], match: str = ""
) -> Response:
    method, record = verb
    headers = {"Authorization": f"Bearer {who.token}", "If-Match": match}
    path = f"/api/v1/records/{HOUSEHOLDS}/{record}"
    return world.client.request(method, path, json=body, headers=headers)


def test_a_record_is_corrected_on_its_page(world: World, worker: Visitor) -> None:
    record, answers = _entered(world, worker, "corrected on a page")
    at = f"/records/{HOUSEHOLDS}/{record}"
    assert f'href="{at}/correct"' in world.get(worker, at).text
    page = world.get(worker, f"{at}/correct")
    assert 'value="Nguyễn Văn Mẫu"' in page.text
    assert 'name="commune_id"' not in page.text  # a household moves with its children
    sent = answers | {"_version": _version(page), "head_name": "Nguyễn Văn Sửa"}
    wrong = world.post(worker, f"{at}/correct", sent | {"poverty_year": "1800"})
    assert wrong.status_code == 422
    assert 'id="field-poverty_year-error"' in wrong.text
    assert 'value="Nguyễn Văn Sửa"' in wrong.text
    done = world.post(worker, f"{at}/correct", sent)
    assert (done.status_code, done.headers["location"]) == (303, f"{at}?saved=1")
    history = world.get(worker, f"{at}/history").text
    assert "Nguyễn Văn Mẫu" in history
    assert "Nguyễn Văn Sửa" in history
    count = "SELECT count(*) FROM core.audit_entry WHERE subject_id = :id AND action = 'write'"
    assert world.scalar(count, id=record) == 2


def test_who_comes_second_sees_what_the_first_wrote_and_loses_nothing(
    world: World, worker: Visitor
) -> None:
    record, answers = _entered(world, worker, "corrected by two")
    at = f"/records/{HOUSEHOLDS}/{record}/correct"
    version = _version(world.get(worker, at))
    world.post(worker, at, answers | {"_version": version, "address": "Tổ 5"})
    second = world.post(worker, at, answers | {"_version": version, "address": "Tổ 6"})
    assert second.status_code == 409
    assert "Trong lúc bạn sửa" in second.text
    assert "Hiện nay hồ sơ ghi: Tổ 5" in second.text
    assert 'value="Tổ 6"' in second.text
    again = world.post(worker, at, answers | {"_version": _version(second), "address": "Tổ 6"})
    assert again.status_code == 303


def test_a_record_is_corrected_through_the_api(world: World, worker: Visitor) -> None:
    record, answers = _entered(world, worker, "corrected by a program")
    assert _send(world, worker, ("PATCH", record), {"address": "Tổ 7"}).status_code == 422
    done = _send(world, worker, ("PATCH", record), {"address": "Tổ 7"}, '"0"')
    assert done.json() == {"id": record, "version": 1, "changed": True}
    late = _send(world, worker, ("PUT", record), answers | {"address": "Tổ 8"}, "0")
    assert (late.status_code, late.json()["type"]) == (409, "urn:annhi:forms.record_changed")
    wrong = _send(world, worker, ("PUT", record), answers | {"residence_status": "?"}, "1")
    assert [error["field"] for error in wrong.json()["errors"]] == ["residence_status"]
    shown = world.get(worker, f"/api/v1/records/{HOUSEHOLDS}/{record}").json()
    assert (shown["address"], shown["head_name"], shown["version"]) == (
        "Tổ 7",
        "Nguyễn Văn Mẫu",
        1,
    )
    (kept,) = world.get(worker, f"/api/v1/records/{HOUSEHOLDS}/{record}/history").json()
    assert kept["values"] == [["Địa chỉ", "Tổ 4", "Tổ 7"]]


def test_a_form_that_corrects_nothing_has_no_page_for_it(world: World, worker: Visitor) -> None:
    record = world.rows(worker.tenant).ids["core.poverty_year"][0]
    assert world.get(worker, f"/records/core/poverty-year/{record}/correct").status_code == 404


def test_a_draft_is_kept_found_and_gone_with_the_record(world: World, worker: Visitor) -> None:
    answers = household(str(world.commune(worker.tenant)))
    typed = answers | {"head_name": "Người Nháp", "poverty_year": "hai nghìn", "_draft": "1"}
    kept = world.post(worker, f"/forms/{HOUSEHOLDS}", typed | {"_key": "a draft's key"})
    assert kept.status_code == 303
    page = world.get(worker, kept.headers["location"])
    assert 'value="Người Nháp"' in page.text
    assert 'value="hai nghìn"' in page.text
    draft = re.search(r'name="_draft_id" value="([0-9a-f-]+)"', page.text)
    assert draft is not None
    assert draft[1] in world.get(worker, "/forms").text
    other = world.visitor(worker.tenant, "province_officer")
    assert draft[1] not in world.get(other, "/forms").text
    assert world.get(other, kept.headers["location"]).status_code in {403, 404}
    world.post(other, f"/drafts/{draft[1]}/delete")
    count = "SELECT count(*) FROM core.form_draft"
    assert world.scalar(count) == 1
    sent = answers | {"_draft_id": draft[1], "_key": "a draft's key"}
    assert world.post(worker, f"/forms/{HOUSEHOLDS}", sent).status_code == 303
    assert world.scalar(count) == 0


def test_a_child_is_corrected_from_its_page_and_stays_in_its_commune(
    world: World, worker: Visitor
) -> None:
    commune = str(world.commune(worker.tenant))
    home = world.api(worker, "/api/v1/records/core/household", household(commune), key="home of c")
    answers = child(commune, str(home.json()["id"]))
    stored = world.api(worker, "/api/v1/records/core/child", answers, key="a child to correct")
    record = stored.json()["id"]
    at = f"/records/core/child/{record}/correct"
    assert f'href="{at}"' in world.get(worker, f"/children/{record}").text
    page = world.get(worker, at)
    assert 'name="commune_id"' not in page.text  # a child moves by a move
    sent = answers | {"_version": _version(page), "health_insurance_card": "TE1890000000007"}
    assert world.post(worker, at, sent).status_code == 303
    shown = world.get(worker, f"/children/{record}").text
    assert "TE1890000000007" in shown
    assert f"/records/core/child/{record}/history" in shown
