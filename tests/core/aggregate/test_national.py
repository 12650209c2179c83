"""The ministry adds up what was released, and can reach nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from core.aggregate.national import (
    YEARLY_APART,
    as_table,
    due_codes,
    national,
    released_periods,
)
from core.aggregate.scope import MinistryWallError, ministry_scope
from core.contribution import core_contribution
from core.indicators.models import FigureCell
from core.kit.periods import Period
from core.registry.service import Registry
from core.reports.models import Report
from core.reports.released import ReleasedFigure
from core.reports.service import open_report
from core.reports.year.steps import release
from core.tenancy.models import Tenant

CODES = ("SAM-01", "SAM-02", "SAM-03", "QUI-01")


def table_of(reporting: Any, period: Any = None) -> Any:
    with ministry_scope(reporting.world.database.ministry, "test") as session:
        return national(session, period or reporting.period, CODES)


def test_counts_and_both_sides_of_ratios_add_up(two_released: Any) -> None:
    found = table_of(two_released)
    counts, ratio, _, quiet = found.rows
    assert (counts.figure.value, counts.contributing) == (Decimal(12), 2)
    # 3 of 4 and 9 of 4 are 12 of 8; the average of 75 % and 225 % would be the same by chance
    assert (ratio.figure.numerator, ratio.figure.denominator) == (12, 8)
    assert ratio.figure.value == Decimal(150)
    assert (quiet.figure.value, quiet.contributing) == (Decimal(12), 1)
    assert found.released == 2
    assert counts.definition_versions == (1,)


def test_percentages_are_not_averaged(reporting: Any, release_of: Any) -> None:
    reporting.fill(1, seen=1)
    reporting.fill(2, seen=3)
    world = reporting.world
    more = [world.stay(came_on=date(2018, 1, 3), commune_id=world.communes[1]) for _ in range(36)]
    world.add(*more, tenant=2)
    world.count(2)
    for tenant in (1, 2):
        release_of(reporting, tenant)
    ratio = table_of(reporting).rows[1].figure
    assert (ratio.numerator, ratio.denominator) == (4, 44)
    assert ratio.value == Decimal(400) / Decimal(44)


def test_each_province_has_its_state(two_released: Any) -> None:
    states = {
        row.code: [each.figure.state.value for each in row.provinces]
        for row in table_of(two_released).rows
    }
    assert states == {
        "SAM-01": ["number", "number", "not_reported"],
        "SAM-02": ["number", "number", "not_reported"],
        "SAM-03": ["not_reported", "not_reported", "not_reported"],
        "QUI-01": ["number", "not_enabled", "not_reported"],
    }


def test_nothing_released_is_not_reported_and_never_zero(two_released: Any) -> None:
    found = table_of(two_released, Period.parse("2018-H2"))
    assert found.released == 0
    assert {(row.figure.state.value, row.figure.value) for row in found.rows} == {
        ("not_reported", None)
    }


def test_a_change_after_the_release_does_not_move_the_sum(two_released: Any) -> None:
    before = table_of(two_released)
    two_released.world.seen(date(2018, 5, 5), two_released.world.communes[0])
    two_released.world.count()
    assert table_of(two_released) == before


def test_the_sum_is_also_a_table_of_the_document_model(two_released: Any) -> None:
    made = as_table(table_of(two_released), two_released.source.catalogue)
    assert [len(row) for row in made.rows] == [len(made.columns)] * len(CODES)
    assert made.rows[0][2] == "2/3"


@pytest.mark.parametrize(
    "statement",
    [
        select(FigureCell.value),
        select(ReleasedFigure).join(Report, Report.id == ReleasedFigure.report_id),
        select(ReleasedFigure.id).where(ReleasedFigure.report_id.in_(select(Report.id))),
        select(Tenant.id).where(select(FigureCell.id).exists()),
        text("SELECT 1"),
        insert(Tenant).values(id=9),
    ],
)
def test_the_session_itself_refuses_what_reaches_further(reporting: Any, statement: Any) -> None:
    with (
        ministry_scope(reporting.world.database.ministry, "test") as session,
        pytest.raises(MinistryWallError),
    ):
        session.execute(statement)


def test_the_session_is_read_only(reporting: Any) -> None:
    with ministry_scope(reporting.world.database.ministry, "test") as session:
        shown = session.connection().exec_driver_sql("SHOW transaction_read_only").scalar()
        session.add(Tenant(id=9, slug="x", kind="province", name_vi="x", name_en="x"))
        with pytest.raises(MinistryWallError):
            session.flush()
        session.expunge_all()
    assert shown == "on"


def test_crossing_needs_a_reason_and_tells_the_witness_first(reporting: Any) -> None:
    engine = reporting.world.database.ministry
    heard: list[str] = []
    with (
        pytest.raises(MinistryWallError, match="reason"),
        ministry_scope(engine, " ", witness=heard.append),
    ):
        pass
    with ministry_scope(engine, "bảng tổng hợp", witness=heard.append):
        assert heard == ["bảng tổng hợp"]


def test_the_runtime_login_sees_its_own_released_rows_only(two_released: Any) -> None:
    with two_released.door.tenant_session(2) as session:
        owners = set(session.scalars(select(ReleasedFigure.tenant_id)))
    assert owners == {2}


def test_of_several_kinds_of_report_only_the_asked_one_counts(two_released: Any) -> None:
    late = replace(two_released, now=datetime(2018, 8, 1, tzinfo=UTC))
    late.world.seen(date(2018, 5, 5), late.world.communes[0])
    late.world.count()
    with late.door.tenant_session(1) as session:
        other = open_report(session, late.period, kind="urgent")
        who = {"principal": late.leader_of(1), "now": late.now}
        release(session, other, late.source, **who)
    assert table_of(late).rows[0].figure.value == Decimal(12)


def test_the_periods_that_were_released_come_latest_first(
    two_released: Any, release_of: Any
) -> None:
    release_of(replace(two_released, period=Period.parse("2018-Q1")), 1)
    with ministry_scope(two_released.world.database.ministry, "test") as session:
        assert released_periods(session) == ("2018-H1", "2018-Q1")


def test_a_half_year_lists_what_is_due_in_it_and_says_that_the_rest_comes_by_the_year(
    two_released: Any,
) -> None:
    catalogue = Registry.discover(core_contribution()).catalogue
    half, year = (due_codes(catalogue, Period.parse(code)) for code in ("2018-H1", "2018"))
    yearly = {one.code for one in catalogue.indicators.values() if one.frequency == ("Y",)}
    assert yearly & set(year)
    assert set(half) == set(year) - yearly
    table = as_table(table_of(two_released), catalogue)
    assert table.note == YEARLY_APART
    whole = as_table(table_of(two_released, Period.parse("2018")), catalogue)
    assert whole.note is None
