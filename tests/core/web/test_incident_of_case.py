"""A confidential case offers to report an urgent incident, and neither tells of the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.core.web.test_cases import UNKNOWN, intake, opened

if TYPE_CHECKING:
    from tests.core.web.filled_forms import Family
    from tests.isolation.web_world import Visitor, World

REPORT = "/forms/core/urgent-incident"
OFFERED = re.compile(rf'href="({REPORT}[^"]*)"')
KNOWN = {
    "sexual": "abuse",
    "violence": "violence",
    "trafficking": "trafficking",
    "exploitation": "labour_exploitation",
    "neglect_abandonment": "abandonment",
    "other": None,
}
NAME, CONDITION = "Trần Thị Kín", "Trẻ hoảng sợ, không nói."
ABUSED = {"subject": "abused", "abuse_types": ["violence"], "child_condition": CONDITION}


def offered(page: str) -> list[str]:
    """The addresses of reports that a page offers."""
    return OFFERED.findall(page)


def filled_in(page: str) -> dict[str, str]:
    """The answers that stand in a form's page."""
    typed = re.findall(
        r'<input(?=[^>]*\bname="(\w+)")(?=[^>]*\bvalue="([^"]+)")[^>]*type="text"', page
    )
    typed += re.findall(
        r'<input(?=[^>]*\bname="(\w+)")(?=[^>]*\bvalue="([^"]+)")[^>]*\bchecked', page
    )
    for name, options in re.findall(
        r'<select[^>]*\bname="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        typed += [(name, one) for one in re.findall(r'value="([^"]+)"[^>]*\bselected', options)]
    return dict(typed)


@pytest.fixture(scope="module")
def hidden(world: World, worker: Visitor, family: Family) -> str:
    """A confidential case about a child of the register."""
    child = world.scalar("SELECT id FROM core.child WHERE child_code = :c", c=family.child)
    known = ABUSED | {"child_ref": str(child), "child_name": NAME}
    return opened(world, worker, "hidden-0001", **known)


@pytest.mark.parametrize("suffered", KNOWN)
def test_a_confidential_case_offers_an_incident_filled_with_what_names_nobody(
    world: World, worker: Visitor, suffered: str
) -> None:
    key = f"told {suffered}"
    case = opened(world, worker, key, subject="abused", abuse_types=[suffered], child_name=NAME)
    (address,) = offered(world.get(worker, f"/cases/{case}").text)
    page = world.get(worker, address)
    assert page.status_code == 200
    received = (
        "SELECT to_char(received_at + interval '7 hours', 'DD/MM/YYYY HH24:MI') FROM core.case"
    )
    expected = {
        "commune_id": str(world.commune("an_giang")),
        "learned_at": world.scalar(f"{received} WHERE id = :id", id=case).lstrip("0"),
        "children_count": "1",
    }
    told = filled_in(page.text)
    told["learned_at"] = told["learned_at"].lstrip("0")
    assert told == expected | ({"kind": KNOWN[suffered]} if KNOWN[suffered] else {})


def test_the_report_holds_no_trace_of_the_child_or_the_case(
    world: World, worker: Visitor, hidden: str, family: Family
) -> None:
    (address,) = offered(world.get(worker, f"/cases/{hidden}").text)
    page = world.get(worker, address).text
    code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=hidden)
    intake_id = address.rpartition("/")[2]
    child = world.scalar("SELECT id FROM core.child WHERE child_code = :c", c=family.child)
    traces = (code, hidden, intake_id, str(child), family.child, NAME, CONDITION)
    assert [one for one in traces if one in page] == []
    answers = filled_in(page) | {
        "_key": "told-upwards",
        "occurred_at": "01/03/2018 06:00",
        "first_report_text": "Một em bị bạo lực.",
    }
    stored = world.post(worker, REPORT, answers)
    assert stored.status_code == 303, stored.text
    incident = stored.headers["location"].rpartition("/")[2].partition("?")[0]
    row = world.scalar(
        "SELECT to_jsonb(i)::text FROM core.urgent_incident i WHERE id = :i", i=incident
    )
    notes = world.scalar(
        "SELECT jsonb_agg(to_jsonb(a))::text FROM core.audit_entry a WHERE subject_id = :i",
        i=incident,
    )
    notices = world.scalar(
        "SELECT jsonb_agg(to_jsonb(n))::text FROM core.incident_notice n WHERE incident_id = :i",
        i=incident,
    )
    told = f"{row}{notes}{notices}"
    officer = world.visitor("an_giang", "province_officer")
    told += world.get(officer, f"/incidents/{incident}").text
    told += world.get(officer, f"/api/v1/records/core/urgent-incident/{incident}").text
    assert [one for one in traces if one in told] == []
    of_case = world.scalar(
        "SELECT concat(to_jsonb(c), (SELECT jsonb_agg(to_jsonb(i)) FROM core.case_intake AS i "
        "WHERE i.case_id = c.id), (SELECT jsonb_agg(to_jsonb(t)) FROM core.case_transition AS t "
        "WHERE t.case_id = c.id)) FROM core.case AS c WHERE c.id = :id",
        id=hidden,
    )
    assert incident not in of_case


def test_who_may_not_read_the_case_gets_nothing_of_it(
    world: World, worker: Visitor, hidden: str
) -> None:
    (address,) = offered(world.get(worker, f"/cases/{hidden}").text)
    never = address.replace(address.rpartition("/")[2], UNKNOWN)
    for role in ("province_officer", "district_officer"):
        visitor = world.visitor("an_giang", role)
        there, not_there = world.get(visitor, address), world.get(visitor, never)
        assert (there.status_code, there.content) == (404, not_there.content)
    assert world.get(world.visitor("an_giang", "agency_reporter"), address).status_code == 403
    assert world.get(world.visitor("lao_cai", "commune_worker"), address).status_code == 404


