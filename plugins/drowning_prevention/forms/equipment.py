"""F-DRW-7: life jackets, float backpacks and other safety equipment given away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Check, Field, Form, Part, Submission, Text, answer
from plugins.drowning_prevention import codes
from plugins.drowning_prevention.forms.asked import COMMUNE, count, day, words
from plugins.drowning_prevention.models import SafetyEquipmentDelivery
from plugins.drowning_prevention.permissions import ENTER_EQUIPMENT, READ_EQUIPMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plugin_api import Records

_CHILD = answer("child_id").answered()
_SCHOOL = answer("school_name").answered()


def support(_records: Records, row: SafetyEquipmentDelivery) -> Iterator[Submission]:
    """A life jacket or a float backpack given to a child is a support the child received."""
    if row.child_id is None or row.kind not in {codes.LIFE_JACKET, codes.FLOAT_BACKPACK}:
        return
    answers = {
        "child_id": str(row.child_id),
        "commune_id": row.commune_id,
        "delivered_on": f"{row.delivered_on:%d/%m/%Y}",
        "support_type": "equipment",
        "protection_level": "prevention",
        "provider": row.donor,
    }
    yield Submission("core.support_delivery", answers, row.delivered_on)


EQUIPMENT_DELIVERY = Form(
    code="drowning_prevention.equipment_delivery",
    number="F-DRW-7",
    title=Text(vi="Phiếu cấp phương tiện an toàn", en="Delivery of safety equipment"),
    purpose=Text(
        vi="Ghi nhận áo phao, cặp phao và phương tiện an toàn đã cấp cho trẻ em hoặc trường học, "
        "số lượng và nhà tài trợ.",
        en="Records life jackets, float backpacks and other equipment given to children or "
        "schools, how many and by whom.",
    ),
    model=SafetyEquipmentDelivery,
    parts=(
        Part(
            Text(vi="Phương tiện", en="Equipment"),
            (
                Field(
                    name="kind",
                    label=Text(vi="Loại phương tiện", en="Kind of equipment"),
                    kind="choice",
                    options=codes.EQUIPMENT,
                    required=True,
                ),
                count(
                    "quantity",
                    "Số lượng",
                    "Quantity",
                    least=1,
                    most=10_000,
                    suffix=Text(vi="cái", en="pieces"),
                ),
                day("delivered_on", "Ngày cấp", "Delivered on"),
            ),
        ),
        Part(
            Text(vi="Nơi nhận và nhà tài trợ", en="Recipient and donor"),
            (
                COMMUNE,
                Field(
                    name="child_id",
                    label=Text(vi="Trẻ em nhận", en="Child who received it"),
                    kind="child",
                    required=~_SCHOOL,
                    help=Text(
                        vi="Tìm theo mã trẻ em; để trống nếu cấp cho trường học.",
                        en="Look up by the child's code; leave empty if a school received it.",
                    ),
                ),
                Field(
                    name="school_name",
                    label=Text(vi="Trường học nhận", en="School that received it"),
                    kind="text",
                    max_length=120,
                    checks=(
                        Check(
                            ~_CHILD,
                            Text(
                                vi="Mỗi phiếu ghi một nơi nhận: trẻ em hoặc trường học.",
                                en="One recipient on each form: a child or a school.",
                            ),
                        ),
                    ),
                ),
                words("donor", "Nhà tài trợ", "Donor", required=False),
            ),
        ),
    ),
    columns=("kind", "quantity", "delivered_on", "commune_id", "school_name"),
    enters=ENTER_EQUIPMENT,
    sees=READ_EQUIPMENT,
    makes=support,
    source="Domain page of the programmes, §3.3 F-DRW-7",
)
