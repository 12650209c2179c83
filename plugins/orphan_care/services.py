"""What switching the programme off leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.plugin_api import Text
from core.plugin_api.wording import plural
from plugins.orphan_care import forms as detection
from plugins.orphan_care.benefits import forms as benefits
from plugins.orphan_care.care import forms as care
from plugins.orphan_care.relief import forms as relief

if TYPE_CHECKING:
    from core.plugin_api import SwitchContext

# Those of the confidential team are not counted: that there are any is nobody else's to know.
FORMS = (*detection.FORMS, *care.FORMS, *benefits.FORMS, *relief.FORMS)


def left_behind(context: SwitchContext) -> Text | None:
    """The records that would be sealed; ``None`` when there are none."""
    kept = sum(context.count(form.code) for form in FORMS)
    if kept == 0:
        return None
    return Text(
        vi=f"Còn {kept} hồ sơ; dữ liệu được giữ nguyên và niêm phong.",
        en=f"{kept} {plural(kept, 'record stays', 'records stay')}, kept unchanged and sealed.",
    )
