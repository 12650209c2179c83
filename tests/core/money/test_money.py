"""Minimums, earmarks and donations, by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from core.forms.errors import AnswersRefusedError
from core.kit.periods import Period
from core.money.models import BudgetLine, BudgetStanding, Expenditure
from core.money.service import below_minimum, standings
from core.tenancy.reach import Reach

if TYPE_CHECKING:
    from uuid import UUID

    from tests.core.planning.conftest import Office

YEAR = Period.parse("2018").window
SOURCE = {"name": "Ngân sách tỉnh", "source_type": "provincial", "earmarked": "no"}
LINE = {
    "year": "2018",
    "level": "commune",
    "amount_vnd": "15.000.000",
    "decision_no": "1/QĐ-UBND",
}
SPENT = {
    "amount_vnd": "2.000.000",
    "spent_on": "01/05/2018",
    "purpose": "support",
    "beneficiary_type": "abused_child",
}


@pytest.fixture(scope="module")
def source(office: Office) -> str:
    """A plan of 2018, and a source that is not bound."""
    office.enter("plan_year", year="2018", title="Kế hoạch", status="draft")
    return str(office.enter("funding_source", **SOURCE))


def refused(office: Office, code: str, /, **answers: Any) -> dict[str, str]:
    with pytest.raises(AnswersRefusedError) as caught:
        office.enter(code, **answers)
    return {error.field: error.message.vi for error in caught.value.errors}


def standing(office: Office, level: str) -> BudgetStanding:
    with office.register.open() as session:
        statement = select(BudgetLine.unit_id).where(BudgetLine.level == level)
        unit = session.scalars(statement.limit(1)).one()
        return session.scalars(
            select(BudgetStanding).where(
                BudgetStanding.tenant_id == session.tenant_id, BudgetStanding.unit_id == unit
            )
        ).one()


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"amount_vnd": "0"}, "amount_vnd", "từ 1 trở lên"),
        ({"amount_vnd": "1,5"}, "amount_vnd", "nguyên"),
        ({"amount_vnd": ""}, "amount_vnd", "Hãy ghi"),
        ({"year": "1999"}, "year", "2.000"),
        ({"source_id": "Kho bạc"}, "source_id", "Không tìm thấy"),
        ({"decision_no": ""}, "decision_no", "Hãy ghi"),
        ({"level": "ward"}, "level", "Hãy chọn"),
    ],
)
def test_a_bad_line_is_refused_at_its_field(
    office: Office, source: str, change: dict[str, str], field: str, says: str
) -> None:
    found = refused(office, "budget_line", **LINE | {"source_id": source} | change)
    assert list(found) == [field]
    assert says in found[field]


def test_a_unit_is_warned_of_until_its_year_reaches_the_minimum(
    office: Office, source: str
) -> None:
    """The commune needs 20 million: 15 are too little, 5 more are enough. COR-14 counts it.

    Every commune and district of the province has a minimum; one of them meets it.
    """
    there = LINE | {"source_id": source}
    first = office.enter("budget_line", **there)
    with office.register.open() as session:
        line = session.get_one(BudgetLine, (office.register.tenant, first))
        warning = below_minimum(session, line)
        assert warning is not None
        assert "15.000.000" in warning.vi
        assert "20.000.000" in warning.vi
    assert not standing(office, "commune").meets
    office.enter("budget_line", **there | {"amount_vnd": "5.000.000"})
    with office.register.open() as session:
        line = session.get_one(BudgetLine, (office.register.tenant, first))
        assert below_minimum(session, line) is None
    office.register.count()
    with office.register.open(Reach.whole_tenant()) as session:
        every = standings(session, 2018)
        figure = office.register.figures(session).indicator("COR-14", YEAR)
        by_level = office.register.figures(session).by("core.units_with_minimum", "detail", YEAR)
    assert (figure.numerator, figure.denominator) == (1, len(every))
    assert figure.value == Decimal(100) / len(every)
    assert by_level["commune"].count > by_level["district"].count > 0
    assert by_level["province"].count == 0


def test_a_district_has_its_own_minimum(office: Office, source: str) -> None:
    enough = {"level": "district", "amount_vnd": "150.000.000", "source_id": source}
    office.enter("budget_line", **LINE | enough)
    found = standing(office, "district")
    assert (found.minimum_vnd, found.allocated_vnd, found.meets) == (
        150_000_000,
        150_000_000,
        True,
    )


def test_a_year_without_a_minimum_warns_of_nothing(office: Office, source: str) -> None:
    made = office.enter("budget_line", **LINE | {"year": "2017", "source_id": source})
    with office.register.open() as session:
        line = session.get_one(BudgetLine, (office.register.tenant, made))
        assert below_minimum(session, line) is None
        assert standings(session, 2017) == []


@pytest.fixture(scope="module")
def earmarked(office: Office, source: str) -> UUID:
    """A line of central support, bound to the support of abused children."""
    bound = office.enter(
        "funding_source",
        name="Trung ương hỗ trợ",
        source_type="central_earmarked",
        earmarked="yes",
        purposes=["support", "abuse_support"],
        beneficiaries=["abused_child"],
    )
    return office.enter("budget_line", **LINE | {"source_id": str(bound)})


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"purpose": "communication"}, ["purpose"]),
        ({"beneficiary_type": "staff"}, ["beneficiary_type"]),
        ({"purpose": "gift", "beneficiary_type": "staff"}, ["purpose", "beneficiary_type"]),
    ],
)
def test_earmarked_money_is_refused_other_purposes(
    office: Office, earmarked: UUID, change: dict[str, str], fields: list[str]
) -> None:
    found = refused(office, "expenditure", **SPENT | {"line_id": str(earmarked)} | change)
    assert list(found) == fields


def test_a_source_that_is_bound_says_to_what(office: Office, source: str) -> None:
    unbound = SOURCE | {"name": "Khác", "earmarked": "yes"}
    assert list(refused(office, "funding_source", **unbound)) == ["beneficiaries"]


def test_what_was_spent_lies_where_its_line_lies(office: Office, earmarked: UUID) -> None:
    """2 million of the earmarked line and 3 of the province's: 5 in all."""
    made = office.enter("expenditure", **SPENT | {"line_id": str(earmarked)})
    with office.register.open() as session:
        row = session.get_one(Expenditure, (office.register.tenant, made))
        assert (row.commune_id, row.source_type) == (office.register.here, "central_earmarked")
    office.register.count()
    with office.register.open(Reach.whole_tenant()) as session:
        door = office.register.figures(session)
        assert door.measure("core.spent_vnd", YEAR).count == 2_000_000
        parts = door.by("core.budget_vnd", "detail", YEAR)
        assert parts["central_earmarked"].count == 15_000_000


def test_donations_are_added_up_by_the_day_they_came(office: Office) -> None:
    """COR-15: 3 and 2 billion in 2018, one of them in May; what came in 2017 counts there."""
    gift = {"fund": "Quỹ Bảo trợ trẻ em", "donor": "Một doanh nghiệp", "kind": "cash"}
    for amount, on in (
        ("3.000.000.000", "10/01/2018"),
        ("2.000.000.000", "10/05/2018"),
        ("1.000.000", "10/05/2017"),
    ):
        office.enter("donation", **gift | {"amount_vnd": amount, "donated_on": on})
    assert list(refused(office, "donation", **gift | {"amount_vnd": "1"})) == ["donated_on"]
    office.register.count()
    with office.register.open(Reach.whole_tenant()) as session:
        door = office.register.figures(session)
        quarter = Period.parse("2018-Q2").window
        assert door.indicator("COR-15", YEAR).count == 5_000_000_000
        assert door.indicator("COR-15", quarter).count == 2_000_000_000
