"""A case of child labour: opened, F-LAB-2 supported, F-LAB-5 visited; help for the household."""

from __future__ import annotations

from core.plugin_api import Check, Field, Form, Offer, Part, Text, answer
from plugins.child_labour import codes
from plugins.child_labour.forms.asked import CASE as OF_CASE
from plugins.child_labour.forms.asked import COMMUNE, VND, day, words
from plugins.child_labour.forms.case_rules import (
    done_in_time,
    due_days,
    first_livelihood,
    first_support,
    verify_support,
    verify_visit,
)
from plugins.child_labour.forms.worst_forms import NOT_HERE, take_in
from plugins.child_labour.models import (
    LabourCase,
    LabourFollowUp,
    LivelihoodSupport,
    SupportPackage,
)
from plugins.child_labour.permissions import ENTER_CASE, ENTER_SUPPORT, READ_CASE, READ_SUPPORT

_PAID = answer("kind").one_of("cash", "livelihood")
_RETURNS = answer("kind").equals(codes.SCHOOL_RETURN)
_LEARNS = answer("kind").equals(codes.VOCATIONAL)
_ENDED = answer("ends_on").answered()
_STILL_WORKS = answer("still_working").equals(True)


CASE = Form(
    code="child_labour.case",
    number="F-LAB-2a",
    title=Text(vi="Phiếu mở ca hỗ trợ", en="Case of child labour"),
    purpose=Text(
        vi="Mở ca cho trẻ em lao động trái quy định hoặc có nguy cơ, với kế hoạch hỗ trợ; ngày "
        "theo dõi sau 3, 6 và 12 tháng được tính sẵn.",
        en="Opens a case for a child in labour or at risk with a plan; the visits after 3, 6 and "
        "12 months are set.",
    ),
    model=LabourCase,
    parts=(
        Part(
            Text(vi="Trẻ em và kế hoạch", en="Child and plan"),
            (
                COMMUNE,
                Field(
                    name="code",
                    label=Text(vi="Mã ca", en="Code"),
                    kind="text",
                    computed=True,
                ),
                Field(
                    name="child_id",
                    label=Text(vi="Trẻ em", en="Child"),
                    kind="child",
                    required=True,
                ),
                Field(
                    name="screening_id",
                    label=Text(vi="Lượt rà soát", en="Screening"),
                    kind="record",
                    of="child_labour.screening",
                ),
                day("opened_on", "Ngày mở ca", "Opened on"),
                Field(
                    name="category",
                    label=Text(vi="Phân loại", en="Category"),
                    kind="choice",
                    options=codes.MAY_CONCLUDE,
                    required=True,
                    help=NOT_HERE,
                ),
                Field(
                    name="support_plan",
                    label=Text(vi="Kế hoạch hỗ trợ", en="Plan of support"),
                    kind="textarea",
                    required=True,
                    max_length=2000,
                ),
            ),
        ),
    ),
    columns=("code", "opened_on", "commune_id", "category"),
    code_column="code",
    enters=ENTER_CASE,
    sees=READ_CASE,
    makes=due_days,
    offers=(
        Offer(
            form="child_labour.support",
            label=Text(vi="Ghi gói hỗ trợ đầu tiên", en="Enter the first support"),
            carry={"labour_case_id": "id", "commune_id": "commune_id"},
        ),
        take_in(child_ref="child_id"),
    ),
    source="Domain page of the programmes, §4.2 labour_case",
)

SUPPORT = Form(
    code="child_labour.support",
    number="F-LAB-2",
    title=Text(vi="Phiếu gói hỗ trợ", en="Support package"),
    purpose=Text(
        vi="Ghi từng loại hỗ trợ cho trẻ trong ca: trở lại trường, học nghề, tiền mặt, sinh kế và "
        "kết quả.",
        en="Records each support given in a case: school, trade, cash, livelihood, and what came "
        "of it.",
    ),
    model=SupportPackage,
    parts=(
        Part(
            Text(vi="Loại hỗ trợ", en="Kind of support"),
            (
                COMMUNE,
                OF_CASE,
                Field(
                    name="kind",
                    label=Text(vi="Loại hỗ trợ", en="Kind of support"),
                    kind="choice",
                    options=codes.PACKAGES,
                    required=True,
                ),
                words("provider", "Đơn vị hỗ trợ", "Given by"),
                Field(
                    name="starts_on",
                    label=Text(vi="Ngày bắt đầu", en="Starts on"),
                    kind="date",
                    required=True,
                ),
                Field(
                    name="school_name",
                    label=Text(vi="Trường", en="School"),
                    kind="text",
                    required=_RETURNS,
                    relevant=_RETURNS,
                    max_length=120,
                ),
                Field(
                    name="grade",
                    label=Text(vi="Lớp", en="Grade"),
                    kind="integer",
                    required=_RETURNS,
                    relevant=_RETURNS,
                    least=1,
                    most=12,
                ),
                Field(
                    name="vocational_class_id",
                    label=Text(vi="Lớp dạy nghề", en="Vocational class"),
                    kind="record",
                    of="child_labour.vocational_class",
                    required=_LEARNS,
                    relevant=_LEARNS,
                ),
            ),
        ),
        Part(
            Text(vi="Chi phí và kết quả", en="Cost and outcome"),
            (
                Field(
                    name="cost_vnd",
                    label=Text(vi="Chi phí", en="Cost"),
                    kind="integer",
                    required=_PAID,
                    least=1,
                    suffix=VND,
                ),
                Field(
                    name="source",
                    label=Text(vi="Nguồn kinh phí", en="Source of the money"),
                    kind="choice",
                    options=codes.SOURCES,
                    required=_PAID,
                ),
                Field(
                    name="ends_on",
                    label=Text(vi="Ngày kết thúc", en="Ended on"),
                    kind="date",
                    not_future=True,
                    checks=(
                        Check(
                            answer("ends_on").at_least(answer("starts_on")),
                            Text(
                                vi="Ngày kết thúc không được trước ngày bắt đầu.",
                                en="It cannot end before it starts.",
                            ),
                        ),
                    ),
                ),
                Field(
                    name="outcome",
                    label=Text(vi="Kết quả", en="Outcome"),
                    kind="textarea",
                    required=_ENDED,
                    relevant=_ENDED,
                    max_length=1000,
                ),
            ),
        ),
    ),
    columns=("kind", "commune_id", "provider", "starts_on", "cost_vnd"),
    enters=ENTER_SUPPORT,
    sees=READ_SUPPORT,
    verify=verify_support,
    makes=first_support,
    takes_copies=True,
    source="Domain page of the programmes, §4.3 F-LAB-2",
)

