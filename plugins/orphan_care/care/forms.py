"""F-ORP-4 and F-ORP-8: care outside the family, and sponsors; and what became of the parents.

Visits (F-ORP-5) are in ``visits``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.plugin_api import Form, Part, Text, answer
from plugins.orphan_care.asking import (
    ask,
    child,
    commune,
    fixed,
    must,
    not_before,
    past_day,
    told,
    when,
)
from plugins.orphan_care.care import codes
from plugins.orphan_care.care.models import (
    CareArrangement,
    CareFamily,
    CareVisitDue,
    ParentStatusChange,
    Sponsorship,
)
from plugins.orphan_care.care.visits import LIVES, VISIT
from plugins.orphan_care.permissions import CARE_ENTER, CARE_READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.plugin_api import Records

_IN_FACILITY = answer("care_type").equals(codes.FACILITY)
_ENDED = answer("ends_on").answered()


def first_day_after(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The first day on which it is no longer counted."""
    end = answers["ends_on"]
    return {"counted_until": end + timedelta(days=1) if end else None}


def arrangement_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Relatives notify, others register. Source: commune-level procedures, P76."""
    basis = codes.NOTIFIED if answers["is_relative"] else codes.REGISTERED
    return first_day_after(answers) | {"basis": basis}


def first_visit_due(_records: Records, row: CareArrangement) -> Iterator[CareVisitDue]:
    """An arrangement says when its first visit is due."""
    if row.next_review_on is not None:
        yield CareVisitDue(arrangement_id=row.id, due_on=row.next_review_on)


PARENT_CHANGE = Form(
    code="orphan_care.parent_change",
    number="",
    title=Text(vi="Biến động về cha, mẹ của trẻ", en="Change in a parent's circumstances"),
    purpose=Text(
        vi="Ghi khi cha hoặc mẹ chết, mất tích, bị phạt tù, bỏ rơi trẻ hoặc bị hạn chế quyền, để "
        "kịp thời phát hiện trẻ cần chăm sóc.",
        en="A parent died, is missing, imprisoned, left the child or lost rights: so that a child "
        "in need of care is found in time.",
    ),
    model=ParentStatusChange,
    parts=(
        Part(
            Text(vi="Trẻ em và cha, mẹ", en="The child and the parent"),
            (
                LIVES,
                child(),
                ask("choice", "parent", "Cha hay mẹ", "Which parent", options=codes.PARENTS),
                ask("choice", "event", "Biến động", "What happened", options=codes.EVENTS),
                past_day("happened_on", "Ngày xảy ra", "On"),
                ask(
                    "text",
                    "document",
                    "Giấy tờ kèm theo (số, ngày)",
                    "Paper that shows it (number, date)",
                    required=False,
                    max_length=100,
                ),
            ),
        ),
    ),
    columns=("happened_on", "commune_id", "event"),
    enters=CARE_ENTER,
    sees=CARE_READ,
    source="Domain page of the programmes, §6.4 parent_status_change",
    attachments=True,
)

_CARER = Part(
    Text(vi="Người nhận chăm sóc", en="The carer"),
    (
        ask("choice", "care_type", "Hình thức chăm sóc", "Kind of care", options=codes.CARE_TYPES),
        ask(
            "text",
            "carer_name",
            "Người hoặc cơ sở nhận chăm sóc",
            "Carer or facility",
            max_length=120,
        ),
        ask(
            "yes_no",
            "is_relative",
            "Là người thân thích của trẻ",
            "Is the carer a relative",
            checks=(
                must(
                    when(
                        answer("care_type").equals(codes.KIN),
                        answer("is_relative").equals(other=True),
                    ),
                    "Đã chọn «Người thân thích chăm sóc» thì phải là người thân thích.",
                    "Care by relatives is given by a relative.",
                ),
                must(
                    when(
                        answer("care_type").one_of(codes.FOSTER, codes.FACILITY),
                        answer("is_relative").equals(other=False),
                    ),
                    "Người thân thích thì chọn hình thức «Người thân thích chăm sóc».",
                    "For a relative choose care by relatives.",
                ),
            ),
            help=Text(
                vi="Người thân thích thông báo với UBND cấp xã; người khác phải đăng ký.",
                en="Relatives notify the commune's People's Committee; others register.",
            ),
        ),
        told("choice", "basis", "Thủ tục", "Procedure", options=codes.BASES),
        ask(
            "integer",
            "capacity",
            "Số trẻ có thể nhận chăm sóc",
            "How many children it can take",
            least=1,
            most=1000,
            suffix=Text(vi="trẻ", en="children"),
        ),
        past_day("assessed_on", "Ngày đánh giá", "Assessed on"),
        ask(
            "choice",
            "assessment_result",
            "Kết quả đánh giá",
            "Result",
            options=codes.RESULTS,
            checks=(
                must(
                    answer("assessment_result").differs(codes.UNSUITABLE),
                    "Chưa đủ điều kiện thì không giao trẻ; hãy tìm người nhận chăm sóc khác.",
                    "A carer who is not suitable is not given a child; find another one.",
                ),
            ),
        ),
        past_day(
            "background_checked_on",
            "Ngày xác minh lý lịch người nhận chăm sóc",
            "Carer's background checked on",
            required=~_IN_FACILITY,
            relevant=~_IN_FACILITY,
        ),
    ),
)

_CARE = Part(
    Text(vi="Trẻ em và việc chăm sóc", en="The child and the care"),
    (
        fixed(LIVES),
        fixed(child()),
        past_day("starts_on", "Từ ngày", "From"),
        ask(
            "text",
            "agreement_no",
            "Số quyết định, thỏa thuận",
            "Number of the decision or agreement",
            required=answer("care_type").equals(codes.FOSTER),
            max_length=50,
        ),
        ask(
            "yes_no",
            "moved_from_facility",
            "Trẻ được chuyển từ cơ sở trợ giúp xã hội về",
            "The child came from a facility",
        ),
        ask("choice", "siblings", "Anh chị em ruột", "Siblings", options=codes.SIBLINGS),
        ask(
            "text",
            "siblings_reason",
            "Lý do tách anh chị em ruột",
            "Why the siblings are apart",
            required=answer("siblings").equals(codes.APART),
            relevant=answer("siblings").equals(codes.APART),
            max_length=250,
        ),
        fixed(
            ask(
                "date",
                "next_review_on",
                "Ngày thăm, rà soát tiếp theo",
                "Next visit due on",
                required=~_ENDED,
                relevant=~_ENDED,
                checks=(
                    not_before(
                        "next_review_on",
                        "starts_on",
                        "Ngày rà soát không thể trước ngày bắt đầu chăm sóc.",
                        "The next visit cannot come before the care begins.",
                    ),
                ),
            )
        ),
        past_day(
            "ends_on",
            "Đến ngày (nếu đã kết thúc)",
            "Until, if it has ended",
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
            "choice",
            "end_reason",
            "Lý do kết thúc",
            "Why it ended",
            options=codes.END_REASONS,
            required=_ENDED,
            relevant=_ENDED,
        ),
    ),
)

ARRANGEMENT = Form(
    code="orphan_care.arrangement",
    number="F-ORP-4",
    title=Text(
        vi="Đăng ký, thông báo nhận chăm sóc thay thế",
        en="Registration or notice of alternative care",
    ),
    purpose=Text(
        vi="Ghi ai nhận chăm sóc trẻ, kết quả đánh giá và khi nào phải thăm lại.",
        en="Who takes the child into care, what the assessment found and when a visit is due.",
    ),
    model=CareArrangement,
    parts=(_CARER, _CARE),
    columns=("starts_on", "commune_id", "care_type", "next_review_on"),
    editable=True,
    called="carer_name",
    enters=CARE_ENTER,
    sees=CARE_READ,
    compute=arrangement_columns,
    makes=first_visit_due,
    source="Domain page of the programmes, §6.5 F-ORP-4",
    attachments=True,
)

SPONSORSHIP = Form(
    code="orphan_care.sponsorship",
    number="F-ORP-8",
    title=Text(vi="Nhận đỡ đầu trẻ em", en="Sponsorship of a child"),
    purpose=Text(
        vi="Ghi nhà tài trợ nhận đỡ đầu một trẻ em. Nhà tài trợ chỉ được biết mã của trẻ.",
        en="A donor sponsors a child. The donor is told the child's code and nothing else.",
    ),
    model=Sponsorship,
    parts=(
        Part(
            Text(vi="Việc đỡ đầu", en="The sponsorship"),
            (
                LIVES,
                child(),
                ask("text", "donor", "Nhà tài trợ", "Donor", max_length=120),
                ask("choice", "kind", "Hình thức", "Kind", options=codes.SPONSORSHIPS),
                ask(
                    "integer",
                    "amount_vnd",
                    "Tổng mức đỡ đầu",
                    "Amount in all",
                    least=1,
                    suffix=Text(vi="đồng", en="VND"),
                ),
                past_day("starts_on", "Từ ngày", "From"),
                ask(
                    "date",
                    "ends_on",
                    "Đến ngày (nếu có)",
                    "Until, if known",
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
                    "yes_no",
                    "has_other_sponsor",
                    "Trẻ đang có nhà tài trợ khác đỡ đầu",
                    "The child has another sponsor already",
                    help=Text(
                        vi="Để mỗi trẻ chỉ được tính một lần trong số trẻ được nhận đỡ đầu.",
                        en="So that a child is counted once.",
                    ),
                ),
            ),
        ),
    ),
    columns=("starts_on", "commune_id", "kind", "amount_vnd"),
    editable=True,
    enters=CARE_ENTER,
    sees=CARE_READ,
    compute=first_day_after,
    source="Domain page of the programmes, §6.5 F-ORP-8",
)


FAMILY = Form(
    code="orphan_care.care_family",
    number="",
    title=Text(vi="Cá nhân, gia đình nhận chăm sóc thay thế", en="Families ready to take children"),
    purpose=Text(
        vi="Danh sách người, gia đình đã được đánh giá, để tìm nơi chăm sóc cho trẻ.",
        en="Those who were assessed, so that a place for a child is found.",
    ),
    model=CareFamily,
    parts=(
        Part(
            Text(vi="Người nhận chăm sóc", en="The carer"),
            (
                commune("Nơi ở (cấp xã)", "Commune"),
                ask("text", "carer_name", "Họ và tên", "Name", max_length=120),
                ask("integer", "capacity", "Số trẻ có thể nhận", "Capacity", least=1, most=20),
                ask(
                    "integer",
                    "children_now",
                    "Số trẻ đang chăm sóc",
                    "Children now",
                    least=0,
                    checks=(
                        must(
                            answer("children_now").at_most(answer("capacity")),
                            "Số trẻ đang chăm sóc không thể nhiều hơn số có thể nhận.",
                            "No more than it can take.",
                        ),
                    ),
                ),
                past_day("assessed_on", "Ngày đánh giá", "Assessed on"),
                ask("choice", "assessment_result", "Kết quả", "Result", options=codes.RESULTS),
            ),
        ),
    ),
    columns=("assessed_on", "commune_id", "capacity", "assessment_result"),
    editable=True,
    enters=CARE_ENTER,
    sees=CARE_READ,
    source="Domain page of the programmes, §6.4 care_family",
)

FORMS = (PARENT_CHANGE, FAMILY, ARRANGEMENT, VISIT, SPONSORSHIP)
