"""The columns by which a list of children brings their households along.

They are the questions of the household's form but for the commune, which is the child's, and a
number that puts the rows of one household together within the list.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.kit.language import Text
from core.plugin_api.forms import Field
from core.register.forms import HOUSEHOLD_FORM

if TYPE_CHECKING:
    from collections.abc import Mapping

LED_BY: Final = "household."
HOME_NUMBER: Final = f"{LED_BY}number"
HEAD: Final = f"{LED_BY}head_name"
ADDRESS: Final = f"{LED_BY}address"
# The child's form has the same words for the child itself.
_LABELS: Final = {
    "residence_status": Text(vi="Tình trạng cư trú của hộ", en="Residence of the household")
}
_NUMBER: Final = Field(
    name="number",
    label=Text(vi="Số thứ tự hộ", en="Household number"),
    kind="text",
    help=Text(
        vi="Chỉ ghi khi lập hộ mới. Các trẻ cùng một hộ ghi cùng một số; số chỉ dùng trong tệp này "
        "và trong một xã.",
        en="For a new household alone. Children of one household have one number; it counts within "
        "this file and one commune.",
    ),
)

# What a list says of a household, by column; the last part is the field of the form.
TOLD: Final = {
    f"{LED_BY}{field.name}": replace(field, label=_LABELS.get(field.name, field.label))
    for field in HOUSEHOLD_FORM.fields
    if not field.computed and field.kind != "commune"
}
HOME_COLUMNS: Final = {HOME_NUMBER: _NUMBER, **TOLD}
# Without these no household can be entered, whatever stands in the others.
HOME_NEEDS: Final = tuple(
    name
    for name, field in HOME_COLUMNS.items()
    if name == HOME_NUMBER or (field.required is True and field.relevant is None)
)
# Other words that officers' own lists have for the same.
HOME_ALSO: Final = {
    HOME_NUMBER: ("STT hộ", "Hộ số", "Số hộ", "Số thứ tự hộ trong danh sách"),
    HEAD: ("Họ tên chủ hộ", "Tên chủ hộ", "Chủ hộ", "Head of the household"),
    ADDRESS: ("Địa chỉ hộ", "Địa chỉ của hộ", "Địa chỉ hộ gia đình"),
    f"{LED_BY}hamlet_id": ("Khóm", "Ấp", "Thôn", "Bản", "Khóm/ấp", "Thôn/bản", "Thôn, bản"),
    f"{LED_BY}head_ethnicity": ("Dân tộc chủ hộ",),
    f"{LED_BY}residence_status": ("Cư trú của hộ", "Tình trạng cư trú hộ"),
    f"{LED_BY}poverty_status": (
        "Diện hộ",
        "Diện hộ (nghèo/cận nghèo)",
        "Hộ nghèo/cận nghèo",
        "Hộ nghèo, cận nghèo",
        "Phân loại hộ",
    ),
    f"{LED_BY}poverty_year": ("Năm phân loại hộ",),
    f"{LED_BY}policy_family": ("Gia đình chính sách", "Hộ gia đình chính sách"),
}
# Other words for the same answers.
HOME_WORDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    f"{LED_BY}poverty_status": {
        "poor": ("nghèo",),
        "near_poor": ("cận nghèo",),
        "average": ("trung bình", "mức sống trung bình"),
        "better_off": ("khá", "khá trở lên"),
    },
    f"{LED_BY}head_ethnicity": {"hmong": ("H'Mông", "Hmông", "Mèo")},
    f"{LED_BY}residence_status": {"migrant": ("di cư",)},
}


def asked_by(column: str) -> str:
    """The field of the household's form that a column answers."""
    return column.removeprefix(LED_BY)
