"""ORP-02 to ORP-12 over 2018 against one example, counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from core.plugin_api import FigureState
from plugins.orphan_care import measures
from plugins.orphan_care.benefits.models import BenefitEntitlement, BenefitPayment, Dossier
from plugins.orphan_care.care.models import CareArrangement, CareVisit, CareVisitDue, Sponsorship
from plugins.orphan_care.hiv.models import HivCare
from plugins.orphan_care.models import OrphanCareRecord
from plugins.orphan_care.relief.models import DisasterEvent, HealthServiceAtCentre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

END = date(2018, 12, 31)


@pytest.fixture
def rows(communes: tuple[int, ...], make_child: Callable[..., Any]) -> list[Any]:
    child = make_child()
    about = {"commune_id": communes[0], "child_id": child.id}
    here = {"commune_id": communes[0]}
    return [
        child,
        *_detections(about),
        *_allowances(about),
        *_dossiers(about),
        *_care(about),
        *_sponsorships(about),
        *_centres(here),
        *_hiv(here),
    ]


def _detections(about: dict[str, Any]) -> Iterator[OrphanCareRecord]:
    """Eligible on the last day: a, b, c and the disabled child, 4; supported of these: 3."""
    told = (
        ("a", "a3_kin", date(2018, 2, 1), None),
        ("b", "b2_in_care", date(2018, 3, 1), None),
        ("c", "c4_both_missing", None, None),  # not supported
        ("severe_disability", None, date(2018, 2, 1), None),
        ("a", "a1_no_carer", date(2018, 2, 1), END),  # ended on the last day
        ("disaster", None, date(2018, 2, 1), None),  # not of the eligible groups
    )
    for group, sub_group, supported, ended in told:
        yield OrphanCareRecord(
            **about,
            detected_on=date(2018, 1, 15),
            supported_from=supported,
            ended_on=ended,
            status="ended" if ended else "active",
            mother_status="unknown",
            father_status="unknown",
            group_code=group,
            sub_group=sub_group,
            current_carer="kin",
            needs=[],
        )


def _allowances(about: dict[str, Any]) -> Iterator[Any]:
    """In force on the last day: 2. Paid in the year: 675,000 + 675,000 + 405,000 = 1,755,000."""
    told = (
        (1, date(2018, 3, 1), date(2031, 2, 5), 2.5, 675_000),
        (2, date(2018, 11, 1), date(2026, 2, 5), 1.5, 405_000),
        (3, date(2017, 1, 1), date(2018, 12, 31), 1.5, 405_000),  # ended with the year
        (4, date(2019, 1, 1), date(2026, 2, 5), 1.5, 405_000),  # begins after it
    )
    for number, starts, until, coefficient, amount in told:
        yield BenefitEntitlement(
            **about,
            id=UUID(int=number, version=4),
            category="orphan",
            born_on=date(2010, 2, 5),
            studying=False,
            starts_on=starts,
            ends_by=until,
            counted_until=until,
            decision_no="1",
            decided_on=starts,
            payment_method="cash",
            coefficient=coefficient,
            base_vnd=270_000,
            amount_vnd=amount,
        )
    for number, month, amount, status in (
        (1, date(2018, 3, 1), 675_000, "paid"),
        (1, date(2018, 4, 1), 675_000, "paid"),
        (1, date(2018, 5, 1), 675_000, "unpaid"),
        (2, date(2018, 11, 1), 405_000, "paid"),
        (3, date(2017, 12, 1), 405_000, "paid"),  # the year before
    ):
        yield BenefitPayment(
            commune_id=about["commune_id"],
            entitlement_id=UUID(int=number, version=4),
            month=month,
            amount_vnd=amount,
            status=status,
            paid_on=month if status == "paid" else None,
        )


def _dossiers(about: dict[str, Any]) -> Iterator[Dossier]:
    """Three begun in the year, two of them complete."""
    for kind, opened, complete in (
        ("allowance", date(2018, 1, 1), True),
        ("adoption", date(2018, 6, 1), True),
        ("allowance", END, False),
        ("allowance", date(2019, 1, 1), True),
    ):
        yield Dossier(**about, kind=kind, opened_on=opened, complete=complete)


def _care(about: dict[str, Any]) -> Iterator[Any]:
    """On the last day four in care, three of them in families; two came from a facility."""
    told = (
        (1, "kin", date(2018, 2, 1), None, True),
        (2, "foster", date(2018, 3, 1), None, True),
        (3, "guardian", date(2017, 3, 1), None, False),
        (4, "facility", date(2017, 3, 1), None, False),
        (5, "foster", date(2018, 3, 1), date(2018, 12, 31), False),  # ended on 30 December
        (6, "kin", date(2017, 6, 1), date(2018, 3, 1), True),  # moved the year before
    )
    for number, kind, starts, until, moved in told:
        yield CareArrangement(
            **about,
            id=UUID(int=number, version=4),
            care_type=kind,
            carer_name="Người nhận chăm sóc",
            is_relative=kind == "kin",
            basis="notified" if kind == "kin" else "registered",
            capacity=1,
            assessed_on=starts,
            assessment_result="suitable",
            siblings="none",
            starts_on=starts,
            ends_on=None if until is None else date.fromordinal(until.toordinal() - 1),
            counted_until=until,
            end_reason="returned" if until else None,
            moved_from_facility=moved,
            next_review_on=None,
        )
    # five visits fell due in the year; three were made on time, one late, one not at all
    for number, due in ((1, 5), (1, 8), (1, 11), (2, 6), (2, 12)):
        yield CareVisitDue(
            commune_id=about["commune_id"],
            arrangement_id=UUID(int=number, version=4),
            due_on=date(2018, due, 1),
        )
    for number, due, made in ((1, 5, 1), (1, 8, 9), (1, 11, 1), (2, 6, 1)):
        day = date(2018, due, 1)
        visited = date(2018, due, made)
        yield CareVisit(
            commune_id=about["commune_id"],
            arrangement_id=UUID(int=number, version=4),
            due_on=day,
            visited_on=visited,
            on_time=visited <= day,
            wellbeing="good",
            school="good",
            health="good",
            concerns=[],
            still_in_care=False,
        )


def _sponsorships(about: dict[str, Any]) -> Iterator[Sponsorship]:
    """Sponsored on the last day: one child, whose second sponsor does not count it twice."""
    for starts, until, second, amount in (
        (date(2018, 6, 1), None, False, 2_400_000),
        (date(2018, 7, 1), None, True, 600_000),
        (date(2017, 6, 1), date(2018, 6, 1), False, 1_200_000),
    ):
        yield Sponsorship(
            **about,
            donor="Nhà hảo tâm",
            kind="cash",
            amount_vnd=amount,
            starts_on=starts,
            counted_until=until,
            has_other_sponsor=second,
        )


def _centres(here: dict[str, Any]) -> Iterator[Any]:
    """42 + 30 services; 60 children struck and 45 helped."""
    for day, served in ((date(2018, 4, 1), 42), (date(2018, 10, 1), 30), (date(2017, 4, 1), 9)):
        yield HealthServiceAtCentre(
            **here,
            facility="Trung tâm",
            service="general",
            given_on=day,
            children_served=served,
            provider="Bệnh viện",
        )
    for day, affected, helped in (
        (date(2018, 9, 1), 40, 30),
        (date(2018, 10, 1), 20, 15),
        (date(2017, 9, 1), 10, 1),
    ):
        yield DisasterEvent(
            **here,
            name="Đợt lũ",
            kind="flood",
            happened_on=day,
            children_affected=affected,
            households_affected=1,
            children_supported=helped,
        )


def _hiv(here: dict[str, Any]) -> Iterator[HivCare]:
    """Three known in the year, two managed on the last day."""
    for known, since, until in (
        (date(2018, 2, 1), date(2018, 2, 1), None),
        (date(2018, 3, 1), date(2018, 3, 1), None),
        (date(2018, 4, 1), date(2018, 4, 1), date(2018, 12, 31)),
    ):
        yield HivCare(
            **here, known_on=known, sex="unknown", managed_from=since, managed_until=until
        )


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("ORP-02", (3, 4, 75)),
        ("ORP-03", (2, 4, 50)),
        ("ORP-04", (2, 3, None)),
        ("ORP-06", (3, 4, 75)),
        ("ORP-10", (45, 60, 75)),
        ("ORP-12", (3, 5, 60)),
    ],
)
def test_ratios(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: tuple[int, int, Any]
) -> None:
    numerator, denominator, percent = by_hand
    with counted(*rows) as door:
        figure = door.indicator(code, year)
    assert (figure.numerator, figure.denominator) == (numerator, denominator)
    expected = Decimal(numerator) * 100 / denominator if percent is None else Decimal(percent)
    assert abs(figure.value - expected) < Decimal("0.01")


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("ORP-07", 2),
        ("ORP-08", 72),
        ("ORP-09", 1),
        ("ORP-11", 2),
        (measures.PAID_VND, 1_755_000),
        (measures.SPONSORED_VND, 3_000_000),
        (measures.DOSSIERS_INCOMPLETE, 1),
        (measures.HIV_KNOWN, 3),
    ],
)
def test_counts_and_sums(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: int
) -> None:
    with counted(*rows) as door:
        ask = door.indicator if code.startswith("ORP") else door.measure
        assert ask(code, year).count == by_hand


def test_hiv_is_told_of_the_province_and_of_nothing_below_it(
    counted: Callable[..., Any], rows: Any, year: Any, communes: tuple[int, ...]
) -> None:
    with counted(*rows) as door:
        for code in (measures.HIV_KNOWN, measures.HIV_MANAGED):
            figure = door.measure(code, year, communes=frozenset({communes[0]}))
            assert (figure.state, figure.value) == (FigureState.SUPPRESSED, None)
