"""F-LAB-1: the screening of a child for child labour."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from core.plugin_api import Check, Field, Form, Offer, Part, Text, answer
from plugins.child_labour import codes
from plugins.child_labour.classification import compute
from plugins.child_labour.forms.worst_forms import take_in
from plugins.child_labour.models import WorkScreening
from plugins.child_labour.notices import HazardNotice
from plugins.child_labour.permissions import ENTER, READ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import Records, Rule

YOUNGEST, OLDEST = 5, 17
MOST_HOURS_PER_DAY = 18
MOST_HOURS_PER_WEEK = 112
DAYS = 7

_WORKS = answer("works").equals(True)
_FOR_AN_EMPLOYER = answer("relation_to_employer").equals("employer")
_NOT_AT_SCHOOL = answer("school_attending").equals(False)


def _week_fits_days() -> Rule:
    """Weekly hours are at most seven times the longest day; rules know no arithmetic."""
    week, day = answer("hours_per_week"), answer("hours_per_day_max")
    unreachable = range(MOST_HOURS_PER_WEEK // DAYS)
    return reduce(
        and_,
        (~day.equals(hours) | ~week.above(hours * DAYS) for hours in unreachable),
    )


_WHO = Part(
    Text(vi="Trẻ em được rà soát", en="The child"),
    (
        Field(
            name="screened_on",
            label=Text(vi="Ngày rà soát", en="Date of the screening"),
            kind="date",
            required=True,
            not_future=True,
        ),
        Field(
            name="commune_id",
            label=Text(vi="Nơi trẻ đang sống (cấp xã)", en="Commune where the child lives"),
            kind="commune",
            required=True,
        ),
        Field(
            name="child_id",
            label=Text(vi="Trẻ em", en="Child"),
            kind="child",
            required=True,
            help=Text(
                vi="Tìm theo mã trẻ em trong sổ quản lý trẻ em.",
                en="Look up by the child's code in the register.",
            ),
        ),
        Field(
            name="sex",
            label=Text(vi="Giới tính", en="Sex"),
            kind="choice",
            options=codes.SEXES,
            required=True,
        ),
        Field(
            name="age_at_screening",
            label=Text(vi="Tuổi tại ngày rà soát", en="Age on the day of the screening"),
            kind="integer",
            required=True,
            least=YOUNGEST,
            most=OLDEST,
            suffix=Text(vi="tuổi", en="years"),
            help=Text(
                vi="Số tuổi tròn. Chỉ rà soát trẻ từ 5 đến 17 tuổi.",
                en="Completed years. Only children aged 5 to 17 are screened.",
            ),
        ),
    ),
)

_SCHOOL = Part(
    Text(vi="Học tập và yếu tố nguy cơ", en="School and risk factors"),
    (
        Field(
            name="school_attending",
            label=Text(vi="Trẻ đang đi học", en="Is the child attending school"),
            kind="yes_no",
            required=True,
        ),
        Field(
            name="last_grade",
            label=Text(vi="Lớp cao nhất đã học xong", en="Highest grade completed"),
            kind="integer",
            relevant=_NOT_AT_SCHOOL,
            least=0,
            most=12,
            help=Text(vi="Ghi 0 nếu trẻ chưa học xong lớp nào.", en="0 if no grade was completed."),
        ),
        Field(
            name="left_school_on",
            label=Text(vi="Nghỉ học từ ngày", en="Out of school since"),
            kind="date",
            relevant=_NOT_AT_SCHOOL,
            not_future=True,
            checks=(
                Check(
                    ~answer("left_school_on").above(answer("screened_on")),
                    Text(
                        vi="Ngày nghỉ học không được sau ngày rà soát.",
                        en="The child cannot have left school after the screening.",
                    ),
                ),
            ),
        ),
        Field(
            name="left_school_reason",
            label=Text(vi="Lý do nghỉ học", en="Why the child is out of school"),
            kind="choice",
            options=codes.LEFT_SCHOOL,
            required=_NOT_AT_SCHOOL,
            relevant=_NOT_AT_SCHOOL,
            since=3,
        ),
        Field(
            name="chores_hours_per_week",
            label=Text(vi="Số giờ làm việc nhà trong một tuần", en="Hours of chores in a week"),
            kind="integer",
            least=0,
            most=MOST_HOURS_PER_WEEK,
            suffix=Text(vi="giờ", en="hours"),
            help=Text(
                vi="Việc nhà của gia đình mình, không phải làm thuê. Không tính vào phân loại.",
                en="In the child's own home, not for pay. It does not count in the category.",
            ),
            since=3,
        ),
        Field(
            name="risk_factors",
            label=Text(vi="Yếu tố nguy cơ", en="Risk factors"),
            kind="choices",
            options=codes.RISK_FACTORS,
            checks=(
                Check(
                    ~(
                        answer("school_attending").equals(True)
                        & answer("risk_factors").one_of(codes.DROPOUT)
                    ),
                    Text(
                        vi="Trẻ đang đi học thì không chọn «Đã bỏ học».",
                        en="A child who attends school has not left it.",
                    ),
                ),
            ),
        ),
    ),
)

_WORK = Part(
    Text(vi="Tình trạng làm việc", en="Work"),
    (
        Field(
            name="works",
            label=Text(vi="Trẻ có tham gia làm việc không", en="Does the child work"),
            kind="yes_no",
            required=True,
            help=Text(
                vi="Nếu có dấu hiệu mua bán, bóc lột tình dục hoặc gán nợ: gọi ngay Tổng đài 111 "
                "và công an, không ghi vào phiếu này.",
                en="If there are signs of trafficking, sexual exploitation or debt bondage, call "
                "hotline 111 and the police at once; do not record it here.",
            ),
        ),
        Field(
            name="relation_to_employer",
            label=Text(vi="Làm việc cho ai", en="Works for"),
            kind="choice",
            options=codes.EMPLOYERS,
            required=_WORKS,
            relevant=_WORKS,
        ),
        Field(
            name="workplace_id",
            label=Text(vi="Nơi làm việc (đã có trong danh sách)", en="Workplace, from the list"),
            kind="record",
            of="child_labour.workplace",
            relevant=_WORKS,
        ),
        Field(
            name="workplace_name",
            label=Text(vi="Nơi làm việc (chưa có trong danh sách)", en="Workplace not in the list"),
            kind="text",
            max_length=120,
            required=_FOR_AN_EMPLOYER & answer("workplace_id").equals(None),
            relevant=_WORKS & answer("workplace_id").equals(None),
        ),
        Field(
            name="sector",
            label=Text(vi="Ngành", en="Sector"),
            kind="choice",
            options=codes.SECTORS,
            required=_WORKS,
            relevant=_WORKS,
        ),
        Field(
            name="occupation",
            label=Text(vi="Công việc cụ thể", en="What the child does"),
            kind="text",
            required=_WORKS,
            relevant=_WORKS,
            max_length=120,
            help=Text(
                vi="Ví dụ: bóc hành, bán vé số. Không ghi tên người hoặc cơ sở.",
                en="For example: peeling onions, selling lottery tickets. "
                "No names of persons or places.",
            ),
        ),
        Field(
            name="on_light_work_list",
            label=Text(
                vi="Công việc có trong danh mục công việc nhẹ",
                en="Is the work on the official list of light work",
            ),
            kind="yes_no",
            required=_WORKS & answer("age_at_screening").one_of(13, 14),
            relevant=_WORKS & answer("age_at_screening").one_of(13, 14),
            help=Text(
                vi="Danh mục áp dụng cho trẻ từ đủ 13 đến chưa đủ 15 tuổi.",
                en="The list is for children aged 13 to under 15.",
            ),
        ),
        Field(
            name="hours_per_day_max",
            label=Text(vi="Số giờ làm của ngày nhiều nhất", en="Hours on the longest day"),
            kind="integer",
            required=_WORKS,
            relevant=_WORKS,
            least=0,
            most=MOST_HOURS_PER_DAY,
            suffix=Text(vi="giờ", en="hours"),
            help=Text(vi="Làm tròn lên giờ.", en="Rounded up to whole hours."),
        ),
        Field(
            name="hours_per_week",
            label=Text(vi="Số giờ làm trong một tuần", en="Hours in a week"),
            kind="integer",
            required=_WORKS,
            relevant=_WORKS,
            least=0,
            most=MOST_HOURS_PER_WEEK,
            suffix=Text(vi="giờ", en="hours"),
            checks=(
                Check(
                    _week_fits_days(),
                    Text(
                        vi="Số giờ trong tuần nhiều hơn 7 lần số giờ của ngày nhiều nhất.",
                        en="This is more than seven times the hours of the longest day.",
                    ),
                ),
            ),
        ),
        Field(
            name="night_work",
            label=Text(vi="Có làm việc ban đêm", en="Works at night"),
            kind="yes_no",
            required=_WORKS,
            relevant=_WORKS,
        ),
        Field(
            name="hazards",
            label=Text(
                vi="Yếu tố nặng nhọc, độc hại, nguy hiểm", en="Heavy, harmful or dangerous factors"
            ),
            kind="choices",
            options=codes.HAZARDS,
            relevant=_WORKS,
            help=Text(
                vi="Không chọn nếu không có yếu tố nào.", en="Leave empty if there are none."
            ),
        ),
        Field(
            name="pay_vnd_month",
            label=Text(vi="Tiền công một tháng", en="Pay in a month"),
            kind="integer",
            relevant=_WORKS,
            least=0,
            suffix=Text(vi="đồng", en="VND"),
        ),
    ),
)

_RESULT = Part(
    Text(vi="Phân loại (tự động)", en="Classification (automatic)"),
    (
        Field(
            name="category",
            label=Text(vi="Phân loại", en="Category"),
            kind="choice",
            options=codes.CATEGORIES,
            computed=True,
        ),
        Field(
            name="reasons",
            label=Text(vi="Lý do", en="Reasons"),
            kind="choices",
            options=codes.REASONS,
            computed=True,
        ),
        Field(
            name="ruleset",
            label=Text(vi="Bộ quy tắc phân loại", en="Ruleset"),
            kind="choice",
            options=codes.RULESETS,
            computed=True,
        ),
        Field(
            name="age_group",
            label=Text(vi="Nhóm tuổi", en="Age group"),
            kind="choice",
            options=codes.AGE_GROUPS,
            computed=True,
        ),
    ),
)

_AGAINST_THE_LAW = answer("category").one_of(*codes.AGAINST_THE_LAW)

OFFERS = (
    Offer(
        form="child_labour.case",
        when=_AGAINST_THE_LAW | answer("category").equals(codes.AT_RISK),
        label=Text(vi="Lập ca hỗ trợ cho trẻ", en="Open a case to support the child"),
        carry={"child_id": "child_id", "commune_id": "commune_id", "category": "category"},
    ),
    take_in(child_ref="child_id"),
)


def noticed(_records: Records, row: WorkScreening) -> Iterator[HazardNotice]:
    """Dangerous work at a workplace of the list is told the inspectors, without the child."""
    if row.hazards and row.workplace_id is not None:
        yield HazardNotice(workplace_id=row.workplace_id, noticed_on=row.screened_on)


SCREENING = Form(
    code="child_labour.screening",
    number="F-LAB-1",
    title=Text(vi="Phiếu rà soát lao động trẻ em", en="Child labour screening"),
    purpose=Text(
        vi="Phát hiện trẻ em lao động trái quy định của pháp luật hoặc có nguy cơ, để hỗ trợ trẻ "
        "trở lại trường, học nghề và hỗ trợ gia đình.",
        en="Finds children who work contrary to the law or are at risk, so that they return to "
        "school or training and their families are supported.",
    ),
    model=WorkScreening,
    parts=(_WHO, _SCHOOL, _WORK, _RESULT),
    columns=("screened_on", "commune_id", "age_at_screening", "sector", "category"),
    enters=ENTER,
    sees=READ,
    version=3,
    makes=noticed,
    compute=compute,
    offers=OFFERS,
    source="Domain page of the programmes, §4.3 F-LAB-1; Labour Code 2019, Art. 145 and 147",
)
