"""What the programme counts. Source: domain page of the programmes, §4.2 and §4.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Measure, Text
from plugins.child_labour import codes
from plugins.child_labour.models import (
    ClassificationStep,
    CommuneYear,
    FirstTime,
    FollowUpDue,
    LabourFollowUp,
    LabourInspection,
    SupportPackage,
    VocationalClass,
)
from plugins.child_labour.models import WorkScreening as Screening

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from core.plugin_api import Option

SCREENINGS = "child_labour.screenings"
CHILD_LABOUR = "child_labour.children_in_child_labour"
BY_AGE_GROUP = "child_labour.children_in_child_labour_by_age_group"
HAZARDOUS = "child_labour.children_in_hazardous_work"
AT_RISK = "child_labour.children_at_risk"

CHILD_LABOUR_CORRECTED = "child_labour.child_labour_corrected"
AGE_GROUP_CORRECTED = "child_labour.child_labour_by_age_group_corrected"
HAZARDOUS_CORRECTED = "child_labour.hazardous_work_corrected"
AT_RISK_CORRECTED = "child_labour.at_risk_corrected"
PACKAGES = "child_labour.support_packages"
PACKAGE_COST = "child_labour.support_vnd"
CASES_SUPPORTED = "child_labour.cases_supported"
CASES_EDUCATED = "child_labour.cases_in_education"
HOUSEHOLDS_SUPPORTED = "child_labour.households_supported"
WITHDRAWN = "child_labour.children_withdrawn"
FOLLOW_UPS_DUE = "child_labour.follow_ups_due"
FOLLOW_UPS_DONE = "child_labour.follow_ups_in_time"
CLASSES = "child_labour.vocational_classes"
LEARNERS = "child_labour.vocational_learners"
PROJECT_CLASSES = "child_labour.project_classes"
PROJECT_LEARNERS = "child_labour.project_learners"
INSPECTIONS = "child_labour.inspections"
MINORS_FOUND = "child_labour.minors_found"
VIOLATIONS = "child_labour.violations"
HANDLED = "child_labour.violations_handled"
CHILDREN = "child_labour.children_5_to_17"
INFORMED_CHILDREN = "child_labour.children_informed"
BUSINESSES = "child_labour.businesses"
INFORMED_BUSINESSES = "child_labour.businesses_informed"


def measures() -> tuple[Measure, ...]:
    """Screenings and their corrections, support, training, inspections, and totals of communes."""
    return (*_screenings(), *_corrections(), *_support(), *_inspections(), *_totals())


def _screenings() -> tuple[Measure, ...]:
    """Screenings by category; child labour by sector and age group; hazardous work; at risk."""
    unlawful = Screening.category.in_(codes.AGAINST_THE_LAW)
    return (
        _screened(
            SCREENINGS,
            Text(vi="Lượt trẻ em được rà soát", en="Screenings of children"),
            None,
            detail="category",
            options=codes.CATEGORIES,
        ),
        _screened(
            CHILD_LABOUR,
            Text(vi="Trẻ em lao động trái quy định", en="Children in child labour"),
            unlawful,
            detail="sector",
            options=codes.SECTORS,
        ),
        _screened(
            BY_AGE_GROUP,
            Text(
                vi="Trẻ em lao động trái quy định theo nhóm tuổi",
                en="Children in child labour by age group",
            ),
            unlawful,
            detail="age_group",
            options=codes.AGE_GROUPS,
        ),
        _screened(
            HAZARDOUS,
            Text(
                vi="Trẻ em làm công việc nặng nhọc, độc hại, nguy hiểm",
                en="Children in hazardous work",
            ),
            Screening.category.in_((codes.HAZARDOUS, codes.WORST_FORM)),
            detail="sector",
            options=codes.SECTORS,
        ),
        _screened(
            AT_RISK,
            Text(vi="Trẻ em có nguy cơ lao động", en="Children at risk of child labour"),
            Screening.category == codes.AT_RISK,
            # A child at risk does not work yet and has no sector.
            detail="age_group",
            options=codes.AGE_GROUPS,
        ),
    )


def _screened(
    code: str,
    name: Text,
    where: ColumnElement[bool] | None,
    *,
    detail: str,
    options: tuple[Option, ...],
) -> Measure:
    return Measure(
        code=code,
        name=name,
        model=Screening,
        kind="flow",
        date="screened_on",
        where=where,
        sex="sex",
        age="age_at_screening",
        detail=detail,
        detail_options=options,
        source="F-LAB-1",
    )


def _corrections() -> tuple[Measure, ...]:
    """What a second person's word changes, added to the screenings of the same day."""
    return (
        _corrected(CHILD_LABOUR_CORRECTED, "labour", "sector", codes.SECTORS),
        _corrected(AGE_GROUP_CORRECTED, "labour", "age_group", codes.AGE_GROUPS),
        _corrected(HAZARDOUS_CORRECTED, "hazardous", "sector", codes.SECTORS),
        _corrected(AT_RISK_CORRECTED, "at_risk", "age_group", codes.AGE_GROUPS),
    )


