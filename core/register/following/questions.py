"""What the pages of a move and of an end ask; they change records and store none of their own."""

from __future__ import annotations

from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Part
from core.register.fields import day
from core.register.following import options
from core.register.following.models import ChildMove

MOVE_FORM = Form(
    code="core.child_move",
    number="F-COR-CC",
    title=Text(vi="Chuyển trẻ sang xã khác trong tỉnh", en="Move to another commune"),
    purpose=Text(
        vi="Hồ sơ trong sổ đi theo trẻ; xã cũ không còn xem được hồ sơ.",
        en="The file in the register goes along; the old commune reads it no more.",
    ),
    model=ChildMove,
    parts=(
        Part(
            Text(vi="Nơi đến", en="Where to"),
            (
                Field(
                    name="to_commune_id",
                    label=Text(vi="Xã, phường, thị trấn nơi đến", en="New commune"),
                    kind="commune",
                    required=True,
                ),
                day("moved_on", "Ngày chuyển", "Moved on"),
                Field(
                    name="reason",
                    label=Text(vi="Lý do", en="Reason"),
                    kind="choice",
                    required=True,
                    options=options.MOVE_REASON.options,
                ),
                Field(
                    name="with_household",
                    label=Text(vi="Cả hộ cùng chuyển", en="The whole household moves"),
                    kind="yes_no",
                    required=True,
                ),
            ),
        ),
    ),
    columns=(),
    enters="core.child.move",
    sees="core.child.read",
)

END_FORM = Form(
    code="core.child_end",
    number="F-COR-KT",
    title=Text(vi="Kết thúc", en="End"),
    purpose=Text(
        vi="Từ ngày này trẻ không còn thuộc nhóm, không còn nguy cơ.",
        en="From this day on the child is in the group, or at the risk, no more.",
    ),
    model=ChildMove,
    parts=(Part(Text(vi="Ngày kết thúc", en="End"), (day("on", "Từ ngày", "From"),)),),
    columns=(),
    enters="core.child.enter",
    sees="core.child.read",
)
