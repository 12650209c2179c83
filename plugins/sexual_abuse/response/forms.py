"""F-ABU-2 to F-ABU-6, on a case that the asker was given. None asks what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.plugin_api import Field, Form, Part, Roster, Text, answer
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import (
    LEVELS,
    ask,
    case,
    commune,
    commune_of_case,
    level,
    must,
    not_before,
    note,
    past_day,
    told,
    when,
    where_the_case_is,
)
from plugins.sexual_abuse.permissions import (
    CASE_READ,
    CASE_WORK,
    DECIDE,
    PROCEEDING_ENTER,
    PROCEEDING_READ,
    SERVICE_ENTER,
    SERVICE_READ,
)
from plugins.sexual_abuse.response import models, rules

if TYPE_CHECKING:
    from collections.abc import Mapping

_CASE = Part(Text(vi="Trường hợp", en="The case"), (case(), commune()))
_SEPARATED = answer("measures").one_of("temporary_separation")
_NO_CASE = answer("stage").equals(codes.NO_CRIMINAL_CASE)
_ITEMS = ("harm", "offender_access", "care_obstacles")
_ABILITIES = ("self_protection", "caregiver_ability", "recovery")


def _late(vi: str, en: str) -> Field:
    return note(
        "delay_reason", "Lý do chậm", "Why it is late", required=False, help=Text(vi=vi, en=en)
    )


def review_columns(answers: Mapping[str, Any]) -> dict[str, int]:
    """The totals of form 06."""
    given = [answers[name] for name in (*_ITEMS, *_ABILITIES)]
    return {f"{one.value}_count": given.count(one.value) for one in LEVELS}


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
        _CASE,
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
                _late(
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
        _CASE,
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
        _CASE,
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
                _late(
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
        _CASE,
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

SERVICE = Form(
    code="sexual_abuse.service",
    number="F-ABU-4",
    title=Text(vi="Theo dõi dịch vụ và chuyển gửi", en="Services and referrals"),
    purpose=Text(
        vi="Mỗi dịch vụ một dòng; đơn vị cung cấp chỉ xem được dòng của mình.",
        en="One line for each service; a provider sees its own lines alone.",
    ),
    model=models.SaService,
    parts=(
        _CASE,
        Part(
            Text(vi="Dịch vụ", en="The service"),
            (
                ask("choice", "kind", "Dịch vụ", "Service", options=codes.SERVICES),
                ask("text", "provider", "Đơn vị cung cấp", "Provider", max_length=120),
                past_day("referred_on", "Chuyển gửi ngày", "Referred on"),
                past_day(
                    "accepted_on",
                    "Tiếp nhận ngày",
                    "Accepted on",
                    required=False,
                    checks=(
                        not_before(
                            "accepted_on",
                            "referred_on",
                            "Ngày tiếp nhận không thể trước ngày chuyển gửi.",
                            "It is not accepted before it is referred.",
                        ),
                    ),
                ),
                past_day(
                    "started_on",
                    "Bắt đầu ngày",
                    "Begun on",
                    required=answer("done_on").answered(),
                    checks=(
                        not_before(
                            "started_on",
                            "accepted_on",
                            "Ngày bắt đầu không thể trước ngày tiếp nhận.",
                            "It does not begin before it is accepted.",
                        ),
                        not_before(
                            "started_on",
                            "referred_on",
                            "Ngày bắt đầu không thể trước ngày chuyển gửi.",
                            "It does not begin before it is referred.",
                        ),
                    ),
                ),
                past_day(
                    "done_on",
                    "Hoàn thành ngày",
                    "Done on",
                    required=False,
                    checks=(
                        not_before(
                            "done_on",
                            "started_on",
                            "Ngày hoàn thành không thể trước ngày bắt đầu.",
                            "It is not done before it begins.",
                        ),
                    ),
                ),
                ask("yes_no", "free_of_charge", "Miễn phí cho trẻ", "Free of charge"),
                ask(
                    "text",
                    "funding_source",
                    "Nguồn kinh phí",
                    "Paid from",
                    required=False,
                    max_length=120,
                ),
            ),
        ),
    ),
    columns=("case_id", "kind", "referred_on", "done_on"),
    enters=SERVICE_ENTER,
    sees=SERVICE_READ,
    prefill=commune_of_case,
    verify=where_the_case_is,
    makes=rules.after_service,
    source="Domain page of the programmes, §5.4 F-ABU-4",
)

PROCEEDING = Form(
    code="sexual_abuse.proceeding",
    number="F-ABU-5",
    title=Text(vi="Cập nhật tố tụng", en="Update of proceedings"),
    purpose=Text(
        vi="Chỉ ghi giai đoạn, ngày và cơ quan; không tường thuật, không ghi tên người bị nghi.",
        en="The stage, the day and the body alone; no narrative, and no name of a suspect.",
    ),
    model=models.SaProceeding,
    parts=(
        _CASE,
        Part(
            Text(vi="Giai đoạn", en="The stage"),
            (
                ask("choice", "stage", "Giai đoạn", "Stage", options=codes.STAGES),
                past_day("happened_on", "Ngày", "On"),
                ask("choice", "body", "Cơ quan", "Body", options=codes.BODIES),
                ask(
                    "choice",
                    "no_case_reason",
                    "Lý do không khởi tố",
                    "Why there is no criminal case",
                    options=codes.NO_CASE_REASONS,
                    required=_NO_CASE,
                    relevant=_NO_CASE,
                ),
                ask(
                    "text",
                    "document_no",
                    "Số văn bản",
                    "Document no.",
                    required=False,
                    max_length=50,
                ),
                ask(
                    "yes_no",
                    "child_friendly_interview",
                    "Lấy lời khai theo cách thân thiện với trẻ em",
                    "Was the child heard in a child-friendly way",
                ),
                ask(
                    "yes_no",
                    "legal_aid_present",
                    "Có trợ giúp pháp lý",
                    "Was legal aid there",
                ),
                ask(
                    "choice",
                    "outcome",
                    "Kết quả",
                    "Outcome",
                    options=codes.OUTCOMES,
                    required=answer("stage").equals(codes.LAST_IN_ORDER),
                ),
            ),
        ),
    ),
    columns=("case_id", "stage", "happened_on"),
    enters=PROCEEDING_ENTER,
    sees=PROCEEDING_READ,
    prefill=commune_of_case,
    verify=rules.check_proceeding,
    makes=rules.after_proceeding,
    source="Domain page of the programmes, §5.4 F-ABU-5",
)

PLACEMENT = Form(
    code="sexual_abuse.placement",
    number="",
    title=Text(vi="Nơi ở của trẻ", en="Where the child lives"),
    purpose=Text(
        vi="Ghi hình thức nơi ở và ngày rà soát; không ghi địa chỉ.",
        en="The kind of place and when it is reviewed; no address.",
    ),
    model=models.SaPlacement,
    parts=(
        _CASE,
        Part(
            Text(vi="Nơi ở", en="The place"),
            (
                ask("choice", "kind", "Hình thức", "Kind", options=codes.PLACES),
                past_day("starts_on", "Từ ngày", "From"),
                past_day(
                    "ends_on",
                    "Đến ngày",
                    "Until",
                    required=False,
                    checks=(
                        not_before(
                            "ends_on",
                            "starts_on",
                            "Ngày kết thúc không thể trước ngày bắt đầu.",
                            "It cannot end before it begins.",
                        ),
                    ),
                ),
                ask(
                    "date",
                    "review_on",
                    "Ngày rà soát",
                    "Review on",
                    required=~answer("ends_on").answered(),
                    relevant=~answer("ends_on").answered(),
                    checks=(
                        not_before(
                            "review_on",
                            "starts_on",
                            "Ngày rà soát không thể trước ngày bắt đầu.",
                            "The review cannot come before it begins.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    columns=("case_id", "kind", "starts_on", "review_on"),
    enters=CASE_WORK,
    sees=CASE_READ,
    prefill=commune_of_case,
    verify=where_the_case_is,
    source="Domain page of the programmes, §5.3 sa_placement",
)

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
        _CASE,
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
                told("high_count", "Tổng số mục «Cao»", "Items rated high"),
                told("medium_count", "Tổng số mục «Trung bình»", "Items rated medium"),
                told("low_count", "Tổng số mục «Thấp»", "Items rated low"),
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
        _CASE,
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

FORMS = (
    EMERGENCY,
    ASSESSMENT,
    PLAN,
    PLAN_DECISION,
    SERVICE,
    PROCEEDING,
    PLACEMENT,
    REVIEW,
    CLOSING,
)
