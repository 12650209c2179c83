"""What the network declares, and what each role may do with it. Source: programmes §2.11."""

from __future__ import annotations

from core.db.base import DataClass
from core.organisation.forms import FORMS
from core.organisation.measures import MEASURES
from core.organisation.models import ENTER, READ
from core.plugin_api.values import RoleRights

_READ = frozenset({READ})
ROLES = (
    RoleRights("commune_worker", _READ | {ENTER}),
    RoleRights("commune_leader", _READ),
    RoleRights("district_officer", _READ | {ENTER}),
    RoleRights("province_officer", _READ | {ENTER}),
    # a leader sees which bodies stand and where points are open, nobody's name
    RoleRights("province_leader", _READ, reads=DataClass.INTERNAL),
)

__all__ = ["FORMS", "MEASURES", "ROLES"]
