"""Forms 02 and 03, emergency measures and the case conference.

The official wording of form 02 was not obtained; its questions are those of the domain page, §2.4.
Source: Decree 56/2017/ND-CP, Mẫu số 02 and 03, Art. 26, 27, 31, 32.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.cases import options
from core.cases.models import READ
from core.cases.papers.fields import (
    choice,
    choices,
    delay_reason,
    level,
    line,
    narrative,
    past_day,
)
from core.cases.papers.models import (
    APPROVE,
    WORK,
    CaseConference,
    CaseDetailedAssessment,
    CaseEmergencyMeasure,
    CaseInitialAssessment,
)
from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Part
from core.plugin_api.rules import TODAY, answer

if TYPE_CHECKING:
    from collections.abc import Mapping

# Either of the first two is high and no adult protects the child.
IN_DANGER = answer("protecting_adult").equals(False) & (
    answer("current_harm").equals("high") | answer("offender_access").equals("high")
)


def initial_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """An emergency unless somebody said that there is none."""
    needed = answers["emergency_needed"]
    if needed is None:
        danger = "high" in {answers["current_harm"], answers["offender_access"]}
        needed = danger and answers["protecting_adult"] is False
    return {"emergency_needed": needed, "immediate_needs": answers["immediate_needs"] or []}


INITIAL_FORM = Form(
    code="core.case_initial_assessment",
    number="Mẫu số 02",
    title=Text(vi="Đánh giá nguy cơ ban đầu", en="Initial risk assessment"),
    purpose=Text(
        vi="Kiểm tra thông tin, mức độ an toàn của trẻ và có cần can thiệp khẩn cấp không.",
        en="Whether the information is true, the child is safe, and it is an emergency.",
    ),
    model=CaseInitialAssessment,
    parts=(
        Part(
            Text(vi="Kiểm tra thông tin", en="Verification"),
            (
                past_day("assessed_on", "Ngày đánh giá", "Assessed on"),
                choice("confirmed", "Kết quả kiểm tra", "Result", options.CONFIRMED),
            ),
        ),
        Part(
            Text(vi="Mức độ nguy cơ", en="Risk"),
            (
                level("current_harm", "Mức độ tổn hại hiện tại", "Present harm"),
                level(
                    "offender_access",
                    "Khả năng đối tượng tiếp cận trẻ em",
                    "The abuser's access to the child",
                ),
                level(
                    "self_protection", "Khả năng tự bảo vệ của trẻ", "Self-protection of the child"
                ),
                Field(
                    name="protecting_adult",
                    label=Text(vi="Có người lớn bảo vệ trẻ", en="An adult protects the child"),
                    kind="yes_no",
                    required=True,
                ),
            ),
        ),
        Part(
            Text(vi="Kết luận", en="Conclusion"),
            (
                Field(
                    name="emergency_needed",
                    label=Text(vi="Cần can thiệp khẩn cấp", en="Emergency measures are needed"),
                    kind="yes_no",
                    help=Text(
                        vi="Để trống: tính là «Có» khi tổn hại hoặc khả năng tiếp cận ở mức cao "
                        "và không có người lớn bảo vệ.",
                        en="Left empty it is a yes where harm or access is high and no adult "
                        "protects the child.",
                    ),
                ),
                replace(
                    narrative(
                        "no_emergency_reason",
                        "Vì sao không cần can thiệp khẩn cấp",
                        "Why no emergency measures are needed",
                        required=True,
                    ),
                    relevant=IN_DANGER & answer("emergency_needed").equals(False),
                ),
                choices("immediate_needs", "Nhu cầu trước mắt", "Immediate needs", options.NEED),
                narrative("situation", "Tình hình ghi nhận", "What was found"),
            ),
        ),
    ),
    columns=("assessed_on",),
    enters=WORK,
    sees=READ,
    compute=initial_columns,
    source="Decree 56/2017/ND-CP, Mẫu số 02, Art. 26",
)

EMERGENCY_FORM = Form(
    code="core.case_emergency_measure",
    number="Điều 26, 31, 32",
    title=Text(vi="Biện pháp can thiệp khẩn cấp", en="Emergency measures"),
    purpose=Text(
        vi="Ghi biện pháp đã áp dụng để bảo đảm an toàn cho trẻ, trong vòng 12 giờ.",
        en="What was done to make the child safe, within twelve hours.",
    ),
    model=CaseEmergencyMeasure,
    parts=(
        Part(
            Text(vi="Biện pháp", en="Measures"),
            (
                Field(
                    name="started_at",
                    label=Text(vi="Thời điểm áp dụng", en="Since when"),
                    kind="datetime",
                    required=True,
                    not_future=True,
                ),
                choices("measures", "Biện pháp", "Measures", options.MEASURE, required=True),
                line("decision_no", "Số quyết định", "Number of the decision", longest=60),
                line("place", "Nơi bảo vệ trẻ", "Where the child is safe", required=True),
                line("responsible", "Người phụ trách", "Who is responsible", required=True),
                Field(
                    name="separation_review_on",
                    label=Text(vi="Ngày xem xét lại việc cách ly", en="Separation reviewed on"),
                    kind="date",
                    required=True,
                    relevant=answer("measures").one_of("temporary_separation"),
                    least=TODAY,
                ),
                delay_reason(),
            ),
        ),
    ),
    columns=("started_at",),
    enters=APPROVE,
    sees=READ,
    source="Decree 56/2017/ND-CP, Art. 26(3), 31, 32",
)


def detailed_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Needs are stored as a list."""
    return {"needs": answers["needs"] or []}


