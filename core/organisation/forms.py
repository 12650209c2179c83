"""The forms of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.kit.text import fold
from core.organisation import models, options
from core.organisation.fields import COMMUNE, SEAT, choice, count, fixed, until
from core.plugin_api.forms import Fault, Field, Form, Part, Roster
from core.plugin_api.rules import answer
from core.register.fields import day, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.plugin_api.records import Records

LEVEL = choice("level", "Cấp", "Level", options.LEVEL)
_NETWORK: dict[str, Any] = {
    "enters": models.ENTER,
    "sees": models.READ,
    "source": "programmes §2.5",
    "editable": True,  # who leaves, and what closes, is written into the record
}

COMMITTEE_FORM = Form(
    code="core.committee",
    number="F-COR-4",
    title=Text(vi="Ban điều hành, nhóm công tác", en="Committee"),
    purpose=Text(
        vi="Ghi quyết định thành lập hoặc kiện toàn; quyết định mới thay thế quyết định cũ.",
        en="Record a decision that sets up or reconstitutes a body; it replaces the one before.",
    ),
    model=models.Committee,
    parts=(
        Part(
            Text(vi="Quyết định", en="Decision"),
            (
                fixed(choice("committee_type", "Loại", "Kind", options.COMMITTEE)),
                fixed(LEVEL),
                fixed(SEAT),
                line("decision_no", "Số quyết định", "Number", required=True, max_length=60),
                fixed(day("decided_on", "Ngày ban hành", "Day of issue")),
                line(
                    "chair_role",
                    "Chức danh trưởng ban, trưởng nhóm",
                    "Office of the chair",
                    required=True,
                    max_length=120,
                ),
                Field(
                    name="status",
                    label=Text(vi="Tình trạng", en="Status"),
                    kind="choice",
                    options=options.STANDING.options,
                    computed=True,
                ),
                Field(
                    name="ended_on",
                    label=Text(vi="Được thay thế từ ngày", en="Replaced on"),
                    kind="date",
                    computed=True,
                ),
            ),
        ),
    ),
    rosters=(
        Roster(
            name="members",
            title=Text(vi="Thành viên", en="Members"),
            model=models.CommitteeMember,
            parent="committee_id",
            fields=(
                line("full_name", "Họ và tên", "Name", required=True, max_length=120),
                line("agency", "Cơ quan", "Agency", max_length=200),
                line("role", "Nhiệm vụ", "Place", required=True, max_length=120),
            ),
        ),
    ),
    columns=("committee_type", "level", "commune_id", "decision_no", "decided_on", "status"),
    **_NETWORK,
)

POST_FORM = Form(
    code="core.staff_post",
    number="F-COR-NS",
    title=Text(vi="Người làm công tác trẻ em", en="Staff post"),
    purpose=Text(
        vi="Ghi vị trí làm công tác trẻ em của xã, huyện, tỉnh và người đang đảm nhiệm.",
        en="Record a post for children of a commune, district or province, and who holds it.",
    ),
    model=models.StaffPost,
    parts=(
        Part(
            Text(vi="Vị trí", en="Post"),
            (
                choice("post_type", "Vị trí", "Post", options.POST),
                LEVEL,
                SEAT,
                line("incumbent", "Họ và tên", "Name", required=True, max_length=120),
                Field(
                    name="full_time",
                    label=Text(vi="Làm chuyên trách", en="Full time"),
                    kind="yes_no",
                    required=True,
                ),
                day("from_date", "Từ ngày", "From"),
                until("to_date", "from_date", "Thôi đảm nhiệm từ ngày", "No longer from"),
            ),
        ),
    ),
    columns=("post_type", "level", "commune_id", "full_time", "from_date", "to_date"),
    **_NETWORK,
)


def collaborator_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored beside the answers, to know person and hamlet again."""
    return {"name_fold": fold(answers["full_name"]), "hamlet_fold": fold(answers["hamlet"])}


_ALREADY = Text(
    vi="Người này đang là cộng tác viên của khóm, ấp, thôn, bản này.",
    en="This person is a collaborator of this hamlet already.",
)


def one_post_each(records: Records, answers: Mapping[str, Any]) -> Iterable[Fault]:
    """One active post for each person and hamlet."""
    if answers["to_date"] is not None:
        return
    same = (
        answer("commune_id").equals(answers["commune_id"])
        & answer("name_fold").equals(answers["name_fold"])
        & answer("hamlet_fold").equals(answers["hamlet_fold"])
        & answer("to_date").equals(None)
    )
    if records.count(models.Collaborator, same):
        yield Fault("full_name", _ALREADY)


