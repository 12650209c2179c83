"""What switching the programme off leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Text

if TYPE_CHECKING:
    from core.plugin_api import SwitchContext


def left_behind(context: SwitchContext) -> Text | None:
    """That records would be sealed; ``None`` when there are none.

    How many is not said: who switches programmes does not read restricted counts.
    """
    if context.count("sexual_abuse.intake") == 0:
        return None
    return Text(
        vi="Còn hồ sơ tiếp nhận của chương trình; dữ liệu được giữ nguyên và niêm phong. "
        "Hãy bảo đảm mọi trường hợp đang mở đã được bàn giao.",
        en="The programme holds intake records; they are kept unchanged and sealed. "
        "Make sure that every open case has been handed over.",
    )
