"""The forms of the programme, F-LAB-1 to F-LAB-5, and those that they build on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.child_labour.forms.cases import CASE, FOLLOW_UP, LIVELIHOOD, SUPPORT
from plugins.child_labour.forms.confirming import CLASSIFICATION
from plugins.child_labour.forms.screening import SCREENING
from plugins.child_labour.forms.totals import COMMUNE_YEAR
from plugins.child_labour.forms.training import VOCATIONAL_CLASS
from plugins.child_labour.forms.workplaces import INSPECTION, WORKPLACE

if TYPE_CHECKING:
    from core.plugin_api import Form

FORMS: tuple[Form, ...] = (
    SCREENING,
    CLASSIFICATION,
    CASE,
    SUPPORT,
    LIVELIHOOD,
    FOLLOW_UP,
    VOCATIONAL_CLASS,
    WORKPLACE,
    INSPECTION,
    COMMUNE_YEAR,
)