def test_taking_it_over_is_written_down_as_a_look_at_the_case(
    world: World, worker: Visitor, hidden: str
) -> None:
    count = (
        "SELECT count(*) FROM core.audit_entry WHERE subject_kind = 'core.case' "
        "AND subject_id = :id AND action = 'read'"
    )
    (address,) = offered(world.get(worker, f"/cases/{hidden}").text)
    before = world.scalar(count, id=hidden)
    world.get(worker, address)
    assert world.scalar(count, id=hidden) == before + 1


@pytest.mark.parametrize("subject", ["special_circumstance", "at_risk_abandonment"])
def test_a_case_that_is_not_confidential_offers_none(
    world: World, worker: Visitor, subject: str
) -> None:
    case = opened(world, worker, f"open {subject}", subject=subject)
    assert offered(world.get(worker, f"/cases/{case}").text) == []


@pytest.mark.parametrize("subject", ["hiv", "at_risk_violence", "at_risk_exploitation"])
def test_every_confidential_kind_offers_one_while_it_is_open(
    world: World, worker: Visitor, subject: str
) -> None:
    case = opened(world, worker, f"kept {subject}", subject=subject)
    (address,) = offered(world.get(worker, f"/cases/{case}").text)
    assert "kind" not in filled_in(world.get(worker, address).text)
    world.run("UPDATE core.case SET state = 'closed' WHERE id = :id", id=case)
    assert offered(world.get(worker, f"/cases/{case}").text) == []


def test_who_files_and_may_not_read_on_is_offered_an_empty_report(world: World) -> None:
    """A collaborator who is an agency's reporter as well: nothing is taken from the case."""
    filer = world.visitor("an_giang", "collaborator")
    sent = intake(world) | ABUSED
    assert offered(world.post(filer, "/cases/new", {"_key": "filed-01"} | sent).text) == []
    world.run(
        "INSERT INTO core.role_grant SELECT (jsonb_populate_record(g, jsonb_build_object("
        "'id', gen_random_uuid(), 'account_id', CAST(:account AS text)))).* "
        "FROM core.role_grant AS g WHERE g.tenant_id = :tenant AND g.role = 'agency_reporter'",
        account=str(world.account("an_giang", "collaborator")),
        tenant=world.tenants["an_giang"],
    )
    page = world.post(filer, "/cases/new", {"_key": "filed-02"} | sent)
    assert (page.status_code, offered(page.text)) == (200, [REPORT])
    assert filled_in(world.get(filer, REPORT).text) == {}
    open_to_all = intake(world) | {"_key": "filed-03"}
    assert offered(world.post(filer, "/cases/new", open_to_all).text) == []


@pytest.mark.parametrize("field", ["case_ref", "place", "first_report_text"])
@pytest.mark.parametrize("number", range(3))
def test_the_code_of_a_confidential_case_is_not_written_into_an_incident(
    world: World, worker: Visitor, hidden: str, field: str, number: int
) -> None:
    code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=hidden)
    bare = code.partition("-")[2].lower()
    typed = (code, f"hs – {bare}", f"({code})")[number]
    answers = report(world) | {field: typed}
    refused = world.api(
        worker, "/api/v1/records/core/urgent-incident", answers, key=f"by field {field} {number}"
    )
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == [field]
    assert (
        "mã của hồ sơ mật"
        in world.post(worker, REPORT, answers | {"_key": f"page {field} {number}"}).text
    )


def test_of_a_case_out_of_reach_the_refusal_tells_nothing(
    world: World, worker: Visitor, hidden: str
) -> None:
    """Who may not read it is answered as for a code that nobody has."""
    code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=hidden)
    officer = world.visitor("an_giang", "province_officer")
    for number, ref in enumerate((code, "HS-22222222")):
        answers = report(world) | {"case_ref": ref}
        stored = world.api(
            officer, "/api/v1/records/core/urgent-incident", answers, key=f"by reference {number}"
        )
        assert stored.status_code == 201
    plain = opened(world, worker, "plain-case-1")
    ref = world.scalar("SELECT code FROM core.case WHERE id = :id", id=plain)
    answers = report(world) | {"case_ref": ref}
    path = "/api/v1/records/core/urgent-incident"
    assert world.api(worker, path, answers, key="plain-ref-1").status_code == 201


def test_an_update_of_an_incident_holds_no_such_code_either(
    world: World, worker: Visitor, hidden: str
) -> None:
    code = world.scalar("SELECT code FROM core.case WHERE id = :id", id=hidden)
    path = "/api/v1/records/core/urgent-incident"
    incident = world.api(worker, path, report(world), key="to-update-1").json()["id"]
    told = world.post(worker, f"/incidents/{incident}/updates", {"content": f"Xem {code}."})
    assert told.status_code == 422
    assert (
        world.scalar("SELECT count(*) FROM core.incident_update WHERE incident_id = :i", i=incident)
        == 0
    )


def report(world: World) -> dict[str, Any]:
    """A right report of an incident in the worker's commune."""
    return {
        "kind": "violence",
        "commune_id": str(world.commune("an_giang")),
        "occurred_at": "01/03/2018 06:00",
        "learned_at": "01/03/2018 08:00",
        "children_count": "1",
        "first_report_text": "Một em bị bạo lực.",
    }
