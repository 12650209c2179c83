"""F-ABU-1: restricted throughout, no names, no account, and blind for whoever enters it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Text, inspect, select
from sqlalchemy.exc import IntegrityError

from core.db.base import Base, DataClass
from core.forms.context import FormContext
from core.forms.models import FormEntry
from core.forms.service import Stored, get_record, submit
from core.forms.shown import shown_record
from core.identity.principal import Principal
from core.kit.errors import ConflictError
from core.rekeying.repository import sealed_tables
from core.tenancy.door import TenantDoor
from core.tenancy.reach import Reach
from core.testing.database import vault_of_tests
from core.vault.columns import is_sealed
from plugins.sexual_abuse.models import CODE_LENGTH, CODE_LETTERS, SaCase, opaque_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.forms.service import Checked
    from core.registry.service import Registry
    from core.testing.database import TestDatabase

TODAY = date(2018, 12, 31)
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


def test_free_text_is_short_sealed_and_never_of_the_abuse(registry: Registry) -> None:
    form = registry.catalogue.forms[INTAKE]
    asked = [f for f in form.fields if f.kind in {"text", "textarea"} and not f.computed]
    assert {field.name: field.max_length for field in asked} == {
        "ethnicity": 40,
        "hotline_ref": 30,
        "informant_name": 100,
        "informant_phone": 20,
        "informant_address": 200,
    }
    assert all(is_sealed(getattr(SaCase, field.name)) for field in asked)
    texts = {c.key for c in inspect(SaCase).columns if isinstance(c.type, Text)}
    assert texts - {f.name for f in form.fields if f.kind == "choice"} == {"opaque_code"}


def test_the_link_to_the_register_is_sealed(registry: Registry) -> None:
    form = registry.catalogue.forms[INTAKE]
    links = [field.name for field in form.fields if field.kind in {"child", "household"}]
    assert links == ["child_ref"]
    assert is_sealed(SaCase.child_ref)


@pytest.mark.parametrize("consents", ["no", ""])
def test_nothing_of_an_informant_is_kept_without_consent(
    check: Callable[..., Checked], consents: str
) -> None:
    told = {"informant_name": "Người Thử", "informant_phone": "09", "informant_address": "Ấp Thử"}
    checked = check(INTAKE, NOTICE | told | {"informant_consents": consents})
    assert [checked.values[name] for name in told] == [None, None, None]
    checked = check(INTAKE, NOTICE | told | {"informant_consents": "yes"})
    assert {name: checked.values[name] for name in told} == told


def test_the_database_takes_no_informant_without_consent(
    programmes: TestDatabase, case_row: Callable[..., SaCase]
) -> None:
    door = TenantDoor(programmes.runtime, vault=vault_of_tests())
    for consents in (None, False):
        with (
            pytest.raises(IntegrityError, match="ck_sa_case_informant_consents"),
            door.tenant_session(1) as session,
        ):
            session.add(case_row(informant_name="Người Thử", informant_consents=consents))


def test_a_submitted_intake_is_stored_sealed_and_shown_opened(
    programmes: TestDatabase, registry: Registry, communes: tuple[int, ...]
) -> None:
    form = registry.catalogue.forms[INTAKE]
    child = uuid4()
    door = TenantDoor(programmes.runtime, vault=vault_of_tests())
    told = {
        "hotline_ref": "111-0001",
        "child_ref": str(child),
        "informant_consents": "yes",
        "informant_name": "Người Thử",
        "commune_id": str(communes[0]),
    }
    context = FormContext(TODAY, {communes[0]: "Xã Một"}, UUID, lambda _text: None)
    worker = Principal(
        account_id=None,
        tenant_id=1,
        tenant_slug="tinh_mot",
        display_name="",
        roles=(),
        permissions=frozenset({form.enters}),
        reach=Reach.whole_tenant(),
    )
    entering = {"key": "0123456789", "principal": worker, "context": context}

    def send(answers: dict[str, str]) -> Stored:
        with door.tenant_session(1) as session:
            now = datetime(2018, 12, 31, tzinfo=UTC)
            return submit(session, form, answers, now=now, **entering)  # type: ignore[arg-type]

    stored = send(NOTICE | told)
    assert send(NOTICE | told) == Stored(stored.record_id, repeated=True)
    with pytest.raises(ConflictError):
        send(NOTICE | told | {"informant_name": "Người Khác"})
    with door.tenant_session(1) as session:
        entry = session.scalars(select(FormEntry).where(FormEntry.form_code == INTAKE)).one()
    assert entry.body_hash.startswith("1:")  # keyed: a telephone number cannot be tried on it
    with door.tenant_session(1, reach=Reach.counting(), read_only=True) as session:
        record = get_record(session, form, stored.record_id)
        shown = {
            answer.name: answer
            for part in shown_record(form, record, "vi", {})
            for answer in part.answers
        }
    assert shown["informant_name"].text == "Người Thử"
    assert shown["hotline_ref"].text == "111-0001"
    assert shown["child_ref"].value == child
    assert shown["informant_phone"].text is None


def test_the_database_holds_exactly_the_sealed_columns_of_the_models(
    programmes: TestDatabase, registry: Registry
) -> None:
    schemas = {"core"} | {chain.schema for chain in registry.chains}
    with TenantDoor(programmes.runtime).tenant_session(1) as session:
        held = {table.full_name: set(table.columns) for table in sealed_tables(session)}
    mapped = {
        table.fullname: {column.name for column in table.columns if is_sealed(column)}
        for table in Base.metadata.tables.values()
        if table.schema in schemas
    }
    assert held == {name: columns for name, columns in mapped.items() if columns}
    assert "sexual_abuse.sa_case" in held


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


def test_one_role_oversees_and_four_read_what_they_were_given(registry: Registry) -> None:
    contribution = next(c for c in registry.catalogue.contributions if c.owner == "sexual_abuse")
    readers = {r.role for r in contribution.roles if f"{INTAKE}.read" in r.permissions}
    oversees = {r.role for r in contribution.roles if r.confidential}
    given = {r.role for r in contribution.roles if r.assigned}
    assert oversees == {"province_confidential_officer"}
    assert given == {"commune_worker", "commune_leader", "service_staff", "agency_reporter"}
    assert readers == oversees | given
    entering = {r.role for r in contribution.roles if f"{INTAKE}.enter" in r.permissions}
    assert entering == {"collaborator", "commune_worker"}


def test_a_case_is_there_for_its_reader_and_for_nobody_else(
    programmes: TestDatabase, case_row: Callable[..., SaCase]
) -> None:
    door = TenantDoor(programmes.runtime, vault=vault_of_tests())
    row = case_row()
    with door.tenant_session(1) as session:
        session.add(row)
    statement = select(SaCase.id).where(SaCase.tenant_id == 1)
    officer = Reach(communes=None, confidential=frozenset({"sexual_abuse"}))
    with door.tenant_session(1, reach=officer) as session:
        assert row.id in session.scalars(statement).all()
    for reach in (Reach.whole_tenant(), Reach(None, frozenset({"orphan_care"}))):
        with door.tenant_session(1, reach=reach) as session:
            assert session.scalars(statement).all() == []
    with door.tenant_session(2, reach=officer) as session:
        assert session.scalars(select(SaCase.id).where(SaCase.tenant_id == 2)).all() == []
