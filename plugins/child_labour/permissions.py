"""Who may do what in this programme.

Source: domain page of the programmes, §4.6. Teachers and project staff get their rights with the
forms that bound them to their own pupils and beneficiaries; the labour inspectorate reads
workplaces, never a family's file, so it has no right here.
"""

from __future__ import annotations

from core.plugin_api import DataClass, RoleRights

ENTER = "child_labour.screening.enter"
READ = "child_labour.screening.read"

ROLES = (
    # A partner's field officer screens and reads the project's own beneficiaries (§4.6, §8).
    RoleRights("ngo_field_officer", frozenset({ENTER, READ})),
    RoleRights("ngo_manager", frozenset({READ})),
    # A collaborator reports and does not browse: the list shows children of the whole commune.
    RoleRights("collaborator", frozenset({ENTER})),
    RoleRights("commune_worker", frozenset({ENTER, READ}), reads=DataClass.SENSITIVE),
    RoleRights("district_officer", frozenset({READ}), reads=DataClass.SENSITIVE),
    RoleRights("province_officer", frozenset({READ}), reads=DataClass.SENSITIVE),
)
