"""The form of a special circumstance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.kit.language import Text
from core.plugin_api.forms import Check, Field, Form, Option, Part
from core.plugin_api.rules import answer
from core.register.circumstances.groups import GROUPS, SCHEMES, SUB_GROUPS, confidential_key_of
from core.register.circumstances.models import SpecialCircumstance
from core.register.fields import CHILD, COMMUNE, day, line

if TYPE_CHECKING:
    from collections.abc import Mapping

READ, ENTER = "core.circumstance.read", "core.circumstance.enter"
_DIVIDED = tuple(dict.fromkeys(sub.group for sub in SUB_GROUPS))


def circumstance_columns(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The scheme and the key of confidence follow from the group; nobody types them."""
    group = GROUPS[answers["group_code"]]
    return {
        "group_scheme": group.scheme,
        "confidential_key": confidential_key_of(group.code),
    }


def _belongs(group: str) -> Check:
    codes = tuple(sub.code for sub in SUB_GROUPS if sub.group == group)
    return Check(
        ~answer("group_code").equals(group) | answer("sub_group_code").one_of(*codes),
        Text(
            vi="Phân nhóm này không thuộc nhóm đã chọn.",
            en="This sub-group is not of the chosen group.",
        ),
    )


_FIELDS = (
    CHILD,
    COMMUNE,
    Field(
        name="group_code",
        label=Text(vi="Nhóm hoàn cảnh đặc biệt", en="Group of special circumstances"),
        kind="choice",
        required=True,
        options=tuple(group.option for group in GROUPS.values()),
        help=Text(
            vi="Các nhóm đ, e, g, i, k, l, m được giữ kín: chỉ người được giao mới xem được.",
            en="Groups đ, e, g, i, k, l, m are kept in confidence: read by those given them.",
        ),
    ),
    Field(
        name="sub_group_code",
        label=Text(vi="Phân nhóm", en="Sub-group"),
        kind="choice",
        required=True,
        relevant=answer("group_code").one_of(*_DIVIDED),
        options=tuple(
            Option(
                sub.code,
                Text(
                    vi=f"{GROUPS[sub.group].letter}: {sub.name.vi}",
                    en=f"{GROUPS[sub.group].letter}: {sub.name.en}",
                ),
            )
            for sub in SUB_GROUPS
        ),
        checks=tuple(_belongs(group) for group in _DIVIDED),
    ),
    Field(
        name="group_scheme",
        label=Text(vi="Theo danh mục", en="By the list of"),
        kind="choice",
        options=tuple(Option(code, name) for code, name in SCHEMES.items()),
        computed=True,
    ),
    day("from_date", "Từ ngày", "From"),
    Field(
        name="to_date",
        label=Text(vi="Đến ngày", en="Until"),
        kind="date",
        not_future=True,
        checks=(
            Check(
                answer("to_date").at_least(answer("from_date")),
                Text(
                    vi="Ngày kết thúc không được trước ngày bắt đầu.",
                    en="The end is not before the beginning.",
                ),
            ),
        ),
        help=Text(vi="Để trống nếu vẫn còn.", en="Leave empty while it lasts."),
    ),
    line("basis_document", "Căn cứ, văn bản xác nhận", "Document it rests on", max_length=120),
    day("verified_on", "Ngày xác minh", "Verified on", required=False),
)

CIRCUMSTANCE_FORM = Form(
    code="core.special_circumstance",
    number="F-COR-HC",
    title=Text(vi="Trẻ em có hoàn cảnh đặc biệt", en="Special circumstances of a child"),
    purpose=Text(
        vi="Ghi nhóm hoàn cảnh đặc biệt của trẻ để được trợ giúp, chăm sóc đúng chế độ.",
        en="Enter a group of special circumstances, so that the child gets its due support.",
    ),
    model=SpecialCircumstance,
    parts=(Part(Text(vi="Hoàn cảnh đặc biệt", en="Special circumstances"), _FIELDS),),
    columns=("group_code", "commune_id", "from_date", "to_date"),
    enters=ENTER,
    sees=READ,
    compute=circumstance_columns,
    source="Law on Children 2016, Article 10; programmes §2.3, §6.2, §6.3",
)
