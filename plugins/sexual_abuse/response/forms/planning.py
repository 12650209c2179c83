"""F-ABU-2, the assessment and F-ABU-3, the plan and its decision. None asks what happened."""

from __future__ import annotations

from core.plugin_api import Form, Part, Roster, Text, answer
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import (
    ask,
    commune_of_case,
    must,
    note,
    past_day,
    where_the_case_is,
)
from plugins.sexual_abuse.permissions import (
    CASE_READ,
    CASE_WORK,
    DECIDE,
)
from plugins.sexual_abuse.response import models, rules
from plugins.sexual_abuse.response.forms.shared import THE_CASE, THE_SAME_CASE, late

_SEPARATED = answer("measures").one_of("temporary_separation")

EMERGENCY = Form(
    code="sexual_abuse.emergency",
    number="F-ABU-2",
    title=Text(vi="Quyết định biện pháp can thiệp khẩn cấp", en="Emergency measures"),
    purpose=Text(
        vi="Bảo vệ trẻ ngay: phải bắt đầu trong 12 giờ từ khi tiếp nhận thông tin.",
        en="Protects the child at once: within 12 hours of receiving the notice.",
    ),
    model=models.SaEmergency,
    parts=(
        THE_SAME_CASE,
        Part(
            Text(vi="Biện pháp", en="Measures"),
            (
                ask("choices", "measures", "Biện pháp", "Measures", options=codes.MEASURES),
                ask(
                    "datetime",
                    "started_at",
                    "Bắt đầu lúc",
                    "Begun at",
                    not_future=True,
                    fixed=True,
                    help=Text(
                        vi="Đồng hồ 12 giờ tính từ lúc tiếp nhận thông tin.",
                        en="The 12-hour clock runs from receiving the notice.",
                    ),
                ),
                ask("text", "place", "Nơi trẻ được bảo vệ", "Where the child is", max_length=120),
                ask("text", "responsible", "Người phụ trách", "Who answers for it", max_length=120),
                ask(
                    "text",
                    "decision_no",
                    "Số quyết định",
                    "Decision no.",
                    required=False,
                    max_length=50,
                ),
                ask(
                    "date",
                    "separation_review_on",
                    "Ngày xem xét lại việc cách ly",
                    "Separation is reviewed on",
                    required=_SEPARATED,
                    relevant=_SEPARATED,
                ),
                past_day("ended_on", "Kết thúc ngày", "Ended on", required=False),
                late(
                    "Chỉ ghi khi bắt đầu sau 12 giờ.",
                    "Only if the measures began after 12 hours.",
                ),
            ),
        ),
    ),
    columns=("case_id", "started_at", "measures"),
    enters=DECIDE,
    sees=CASE_READ,
    prefill=commune_of_case,
    verify=rules.check_emergency,
    makes=rules.after_emergency,
    editable=True,
    source="Domain page of the programmes, §5.4 F-ABU-2; Decree 56/2017/NĐ-CP, Art. 26",
)

ASSESSMENT = Form(
    code="sexual_abuse.assessment",
    number="",
    title=Text(vi="Đánh giá, phân loại trường hợp", en="Assessment of a case"),
    purpose=Text(
        vi="Phân loại sau khi đánh giá (Mẫu số 03). Không hỏi trẻ kể lại sự việc.",
        en="The classification after the assessment (form 03). Nobody asks the child to tell.",
    ),
    model=models.SaAssessment,
    parts=(
        THE_CASE,
        Part(
            Text(vi="Kết quả đánh giá", en="What was found"),
            (
                past_day("assessed_on", "Ngày đánh giá", "Assessed on"),
                ask("yes_no", "confirmed", "Thông tin được xác minh là đúng", "Confirmed"),
                ask(
                    "choice",
                    "abuse_form",
                    "Hình thức xâm hại",
                    "Form of abuse",
                    options=codes.ABUSE_FORMS,
                ),
                ask("choice", "setting", "Môi trường xảy ra", "Setting", options=codes.SETTINGS),
                ask(
                    "choice",
                    "relation_to_child",
                    "Quan hệ của người bị nghi xâm hại với trẻ",
                    "Relation of the alleged abuser to the child",
                    options=codes.RELATIONS,
                ),
                ask("yes_no", "ongoing", "Việc xâm hại còn tiếp diễn", "Does it go on"),
                ask(
                    "yes_no",
                    "needs_care",
                    "Trẻ cần chăm sóc y tế hoặc tâm lý",
                    "Is medical or psychological care needed",
                ),
            ),
        ),
    ),
    columns=("case_id", "assessed_on", "ongoing"),
    enters=CASE_WORK,
    sees=CASE_READ,
    prefill=commune_of_case,
    verify=where_the_case_is,
    makes=rules.after_assessment,
    source="Domain page of the programmes, §2.4 (form 03), §5.3",
)

