"""Units confirm, the missing are listed, an exception has a name and an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.areas.repository import communes_of, districts_of
from core.kit.errors import ConflictError, MalformedError, NotFoundError, RefusedError
from core.kit.periods import Period
from core.reports.errors import LockedError, NotReadyError
from core.reports.models import PERIODIC
from core.reports.service import find_report, open_report
from core.reports.year.confirmations import (
    NotConfirmedError,
    UnitState,
    confirm,
    confirmable,
    exceptions_of,
    grant_exception,
    missing_in,
    roll_up,
    units_on,
)
from core.reports.year.corrections import moved_since, records_of
from core.reports.year.models import ReportDefinition, ReportRecords, ReportUnit
from core.reports.year.states import STEPS
from core.reports.year.steps import take_step
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Callable

HALF = Period.parse("2018-H1")
DAY = date(2018, 6, 30)


def person(reporting: Any, role: str, *communes: int) -> Any:
    return replace(
        reporting.leader,
        roles=(role,),
        permissions=frozenset({"core.report.confirm"}),
        reach=Reach(communes=frozenset(communes)),
    )


def confirms(reporting: Any, who: Any, area: int, period: Period = HALF, **more: Any) -> None:
    with reporting.door.tenant_session(1, reach=who.reach) as session:
        now = more.get("now", reporting.now)
        confirm(session, PERIODIC, period, area, principal=who, now=now)


def standings(reporting: Any, today: date = DAY) -> dict[int, UnitState]:
    with reporting.door.tenant_session(1) as session:
        units = roll_up(session, PERIODIC, HALF, cut_off=DAY, today=today)
    return {unit.area.id: unit.state for unit in units}


def step(reporting: Any, *codes: str) -> None:
    for code in codes:
        with reporting.door.tenant_session(1) as session:
            report = find_report(session, HALF) or open_report(session, HALF)
            take_step(
                session,
                report,
                STEPS[code],
                principal=reporting.leader,
                now=reporting.now,
                source=lambda: reporting.source,
            )


def except_all(reporting: Any, **more: Any) -> None:
    given = {"area_id": None, "name": "Thiên tai", "ends_on": date(2018, 7, 10)} | more
    with reporting.door.tenant_session(1) as session:
        who = {"principal": reporting.leader, "now": reporting.now}
        grant_exception(session, PERIODIC, HALF, **given, **who)


@pytest.fixture
def an_giang(reporting: Any, adopt: Callable[..., int]) -> int:
    area: int = adopt("an_giang")
    return area


def test_three_levels_until_the_districts_end_and_two_afterwards(
    reporting: Any, adopt: Callable[..., int]
) -> None:
    province = adopt("lao_cai")
    with reporting.door.tenant_session(1) as session:
        old = units_on(session, date(2025, 6, 30))
        districts = districts_of(session, province, date(2025, 6, 30))
        assert {u.id for u in old if u.level == "district"} == {d.id for d in districts}
        assert len(districts) == 9
        communes = communes_of(session, province, date(2025, 6, 30))
        assert {u.id for u in old if u.level == "commune"} == {c.id for c in communes}
        # each district stands before its communes
        first = next(at for at, u in enumerate(old) if u.level == "commune")
        assert old[first].parent_id == old[first - 1].id
        with reporting.world.database.admin.begin() as connection:
            new = connection.scalar(
                text(
                    "SELECT id FROM core.area WHERE level = 'province' AND code = '15' "
                    "AND valid_from >= '2025-07-01' LIMIT 1"
                )
            )
    adopt("lao_cai", code="later", valid_from=date(2025, 7, 1), valid_to=None, area_id=new)
    with reporting.door.tenant_session(1) as session:
        levels = {unit.level for unit in units_on(session, date(2025, 7, 1))}
    assert levels == {"commune"}


def test_each_level_confirms_its_own_and_the_missing_are_listed(
    reporting: Any, an_giang: int
) -> None:
    with reporting.door.tenant_session(1) as session:
        district = districts_of(session, an_giang, DAY)[0]
        inside = [c.id for c in communes_of(session, district.id, DAY)]
        other = districts_of(session, an_giang, DAY)[1]
    step(reporting, "draft")
    leader = person(reporting, "commune_leader", inside[0])
    officer = person(reporting, "district_officer", *inside)
    with reporting.door.tenant_session(1, reach=leader.reach) as session:
        assert [u.id for u in confirmable(session, leader, DAY)] == [inside[0]]
    with reporting.door.tenant_session(1, reach=officer.reach) as session:
        assert [u.id for u in confirmable(session, officer, DAY)] == [district.id]
    confirms(reporting, leader, inside[0])
    confirms(reporting, leader, inside[0])  # again, after a change: still once in the list
    confirms(reporting, officer, district.id)
    for who, area in ((leader, inside[1]), (leader, district.id), (officer, other.id)):
        with pytest.raises(RefusedError):
            confirms(reporting, who, area)
    with pytest.raises(RefusedError):
        confirms(reporting, reporting.leader, inside[0])  # the province does not speak for them
    found = standings(reporting)
    stood = [area for area, state in found.items() if state is UnitState.CONFIRMED]
    assert sorted(stood) == sorted([inside[0], district.id])
    assert len(found) > 150
    assert set(found.values()) == {UnitState.CONFIRMED, UnitState.MISSING}


def test_approval_waits_for_every_unit_or_an_exception_that_has_not_ended(
    reporting: Any, an_giang: int
) -> None:
    step(reporting, "draft", "submit")
    with pytest.raises(NotConfirmedError) as refused:
        step(reporting, "approve")
    assert "đơn vị chưa xác nhận" in refused.value.message.vi
    assert "Lãnh đạo các đơn vị này" in refused.value.message.vi
    for wrong in ({"name": " "}, {"ends_on": None}, {"ends_on": date(2018, 7, 2)}):
        with pytest.raises(MalformedError):
            except_all(reporting, **wrong)
    except_all(reporting, ends_on=date(2018, 7, 3))
    late = replace(reporting, now=datetime(2018, 7, 4, 2, tzinfo=UTC))
    with pytest.raises(NotConfirmedError):
        step(late, "approve")
    step(reporting, "approve")
    with reporting.door.tenant_session(1) as session:
        units = session.scalars(select(ReportUnit).where(ReportUnit.tenant_id == 1)).all()
        assert {(u.standing, u.exception) for u in units} == {("excepted", "Thiên tai")}
        assert len(units) == len(units_on(session, DAY))
        assert exceptions_of(session, PERIODIC, HALF)[0].granted_by == reporting.leader.account_id


def test_an_exception_for_one_unit_helps_that_unit_alone(reporting: Any, an_giang: int) -> None:
    with reporting.door.tenant_session(1) as session:
        one = communes_of(session, an_giang, DAY)[3].id
    except_all(reporting, area_id=one)
    found = standings(reporting)
    assert [area for area, state in found.items() if state is UnitState.EXCEPTED] == [one]
    assert set(standings(reporting, date(2018, 7, 11)).values()) == {UnitState.MISSING}
    officer = replace(reporting.leader, permissions=frozenset({"core.report.build"}))
    with pytest.raises(RefusedError):
        except_all(replace(reporting, leader=officer), area_id=one)


def test_a_unit_confirms_what_is_asked_in_time_and_before_it_is_decided(
    reporting: Any, an_giang: int
) -> None:
    with reporting.door.tenant_session(1) as session:
        one = communes_of(session, an_giang, DAY)[0].id
    leader = person(reporting, "commune_leader", one)
    with pytest.raises(NotReadyError, match="begins on"):
        confirms(reporting, leader, one, now=datetime(2017, 12, 31, tzinfo=UTC))
    with pytest.raises(ConflictError, match="no such report"):
        confirms(reporting, leader, one, Period.parse("2018-H2"))
    elsewhere = person(reporting, "commune_leader", 1)
    with pytest.raises(NotFoundError):
        confirms(reporting, elsewhere, 1)
    confirms(reporting, leader, one)
    step(reporting, "draft", "submit")
    with pytest.raises(LockedError):
        confirms(reporting, leader, one)


def test_a_later_edit_is_a_difference_and_never_a_new_number(reporting: Any) -> None:
    reporting.fill(seen=3)
    step(reporting, "draft", "submit", "approve")
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, HALF)
        assert moved_since(session, report, reporting.source) == ()
    reporting.world.seen(date(2018, 4, 4), reporting.world.communes[0], kind="lake")
    reporting.world.count()
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, HALF)
        moved = moved_since(session, report, reporting.source)
    changed = {(m.question.asked, m.question.code): (m.frozen.value, m.now.value) for m in moved}
    assert changed["indicator", "SAM-01"] == (3, 4)
    assert all(question[1] != "QUI-01" for question in changed)


def test_definitions_and_restricted_records_are_kept_and_only_readers_get_them(
    reporting: Any,
) -> None:
    reporting.fill(seen=3)
    step(reporting, "draft", "submit", "approve")
    quiet = reporting.source.catalogue.measures["quiet.detected"]
    with reporting.door.tenant_session(1) as session:
        report = find_report(session, HALF)
        meanings = session.scalars(
            select(ReportDefinition.code).where(ReportDefinition.tenant_id == 1)
        ).all()
        assert {"SAM-01", "SAM-02", "QUI-01"} <= set(meanings)
        assert records_of(session, report, quiet) == ()  # the province's own reach has no key
    with reporting.door.tenant_session(1, reach=Reach.counting()) as session:
        report = find_report(session, HALF)
        assert len(records_of(session, report, quiet)) == 12
    one = frozenset({reporting.world.communes[1]})
    reader = Reach(communes=one, every_confidential=True)
    with reporting.door.tenant_session(1, reach=reader) as session:
        assert records_of(session, find_report(session, HALF), quiet) == ()
    with reporting.world.database.admin.connect() as connection:
        stored = connection.scalar(text("SELECT records FROM core.report_records"))
    assert stored[0] == 1  # sealed: a version, a key number, ciphertext
    assert len(stored) > 12 * 16


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (ReportUnit, "DELETE FROM core.report_unit"),
        (ReportDefinition, "UPDATE core.report_definition SET version = 9"),
        (ReportRecords, "DELETE FROM core.report_records"),
    ],
)
def test_nobody_changes_what_was_frozen(
    reporting: Any, an_giang: int, model: Any, change: str
) -> None:
    reporting.fill()
    except_all(reporting)
    step(reporting, "draft", "submit", "approve")
    with reporting.door.tenant_session(1) as session:
        assert session.scalar(select(model.id).where(model.tenant_id == 1).limit(1))
        with pytest.raises(DBAPIError, match="denied"):
            session.connection().execute(text(change))


def test_a_few_missing_are_all_named(reporting: Any, an_giang: int) -> None:
    with reporting.door.tenant_session(1) as session:
        units = roll_up(session, PERIODIC, HALF, cut_off=DAY, today=DAY)
    named = NotConfirmedError(units[:2]).message.vi
    assert f"Còn 2 đơn vị chưa xác nhận số liệu của kỳ: {units[0].area.name}, " in named
    assert "…" not in named


def test_missing_are_those_without_word_or_exception(reporting: Any, an_giang: int) -> None:
    with reporting.door.tenant_session(1) as session:
        units = roll_up(session, PERIODIC, HALF, cut_off=DAY, today=DAY)
        assert missing_in(units) == units
