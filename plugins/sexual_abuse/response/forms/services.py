"""F-ABU-4, F-ABU-5 and the placement of a case that the asker was given."""

from __future__ import annotations

from core.plugin_api import Form, Part, Text, answer
from plugins.sexual_abuse import codes
from plugins.sexual_abuse.asking import (
    ask,
    commune_of_case,
    not_before,
    past_day,
    where_the_case_is,
)
from plugins.sexual_abuse.permissions import (
    CASE_READ,
    CASE_WORK,
    PROCEEDING_ENTER,
    PROCEEDING_READ,
    SERVICE_ENTER,
    SERVICE_READ,
)
from plugins.sexual_abuse.response import models, rules
from plugins.sexual_abuse.response.forms.shared import THE_CASE, THE_SAME_CASE

_NO_CASE = answer("stage").equals(codes.NO_CRIMINAL_CASE)

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
        THE_SAME_CASE,
        Part(
            Text(vi="Dịch vụ", en="The service"),
            (
                ask("choice", "kind", "Dịch vụ", "Service", options=codes.SERVICES, fixed=True),
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
    editable=True,
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
        THE_CASE,
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
        THE_SAME_CASE,
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
    editable=True,
    source="Domain page of the programmes, §5.3 sa_placement",
)
