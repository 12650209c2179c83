"""What is asked before a child is entered: enough to find it if it is there already."""

from __future__ import annotations

from core.kit.language import Text
from core.plugin_api.forms import Field, Form, Part
from core.register.fields import day, line
from core.register.models import Child
from core.register.options import SEX

LOOK_FORM = Form(
    code="core.child_look",
    number="F-COR-TE",
    title=Text(vi="Tìm trước, thêm sau", en="Search first, then add"),
    purpose=Text(
        vi="Ghi những điều đã biết. Nếu trẻ có thể đã có trong sổ, các hồ sơ giống sẽ hiện ra.",
        en="Enter what you know. Records that may be the same child's are shown.",
    ),
    model=Child,
    parts=(
        Part(
            Text(vi="Trẻ em", en="The child"),
            (
                line("full_name", "Họ và tên trẻ", "Full name", required=True, max_length=120),
                day("date_of_birth", "Ngày sinh", "Date of birth"),
                Field(
                    name="sex",
                    label=Text(vi="Giới tính", en="Sex"),
                    kind="choice",
                    required=True,
                    options=SEX.options,
                ),
                line(
                    "mother", "Họ và tên mẹ (nếu biết)", "Mother's name, if known", max_length=120
                ),
                Field(
                    name="household_id",
                    label=Text(vi="Hộ gia đình (nếu đã có trong sổ)", en="Household, if known"),
                    kind="household",
                ),
            ),
        ),
    ),
    columns=(),
    enters="core.child.enter",
    sees="core.child.read",
)