COLLABORATOR_FORM = Form(
    code="core.collaborator",
    number="F-COR-3",
    title=Text(vi="Cộng tác viên bảo vệ trẻ em", en="Collaborator"),
    purpose=Text(
        vi="Ghi cộng tác viên của khóm, ấp, thôn, bản để liên hệ và tính mức bình quân mỗi xã.",
        en="Record the collaborators of each hamlet, to reach and to count them.",
    ),
    model=models.Collaborator,
    parts=(
        Part(
            Text(vi="Cộng tác viên", en="Collaborator"),
            (
                line("full_name", "Họ và tên", "Name", required=True, max_length=120),
                Field(
                    name="phone",
                    label=Text(vi="Điện thoại", en="Telephone"),
                    kind="text",
                    required=True,
                    max_length=20,
                ),
                COMMUNE,
                line("hamlet", "Khóm, ấp, thôn, bản", "Hamlet", required=True, max_length=120),
                day("trained_on", "Tập huấn gần nhất ngày", "Last trained on", required=False),
                count(
                    "allowance_vnd",
                    "Thù lao hằng tháng",
                    "Monthly allowance",
                    suffix=Text(vi="đồng", en="VND"),
                ),
            ),
        ),
        Part(
            Text(vi="Thời gian", en="Time"),
            (
                day("from_date", "Từ ngày", "From"),
                until("to_date", "from_date", "Nghỉ từ ngày", "No longer from"),
                Field(
                    name="end_reason",
                    label=Text(vi="Lý do nghỉ", en="Why it ended"),
                    kind="text",
                    required=True,
                    relevant=answer("to_date").answered(),
                    max_length=250,
                ),
            ),
        ),
    ),
    columns=("hamlet", "commune_id", "from_date", "to_date", "trained_on"),
    compute=collaborator_columns,
    verify=one_post_each,
    **_NETWORK,
)

GROUP_FORM = Form(
    code="core.network_group",
    number="F-COR-CLB",
    title=Text(vi="Câu lạc bộ, nhóm nòng cốt, đội tình nguyện", en="Club, group or team"),
    purpose=Text(
        vi="Ghi câu lạc bộ, nhóm trẻ em nòng cốt, đội tình nguyện; không ghi tên trẻ em.",
        en="Record clubs, core groups of children and teams of volunteers; name no child.",
    ),
    model=models.NetworkGroup,
    parts=(
        Part(
            Text(vi="Nhóm", en="Group"),
            (
                choice("group_type", "Loại", "Kind", options.GROUP),
                line("name", "Tên gọi", "Name", required=True, max_length=200),
                COMMUNE,
                line("host", "Đơn vị phụ trách", "Looked after by", max_length=200),
                count("members_total", "Số thành viên", "Members", required=True),
                Field(
                    name="members_female",
                    label=Text(vi="Trong đó: nữ", en="Of them girls and women"),
                    kind="integer",
                    least=0,
                    most=answer("members_total"),
                ),
                day("opened_on", "Hoạt động từ ngày", "Since"),
                until("closed_on", "opened_on", "Ngừng hoạt động từ ngày", "No longer from"),
            ),
        ),
    ),
    columns=("name", "group_type", "commune_id", "members_total", "opened_on", "closed_on"),
    **_NETWORK,
)

PROVIDER_FORM = Form(
    code="core.service_provider",
    number="F-COR-DV",
    title=Text(vi="Cơ sở cung cấp dịch vụ bảo vệ trẻ em", en="Service provider"),
    purpose=Text(
        vi="Rà soát, đăng ký cơ sở cung cấp dịch vụ để chuyển gửi trẻ em đúng nơi.",
        en="Review and register the providers of services, so that children are referred well.",
    ),
    model=models.ServiceProvider,
    parts=(
        Part(
            Text(vi="Cơ sở", en="Provider"),
            (
                line("name", "Tên cơ sở", "Name", required=True, max_length=200),
                choice("ownership", "Loại hình", "Ownership", options.OWNERSHIP),
                line("registration_no", "Số đăng ký", "Registration number", max_length=60),
                COMMUNE,
                line("address", "Địa chỉ", "Address", max_length=250),
                line("phone", "Điện thoại", "Telephone", max_length=20),
            ),
        ),
        Part(
            Text(vi="Dịch vụ", en="Services"),
            (
                Field(
                    name="services",
                    label=Text(vi="Dịch vụ cung cấp", en="Services"),
                    kind="choices",
                    required=True,
                    options=options.SERVICE.options,
                ),
                count("capacity", "Số trẻ em tiếp nhận cùng lúc", "Children at a time"),
                day("reviewed_on", "Rà soát ngày", "Reviewed on"),
            ),
        ),
    ),
    columns=("name", "ownership", "commune_id", "registration_no", "reviewed_on"),
    **_NETWORK,
)

