"""F-ABU-6: the review of a case, and its closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Form, Part, Text, answer
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import (
    LEVELS,
    ask,
    commune_of_case,
    level,
    must,
    past_day,
    told,
    when,
    where_the_case_is,
)
from plugins.sexual_abuse.permissions import (
    CASE_READ,
    CASE_WORK,
    DECIDE,
)
from plugins.sexual_abuse.response import models, rules

if TYPE_CHECKING:
    from collections.abc import Mapping

from plugins.sexual_abuse.response.forms.shared import THE_CASE

_ITEMS = ("harm", "offender_access", "care_obstacles")
_ABILITIES = ("self_protection", "caregiver_ability", "recovery")


def review_columns(answers: Mapping[str, Any]) -> dict[str, int]:
    """The totals of form 06."""
    given = [answers[name] for name in (*_ITEMS, *_ABILITIES)]
    return {f"{one.value}_count": given.count(one.value) for one in LEVELS}


REVIEW = Form(
    code="sexual_abuse.review",
    number="F-ABU-6",
    title=Text(vi="Rà soát (Mẫu số 06)", en="Review (form 06)"),
    purpose=Text(
        vi="Đánh giá lại mức độ an toàn của trẻ; chưa kết thúc khi còn nguy cơ cao.",
        en="How safe the child is now; a case is not closed while harm is high.",
    ),
    model=models.SaReview,
    parts=(
        THE_CASE,
        Part(
            Text(vi="a) Mức độ tổn hại", en="a) Harm"),
            (
                past_day("reviewed_on", "Ngày rà soát", "Reviewed on"),
                level("harm", "Mức độ tổn hại", "Harm"),
                level(
                    "offender_access",
                    "Khả năng tiếp cận trẻ của người bị nghi xâm hại",
                    "The offender's access to the child",
                ),
                level(
                    "care_obstacles",
                    "Trở ngại cho sự an toàn trong môi trường chăm sóc",
                    "Obstacles to safety where the child is cared for",
                ),
            ),
        ),
        Part(
            Text(vi="b) Khả năng tự bảo vệ, phục hồi", en="b) Protection and recovery"),
            (
                level("self_protection", "Khả năng tự bảo vệ của trẻ", "The child's own ability"),
                level("caregiver_ability", "Khả năng của người chăm sóc", "The carer's ability"),
                level("recovery", "Khả năng phục hồi", "Recovery"),
                told("integer", "high_count", "Tổng số mục «Cao»", "Items rated high"),
                told("integer", "medium_count", "Tổng số mục «Trung bình»", "Items rated medium"),
                told("integer", "low_count", "Tổng số mục «Thấp»", "Items rated low"),
                ask(
                    "choice",
                    "conclusion",
                    "Kết luận",
                    "Conclusion",
                    options=codes.CONCLUSIONS,
                    checks=(
                        must(
                            when(
                                answer("conclusion").equals(codes.CLOSE),
                                ~(
                                    answer("harm").equals("high")
                                    | answer("offender_access").equals("high")
                                    | answer("care_obstacles").equals("high")
                                ),
                            ),
                            "Còn mục tổn hại ở mức cao thì chưa thể kết thúc.",
                            "While an item of harm is high the case cannot be closed.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("case_id", "reviewed_on", "conclusion"),
    enters=CASE_WORK,
    sees=CASE_READ,
    compute=review_columns,
    prefill=commune_of_case,
    verify=where_the_case_is,
    source="Domain page of the programmes, §5.4 F-ABU-6; Decree 56/2017/NĐ-CP, form 06",
)

CLOSING = Form(
    code="sexual_abuse.closing",
    number="F-ABU-6",
    title=Text(vi="Xác nhận kết thúc trường hợp", en="Closing of a case"),
    purpose=Text(
        vi="Người thứ hai xác nhận kết luận của lần rà soát.",
        en="A second person confirms what the review concluded.",
    ),
    model=models.SaClosing,
    parts=(
        THE_CASE,
        Part(
            Text(vi="Xác nhận", en="Confirmation"),
            (
                ask("record", "review_id", "Lần rà soát", "Review", of="sexual_abuse.review"),
                past_day("closed_on", "Kết thúc ngày", "Closed on"),
            ),
        ),
    ),
    columns=("case_id", "closed_on"),
    enters=DECIDE,
    sees=CASE_READ,
    prefill=commune_of_case,
    verify=rules.check_closing,
    source="Domain page of the programmes, §5.4 F-ABU-6",
)
