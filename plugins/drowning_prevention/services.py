"""What switching the programme off leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Text
from core.plugin_api.wording import plural
from plugins.drowning_prevention.forms import FORMS

if TYPE_CHECKING:
    from core.plugin_api import SwitchContext


def left_behind(context: SwitchContext) -> Text | None:
    """The records that would be sealed; ``None`` when there are none."""
    kept = sum(context.count(form.code) for form in FORMS)
    if kept == 0:
        return None
    return Text(
        vi=f"Còn {kept} phiếu của chương trình (tai nạn, thương tích, Ngôi nhà an toàn, dạy bơi, "
        "mùa lũ); dữ liệu được giữ nguyên và niêm phong.",
        en=f"{kept} {plural(kept, 'record', 'records')} of the programme (injuries, Safe Home, "
        f"swimming, floods) {plural(kept, 'stays', 'stay')}, kept unchanged and sealed.",
    )