_STOPPED = answer("status").one_of("paused", "closed")
POINT_FORM = Form(
    code="core.service_point",
    number="F-COR-5",
    title=Text(vi="Điểm dịch vụ, mô hình", en="Service point"),
    purpose=Text(
        vi="Ghi điểm công tác xã hội, điểm tư vấn, mô hình và tình trạng hoạt động.",
        en="Record service points and models, and whether they are open.",
    ),
    model=models.ServicePoint,
    parts=(
        Part(
            Text(vi="Điểm dịch vụ", en="Point"),
            (
                choice("point_type", "Loại", "Kind", options.POINT),
                line("host", "Đơn vị chủ quản", "Run by", required=True, max_length=200),
                COMMUNE,
                choice("status", "Tình trạng", "Status", options.POINT_STATUS),
                Field(
                    name="opened_on",
                    label=Text(vi="Ngày mở", en="Opened on"),
                    kind="date",
                    required=True,
                    relevant=answer("status").differs("planned"),
                    not_future=True,
                ),
                Field(
                    name="inactive_from",
                    label=Text(vi="Tạm ngừng hoặc đóng từ ngày", en="Paused or closed from"),
                    kind="date",
                    required=True,
                    relevant=_STOPPED,
                    not_future=True,
                    checks=until("inactive_from", "opened_on", "-", "-").checks,
                ),
                line("funding", "Nguồn kinh phí", "Paid by", max_length=200),
            ),
        ),
    ),
    columns=("point_type", "host", "commune_id", "status", "opened_on", "inactive_from"),
    **_NETWORK,
)

RECOGNITION_FORM = Form(
    code="core.commune_recognition",
    number="F-COR-XPH",
    title=Text(vi="Công nhận xã phù hợp với trẻ em", en="Child-friendly commune"),
    purpose=Text(
        vi="Ghi quyết định công nhận xã, phường, thị trấn phù hợp với trẻ em và bộ tiêu chí áp "
        "dụng.",
        en="Record the decision that recognises a child-friendly commune, and by which criteria.",
    ),
    model=models.CommuneRecognition,
    parts=(
        Part(
            Text(vi="Quyết định công nhận", en="Decision"),
            (
                COMMUNE,
                choice("standard", "Bộ tiêu chí", "Criteria", options.FRIENDLY_STANDARD),
                line("decision_no", "Số quyết định", "Number", required=True, max_length=60),
                day("decided_on", "Ngày ban hành", "Day of issue"),
                until("ended_on", "decided_on", "Hết hiệu lực từ ngày", "No longer valid from"),
            ),
        ),
    ),
    columns=("commune_id", "standard", "decision_no", "decided_on", "ended_on"),
    **_NETWORK,
)

FOCAL_POINT_FORM = Form(
    code="core.intake_focal_point",
    number="F-COR-DM",
    title=Text(vi="Đầu mối tiếp nhận thông tin", en="Receiving point"),
    purpose=Text(
        vi="Ghi nơi tiếp nhận thông tin, thông báo, tố giác về trẻ em và giờ trực.",
        en="Record where information about a child is received, and when somebody answers.",
    ),
    model=models.IntakeFocalPoint,
    parts=(
        Part(
            Text(vi="Đầu mối", en="Receiving point"),
            (
                LEVEL,
                SEAT,
                line("unit_name", "Tên đơn vị", "Office", required=True, max_length=200),
                line("phone", "Điện thoại", "Telephone", required=True, max_length=20),
                line("hours", "Thời gian tiếp nhận", "Hours", required=True, max_length=120),
                day("from_date", "Từ ngày", "From"),
                until("to_date", "from_date", "Thôi tiếp nhận từ ngày", "No longer from"),
            ),
        ),
    ),
    columns=("unit_name", "level", "commune_id", "phone", "hours"),
    **_NETWORK,
)

FORMS = (
    COMMITTEE_FORM,
    POST_FORM,
    COLLABORATOR_FORM,
    GROUP_FORM,
    PROVIDER_FORM,
    POINT_FORM,
    RECOGNITION_FORM,
    FOCAL_POINT_FORM,
)