def _corrected(code: str, column: str, detail: str, options: tuple[Option, ...]) -> Measure:
    return Measure(
        code=code,
        name=Text(vi="Điều chỉnh phân loại sau xác nhận", en="Categories corrected afterwards"),
        model=ClassificationStep,
        kind="flow",
        date="screened_on",
        sums=column,
        sex="sex",
        age="age",
        detail=detail,
        detail_options=options,
        source="F-LAB-1a",
    )


def _support() -> tuple[Measure, ...]:
    """Support, what became of it, follow-ups, vocational classes."""
    here, project = VocationalClass.project.is_(False), VocationalClass.project.is_(True)
    return (
        Measure(
            code=PACKAGES,
            name=Text(vi="Số lượt hỗ trợ", en="Support packages"),
            model=SupportPackage,
            kind="flow",
            date="starts_on",
            detail="kind",
            detail_options=codes.PACKAGES,
            source="F-LAB-2",
        ),
        Measure(
            code=PACKAGE_COST,
            name=Text(vi="Kinh phí hỗ trợ", en="Money spent on support"),
            model=SupportPackage,
            kind="flow",
            date="starts_on",
            where=SupportPackage.cost_vnd.is_not(None),
            sums="cost_vnd",
            detail="kind",
            detail_options=codes.PACKAGES,
            source="F-LAB-2",
        ),
        _first(
            CASES_SUPPORTED,
            "Số trẻ phát hiện đã được hỗ trợ",
            "Children found and supported",
            "support",
        ),
        _first(
            CASES_EDUCATED,
            "Số trẻ phát hiện đã được học",
            "Children found and in education",
            "education",
        ),
        _first(
            HOUSEHOLDS_SUPPORTED, "Số hộ được hỗ trợ sinh kế", "Households supported", "livelihood"
        ),
        Measure(
            code=WITHDRAWN,
            name=Text(vi="Số trẻ rút khỏi lao động, hòa nhập", en="Withdrawn or reintegrated"),
            model=LabourFollowUp,
            kind="flow",
            date="visited_on",
            where=LabourFollowUp.status.in_(codes.WITHDRAWN),
            detail="status",
            detail_options=tuple(o for o in codes.CASE_STATUS if o.value in codes.WITHDRAWN),
            source="F-LAB-5",
        ),
        _due(FOLLOW_UPS_DUE, "Số lượt theo dõi đến hạn", "Follow-ups due", "due"),
        _due(FOLLOW_UPS_DONE, "Số lượt theo dõi đúng hạn", "Follow-ups in time", "done"),
        _class(CLASSES, "Số lớp dạy nghề", "Vocational classes", here, None),
        _class(LEARNERS, "Số học viên", "Learners", here, "learners"),
        _class(PROJECT_CLASSES, "Số lớp thuộc dự án", "Project classes", project, None),
        _class(PROJECT_LEARNERS, "Học viên thuộc dự án", "Project learners", project, "learners"),
    )


def _first(code: str, vi: str, en: str, kind: str) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=FirstTime,
        kind="flow",
        date="day",
        where=FirstTime.kind == kind,
        source="F-LAB-2",
    )


def _due(code: str, vi: str, en: str, kind: str) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=FollowUpDue,
        kind="flow",
        date="due_on",
        where=FollowUpDue.kind == kind,
        source="F-LAB-5",
    )


def _class(code: str, vi: str, en: str, where: ColumnElement[bool], sums: str | None) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=VocationalClass,
        kind="flow",
        date="starts_on",
        where=where,
        sums=sums,
        source="F-LAB-3",
    )


def _inspections() -> tuple[Measure, ...]:
    """Establishments inspected, minors found, violations and those handled."""
    return (
        _inspected(INSPECTIONS, "Số lượt cơ sở được kiểm tra", "Establishments inspected", None),
        _inspected(
            MINORS_FOUND, "Số lao động chưa thành niên", "Minors found at work", "minors_found"
        ),
        _inspected(VIOLATIONS, "Số vi phạm", "Violations", "violations"),
        _inspected(HANDLED, "Số vi phạm được xử lý", "Violations handled", "handled"),
    )


def _inspected(code: str, vi: str, en: str, sums: str | None) -> Measure:
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=LabourInspection,
        kind="flow",
        date="inspected_on",
        sums=sums,
        detail="sanction",
        detail_options=codes.SANCTIONS,
        source="F-LAB-4",
    )


def _totals() -> tuple[Measure, ...]:
    """What communes report of a year."""
    return (
        _of_year(CHILDREN, "Số trẻ em từ 5 đến 17 tuổi", "Children aged 5 to 17", "children"),
        _of_year(
            INFORMED_CHILDREN, "Trẻ em được thông tin", "Children informed", "informed_children"
        ),
        _of_year(BUSINESSES, "Số cơ sở, hộ kinh doanh", "Businesses", "businesses"),
        _of_year(
            INFORMED_BUSINESSES,
            "Cơ sở được thông tin",
            "Businesses informed",
            "informed_businesses",
        ),
    )


def _of_year(code: str, vi: str, en: str, column: str) -> Measure:
    """A total that communes report for a year; it stands from its first to its last day."""
    return Measure(
        code=code,
        name=Text(vi=vi, en=en),
        model=CommuneYear,
        kind="stock",
        date="first_day",
        until="until_day",
        sums=column,
        source="F-LAB-6",
    )
