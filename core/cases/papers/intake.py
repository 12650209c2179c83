"""Form 01: receiving information on a child. Source: Decree 56/2017/ND-CP, Mẫu số 01."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from core.cases import options
from core.cases.models import READ
from core.cases.papers.fields import choice, choices, line, narrative
from core.cases.papers.models import FILE, CaseIntake
from core.cases.papers.telling import INCIDENT_OFFERS
from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Part
from core.plugin_api.rules import answer

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONSENTS = answer("informant_consents").equals(True)


def intake_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Kinds of abuse are stored as an empty list where there are none."""
    return {"abuse_types": answers["abuse_types"] or []}


_RECEIVED = (
    Field(
        name="received_at",
        label=Text(vi="Thời gian tiếp nhận", en="Received at"),
        kind="datetime",
        required=True,
        not_future=True,
        help=Text(
            vi="Thời hạn 12 giờ can thiệp khẩn cấp tính từ lúc này. Ví dụ 05/02/2018 14:30.",
            en="The twelve hours for emergency measures begin here, e.g. 05/02/2018 14:30.",
        ),
    ),
    choice("channel", "Thông qua", "Through", options.CHANNEL),
    choice("subject", "Đối tượng", "The child is", options.SUBJECT),
    replace(
        choices("abuse_types", "Hình thức xâm hại", "Kind of abuse", options.ABUSE, required=True),
        relevant=answer("subject").equals("abused"),
    ),
)
_PLACE = (
    Field(
        name="commune_id",
        label=Text(
            vi="Địa điểm xảy ra vụ việc: xã, phường, thị trấn", en="Commune of the incident"
        ),
        kind="commune",
        required=True,
        help=Text(vi="Hồ sơ được chuyển đến UBND cấp xã này.", en="The case goes to this commune."),
    ),
    line("place_detail", "Địa điểm cụ thể", "The place"),
)
_CHILD = (
    Field(
        name="child_ref",
        label=Text(vi="Trẻ em trong sổ quản lý", en="The child in the register"),
        kind="child",
        help=Text(
            vi="Nếu đã có trong sổ. Nếu chưa rõ, hãy để trống và ghi những gì đã biết ở dưới.",
            en="If already registered; else leave empty and write what is known below.",
        ),
    ),
    line("child_name", "Họ và tên trẻ em", "Name of the child", longest=120),
    choice("sex", "Giới tính", "Sex", options.SEX, required=False),
    Field(
        name="date_of_birth",
        label=Text(vi="Ngày sinh", en="Date of birth"),
        kind="date",
        not_future=True,
    ),
    Field(
        name="estimated_age",
        label=Text(vi="Ước lượng tuổi", en="Estimated age"),
        kind="integer",
        relevant=~answer("date_of_birth").answered(),
        least=0,
        most=17,
        suffix=Text(vi="tuổi", en="years"),
    ),
)
_SITUATION = (
    narrative("child_condition", "Tình trạng trẻ em", "Condition of the child", required=True),
    narrative(
        "expected_harm",
        "Phỏng đoán hậu quả nếu không can thiệp",
        "What may happen without intervention",
    ),
    narrative(
        "actions_taken",
        "Hành động hỗ trợ đã thực hiện trước khi nhận thông tin",
        "Help given before the information came in",
    ),
)
_FAMILY = (
    line("father", "Cha: họ tên, tuổi, nghề nghiệp", "Father: name, age, occupation"),
    line("mother", "Mẹ: họ tên, tuổi, nghề nghiệp", "Mother: name, age, occupation"),
    narrative("family_situation", "Hoàn cảnh gia đình", "Situation of the family"),
    line("current_caregiver", "Người chăm sóc trẻ em hiện nay", "Who cares for the child now"),
)
_INFORMANT = (
    Field(
        name="informant_consents",
        label=Text(
            vi="Người cung cấp thông tin đồng ý cho ghi tên", en="The informant agrees to be named"
        ),
        kind="yes_no",
    ),
    replace(
        line("informant_name", "Họ tên người cung cấp thông tin", "Name of the informant"),
        relevant=_CONSENTS,
        max_length=120,
    ),
    replace(line("informant_phone", "Điện thoại", "Telephone", longest=30), relevant=_CONSENTS),
    replace(line("informant_address", "Địa chỉ", "Address"), relevant=_CONSENTS),
)

INTAKE_FORM = Form(
    code="core.case_intake",
    number="Mẫu số 01",
    title=Text(vi="Tiếp nhận thông tin trẻ em", en="Intake of a case"),
    purpose=Text(
        vi="Ghi thông tin, thông báo, tố giác về trẻ em. Gửi ngay, chỉ ghi điều đã biết.",
        en="Information, notice or denunciation on a child. Send at once, with what is known.",
    ),
    model=CaseIntake,
    parts=(
        Part(Text(vi="Tiếp nhận", en="Received"), _RECEIVED),
        Part(Text(vi="Nơi xảy ra", en="Where"), _PLACE),
        Part(Text(vi="Trẻ em", en="The child"), _CHILD),
        Part(Text(vi="Tình trạng", en="Situation"), _SITUATION),
        Part(Text(vi="Gia đình", en="Family"), _FAMILY),
        Part(Text(vi="Người cung cấp thông tin", en="Informant"), _INFORMANT),
    ),
    columns=("received_at", "commune_id"),
    enters=FILE,
    sees=READ,
    compute=intake_columns,
    offers=INCIDENT_OFFERS,
    source="Decree 56/2017/ND-CP, Mẫu số 01",
)
