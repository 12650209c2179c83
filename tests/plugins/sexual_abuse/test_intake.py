"""F-ABU-1: restricted throughout, no names, no account, and blind for whoever enters it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Text, inspect, select

from core.db.base import DataClass
from core.tenancy.reach import Reach
from core.tenancy.session import TenantDoor
from plugins.sexual_abuse.models import CODE_LENGTH, CODE_LETTERS, SaCase, opaque_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.registry.service import Registry
    from core.testing.database import TestDatabase

INTAKE = "sexual_abuse.intake"
NOTICE = {
    "received_at": "05/02/2018 23:30",
    "channel": "school",
    "commune_id": "101",
    "estimated_age": "9",
    "sex": "unknown",
    "child_safe_now": "no",
    "abuse_form": "unclassified",
    "setting": "unclassified",
    "relation_to_child": "unknown",
}


def test_a_notice_may_leave_everything_undetermined(faults: Callable[..., set[str]]) -> None:
    assert faults(INTAKE, NOTICE) == set()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"received_at": "05/02/2018"}, "received_at"),
        ({"received_at": "01/01/2019 07:00"}, "received_at"),
        ({"child_safe_now": ""}, "child_safe_now"),
        ({"estimated_age": "18"}, "estimated_age"),
        ({"police_informed_at": "01/01/2019 07:00"}, "police_informed_at"),
        ({"hotline_ref": "x" * 31}, "hotline_ref"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_field(
    faults: Callable[..., set[str]], changed: dict[str, str], field: str
) -> None:
    assert faults(INTAKE, NOTICE | changed) == {field}


def test_every_column_is_restricted_but_the_two_that_tell_nothing() -> None:
    columns = {str(c.key): c.info["data_class"] for c in inspect(SaCase).columns}
    assert {columns.pop("tenant_id"), columns.pop("id")} == {DataClass.INTERNAL}
    assert set(columns.values()) == {DataClass.RESTRICTED}


def test_nothing_can_be_told_in_free_text_but_a_short_reference(registry: Registry) -> None:
    form = registry.catalogue.forms[INTAKE]
    asked = [f for f in form.fields if f.kind in {"text", "textarea"} and not f.computed]
    assert [(field.name, field.max_length) for field in asked] == [("hotline_ref", 30)]
    assert not {f.kind for f in form.fields} & {"child", "household"}
    texts = {c.key for c in inspect(SaCase).columns if isinstance(c.type, Text)}
    open_texts = texts - {f.name for f in form.fields if f.kind == "choice"}
    assert open_texts == {"opaque_code", "hotline_ref"}


def test_the_clock_stands_at_the_moment_of_receipt(registry: Registry) -> None:
    fields = {field.name: field for field in registry.catalogue.forms[INTAKE].fields}
    clock = fields["received_at"].help
    assert clock is not None
    assert "12 giờ" in clock.vi


def test_codes_are_random_and_can_be_read_aloud() -> None:
    codes = {opaque_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) for code in codes)
    assert not set("01OIl") & set(CODE_LETTERS)


def test_one_role_oversees_and_two_read_what_they_were_given(registry: Registry) -> None:
    contribution = next(c for c in registry.catalogue.contributions if c.owner == "sexual_abuse")
    readers = {r.role for r in contribution.roles if f"{INTAKE}.read" in r.permissions}
    oversees = {r.role for r in contribution.roles if r.confidential}
    given = {r.role for r in contribution.roles if r.assigned}
    assert oversees == {"province_confidential_officer"}
    assert given == {"commune_worker", "commune_leader"}
    assert readers == oversees | given
    entering = {r.role for r in contribution.roles if f"{INTAKE}.enter" in r.permissions}
    assert entering == {"collaborator", "commune_worker"}


def test_a_case_is_there_for_its_reader_and_for_nobody_else(
    programmes: TestDatabase, case_row: Callable[..., SaCase]
) -> None:
    door = TenantDoor(programmes.runtime)
    with door.tenant_session(1) as session:
        session.add(case_row())
    statement = select(SaCase.id).where(SaCase.tenant_id == 1)
    officer = Reach(communes=None, confidential=frozenset({"sexual_abuse"}))
    with door.tenant_session(1, reach=officer) as session:
        assert len(session.scalars(statement).all()) == 1
    for reach in (Reach.whole_tenant(), Reach(None, frozenset({"orphan_care"}))):
        with door.tenant_session(1, reach=reach) as session:
            assert session.scalars(statement).all() == []
    with door.tenant_session(2, reach=officer) as session:
        assert session.scalars(select(SaCase.id).where(SaCase.tenant_id == 2)).all() == []
