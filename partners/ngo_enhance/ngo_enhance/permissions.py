"""Who may do what in this project.

The state chooses and enrols children, because only it may see them before they agree; the partner's
people see those who are enrolled, and what they may see of them stands in the agreement.
Source: domain page of the programmes, §8 (roles).
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights

_KEY = "ngo_enhance"
ENTER_PROJECT = f"{_KEY}.project.enter"
READ_PROJECT = f"{_KEY}.project.read"
ENTER_BENEFICIARY = f"{_KEY}.beneficiary.enter"
READ_BENEFICIARY = f"{_KEY}.beneficiary.read"
ENTER_SERVICE = f"{_KEY}.service.enter"
READ_SERVICE = f"{_KEY}.service.read"
ENTER_EVENT = f"{_KEY}.event.enter"
READ_EVENT = f"{_KEY}.event.read"
TAKE_LOG_FRAME = f"{_KEY}.log_frame.export"

_READS = frozenset({READ_PROJECT, READ_BENEFICIARY, READ_SERVICE, READ_EVENT})

ROLES = (
    RoleRights("ngo_field_officer", frozenset({ENTER_SERVICE, ENTER_EVENT}) | _READS),
    RoleRights("ngo_manager", frozenset({TAKE_LOG_FRAME}) | _READS),
    RoleRights("commune_worker", frozenset({ENTER_BENEFICIARY, ENTER_SERVICE}) | _READS),
    RoleRights("district_officer", _READS),
    RoleRights(
        "province_officer",
        frozenset({ENTER_PROJECT, ENTER_BENEFICIARY, ENTER_SERVICE, ENTER_EVENT, TAKE_LOG_FRAME})
        | _READS,
    ),
    # The province's leader and finance read figures in the report, no child's file.
    RoleRights("finance_officer", frozenset({READ_PROJECT}), reads=DataClass.INTERNAL),
)
