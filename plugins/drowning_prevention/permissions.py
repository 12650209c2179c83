"""Who may do what in this programme.

Source: domain page of the programmes, §3.6. The districts check what communes entered by reading
it; an approval of single records comes with the approval of reports.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights

_KEY = "drowning_prevention"
ENTER = f"{_KEY}.injury_notice.enter"
READ = f"{_KEY}.injury_notice.read"
ENTER_HOME = f"{_KEY}.safe_home.enter"
READ_HOME = f"{_KEY}.safe_home.read"
ENTER_CLASS = f"{_KEY}.swim_class.enter"
READ_CLASS = f"{_KEY}.swim_class.read"
# Places and totals tell nothing of a child: hazards, facilities, flood-season points.
ENTER_PLACE = f"{_KEY}.place.enter"
READ_PLACE = f"{_KEY}.place.read"
ENTER_TOTAL = f"{_KEY}.total.enter"
READ_TOTAL = f"{_KEY}.total.read"
ENTER_EQUIPMENT = f"{_KEY}.equipment.enter"
READ_EQUIPMENT = f"{_KEY}.equipment.read"

_READS = frozenset({READ, READ_HOME, READ_CLASS, READ_PLACE, READ_TOTAL, READ_EQUIPMENT})
_PLACES = frozenset({ENTER_PLACE, ENTER_TOTAL})
_WORKER = frozenset(
    {ENTER, ENTER_HOME, ENTER_CLASS, ENTER_PLACE, ENTER_TOTAL, ENTER_EQUIPMENT} | _READS
)

ROLES = (
    # A collaborator reports and does not browse: the list shows children of the whole commune.
    RoleRights("collaborator", frozenset({ENTER, ENTER_HOME, ENTER_PLACE, READ_PLACE})),
    RoleRights("commune_worker", _WORKER, reads=DataClass.SENSITIVE),
    RoleRights("commune_leader", _READS, reads=DataClass.SENSITIVE),
    RoleRights("district_officer", _READS | _PLACES, reads=DataClass.SENSITIVE),
    RoleRights("province_officer", _READS | _PLACES, reads=DataClass.SENSITIVE),
    # Health and education report totals and see no child.
    RoleRights(
        "agency_reporter",
        frozenset({ENTER_TOTAL, READ_TOTAL, READ_PLACE}),
        reads=DataClass.INTERNAL,
    ),
    # Whoever teaches enters the class. A partner's classes wait until a class names its project.
    RoleRights("service_staff", frozenset({ENTER_CLASS, READ_CLASS, READ_PLACE})),
)