PLAN = Form(
    code="sexual_abuse.plan",
    number="F-ABU-3",
    title=Text(vi="Kế hoạch hỗ trợ, can thiệp (Mẫu số 04)", en="Plan of support (form 04)"),
    purpose=Text(
        vi="Trình Chủ tịch UBND cấp xã trong 05 ngày làm việc từ khi tiếp nhận thông tin.",
        en="Submitted to the commune's chair within 5 working days of receiving the notice.",
    ),
    model=models.SaPlan,
    parts=(
        THE_CASE,
        Part(
            Text(vi="Kế hoạch", en="The plan"),
            (
                past_day(
                    "submitted_on",
                    "Ngày trình",
                    "Submitted on",
                    help=Text(
                        vi="Đồng hồ 05 ngày làm việc tính từ ngày tiếp nhận thông tin.",
                        en="The clock of 5 working days runs from receiving the notice.",
                    ),
                ),
                note("goals", "Mục tiêu", "Goals"),
                note("monitoring", "Theo dõi thực hiện", "How it is followed"),
                ask(
                    "date",
                    "review_on",
                    "Ngày rà soát",
                    "Review on",
                    checks=(
                        must(
                            answer("review_on").above(answer("submitted_on")),
                            "Ngày rà soát phải sau ngày trình.",
                            "The review comes after the plan was submitted.",
                        ),
                    ),
                ),
                late(
                    "Chỉ ghi khi trình sau 05 ngày làm việc.",
                    "Only if it was submitted after 5 working days.",
                ),
            ),
        ),
    ),
    rosters=(
        Roster(
            name="services",
            title=Text(vi="Dịch vụ", en="Services"),
            model=models.SaPlanService,
            parent="plan_id",
            least=1,
            most=12,
            fields=(
                ask("choice", "kind", "Dịch vụ", "Service", options=codes.SERVICES),
                ask("text", "owner", "Người, đơn vị phụ trách", "Who answers", max_length=120),
                ask("date", "due_on", "Hoàn thành trước ngày", "Due on"),
            ),
        ),
    ),
    columns=("case_id", "submitted_on", "review_on"),
    enters=CASE_WORK,
    sees=CASE_READ,
    prefill=commune_of_case,
    verify=rules.check_plan,
    makes=rules.after_plan,
    source="Domain page of the programmes, §5.4 F-ABU-3; Decree 56/2017/NĐ-CP, Art. 28",
)

PLAN_DECISION = Form(
    code="sexual_abuse.plan_decision",
    number="F-ABU-3",
    title=Text(vi="Quyết định về kế hoạch (Mẫu số 05)", en="Decision on the plan (form 05)"),
    purpose=Text(
        vi="Người duyệt không phải là người lập kế hoạch.",
        en="Whoever approves a plan has not written it.",
    ),
    model=models.SaPlanDecision,
    parts=(
        THE_CASE,
        Part(
            Text(vi="Quyết định", en="The decision"),
            (
                ask("record", "plan_id", "Kế hoạch", "Plan", of="sexual_abuse.plan"),
                past_day("decided_on", "Ngày quyết định", "Decided on"),
                ask("yes_no", "approved", "Phê duyệt kế hoạch", "Is the plan approved"),
                ask(
                    "text",
                    "decision_no",
                    "Số quyết định",
                    "Decision no.",
                    required=answer("approved").equals(other=True),
                    max_length=50,
                ),
            ),
        ),
    ),
    columns=("case_id", "decided_on", "approved"),
    enters=DECIDE,
    sees=CASE_READ,
    prefill=commune_of_case,
    verify=rules.check_plan_decision,
    makes=rules.after_plan_decision,
    source="Domain page of the programmes, §5.4 F-ABU-3; Decree 56/2017/NĐ-CP, form 05",
)
