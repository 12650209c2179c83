"""What events declare, and what each role may do with them. Source: programmes §2.11, §2.12."""

from __future__ import annotations

from core.db.base import DataClass
from core.events.forms import FORMS as EVENT_FORMS
from core.events.incidents.forms import INCIDENT_FORM
from core.events.incidents.models import CONFIDENTIAL, FOLLOW, REPORT
from core.events.incidents.models import READ as READ_INCIDENT
from core.events.measures import MEASURES
from core.events.models import ENTER, READ
from core.plugin_api.values import RoleRights

_READ = frozenset({READ})
_INCIDENTS = frozenset({READ_INCIDENT, REPORT, FOLLOW})
_KEPT = frozenset({CONFIDENTIAL})

ROLES = (
    # home visits and talks of the hamlet
    RoleRights("collaborator", frozenset({ENTER})),
    RoleRights("commune_worker", _READ | {ENTER} | _INCIDENTS, confidential=_KEPT),
    RoleRights("commune_leader", _READ | _INCIDENTS, confidential=_KEPT),
    RoleRights("district_officer", _READ | {ENTER} | _INCIDENTS, confidential=_KEPT),
    RoleRights("province_officer", _READ | {ENTER} | _INCIDENTS, confidential=_KEPT),
    RoleRights("province_confidential_officer", _INCIDENTS, confidential=_KEPT),
    RoleRights("province_leader", _READ, reads=DataClass.INTERNAL),
    # the agencies hold events of their own, and report sudden matters
    RoleRights("agency_reporter", frozenset({ENTER, REPORT})),
)
FORMS = (*EVENT_FORMS, INCIDENT_FORM)

__all__ = ["FORMS", "MEASURES", "ROLES"]
