"""What switching the programme off leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Text
from core.plugin_api.wording import plural

if TYPE_CHECKING:
    from core.plugin_api import SwitchContext


def left_behind(context: SwitchContext) -> Text | None:
    """The records that would be sealed; ``None`` when there are none."""
    kept = context.count("orphan_care.detection")
    if kept == 0:
        return None
    return Text(
        vi=f"Còn {kept} hồ sơ phát hiện, xác minh; dữ liệu được giữ nguyên và niêm phong.",
        en=f"{kept} {plural(kept, 'record stays', 'records stay')}, kept unchanged and sealed.",
    )