LIVELIHOOD = Form(
    code="child_labour.livelihood",
    number="F-LAB-2b",
    title=Text(vi="Phiếu hỗ trợ sinh kế hộ gia đình", en="Livelihood support"),
    purpose=Text(
        vi="Ghi hỗ trợ sinh kế cho gia đình có trẻ em lao động hoặc có nguy cơ, và thu nhập sau "
        "đó.",
        en="Records what a family was given to live by, and its income afterwards.",
    ),
    model=LivelihoodSupport,
    parts=(
        Part(
            Text(vi="Hộ gia đình và hỗ trợ", en="Household and support"),
            (
                COMMUNE,
                Field(
                    name="household_id",
                    label=Text(vi="Hộ gia đình", en="Household"),
                    kind="household",
                    required=True,
                ),
                Field(
                    name="kind",
                    label=Text(vi="Loại hỗ trợ sinh kế", en="Kind"),
                    kind="choice",
                    options=codes.LIVELIHOODS,
                    required=True,
                ),
                day("given_on", "Ngày hỗ trợ", "Given on"),
                Field(
                    name="value_vnd",
                    label=Text(vi="Trị giá", en="Worth"),
                    kind="integer",
                    required=True,
                    least=1,
                    suffix=VND,
                ),
                Field(
                    name="income_after_vnd",
                    label=Text(
                        vi="Thu nhập một tháng sau hỗ trợ", en="Income in a month afterwards"
                    ),
                    kind="integer",
                    least=0,
                    suffix=VND,
                ),
            ),
        ),
    ),
    columns=("kind", "commune_id", "given_on", "value_vnd"),
    enters=ENTER_SUPPORT,
    sees=READ_SUPPORT,
    makes=first_livelihood,
    takes_copies=True,
    source="Domain page of the programmes, §4.2 livelihood_support",
)

FOLLOW_UP = Form(
    code="child_labour.follow_up",
    number="F-LAB-5",
    title=Text(vi="Phiếu theo dõi sau hỗ trợ", en="Follow-up visit"),
    purpose=Text(
        vi="Ghi mỗi lần thăm trẻ trong ca: còn làm việc không, có đi học không, tình trạng ca.",
        en="Records each visit to a child: whether it still works, goes to school, and how the "
        "case stands.",
    ),
    model=LabourFollowUp,
    parts=(
        Part(
            Text(vi="Lần thăm", en="The visit"),
            (
                COMMUNE,
                OF_CASE,
                day("visited_on", "Ngày thăm", "Visited on"),
                Field(
                    name="still_working",
                    label=Text(vi="Trẻ còn làm việc", en="The child still works"),
                    kind="yes_no",
                    required=True,
                ),
                Field(
                    name="hours_per_week",
                    label=Text(vi="Số giờ làm trong một tuần", en="Hours in a week"),
                    kind="integer",
                    required=_STILL_WORKS,
                    relevant=_STILL_WORKS,
                    least=0,
                    most=112,
                    suffix=Text(vi="giờ", en="hours"),
                ),
                Field(
                    name="in_school",
                    label=Text(vi="Trẻ đang đi học", en="The child goes to school"),
                    kind="yes_no",
                    required=True,
                ),
                Field(
                    name="moved_away",
                    label=Text(vi="Gia đình đã chuyển đi", en="The family moved away"),
                    kind="yes_no",
                    required=True,
                ),
                Field(
                    name="status",
                    label=Text(
                        vi="Tình trạng ca, nếu thay đổi", en="State of the case, if it changed"
                    ),
                    kind="choice",
                    options=codes.CASE_STATUS,
                ),
                Field(
                    name="note",
                    label=Text(vi="Ghi chú", en="Note"),
                    kind="textarea",
                    max_length=1000,
                ),
            ),
        ),
    ),
    columns=("visited_on", "commune_id", "still_working", "in_school", "status"),
    enters=ENTER_CASE,
    sees=READ_CASE,
    verify=verify_visit,
    makes=done_in_time,
    offers=(
        Offer(
            form="child_labour.screening",
            when=_STILL_WORKS,
            label=Text(vi="Trẻ còn làm việc: rà soát lại", en="Still working: screen again"),
            carry={"commune_id": "commune_id"},
        ),
        Offer(
            form="core.status_change",
            when=answer("moved_away").equals(True),
            label=Text(
                vi="Gia đình đã chuyển đi: cập nhật sổ quản lý trẻ em",
                en="The family moved away: change the register",
            ),
            carry={"commune_id": "commune_id"},
        ),
        take_in(),
    ),
    source="Domain page of the programmes, §4.3 F-LAB-5",
)