DETAILED_FORM = Form(
    code="core.case_detailed_assessment",
    number="Mẫu số 03",
    title=Text(vi="Thu thập thông tin, đánh giá nguy cơ cụ thể", en="Detailed assessment"),
    purpose=Text(
        vi="Thu thập thông tin về trẻ và gia đình, đánh giá từng nguy cơ và nhu cầu.",
        en="What is known of the child and the family; the risks and needs one by one.",
    ),
    model=CaseDetailedAssessment,
    parts=(
        Part(
            Text(vi="Thông tin", en="Information"),
            (
                past_day("assessed_on", "Ngày đánh giá", "Assessed on"),
                narrative("child_situation", "Tình hình của trẻ", "The child", required=True),
                narrative("family_situation", "Tình hình gia đình", "The family"),
                narrative("child_view", "Ý kiến, nguyện vọng của trẻ", "What the child wishes"),
            ),
        ),
        Part(
            Text(vi="Nguy cơ và nhu cầu", en="Risks and needs"),
            (
                level("harm", "Mức độ tổn hại", "Harm"),
                level(
                    "care_obstacles",
                    "Trở ngại trong môi trường chăm sóc",
                    "Obstacles to safety in the care environment",
                ),
                level(
                    "self_protection", "Khả năng tự bảo vệ của trẻ", "Self-protection of the child"
                ),
                level("overall_risk", "Mức độ nguy cơ chung", "Overall risk"),
                choices("needs", "Nhu cầu hỗ trợ", "Needs", options.SERVICE, required=True),
            ),
        ),
    ),
    columns=("assessed_on",),
    enters=WORK,
    sees=READ,
    compute=detailed_columns,
    source="Decree 56/2017/ND-CP, Mẫu số 03, Art. 27",
)

CONFERENCE_FORM = Form(
    code="core.case_conference",
    number="Điều 27",
    title=Text(vi="Biên bản họp về trường hợp", en="Case conference"),
    purpose=Text(
        vi="Ghi cuộc họp xác định nhu cầu, góp ý kế hoạch hoặc rà soát, có biên bản.",
        en="A meeting on needs, plan or review, with its minutes.",
    ),
    model=CaseConference,
    parts=(
        Part(
            Text(vi="Cuộc họp", en="The meeting"),
            (
                past_day("held_on", "Ngày họp", "Held on"),
                choice("topic", "Nội dung", "About", options.CONFERENCE),
                narrative("participants", "Thành phần tham dự", "Who took part", required=True),
                narrative("minutes", "Kết luận cuộc họp", "Minutes", required=True),
            ),
        ),
    ),
    columns=("held_on", "topic"),
    enters=WORK,
    sees=READ,
    source="Decree 56/2017/ND-CP, Art. 27(2)",
)
