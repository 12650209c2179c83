"""The forms of risk and of support."""

from __future__ import annotations

from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Part
from core.register.fields import CHILD, COMMUNE, day, line
from core.register.support import options
from core.register.support.models import AtRisk, SupportDelivery

AT_RISK_FORM = Form(
    code="core.at_risk",
    number="F-COR-NC",
    title=Text(vi="Trẻ em có nguy cơ rơi vào hoàn cảnh đặc biệt", en="Child at risk"),
    purpose=Text(
        vi="Ghi trẻ có nguy cơ để hỗ trợ sớm, trước khi trẻ rơi vào hoàn cảnh đặc biệt.",
        en="Record a child at risk, so that help comes before harm.",
    ),
    model=AtRisk,
    parts=(
        Part(
            Text(vi="Nguy cơ", en="Risk"),
            (
                CHILD,
                COMMUNE,
                Field(
                    name="risk_type",
                    label=Text(vi="Loại nguy cơ", en="Kind of risk"),
                    kind="choice",
                    required=True,
                    options=options.RISK.options,
                ),
                Field(
                    name="level",
                    label=Text(vi="Mức độ", en="Level"),
                    kind="choice",
                    required=True,
                    options=options.LEVEL.options,
                ),
                day("identified_on", "Ngày phát hiện", "Seen on"),
                Field(
                    name="closed_on",
                    label=Text(vi="Hết nguy cơ từ ngày", en="Over since"),
                    kind="date",
                    computed=True,
                ),
                Field(
                    name="action",
                    label=Text(vi="Biện pháp đã thực hiện", en="What was done"),
                    kind="textarea",
                    max_length=500,
                    help=Text(
                        vi="Không ghi tên người khác, không kể chi tiết sự việc.",
                        en="Name no other person and give no detailed account.",
                    ),
                ),
            ),
        ),
    ),
    columns=("risk_type", "commune_id", "level", "identified_on", "closed_on"),
    enters="core.child.enter",
    sees="core.circumstance.read",
    source="programmes §2.3",
)

_WHAT = (
    CHILD,
    COMMUNE,
    day("delivered_on", "Ngày hỗ trợ", "Given on"),
    Field(
        name="support_type",
        label=Text(vi="Hình thức hỗ trợ", en="Kind of support"),
        kind="choice",
        required=True,
        options=options.SUPPORT.options,
    ),
    Field(
        name="protection_level",
        label=Text(vi="Cấp độ bảo vệ", en="Level of protection"),
        kind="choice",
        required=True,
        options=options.PROTECTION.options,
    ),
    Field(
        name="occasion",
        label=Text(vi="Nhân dịp", en="Occasion"),
        kind="choice",
        options=options.OCCASION.options,
    ),
)
_FROM = (
    line("provider", "Đơn vị hỗ trợ", "Given by", max_length=200),
    line("funding_source", "Nguồn kinh phí", "Paid by", max_length=200),
    Field(
        name="amount_vnd",
        label=Text(vi="Số tiền hoặc trị giá", en="Amount or worth"),
        kind="integer",
        least=1,
        suffix=Text(vi="đồng", en="VND"),
    ),
    line("programme_code", "Chương trình, đề án", "Programme or scheme", max_length=120),
)

DELIVERY_FORM = Form(
    code="core.support_delivery",
    number="F-COR-HT",
    title=Text(vi="Hỗ trợ cho trẻ em", en="Support given to a child"),
    purpose=Text(
        vi="Ghi mỗi lần trẻ được hỗ trợ; là tử số của tỷ lệ trẻ em được trợ giúp.",
        en="Record each support given; it counts towards children supported.",
    ),
    model=SupportDelivery,
    parts=(
        Part(Text(vi="Nội dung hỗ trợ", en="What was given"), _WHAT),
        Part(Text(vi="Nguồn hỗ trợ", en="Where it came from"), _FROM),
    ),
    columns=("support_type", "commune_id", "delivered_on", "protection_level"),
    enters="core.child.enter",
    sees="core.child.read",
    takes_copies=True,
    source="programmes §2.3",
)
