"""What switching the programme off leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Text
from core.plugin_api.wording import plural
from plugins.child_labour.forms import FORMS

if TYPE_CHECKING:
    from core.plugin_api import SwitchContext


def left_behind(context: SwitchContext) -> Text | None:
    """The records that would be sealed; ``None`` when there are none."""
    kept = sum(context.count(form.code) for form in FORMS)
    if kept == 0:
        return None
    return Text(
        vi=f"Còn {kept} phiếu của chương trình (rà soát, hỗ trợ, dạy nghề, kiểm tra); dữ liệu được "
        "giữ nguyên và niêm phong.",
        en=f"{kept} {plural(kept, 'record', 'records')} of the programme (screenings, support, "
        f"training, inspections) {plural(kept, 'stays', 'stay')}, kept unchanged and sealed.",
    )
