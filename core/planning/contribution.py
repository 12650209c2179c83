"""What the plan declares, and what each role may do with it. Source: programmes §2.11."""

from __future__ import annotations

from core.db.base import DataClass
from core.planning.forms import FORMS
from core.planning.measures import MEASURES
from core.planning.models import (
    CONTRIBUTE,
    ENTER_RESULT,
    INSPECT,
    MANAGE,
    READ,
    READ_CONTRIBUTION,
    READ_INSPECTION,
)
from core.plugin_api.values import RoleRights

_READ = frozenset({READ})

ROLES = (
    RoleRights("commune_worker", _READ | {ENTER_RESULT}),
    RoleRights("commune_leader", _READ),
    RoleRights("district_officer", _READ | {ENTER_RESULT}),
    RoleRights(
        "province_officer", _READ | {MANAGE, ENTER_RESULT, READ_CONTRIBUTION, READ_INSPECTION}
    ),
    RoleRights(
        "province_leader", _READ | {READ_CONTRIBUTION, READ_INSPECTION}, reads=DataClass.INTERNAL
    ),
    RoleRights("agency_reporter", _READ | {ENTER_RESULT, CONTRIBUTE}),
    RoleRights("inspector", frozenset({INSPECT, READ_INSPECTION}), reads=DataClass.INTERNAL),
)

__all__ = ["FORMS", "MEASURES", "ROLES"]
