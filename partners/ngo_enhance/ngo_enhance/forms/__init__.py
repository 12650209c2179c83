"""The project's forms: F-ENH-0 to F-ENH-7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ngo_enhance.forms.beneficiaries import BENEFICIARY, EXIT
from ngo_enhance.forms.events import MATERIAL, MONITORING, TRAINING
from ngo_enhance.forms.project import LOG_FRAME_LINE, PROJECT, SITE
from ngo_enhance.forms.services import HOUSEHOLD, SERVICE
from ngo_enhance.forms.states import STATE

if TYPE_CHECKING:
    from core.plugin_api import Form

FORMS: tuple[Form, ...] = (
    PROJECT,
    SITE,
    LOG_FRAME_LINE,
    BENEFICIARY,
    STATE,
    SERVICE,
    HOUSEHOLD,
    EXIT,
    TRAINING,
    MATERIAL,
    MONITORING,
)
