"""Filling in forms: mistakes are explained in place, nothing typed is lost, nothing doubled."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.core.web.filled_forms import FORMS, filled, with_records

if TYPE_CHECKING:
    from httpx import Response

    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World


def _at_fault(answer: Response) -> set[str]:
    return set(re.findall(r'id="field-([\w.]+)-error"', answer.text))


@pytest.mark.parametrize("programme", FORMS)
def test_two_mistakes_are_explained_at_their_fields_and_nothing_typed_is_lost(
    world: World, family: Family, programme: str
) -> None:
    form = filled(with_records(world, family, programme))[programme]
    worker = world.visitor("an_giang", form.role)
    path = f"/forms/{form.address}"
    answer = world.post(
        worker, path, {"_key": f"two mistakes {programme}"} | form.answers | form.mistakes
    )
    assert answer.status_code == 422
    assert _at_fault(answer) == set(form.at_fault)
    summary = answer.text.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#field-([\w.]+)"', summary) == list(form.at_fault)
    for name, typed in (form.answers | form.mistakes).items():
        for value in [typed] if isinstance(typed, str) else typed:
            kept = (
                rf'name="{name}"[^>]*value="{re.escape(value)}"',
                rf'value="{re.escape(value)}" (selected|checked)',
                rf'name="{re.escape(name)}"[^>]*>\s*{re.escape(value)}<',
            )
            assert any(re.search(pattern, answer.text) for pattern in kept), name


@pytest.mark.parametrize("programme", FORMS)
def test_the_same_key_sent_twice_stores_once(world: World, family: Family, programme: str) -> None:
    form = filled(with_records(world, family, programme))[programme]
    worker = world.visitor("an_giang", form.role)
    sent = {"_key": f"sent twice {programme}"} | form.answers
    count = "SELECT count(*) FROM core.form_entry WHERE idempotency_key = :key"
    first = world.post(worker, f"/forms/{form.address}", sent)
    again = world.post(worker, f"/forms/{form.address}", sent)
    assert (first.status_code, again.status_code) in {(303, 303), (200, 200)}
    assert first.headers.get("location") == again.headers.get("location")
    assert world.scalar(count, key=sent["_key"]) == 1


@pytest.mark.parametrize("programme", FORMS)
def test_a_program_stores_what_a_page_does(world: World, family: Family, programme: str) -> None:
    form = filled(with_records(world, family, programme))[programme].second()
    worker = world.visitor("an_giang", form.role)
    path = f"/api/v1/records/{form.address}"
    wrong = world.api(worker, path, form.mistaken, key=f"wrong {programme}")
    assert tuple(error["field"] for error in wrong.json()["errors"]) == form.at_fault
    stored = world.api(worker, path, form.body, key=f"program {programme}")
    assert stored.status_code == 201, stored.text
    reader = world.visitor("an_giang", form.reader or form.role)
    listed = world.get(reader, path).json()["items"]
    assert listed[0]["id"] == stored.json()["id"]
    told = world.get(reader, f"{path}/{stored.json()['id']}")
    assert told.status_code == 200, told.text


def test_the_same_key_with_other_answers_is_refused(
    world: World, worker: Visitor, family: Family
) -> None:
    form = filled(family)["drowning_prevention"]
    path = f"/api/v1/records/{form.address}"
    assert world.api(worker, path, form.answers, key="once and for all").status_code == 201
    repeated = world.api(worker, path, form.answers, key="once and for all")
    assert (repeated.status_code, repeated.json()["repeated"]) == (200, True)
    other = world.api(worker, path, form.answers | {"cause": "fall"}, key="once and for all")
    assert (other.status_code, other.json()["type"]) == (409, "urn:annhi:conflict")


def test_one_key_sent_eight_times_at_once_stores_once(
    world: World, worker: Visitor, family: Family
) -> None:
    """Each of the eight assumes that it is the first; seven are done again and find the record."""
    form = filled(family)["drowning_prevention"]
    path = f"/api/v1/records/{form.address}"

    def send(_: int) -> Response:
        return world.api(worker, path, form.answers, key="eight at once")

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    record = answers[0].json()["id"]
    for table, column in (("core.form_entry", "record_id"), ("core.audit_entry", "subject_id")):
        count = f"SELECT count(*) FROM {table} WHERE {column} = :id"  # noqa: S608  names of our own
        assert world.scalar(count, id=record) == 1


def test_the_api_names_every_field_at_fault(world: World, worker: Visitor, family: Family) -> None:
    form = filled(family)["child_labour"]
    answer = world.api(
        worker, f"/api/v1/records/{form.address}", form.answers | form.mistakes, key="12345678"
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    faults = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert tuple(faults) == form.at_fault
    assert "7 lần" in faults["hours_per_week"]


def test_a_record_without_a_key_is_refused(world: World, worker: Visitor, family: Family) -> None:
    form = filled(family)["drowning_prevention"]
    answer = world.api(worker, f"/api/v1/records/{form.address}", form.answers)
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:annhi:malformed"


def test_nobody_sets_what_the_form_does_not_list(
    world: World, worker: Visitor, family: Family
) -> None:
    form = filled(family)["drowning_prevention"]
    more = {"tenant_id": "2", "generated": "yes", "created_by": "x", "id": "0" * 32}
    answer = world.api(
        worker, f"/api/v1/records/{form.address}", form.answers | more, key="more than asked"
    )
    stored = world.scalar(
        "SELECT tenant_id FROM drowning_prevention.child_injury_incident WHERE id = :id "
        "AND NOT generated",
        id=answer.json()["id"],
    )
    assert stored == world.tenants["an_giang"]


def test_a_stored_record_is_shown_and_stands_first_in_the_list(
    world: World, worker: Visitor, family: Family
) -> None:
    form = filled(family)["orphan_care"]
    sent = world.post(worker, f"/forms/{form.address}", {"_key": "shown at once"} | form.answers)
    shown = sent.headers["location"].partition("?")[0]
    page = world.get(worker, sent.headers["location"])
    assert "Đã lưu" in page.text
    assert "20/02/2018" in page.text
    listed = world.get(worker, f"/records/{form.address}").text
    assert re.findall(r'href="(/records/orphan-care/detection/[0-9a-f-]+)"', listed)[0] == shown


def test_typed_html_comes_back_as_text(world: World, worker: Visitor, family: Family) -> None:
    form = filled(family)["child_labour"]
    typed = {"occupation": "<script>alert(1)</script>", "hours_per_day_max": "x"}
    answer = world.post(
        worker, f"/forms/{form.address}", {"_key": "12345678"} | form.answers | typed
    )
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
