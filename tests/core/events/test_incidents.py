"""Urgent incidents: no names, every level told and taking note, seen by those who must know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from core.events.incidents import repository, service
from core.events.incidents.models import CONFIDENTIAL, UrgentIncident
from core.forms.errors import AnswersRefusedError
from core.kit.errors import ConflictError, MalformedError, NotFoundError
from core.kit.periods import Period
from core.plugin_api.documents import FigureState
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from uuid import UUID

    from core.testing.database import TestDatabase
    from tests.core.register.conftest import Register

LATER = datetime(2018, 6, 1, 5, tzinfo=UTC)
KNOWS = Reach(communes=None, confidential=frozenset({CONFIDENTIAL}))
GOOD = {
    "kind": "drowning",
    "occurred_at": "01/06/2018 06:00",
    "learned_at": "01/06/2018 08:00",
    "children_count": "1",
    "first_report_text": "Một em bị đuối nước, đang điều trị.",
}


def report(register: Register, reach: Reach = KNOWS, **more: Any) -> UUID:
    return register.submit(
        "urgent_incident", reach, **GOOD | {"commune_id": str(register.here)} | more
    )


def levels(register: Register, incident: UUID) -> dict[str, bool]:
    with register.open(KNOWS) as session:
        found = repository.notices(session, {incident})
        return {one.level: one.acknowledged_at is not None for one in found}


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"kind": "flood"}, "kind", "Hãy chọn"),
        ({"occurred_at": "02/06/2018 06:00"}, "occurred_at", "tương lai"),
        ({"learned_at": "01/06/2018 05:59"}, "learned_at", "trước thời gian xảy ra"),
        ({"children_count": "-1"}, "children_count", "từ 0"),
        ({"first_report_text": ""}, "first_report_text", "Hãy ghi"),
        ({"first_report_text": "x" * 1001}, "first_report_text", "1.000"),
    ],
)
def test_a_bad_answer_is_refused_at_its_field(
    register: Register, change: dict[str, str], field: str, says: str
) -> None:
    with pytest.raises(AnswersRefusedError) as refused:
        report(register, **change)
    assert [error.field for error in refused.value.errors] == [field]
    assert says in refused.value.errors[0].message.vi


@pytest.mark.parametrize(
    "words", ["em Nguyễn Văn An bị", "em nguyen van  an bị", "(NGUYỄN VĂN AN)"]
)
def test_the_name_of_a_child_of_the_commune_is_warned_of(register: Register, words: str) -> None:
    register.child("Nguyễn Văn An")
    with pytest.raises(AnswersRefusedError) as refused:
        report(register, first_report_text=f"Sáng nay {words} đuối nước.")
    assert [error.field for error in refused.value.errors] == ["first_report_text"]
    report(register, first_report_text=f"Sáng nay {words} đuối nước.", names_checked="yes")


@pytest.mark.parametrize("words", ["Ông Văn An, trưởng ấp", "Nguyễn Văn Anh", "Trần Thị Xa"])
def test_a_part_of_a_name_or_a_name_of_elsewhere_is_no_name(register: Register, words: str) -> None:
    register.child("Nguyễn Văn An")
    register.child("Trần Thị Xa", commune_id=register.there)
    report(register, first_report_text=f"Theo {words}.")


def test_who_does_not_read_the_register_learns_nothing_of_it(register: Register) -> None:
    register.child("Lò Thị Sương")
    nobody = Reach(
        communes=frozenset({register.here}),
        areas=(("core.child", frozenset()), ("core.child_name_token", frozenset())),
    )
    report(register, nobody, first_report_text="Em Lò Thị Sương bị thương.")


def test_district_and_province_are_told_at_once_and_the_ministry_by_the_province(
    register: Register,
) -> None:
    incident = report(register)
    assert levels(register, incident) == {"district": False, "province": False}
    with register.open(KNOWS) as session:
        service.take_note(session, incident, "province", by=None, now=LATER)
    assert levels(register, incident) == {"district": False, "province": True, "ministry": False}
    with register.open(KNOWS) as session, pytest.raises(MalformedError):
        service.take_note(session, incident, "ministry", by=None, now=LATER)
    with register.open(KNOWS) as session:
        note = service.take_note(
            session, incident, "ministry", by=None, now=LATER, document_no="12/BC-SLĐTBXH"
        )
        assert (note.acknowledged_at, note.document_no) == (LATER, "12/BC-SLĐTBXH")
    with register.open(KNOWS) as session, pytest.raises(ConflictError):
        service.take_note(session, incident, "province", by=None, now=LATER)


def test_without_hours_in_a_document_no_deadline_is_made_up(register: Register) -> None:
    incident = report(register)
    with register.open(KNOWS) as session:
        assert [one.due_at for one in repository.notices(session, {incident})] == [None, None]


def test_hours_of_the_province_make_a_deadline(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "hours_to_take_note", lambda _session, _day: 24)
    incident = report(register)
    with register.open(KNOWS) as session:
        for one in repository.notices(session, {incident}):
            assert one.due_at == one.told_at + timedelta(hours=24)


def test_only_those_who_must_know_see_an_incident(register: Register) -> None:
    incident = report(register)
    for reach in (Reach.whole_tenant(), Reach(communes=frozenset({register.there}))):
        with register.open(reach) as session, pytest.raises(NotFoundError):
            service.find(session, incident)
    elsewhere = Reach(communes=frozenset({register.there}), confidential=frozenset({CONFIDENTIAL}))
    with register.open(elsewhere) as session, pytest.raises(NotFoundError):
        service.write_update(session, incident, "x", by=None, now=LATER)
    with register.open(KNOWS) as session:
        assert service.find(session, incident).first_report_text == GOOD["first_report_text"]


def test_the_text_cannot_be_read_in_the_database(
    register: Register, database: TestDatabase
) -> None:
    incident = report(register)
    with database.admin.connect() as connection:
        stored = connection.scalar(
            text("SELECT first_report_text FROM core.urgent_incident WHERE id = :id"),
            {"id": incident},
        )
    assert "đuối".encode() not in bytes(stored)


def test_updates_are_kept_until_the_incident_is_closed(register: Register) -> None:
    register.child("Nguyễn Văn An")
    incident = report(register)
    with register.open(KNOWS) as session:
        service.write_update(session, incident, "Đã ổn định.\nTheo dõi tiếp.", by=None, now=LATER)
        for wrong in ("", " \u200b ", "x" * 1001, "Gia đình em Nguyễn Văn An."):
            with pytest.raises(MalformedError):
                service.write_update(session, incident, wrong, by=None, now=LATER)
        service.write_update(session, incident, "Xuất viện.", by=None, now=LATER, closes=True)
        with pytest.raises(ConflictError):
            service.write_update(session, incident, "Thêm.", by=None, now=LATER)
    with register.open(KNOWS) as session:
        found = [one.content for one in repository.updates(session, incident)]
        assert sorted(found) == ["Xuất viện.", "Đã ổn định.\nTheo dõi tiếp."]
        assert service.find(session, incident).closed_at == LATER


def test_an_incident_that_is_not_there_is_not_found(register: Register) -> None:
    with register.open(KNOWS) as session, pytest.raises(NotFoundError):
        service.take_note(session, uuid4(), "province", by=None, now=LATER)


def test_incidents_are_counted_whole_and_protected_below(register: Register) -> None:
    """COR-17 counts every report of the tenant by the day it came in: all above on 1 June 2018."""
    register.count()
    with register.open(KNOWS) as session:
        stored = session.total(UrgentIncident)
        door = register.figures(session)
        window = Period.parse("2018-Q2").window
        assert door.indicator("COR-17", window).count == stored > 0
        part = door.indicator("COR-17", window, communes=frozenset({register.here, 2}))
        assert part.state is FigureState.SUPPRESSED
