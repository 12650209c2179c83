"""Support, training, inspections and totals: every figure against an example by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from core.plugin_api import FigureState
from plugins.child_labour import measures
from plugins.child_labour.models import (
    ClassificationStep,
    CommuneYear,
    FirstTime,
    FollowUpDue,
    LabourCase,
    LabourFollowUp,
    LabourInspection,
    VocationalClass,
    Workplace,
    WorkScreening,
)
from plugins.child_labour.response import inspections, support, training

if TYPE_CHECKING:
    from collections.abc import Callable

CASE, PLACE, LAST = (UUID(int=number, version=4) for number in (50, 51, 52))


def screening(commune: int, child: UUID, day: date, category: str) -> WorkScreening:
    return WorkScreening(
        commune_id=commune,
        child_id=child,
        screened_on=day,
        category=category,
        age_at_screening=12,
        age_group="5-12",
        sex="female",
        sector=None if category == "at_risk" else "trade",
        works=category != "at_risk",
        school_attending=True,
        reasons=[],
        ruleset="example",
    )


def training_of(commune: int, day: date, learners: int, *, project: bool) -> VocationalClass:
    return VocationalClass(
        commune_id=commune,
        trade="May",
        provider="Trung tâm",
        place="Xã",
        starts_on=day,
        months=3,
        places=20,
        from_age=13,
        project=project,
        learners=learners,
    )


def inspection(commune: int, day: date, violations: int, handled: int) -> LabourInspection:
    return LabourInspection(
        commune_id=commune,
        workplace_id=PLACE,
        inspected_on=day,
        decision_no="1",
        team="Thanh tra",
        minors_found=2,
        minors_5_12=0,
        minors_13_14=0,
        minors_15_17=2,
        findings=[],
        violations=violations,
        handled=handled,
        sanction="warning" if handled else "none",
    )


def first(commune: int, kind: str, subject: UUID, day: date, year: int = 0) -> FirstTime:
    return FirstTime(commune_id=commune, kind=kind, subject_id=subject, year=year, day=day)


def due(commune: int, kind: str, months: int, day: date) -> FollowUpDue:
    return FollowUpDue(
        commune_id=commune, labour_case_id=CASE, kind=kind, months=months, due_on=day
    )


@pytest.fixture
def rows(communes: tuple[int, ...], make_child: Callable[..., Any]) -> list[Any]:
    one = communes[0]
    child = make_child()
    found = [
        screening(one, child.id, day, category)
        for day, category in (
            (date(2018, 2, 1), "child_labour"),
            (date(2018, 3, 1), "child_labour"),
            (date(2018, 4, 1), "hazardous_child_labour"),
            (date(2018, 5, 1), "at_risk"),
            (date(2018, 6, 1), "permitted_work"),
        )
    ]
    found[4].id = LAST
    # the last one was found to be child labour after all
    corrected = ClassificationStep(
        commune_id=one,
        screening_id=LAST,
        screened_on=date(2018, 6, 1),
        sex="female",
        age=12,
        age_group="5-12",
        sector="trade",
        labour=1,
        hazardous=0,
        at_risk=0,
    )
    case = LabourCase(
        id=CASE,
        commune_id=one,
        child_id=child.id,
        opened_on=date(2018, 2, 10),
        category="child_labour",
        support_plan="Trở lại trường.",
    )
    visits = [
        LabourFollowUp(
            commune_id=one,
            labour_case_id=CASE,
            visited_on=day,
            still_working=False,
            in_school=True,
            moved_away=False,
            status=status,
        )
        for day, status in (
            (date(2018, 5, 1), "withdrawn"),
            (date(2018, 8, 1), None),
            (date(2018, 9, 1), "relapsed"),
        )
    ]
    totals = CommuneYear(
        commune_id=one,
        year=2018,
        first_day=date(2018, 1, 1),
        until_day=date(2019, 1, 1),
        children=200,
        informed_children=150,
        businesses=10,
        informed_businesses=9,
    )
    return [
        child,
        *found,
        corrected,
        case,
        *visits,
        first(one, "support", CASE, date(2018, 3, 1)),
        first(one, "support", UUID(int=60), date(2018, 7, 1)),
        first(one, "support", UUID(int=61), date(2017, 7, 1)),  # last year's
        first(one, "education", CASE, date(2018, 4, 1)),
        first(one, "livelihood", UUID(int=70), date(2018, 4, 1), 2018),
        first(one, "livelihood", UUID(int=70), date(2017, 4, 1), 2017),
        due(one, "due", 3, date(2018, 5, 10)),
        due(one, "due", 6, date(2018, 8, 10)),
        due(one, "due", 12, date(2019, 2, 10)),  # not yet due
        due(one, "done", 3, date(2018, 5, 10)),
        training_of(one, date(2018, 3, 1), 12, project=False),
        training_of(one, date(2018, 9, 1), 8, project=False),
        training_of(one, date(2018, 3, 1), 30, project=True),
        Workplace(id=PLACE, commune_id=one, name="Quán", kind="venue", sector="services"),
        inspection(one, date(2018, 3, 1), 3, 3),
        inspection(one, date(2018, 4, 1), 1, 0),
        inspection(one, date(2018, 5, 1), 0, 0),
        inspection(one, date(2017, 5, 1), 5, 5),  # last year's
        totals,
    ]


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("LAB-01", (4, None)),  # 2 + 1 hazardous + 1 corrected
        ("LAB-02", (4, 200)),
        ("LAB-03", (1, None)),
        ("LAB-04", (1, None)),
        ("LAB-05", (2, 5)),  # two cases of 4 + 1 found
        ("LAB-06", (1, 5)),
        ("LAB-07", (1, None)),
        ("LAB-08", (2, None)),
        ("LAB-09", (3, None)),
        ("LAB-10", (3, 4)),
        ("LAB-11", (1, None)),
        ("LAB-12", (150, 200)),
        ("LAB-13", (1, 2)),
    ],
)
def test_indicators(
    counted: Callable[..., Any],
    rows: Any,
    year: Any,
    code: str,
    by_hand: tuple[int, int | None],
) -> None:
    above, below = by_hand
    with counted(*rows) as door:
        figure = door.indicator(code, year)
        assert figure.state is FigureState.NUMBER
        if below is None:
            assert figure.count == above
        else:
            assert (figure.numerator, figure.denominator) == (above, below)


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        (measures.LEARNERS, 20),
        (measures.PROJECT_CLASSES, 1),
        (measures.PROJECT_LEARNERS, 30),
        (measures.MINORS_FOUND, 6),
        (measures.INFORMED_BUSINESSES, 9),
    ],
)
def test_measures(
    counted: Callable[..., Any], rows: Any, year: Any, code: str, by_hand: int
) -> None:
    with counted(*rows) as door:
        assert door.measure(code, year).count == by_hand


@pytest.mark.parametrize(
    ("cells", "vi", "en"),
    [
        (
            {"LAB-08": 1, measures.LEARNERS: 1},
            (
                "Tổ chức 01 lớp dạy nghề cho 01 trẻ em bỏ học, trẻ em có nguy cơ lao động tại địa "
                "bàn không thuộc dự án."
            ),
            (
                "1 vocational class for 1 child out of school or at risk was held outside project "
                "communes."
            ),
        ),
        (
            {},
            "Trong kỳ không tổ chức lớp dạy nghề tại địa bàn không thuộc dự án.",
            "No vocational class was held outside project communes in the period.",
        ),
    ],
)
def test_the_sentence_on_training(
    told: Callable[..., Any], cells: dict[str, int], vi: str, en: str
) -> None:
    sentence = training(told(cells=cells)).text
    assert (sentence.vi, sentence.en) == (vi, en)


@pytest.mark.parametrize(
    ("cells", "vi"),
    [
        (
            {"LAB-09": 12, measures.VIOLATIONS: 1},
            (
                "Kiểm tra, thanh tra 12 cơ sở sản xuất kinh doanh; phát hiện 01 trường hợp vi phạm "
                "về sử dụng lao động chưa thành niên."
            ),
        ),
        (
            {"LAB-09": 1},
            (
                "Kiểm tra, thanh tra 01 cơ sở sản xuất kinh doanh; không phát hiện vi phạm về sử "
                "dụng lao động chưa thành niên."
            ),
        ),
        ({}, "Trong kỳ chưa kiểm tra, thanh tra cơ sở sản xuất kinh doanh."),
    ],
)
def test_the_sentence_on_inspections(
    told: Callable[..., Any], cells: dict[str, int], vi: str
) -> None:
    assert inspections(told(cells=cells)).text.vi == vi


def test_the_sentence_on_support(counted: Callable[..., Any], rows: Any, year: Any) -> None:
    """Two of five, 40 percent; one child withdrew."""
    with counted(*rows) as door:
        context: Any = Asked(door, year)
        sentence = support(context).text
    assert sentence.vi == (
        "02/05 trẻ (đạt 40,0%) lao động trái quy định hoặc có nguy cơ được hỗ trợ, can thiệp. "
        "01 trẻ đã rút khỏi lao động hoặc trở lại trường."
    )
    assert sentence.en == (
        "2 of 5 children in child labour or at risk (40.0%) were supported. "
        "1 child left labour or went back to school."
    )


class Asked:
    """As much of a ``SectionContext`` as a sentence on one indicator asks for."""

    def __init__(self, door: Any, window: Any) -> None:
        """Figures of one window."""
        self.door, self.window = door, window

    def indicator(self, code: str) -> Any:
        """An indicator of the window."""
        return self.door.indicator(code, self.window)


@pytest.mark.parametrize("write", [support, training, inspections])
def test_what_is_no_number_is_never_written_as_zero(told: Callable[..., Any], write: Any) -> None:
    codes = ("LAB-05", "LAB-08", "LAB-09")
    sentence = write(told(states=dict.fromkeys(codes, FigureState.SUPPRESSED))).text
    assert "không hiển thị ở phạm vi này để bảo vệ trẻ em" in sentence.vi
