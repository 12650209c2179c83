"""Who may do what in this programme.

Source: domain page of the programmes, §6.8. Verifying, benefits and money come with later forms.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights

ENTER = "orphan_care.detection.enter"
READ = "orphan_care.detection.read"

ROLES = (
    # A collaborator reports and does not browse: the list shows children of the whole commune.
    RoleRights("collaborator", frozenset({ENTER})),
    RoleRights("commune_worker", frozenset({ENTER, READ}), reads=DataClass.SENSITIVE),
    RoleRights("commune_leader", frozenset({READ}), reads=DataClass.SENSITIVE),
    RoleRights("district_officer", frozenset({READ}), reads=DataClass.SENSITIVE),
    RoleRights("province_officer", frozenset({READ}), reads=DataClass.SENSITIVE),
)
