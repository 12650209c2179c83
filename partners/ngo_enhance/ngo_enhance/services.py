"""What switching the project off leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Text
from core.plugin_api.wording import plural
from ngo_enhance.forms import FORMS

if TYPE_CHECKING:
    from core.plugin_api import SwitchContext


def left_behind(context: SwitchContext) -> Text | None:
    """The records that would be sealed; ``None`` when there are none."""
    kept = sum(context.count(form.code) for form in FORMS)
    if kept == 0:
        return None
    return Text(
        vi=f"Còn {kept} phiếu của dự án (hưởng lợi, dịch vụ, tập huấn); dữ liệu được giữ nguyên và "
        "niêm phong, đối tác không xem được nữa.",
        en=f"{kept} {plural(kept, 'record', 'records')} of the project (beneficiaries, services, "
        f"training) {plural(kept, 'stays', 'stay')}, kept unchanged and sealed; the partner sees "
        "none of them.",
    )
