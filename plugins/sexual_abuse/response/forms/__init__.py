"""F-ABU-2 to F-ABU-6, on a case that the asker was given. None asks what happened."""

from __future__ import annotations

from plugins.sexual_abuse.response.forms.planning import ASSESSMENT, EMERGENCY, PLAN, PLAN_DECISION
from plugins.sexual_abuse.response.forms.review import CLOSING, REVIEW
from plugins.sexual_abuse.response.forms.services import PLACEMENT, PROCEEDING, SERVICE

FORMS = (
    EMERGENCY,
    ASSESSMENT,
    PLAN,
    PLAN_DECISION,
    SERVICE,
    PROCEEDING,
    PLACEMENT,
    REVIEW,
    CLOSING,
)
