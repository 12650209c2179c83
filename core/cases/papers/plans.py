"""Forms 04 (plan, with its services), 05 (decision) and 06 (review).

Further items of form 06 were not obtained; those here are the domain page's, §2.4.
Source: Decree 56/2017/ND-CP, Mẫu số 04, 05, 06, Art. 28.
"""

from __future__ import annotations

from collections import Counter
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
    CaseDecision,
    CasePlan,
    CaseReview,
    CaseService,
)
from core.kit.language import Text
from core.plugin_api.forms import Check, Field, Form, Part
from core.plugin_api.rules import TODAY, answer

if TYPE_CHECKING:
    from collections.abc import Mapping

HARM_ITEMS = ("harm", "offender_access", "care_obstacles")
_RATED = (*HARM_ITEMS, "self_protection", "caregiver_ability", "recovery")


def _from_day(name: str, vi: str, en: str, least: str) -> Field:
    return Field(
        name=name, label=Text(vi=vi, en=en), kind="date", required=True, least=answer(least)
    )


_STARTS = Field(
    name="starts_on", label=Text(vi="Bắt đầu từ ngày", en="Starts on"), kind="date", required=True
)

PLAN_FORM = Form(
    code="core.case_plan",
    number="Mẫu số 04",
    title=Text(vi="Kế hoạch hỗ trợ, can thiệp", en="Support and intervention plan"),
    purpose=Text(
        vi="Lập kế hoạch; sau đó ghi từng dịch vụ rồi trình Chủ tịch UBND cấp xã.",
        en="The plan; then its services one by one, then it is submitted to the chair.",
    ),
    model=CasePlan,
    parts=(
        Part(
            Text(vi="Kế hoạch", en="The plan"),
            (
                narrative("goals", "Mục tiêu", "Goals", required=True),
                _STARTS,
                narrative("monitoring", "Theo dõi thực hiện", "How it is followed", required=True),
                _from_day("review_on", "Ngày rà soát, đánh giá", "Review on", "starts_on"),
            ),
        ),
    ),
    columns=("starts_on", "review_on"),
    enters=WORK,
    sees=READ,
    source="Decree 56/2017/ND-CP, Mẫu số 04, Art. 28(1)",
)

SERVICE_FORM = Form(
    code="core.case_service",
    number="Mẫu số 04",
    title=Text(vi="Dịch vụ trong kế hoạch", en="A service of the plan"),
    purpose=Text(
        vi="Mỗi dịch vụ một lần ghi: nội dung, nơi cung cấp, thời hạn.",
        en="One service at a time: what, by whom, until when.",
    ),
    model=CaseService,
    parts=(
        Part(
            Text(vi="Dịch vụ", en="Service"),
            (
                choice("kind", "Dịch vụ", "Service", options.SERVICE),
                choice("protection_level", "Cấp độ bảo vệ", "Level", options.PROTECTION_LEVEL),
                line("provider", "Nơi hoặc người cung cấp", "Given by", required=True),
                _STARTS,
                _from_day("due_on", "Đến ngày", "Until", "starts_on"),
                narrative("note", "Ghi chú", "Note"),
            ),
        ),
    ),
    columns=("starts_on", "due_on"),
    enters=WORK,
    sees=READ,
    source="Decree 56/2017/ND-CP, Mẫu số 04",
)


def decision_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Who attended is stored as a list."""
    return {"attended": answers["attended"] or []}


DECISION_FORM = Form(
    code="core.case_decision",
    number="Mẫu số 05",
    title=Text(vi="Quyết định phê duyệt kế hoạch", en="Decision that approves the plan"),
    purpose=Text(
        vi="Phê duyệt kế hoạch sau khi họp. Người lập kế hoạch không tự phê duyệt.",
        en="Approve the plan after the meeting. Nobody approves their own plan.",
    ),
    model=CaseDecision,
    parts=(
        Part(
            Text(vi="Quyết định", en="The decision"),
            (
                line("decision_no", "Số quyết định", "Number", required=True, longest=60),
                past_day("decided_on", "Ngày quyết định", "Date"),
                choices(
                    "attended",
                    "Thành phần họp trước khi quyết định",
                    "Who met before the decision",
                    options.ATTENDED,
                    required=True,
                ),
                narrative("note", "Yêu cầu kèm theo", "Conditions"),
                delay_reason(),
            ),
        ),
    ),
    columns=("decision_no", "decided_on"),
    enters=APPROVE,
    sees=READ,
    compute=decision_columns,
    source="Decree 56/2017/ND-CP, Mẫu số 05",
)


def review_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The totals of the form."""
    counted = Counter(answers[name] for name in _RATED)
    return {f"{code}_count": counted[code] for code in options.LEVEL.codes}


_NO_HIGH = ~(
    answer("harm").equals("high")
    | answer("offender_access").equals("high")
    | answer("care_obstacles").equals("high")
)
REVIEW_FORM = Form(
    code="core.case_review",
    number="Mẫu số 06",
    title=Text(vi="Rà soát, đánh giá", en="Review"),
    purpose=Text(
        vi="Đánh giá nguy cơ ở giai đoạn cuối và kết luận. Người thứ hai xác nhận kết luận.",
        en="Risk at the end of the plan, and what follows. A second person confirms it.",
    ),
    model=CaseReview,
    parts=(
        Part(
            Text(vi="Mức độ tổn hại", en="Harm"),
            (
                past_day("reviewed_on", "Ngày rà soát", "Reviewed on"),
                level("harm", "Tổn hại còn nghiêm trọng", "Harm that remains"),
                level(
                    "offender_access",
                    "Khả năng đối tượng tiếp cận trẻ em",
                    "The abuser's access to the child",
                ),
                level(
                    "care_obstacles",
                    "Trở ngại cho an toàn trong môi trường chăm sóc",
                    "Obstacles to safety in the care environment",
                ),
            ),
        ),
        Part(
            Text(vi="Khả năng bảo vệ và phục hồi", en="Protection and recovery"),
            (
                level("self_protection", "Khả năng tự bảo vệ của trẻ", "Self-protection"),
                level(
                    "caregiver_ability", "Khả năng bảo vệ của người chăm sóc", "The carers' ability"
                ),
                level("recovery", "Mức độ phục hồi của trẻ", "The child's recovery"),
            ),
        ),
        Part(
            Text(vi="Kết luận", en="Conclusion"),
            (
                Field(
                    name="conclusion",
                    label=Text(vi="Kết luận", en="Conclusion"),
                    kind="choice",
                    required=True,
                    options=options.CONCLUSION.options,
                    checks=(
                        Check(
                            answer("conclusion").differs("close") | _NO_HIGH,
                            Text(
                                vi="Chưa thể kết thúc khi còn một mục tổn hại ở mức cao. "
                                "Hãy chọn tiếp tục hoặc lập kế hoạch mới.",
                                en="A case cannot be closed while an item of harm is high. "
                                "Continue, or make a new plan.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="next_review_on",
                    label=Text(vi="Ngày rà soát tiếp theo", en="Next review on"),
                    kind="date",
                    required=True,
                    relevant=answer("conclusion").equals("continue"),
                    least=TODAY,
                ),
                narrative("results", "Kết quả hỗ trợ, can thiệp", "What was done and reached"),
            ),
        ),
    ),
    columns=("reviewed_on", "conclusion"),
    enters=WORK,
    sees=READ,
    compute=review_columns,
    source="Decree 56/2017/ND-CP, Mẫu số 06",
)
