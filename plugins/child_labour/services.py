"""What switching the programme off leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Text
from core.plugin_api.wording import plural

if TYPE_CHECKING:
    from core.plugin_api import SwitchContext


def left_behind(context: SwitchContext) -> Text | None:
    """The records that would be sealed; ``None`` when there are none."""
    kept = context.count("child_labour.screening")
    if kept == 0:
        return None
    return Text(
        vi=f"Còn {kept} phiếu rà soát lao động trẻ em; dữ liệu được giữ nguyên và niêm phong.",
        en=f"{kept} {plural(kept, 'screening stays', 'screenings stay')}, "
        "kept unchanged and sealed.",
    )
