"""0039: what stood in the table of case alerts is carried over to the one table of alerts, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from sqlalchemy import text

from core.migrations.runner import CORE_CHAIN, _config
from core.testing.database import TEST_PREFIX, database_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.testing.database import TestDatabase

HIDDEN, PLAIN, CLOSED, KNOWN, AGAIN = (
    f"{n}0000000-0000-4000-8000-000000000000" for n in range(1, 6)
)
CASES = (
    (1, HIDDEN, "received", "core.hiv", "hiv_support"),
    (2, PLAIN, "received", None, "special_circumstance_support"),
    (1, CLOSED, "closed", None, "special_circumstance_support"),
    (1, KNOWN, "received", None, "special_circumstance_support"),
    (1, AGAIN, "reopened", None, "special_circumstance_support"),
)
ENDED = "2018-04-01T01:00Z"
OLD = (
    (1, HIDDEN, "emergency", "2018-03-05T18:00Z"),  # in Viet Nam the next day
    (1, HIDDEN, "plan_draft", "2018-03-12T17:00Z"),
    (2, PLAIN, "emergency", "2018-03-06T01:00Z"),
    (1, CLOSED, "emergency", "2018-03-07T01:00Z"),
    (1, KNOWN, "emergency", "2018-03-08T01:00Z"),
    (1, AGAIN, "emergency", "2018-03-09T01:00Z"),
)
CASE = """
    INSERT INTO core."case" (tenant_id, id, code, kind, state, received_at, begun_at, closed_at,
        generated, created_at, commune_id, confidential_key)
    SELECT :tenant, CAST(:id AS uuid), :code, :kind, :state, '2018-03-05T01:00Z',
        '2018-03-05T01:00Z', CAST(:closed AS timestamptz), false, '2018-03-05T01:00Z', max(id), :key
    FROM core.area
"""
ALERT = """
    INSERT INTO core.case_alert (tenant_id, id, case_id, clock, due_at, generated, created_at,
        commune_id, confidential_key)
    SELECT tenant_id, gen_random_uuid(), id, :clock, CAST(:due AS timestamptz), false,
        CAST(:due AS timestamptz) + interval '1 hour', commune_id, confidential_key
    FROM core."case" WHERE tenant_id = :tenant AND id = CAST(:id AS uuid)
"""
RAISED = """
    INSERT INTO core.alert (tenant_id, id, code, programme, record_id, subject_id, since_on, due_on,
        raised_at, settled_at, commune_id)
    SELECT tenant_id, gen_random_uuid(), 'core.case_clock', 'core', id, id, '2018-02-01',
        '2018-02-01', '2018-02-01T01:00Z', CAST(:settled AS timestamptz), commune_id
    FROM core."case" WHERE id = CAST(:id AS uuid)
"""


@pytest.fixture
def old(core_template: str) -> Iterator[TestDatabase]:
    """A database one revision back, with alerts of cases in two provinces."""
    with database_copy(core_template) as database:
        with database.owner.connect() as owner:
            command.downgrade(_config(owner, CORE_CHAIN, TEST_PREFIX), "core_0038")
            owner.commit()
        with database.admin.begin() as admin:
            for tenant, one, state, key, kind in CASES:
                given = {"tenant": tenant, "id": one, "state": state, "key": key, "kind": kind}
                given |= {"code": f"HS-{one[:8]}", "closed": ENDED if state == "closed" else None}
                admin.execute(text(CASE), given)
            for tenant, one, clock, due in OLD:
                given = {"tenant": tenant, "id": one, "clock": clock, "due": due}
                admin.execute(text(ALERT), given)
            admin.execute(text(RAISED), {"id": KNOWN, "settled": None})
            admin.execute(text(RAISED), {"id": AGAIN, "settled": "2018-02-20T01:00Z"})
        yield database


def move(database: TestDatabase, to: str) -> None:
    with database.owner.connect() as owner:
        config = _config(owner, CORE_CHAIN, TEST_PREFIX)
        (command.upgrade if to == "head" else command.downgrade)(config, to)
        owner.commit()


def rows(database: TestDatabase, query: str, **values: Any) -> list[dict[str, Any]]:
    with database.admin.connect() as admin:
        return [dict(row._mapping) for row in admin.execute(text(query), values)]


def alerts_of(database: TestDatabase, case: str) -> list[dict[str, Any]]:
    query = """
        SELECT tenant_id, code, subject_id::text, confidential_key, since_on::text, due_on::text,
            to_char(raised_at AT TIME ZONE 'UTC', 'MM-DD HH24') AS raised,
            settled_at::date::text AS settled
        FROM core.alert WHERE record_id = CAST(:record AS uuid) ORDER BY raised_at
    """
    return rows(database, query, record=case)


def test_what_was_raised_there_alone_is_carried_over_once_for_its_case(old: TestDatabase) -> None:
    move(old, "head")
    (hidden,), (plain,), (closed,) = (alerts_of(old, one) for one in (HIDDEN, PLAIN, CLOSED))
    assert hidden == {
        "tenant_id": 1,
        "code": "core.case_clock",
        "subject_id": HIDDEN,
        "confidential_key": "core.hiv",
        "since_on": "2018-03-06",
        "due_on": "2018-03-06",
        "raised": "03-05 19",
        "settled": None,
    }
    assert (plain["tenant_id"], plain["confidential_key"], plain["settled"]) == (2, None, None)
    assert closed["settled"] == "2018-04-01"


def test_what_the_one_mechanism_raised_already_is_not_raised_twice(old: TestDatabase) -> None:
    move(old, "head")
    assert [one["settled"] for one in alerts_of(old, KNOWN)] == [None]
    assert [one["settled"] for one in alerts_of(old, AGAIN)] == ["2018-02-20", None]


def test_taken_back_the_table_holds_what_the_deadlines_say_and_forward_it_goes_again(
    old: TestDatabase,
) -> None:
    missed = """
        INSERT INTO core.case_deadline (tenant_id, id, case_id, clock, began_at, due_at, due_on,
            status, generated, created_at, commune_id)
        SELECT tenant_id, gen_random_uuid(), id, 'emergency', begun_at, '2018-03-05T13:00Z',
            '2018-03-05', 'missed', false, begun_at, commune_id FROM core."case"
    """
    with old.admin.begin() as admin:
        admin.execute(text(missed))
    move(old, "head")
    before = rows(old, "SELECT count(*) AS many FROM core.alert")
    move(old, "core_0038")
    told = rows(old, "SELECT tenant_id, clock, due_at::date::text AS day FROM core.case_alert")
    assert len(told) == len(CASES)
    assert {one["tenant_id"] for one in told} == {1, 2}
    assert {(one["clock"], one["day"]) for one in told} == {("emergency", "2018-03-05")}
    forced = rows(
        old,
        "SELECT relname FROM pg_class WHERE relnamespace = 'core'::regnamespace AND relkind = 'r' "
        "AND relname IN ('case', 'alert', 'case_alert', 'case_deadline') AND relforcerowsecurity",
    )
    assert len(forced) == 4
    move(old, "head")
    assert rows(old, "SELECT count(*) AS many FROM core.alert") == before
