"""The forms of the programme, F-DRW-1 to F-DRW-8, and those of the places they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.drowning_prevention.forms.commune_year import COMMUNE_YEAR
from plugins.drowning_prevention.forms.equipment import EQUIPMENT_DELIVERY
from plugins.drowning_prevention.forms.flood import FLOOD_CARE_DAY, FLOOD_CARE_POINT, FLOOD_SEASON
from plugins.drowning_prevention.forms.injury import INJURY_NOTICE
from plugins.drowning_prevention.forms.places import CAGE_HANDOVER, HAZARD_SITE, SWIM_FACILITY
from plugins.drowning_prevention.forms.safe_home import SAFE_HOME
from plugins.drowning_prevention.forms.swimming import SWIM_CLASS

if TYPE_CHECKING:
    from core.plugin_api import Form

FORMS: tuple[Form, ...] = (
    INJURY_NOTICE,
    SAFE_HOME,
    SWIM_CLASS,
    SWIM_FACILITY,
    HAZARD_SITE,
    FLOOD_CARE_DAY,
    FLOOD_CARE_POINT,
    FLOOD_SEASON,
    CAGE_HANDOVER,
    EQUIPMENT_DELIVERY,
    COMMUNE_YEAR,
)
